"""Feed damaged input to gongkai: nothing may crash it, hang it or fill the memory.

    python -m tests.fuzz.run --inputs 100000 --jobs 2

Ctrl-C ends a run early, with what it has found. A failure is written to ``tests/regressions/`` as
a case that the tests replay. Exit code 1 when there was one.
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
from multiprocessing.connection import wait
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import Progress

from tests.fuzz.inputs import make_input
from tests.testbed.reader import extract

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

REGRESSIONS = Path(__file__).parents[1] / "regressions"
SECONDS = 10.0
MEMORY = 1 << 30
_MEGABYTE_OF_RSS = 1 << 10  # ru_maxrss counts KiB
#: Reasons that mean gongkai failed, not the source.
_FAULTS = frozenset({"internal", "plugin_failed", "timeout"})


def problem(name: str, data: bytes) -> tuple[str, str]:
    """Read one input; return the outcome and what is wrong with it, or ``""``."""
    try:
        result = extract(data, name)
        result.model_dump_json()
    except Exception as error:  # noqa: BLE001 - anything that comes out here is a failure
        return "raised", f"raised {type(error).__name__}: {error}"
    outcome = result.reason or result.status
    if outcome in _FAULTS:
        return outcome, f"rejected as {outcome}: {result.message}"
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _MEGABYTE_OF_RSS
    if peak > MEMORY:
        return outcome, f"used {peak >> 20} MiB"
    return outcome, ""


def _work(pipe: Connection) -> None:
    """Answer numbers with outcomes until the parent closes the pipe."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's
    resource.setrlimit(resource.RLIMIT_AS, (2 * MEMORY, 2 * MEMORY))
    while True:
        try:
            number = pipe.recv()
        except EOFError:
            return
        name, data = make_input(number)
        start = time.process_time()  # other processes' work is not this input's
        pipe.send((number, *problem(name, data), time.process_time() - start))


class _Worker:
    """A process that works on one input at a time, and can be lost with it."""

    def __init__(self) -> None:
        self.pipe, theirs = multiprocessing.Pipe()
        self.process = multiprocessing.Process(target=_work, args=(theirs,), daemon=True)
        self.process.start()
        theirs.close()
        self.number: int | None = None
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


def run(
    numbers: range, jobs: int, console: Console
) -> tuple[Counter[str], dict[int, str], tuple[float, int]]:
    """Run all inputs; return outcomes, failures by number, longest time (s) with its input."""
    queue = iter(numbers)
    outcomes: Counter[str] = Counter()
    failures: dict[int, str] = {}
    longest = (0.0, 0)
    workers: list[_Worker] = []

    def feed(worker: _Worker) -> None:
        number = next(queue, None)
        if number is None:
            worker.stop()
            workers.remove(worker)
        else:
            worker.give(number)

    def lose(worker: _Worker, cause: str) -> None:
        if worker.number is not None:
            failures[worker.number] = cause
        worker.stop()
        workers[workers.index(worker)] = fresh = _Worker()
        feed(fresh)

    with suppress(KeyboardInterrupt), Progress(console=console, transient=True) as progress:
        task = progress.add_task("", total=len(numbers))
        workers += [_Worker() for _ in range(jobs)]
        for worker in workers.copy():
            feed(worker)
        while workers:
            ready = wait([worker.pipe for worker in workers], timeout=1)
            for worker in workers.copy():
                if worker.pipe in ready:
                    try:
                        number, outcome, cause, seconds = worker.pipe.recv()
                    except EOFError:
                        lose(worker, f"killed the process: code {worker.process.exitcode}")
                        continue
                    outcomes[outcome] += 1
                    longest = max(longest, (seconds, number))
                    if seconds > SECONDS:
                        cause = cause or f"slow: took {seconds:.0f} s"
                    if cause:
                        failures[number] = cause
                    feed(worker)
                elif time.monotonic() - worker.since > 3 * SECONDS:
                    lose(worker, f"stuck: no answer for {3 * SECONDS:.0f} s")
            progress.update(task, completed=sum(outcomes.values()) + len(failures))
    return outcomes, failures, longest


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
    start = time.monotonic()
    console = Console(stderr=True)
    numbers = range(given.seed, given.seed + given.inputs)
    outcomes, failures, longest = run(numbers, given.jobs, console)
    for outcome, count in outcomes.most_common():
        print(f"{count:8d}  {outcome}")
    for alike in by_cause(failures).values():
        kept = f" -> {keep(alike[0], failures[alike[0]]).name}" if given.keep else ""
        print(f"{len(alike)} inputs, e.g. {alike[0]}: {failures[alike[0]][:300]}{kept}")
    print(
        f"{sum(outcomes.values())} inputs read, {len(failures)} failures, "
        f"longest {longest[0]:.1f} s (input {longest[1]}), "
        f"{time.monotonic() - start:.0f} s in all"
    )
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
