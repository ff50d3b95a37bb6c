"""An ordered map over worker processes that survives endless loops and crashes.

Items go to workers one by one, a few ahead; results come back in the order of the items. A worker
that takes too long over an item is killed, one that dies is replaced; in both cases only that item
is lost, the others that were waiting for the worker are done by the next one.

Workers are forked: they share the loaded plugins, and start in milliseconds.
"""

from __future__ import annotations

import ctypes
import faulthandler
import gc
import multiprocessing
import os
import signal
import tempfile
import time
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import wait
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from gongkai.messages import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from multiprocessing.connection import Connection
    from multiprocessing.context import ForkProcess
    from typing import IO

T = TypeVar("T")
R = TypeVar("R")

#: Items that wait in a worker, so that it need not wait for the parent.
_AHEAD = 3
#: Results that may wait for an earlier one, for each worker.
_WINDOW = 64
#: Seconds beyond the limit in which a task may end an item by itself.
GRACE = 5.0
#: Seconds that a stuck worker gets to write where it stands.
_LAST_WORDS = 0.5
#: The package's own code, in which a stuck plugin is not; but those that come with it are there.
_PACKAGE = f"{Path(__file__).parents[1]}{os.sep}"
_PLUGINS = f"{_PACKAGE}_plugins{os.sep}"
#: Thresholds of the garbage collector in workers: an item leaves hardly any cycles behind, and
#: collecting after each 700 objects takes a twentieth of the time.
_COLLECT = (10_000, 20, 50)
#: Parameters of glibc's malloc (malloc.h) and their values in workers: the megabyte that a page
#: takes is kept for the next one. Given back and asked for anew it takes a twentieth of the time.
_MALLOC = {-1: 64 << 20, -3: 32 << 20}  # M_TRIM_THRESHOLD, M_MMAP_THRESHOLD


@dataclass(frozen=True, slots=True)
class Lost:
    """What happened to a worker that was lost over an item.

    Attributes:
        timed_out: it was killed because its time was up; else it died by itself.
        detail: where it stood, or what it died of.
    """

    timed_out: bool
    detail: str


@dataclass(eq=False)
class _Worker(Generic[T]):
    process: ForkProcess
    connection: Connection
    traces: IO[bytes]
    waiting: deque[tuple[int, T]] = field(default_factory=deque)
    since: float = 0.0


class Workers(Generic[T, R]):
    """A pool of worker processes for one task. Use as a context manager; start no threads before.

    Args:
        task: turns an item into a result, in a worker; items and results are pickled.
        lost: makes a result for an item that a worker was lost over, in the parent.
        jobs: number of workers.
        limit: seconds of wall time for one item.
    """

    def __init__(
        self,
        task: Callable[[T], R],
        lost: Callable[[T, Lost], R],
        *,
        jobs: int,
        limit: float,
    ) -> None:
        self._task, self._lost, self._limit = task, lost, limit + GRACE
        self._context = multiprocessing.get_context("fork")
        self._workers: list[_Worker[T]] = []
        for _ in range(jobs):
            self._workers.append(self._start())

    def __enter__(self) -> Workers[T, R]:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            worker.process.kill()
        for worker in self._workers:
            self._close(worker)

    def map(self, items: Iterable[T]) -> Iterator[tuple[T, R]]:
        """Yield each item with its result, in the order of ``items``, which is read ahead."""
        numbered = enumerate(items)
        done: dict[int, tuple[T, R]] = {}
        first, last, exhausted = 0, 0, False
        window = _WINDOW * len(self._workers)
        while True:
            while not exhausted and last - first < window:
                worker = min(self._workers, key=lambda w: len(w.waiting))
                if len(worker.waiting) > _AHEAD:
                    break
                entry = next(numbered, None)
                if entry is None:
                    exhausted = True
                    break
                last += 1
                self._give(worker, [entry])
            while first in done:
                yield done.pop(first)
                first += 1
            if exhausted and first == last:
                return
            if first not in done and any(w.waiting for w in self._workers):
                done.update(self._collect())

    def _collect(self) -> Iterator[tuple[int, tuple[T, R]]]:
        """Wait for results, or for somebody's time to be up."""
        busy: dict[Any, _Worker[T]] = {w.connection: w for w in self._workers if w.waiting}
        due = min(w.since for w in busy.values()) + self._limit
        ready = wait(list(busy), timeout=max(0.0, due - time.monotonic()))
        for connection in ready:
            worker = busy.pop(connection)
            try:
                result: R = worker.connection.recv()
            except (EOFError, OSError):
                yield self._replace(worker, timed_out=False)
            else:
                worker.since = time.monotonic()
                number, item = worker.waiting.popleft()
                yield number, (item, result)
        now = time.monotonic()
        for worker in busy.values():
            if now - worker.since > self._limit and not worker.connection.poll():
                yield self._replace(worker, timed_out=True)

    def _give(self, worker: _Worker[T], entries: Iterable[tuple[int, T]]) -> None:
        for number, item in entries:
            if not worker.waiting:
                worker.since = time.monotonic()
            worker.waiting.append((number, item))
            try:
                worker.connection.send(item)
            except OSError:
                # It died: its connection is found at its end, and all that waits is done again.
                return

    def _replace(self, worker: _Worker[T], *, timed_out: bool) -> tuple[int, tuple[T, R]]:
        """Kill what is left of a worker, and give what waited for it to a new one."""
        detail = self._last_words(worker) if timed_out else ""
        worker.process.kill()
        self._close(worker)
        if not timed_out:
            detail = _cause_of_death(worker.process.exitcode)
        number, item = worker.waiting.popleft()
        fresh = self._start()
        self._workers[self._workers.index(worker)] = fresh
        self._give(fresh, worker.waiting)
        return number, (item, self._lost(item, Lost(timed_out, detail)))

    def _last_words(self, worker: _Worker[T]) -> str:
        """Return the line of code that a stuck worker stands in."""
        if worker.process.pid is None:
            return ""
        os.kill(worker.process.pid, signal.SIGUSR1)
        time.sleep(_LAST_WORDS)
        worker.traces.seek(0)
        lines = [line.strip() for line in worker.traces.read().decode().splitlines()]
        main = lines.index("") if "" in lines else len(lines)
        frames = [line for line in lines[:main] if line.startswith("File ")]
        outside = [line for line in frames if _PACKAGE not in line or _PLUGINS in line]
        return next(iter(outside or frames), "")

    def _start(self) -> _Worker[T]:
        ours, theirs = self._context.Pipe()
        traces = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the worker
        others = [ours, *(worker.connection for worker in self._workers)]
        process = self._context.Process(
            target=_work, args=(self._task, theirs, others, traces), daemon=True
        )
        process.start()
        theirs.close()
        return _Worker(process, ours, traces)

    def _close(self, worker: _Worker[T]) -> None:
        worker.process.join()
        worker.connection.close()
        worker.traces.close()


def _cause_of_death(code: int | None) -> str:
    if code is not None and code < 0:
        return say(f"工作进程被信号 {-code} 终止", f"the process was ended by signal {-code}")
    return say(f"工作进程以代码 {code} 退出", f"the process exited with code {code}")


def _work(
    task: Callable[[T], R], connection: Connection, others: list[Connection], traces: IO[bytes]
) -> None:
    """Work off items until the parent closes its end."""
    # Ctrl-C, a closed terminal and many a supervisor signal the whole group; the parent decides
    # what it means. A worker ends when the parent kills it, or is gone.
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    faulthandler.register(signal.SIGUSR1, file=traces, all_threads=False)
    # The parent's ends were inherited; while they are open here, nobody's end is seen.
    for other in others:
        other.close()
    settle_memory()
    items: SimpleQueue[T] = SimpleQueue()
    Thread(target=_receive, args=(connection, items), daemon=True).start()
    while True:
        result = task(items.get())
        try:
            connection.send(result)
        except OSError:
            os._exit(0)  # the parent is gone


def settle_memory() -> None:
    """Keep memory for the next item, and collect garbage less often, of what is loaded never."""
    gc.freeze()
    gc.set_threshold(*_COLLECT)
    with suppress(AttributeError):  # another C library
        tune = ctypes.CDLL(None).mallopt
        for parameter, value in _MALLOC.items():
            tune(parameter, value)


def _receive(connection: Connection, items: SimpleQueue[T]) -> None:
    """Take items off the pipe, so that the parent never waits for a worker that waits for it."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGUSR1})
    try:
        while True:
            items.put(connection.recv())
    except (EOFError, OSError):
        # The parent is gone: end at once, whatever the main thread is doing.
        os._exit(0)
    finally:
        # An item that cannot be unpickled must not leave the main thread waiting for ever.
        os._exit(1)
