"""Feed damaged input to gongkai: nothing may crash it, hang it or fill the memory.

    python -m tests.fuzz.run --inputs 100000 --jobs 2

Every input has 10 s of CPU time and 1 GiB. Ctrl-C or SIGTERM ends a run early, with what it has
found. A failure is told at once by its number, which makes its bytes again; at the end the smallest
input of each cause is written to ``tests/regressions/`` as a case that the tests replay. Exit code
1 when there was one.
"""

from __future__ import annotations

import argparse
import hashlib
import multiprocessing
import re
import resource
import signal
import sys
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import wait
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from tests.fuzz.inputs import make_input
from tests.testbed.reader import extract

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

REGRESSIONS = Path(__file__).parents[1] / "regressions"
SECONDS = 10.0
MEMORY = 1 << 30
_KIBIBYTE = 1 << 10  # ru_maxrss counts them
#: Reasons that mean gongkai failed, not the source.
_FAULTS = frozenset({"internal", "plugin_failed", "timeout"})
#: Results that leave no process to go on with.
_LOST = frozenset({"killed", "stuck"})


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an input.

    Attributes:
        kind: the format that was read, or the ending of the name where none was.
        result: ``extracted``, the reason of a rejection, or ``raised``.
        cause: what is wrong with that, or ``""``.
        seconds: CPU time.
        memory: peak of the process (bytes).
    """

    kind: str
    result: str
    cause: str = ""
    seconds: float = 0.0
    memory: int = 0


def outcome_of(name: str, data: bytes) -> Outcome:
    """Read one input."""
    kind = Path(name).suffix.removeprefix(".") or "none"
    start = time.process_time()  # other processes' work is not this input's
    try:
        extracted = extract(data, name)
        extracted.model_dump_json()
    except Exception as error:  # noqa: BLE001 - anything that comes out here is a failure
        return Outcome(kind, "raised", f"raised {type(error).__name__}: {error}", memory=_peak())
    seconds, memory = time.process_time() - start, _peak()
    result = extracted.reason or extracted.status
    cause = ""
    if result in _FAULTS:
        cause = f"rejected as {result}: {extracted.message}"
    elif memory > MEMORY:
        cause = f"memory: used {memory >> 20} MiB"
    elif seconds > SECONDS:
        cause = f"slow: took {seconds:.0f} s"
    return Outcome(extracted.source.format or kind, result, cause, seconds, memory)


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _KIBIBYTE


def _work(pipe: Connection) -> None:
    """Answer numbers with outcomes until the parent closes the pipe, or is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's
    resource.setrlimit(resource.RLIMIT_AS, (2 * MEMORY, 2 * MEMORY))
    with suppress(EOFError, ConnectionError):
        while True:
            pipe.send(outcome_of(*make_input(pipe.recv())))


class _Worker:
    """A process that works on one input at a time, and can be lost with it."""

    def __init__(self) -> None:
        # A fork would hold the parent's end of each pipe, and never see it closed.
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=_work, args=(theirs,), daemon=True)
        self.process.start()
        theirs.close()
        self.number = -1
        self.since = 0.0

    def give(self, number: int) -> None:
        """Hand an input to the process."""
        self.number, self.since = number, time.monotonic()
        self.pipe.send(number)

    def stop(self) -> None:
        """End the process, whatever it does."""
        self.pipe.close()
        self.process.kill()
        self.process.join()


def keep(number: int, cause: str) -> Path:
    """Write a failing input to the regressions."""
    name, data = make_input(number)
    digest = hashlib.sha256(data).hexdigest()[:12]
    kind = re.sub(r"\W.*", "", cause.removeprefix("rejected as ").removeprefix("raised "))
    path = REGRESSIONS / f"{kind.lower()}-{digest}{Path(name).suffix or '.bin'}"
    REGRESSIONS.mkdir(exist_ok=True)
    path.write_bytes(data)
    return path


def by_cause(failures: dict[int, str]) -> dict[str, list[int]]:
    """Return the failing inputs by cause, the smallest first; numbers and names do not matter."""
    found: dict[str, list[int]] = {}
    for number, cause in failures.items():
        key = re.sub(r"\S*\d\S*", "…", cause.rpartition(": ")[2] or cause)
        place = re.findall(r"\((\S+\.py:\d+)\)", cause)
        found.setdefault(" ".join([cause.split(":")[0], *place]) if place else key, []).append(
            number
        )
    for numbers in found.values():
        numbers.sort(key=lambda number: len(make_input(number)[1]))
    return found


@dataclass
class Tally:
    """The inputs of one kind.

    Attributes:
        results: how many ended how.
        failures: how many failed.
        slowest: longest CPU time (s), with its input.
        largest: highest peak of a process (bytes), with its input.
    """

    results: Counter[str] = field(default_factory=Counter)
    failures: int = 0
    slowest: tuple[float, int] = (0.0, 0)
    largest: tuple[int, int] = (0, 0)

    def add(self, number: int, outcome: Outcome) -> None:
        """Count an input."""
        self.results[outcome.result] += 1
        self.failures += bool(outcome.cause)
        self.slowest = max(self.slowest, (outcome.seconds, number))
        self.largest = max(self.largest, (outcome.memory, number))


class Run:
    """A run of inputs: tallies by kind, and causes of failures by number.

    Args:
        numbers: the inputs.
        console: where progress and failures are told.
    """

    def __init__(self, numbers: range, console: Console) -> None:
        self.tallies: dict[str, Tally] = {}
        self.failures: dict[int, str] = {}
        self._queue = iter(numbers)
        self._total = len(numbers)
        self._console = console
        self._workers: list[_Worker] = []

    @property
    def inputs(self) -> int:
        """How many inputs were read."""
        return sum(tally.results.total() for tally in self.tallies.values())

    def go(self, jobs: int) -> None:
        """Read all inputs in ``jobs`` processes, or as many as there is time for."""
        try:
            with suppress(KeyboardInterrupt), self._progress() as progress:
                task = progress.add_task("", total=self._total)
                self._workers += [_Worker() for _ in range(jobs)]
                for worker in self._workers.copy():
                    self._feed(worker)
                while self._workers:
                    ready = wait([worker.pipe for worker in self._workers], timeout=1)
                    for worker in self._workers.copy():
                        self._hear(worker, answers=worker.pipe in ready)
                    progress.update(task, completed=self.inputs)
        finally:
            for worker in self._workers:
                worker.stop()

    def _progress(self) -> Progress:
        return Progress(console=self._console, transient=True)

    def _feed(self, worker: _Worker) -> None:
        number = next(self._queue, None)
        if number is None:
            worker.stop()
            self._workers.remove(worker)
        else:
            worker.give(number)

    def _hear(self, worker: _Worker, *, answers: bool) -> None:
        """Take a worker's answer; replace it where it gives none, or is filled up."""
        if answers:
            try:
                outcome: Outcome = worker.pipe.recv()
            except (EOFError, ConnectionError):
                worker.process.join()
                cause = f"killed the process: code {worker.process.exitcode}"
                outcome = Outcome("none", "killed", cause)
        elif time.monotonic() - worker.since > 3 * SECONDS:
            outcome = Outcome("none", "stuck", f"stuck: no answer for {3 * SECONDS:.0f} s")
        else:
            return
        number = worker.number
        self.tallies.setdefault(outcome.kind, Tally()).add(number, outcome)
        if outcome.cause:
            self.failures[number] = outcome.cause
            self._console.print(f"input {number}: {outcome.cause[:300]}", markup=False)
        if outcome.result in _LOST or outcome.memory > MEMORY:  # a peak stays with its process
            worker.stop()
            self._workers.remove(worker)
            worker = _Worker()
            self._workers.append(worker)
        self._feed(worker)


def table_of(tallies: dict[str, Tally]) -> Table:
    """Return the run's figures by kind of input."""
    table = Table("kind", title="Inputs by the format that was read, or else by their name")
    results = [
        result for result, _ in sum((t.results for t in tallies.values()), Counter()).most_common()
    ]
    for column in ("inputs", *results, "failures", "slowest", "peak"):
        table.add_column(column, justify="right")
    for kind, tally in sorted(tallies.items(), key=lambda item: -item[1].results.total()):
        table.add_row(
            kind,
            str(tally.results.total()),
            *(str(tally.results[result] or "") for result in results),
            str(tally.failures),
            "{:.1f} s ({})".format(*tally.slowest),
            f"{tally.largest[0] >> 20} MiB ({tally.largest[1]})",
        )
    return table


def main() -> int:
    """Run the command line; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--inputs", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=0, help="number of the first input")
    parser.add_argument("--jobs", type=int, default=2, help="processes")
    parser.add_argument(
        "--keep", action=argparse.BooleanOptionalAction, default=True, help="write cases found"
    )
    given = parser.parse_args()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    start = time.monotonic()
    run = Run(range(given.seed, given.seed + given.inputs), Console(stderr=True))
    run.go(given.jobs)
    Console(width=200).print(table_of(run.tallies))
    for alike in by_cause(run.failures).values():
        kept = f" -> {keep(alike[0], run.failures[alike[0]]).name}" if given.keep else ""
        print(f"{len(alike)} inputs, e.g. {alike[0]}: {run.failures[alike[0]][:300]}{kept}")
    taken = time.monotonic() - start
    print(f"{run.inputs} inputs read, {len(run.failures)} failures, {taken:.0f} s in all")
    return 1 if run.failures else 0


if __name__ == "__main__":
    sys.exit(main())
