"""Results come in order; a worker that loops or dies costs its item and no other."""

from __future__ import annotations

import os
import signal
import time
from contextlib import suppress
from typing import TYPE_CHECKING

import psutil
import pytest

from gongkai.ingest.workers import Lost, Workers

if TYPE_CHECKING:
    from collections.abc import Iterator


def lost(item: object, how: Lost) -> object:
    """Return what can be compared."""
    return ("lost", item, how.timed_out, how.detail)


def square(item: int) -> int:
    """Take longer for even numbers, so that workers overtake each other."""
    time.sleep(0.002 * (item % 2 == 0))
    return item * item


@pytest.mark.parametrize("jobs", [1, 2, 5])
def test_results_come_in_the_order_of_the_items(jobs: int) -> None:
    with Workers(square, lost, jobs=jobs, limit=30) as workers:
        assert list(workers.map(range(300))) == [(n, n * n) for n in range(300)]


def test_no_items_no_results() -> None:
    with Workers(square, lost, jobs=2, limit=30) as workers:
        assert list(workers.map([])) == []


def test_large_items_and_results_do_not_block_each_other() -> None:
    # Larger than any pipe's buffer, both ways at once.
    items = [bytes([n]) * 3_000_000 for n in range(12)]
    with Workers(bytes.swapcase, lost, jobs=2, limit=30) as workers:
        found = [result for _, result in workers.map(items)]
    assert found == [item.swapcase() for item in items]


def test_items_are_taken_a_few_ahead_only() -> None:
    taken = []

    def items() -> Iterator[int]:
        for n in range(10_000):
            taken.append(n)
            yield n

    with Workers(square, lost, jobs=2, limit=30) as workers:
        results = workers.map(items())
        for _ in range(10):
            next(results)
        assert len(taken) < 200


def dies(item: int) -> int:
    """Die of every tenth item."""
    if item % 10 == 7:
        os.kill(os.getpid(), signal.SIGKILL)
    return item


def test_a_worker_that_dies_costs_one_item() -> None:
    with Workers(dies, lost, jobs=2, limit=30) as workers:
        found = list(workers.map(range(40)))
    assert [item for item, _ in found] == list(range(40))
    assert [r for n, r in found if n % 10 != 7] == [n for n in range(40) if n % 10 != 7]
    for item, result in found[7::10]:
        assert result[:3] == ("lost", item, False)  # type: ignore[index]
        assert "9" in result[3]  # type: ignore[index]


def exits(item: int) -> int:
    """Exit at 2."""
    if item == 2:
        os._exit(5)
    return item


def test_the_exit_code_of_a_dead_worker_is_told() -> None:
    with Workers(exits, lost, jobs=1, limit=30) as workers:
        found = [result for _, result in workers.map(range(4))]
    assert found[:2] + found[3:] == [0, 1, 3]
    assert "5" in found[2][3]  # type: ignore[index]


def stubborn(item: int) -> int:
    """Loop for ever over 3, whatever is raised."""
    while item == 3:
        with suppress(BaseException):  # the worst plugin there is
            time.sleep(0.01)
    return item


def test_a_worker_that_cannot_be_stopped_is_killed_and_says_where_it_stood(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("gongkai.ingest.workers.GRACE", 0.2)
    with Workers(stubborn, lost, jobs=2, limit=0.5) as workers:
        found = [result for _, result in workers.map(range(12))]
    assert found[:3] + found[4:] == [n for n in range(12) if n != 3]
    assert found[3][:3] == ("lost", 3, True)  # type: ignore[index]
    assert "test_workers.py" in found[3][3]  # type: ignore[index]
    assert "stubborn" in found[3][3]  # type: ignore[index]


def test_a_slow_consumer_costs_no_worker_its_life(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gongkai.ingest.workers.GRACE", 0.1)
    with Workers(square, lost, jobs=2, limit=0.2) as workers:
        found = []
        for item, result in workers.map(range(12)):
            if item == 1:
                time.sleep(0.8)
            found.append(result)
    assert found == [n * n for n in range(12)]


def unsendable(item: int) -> object:
    """Return something that cannot be pickled."""
    return (lambda: item) if item == 1 else item


def test_a_result_that_cannot_be_sent_costs_one_item(capfd: pytest.CaptureFixture[str]) -> None:
    with Workers(unsendable, lost, jobs=1, limit=30) as workers:
        found = [result for _, result in workers.map(range(3))]
    assert [found[0], found[2]] == [0, 2]
    assert found[1][:2] == ("lost", 1)  # type: ignore[index]
    assert "unsendable.<locals>" in capfd.readouterr().err


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_to_the_whole_group_ends_no_worker(number: signal.Signals) -> None:
    def alarmed(item: int) -> int:
        os.kill(os.getpid(), number)
        return item

    with Workers(alarmed, lost, jobs=1, limit=30) as workers:
        assert [result for _, result in workers.map(range(3))] == [0, 1, 2]


def test_no_process_is_left_behind() -> None:
    before = {p.pid for p in psutil.Process().children()}
    with Workers(square, lost, jobs=3, limit=30) as workers:
        assert len(psutil.Process().children()) == len(before) + 3
        next(workers.map(range(100)))
    assert {p.pid for p in psutil.Process().children()} == before


def test_workers_end_with_their_parent() -> None:
    """Even those that are stuck: nobody is left to kill them."""
    read, write = os.pipe()
    parent = os.fork()
    if parent == 0:
        with Workers(stubborn, lost, jobs=2, limit=60) as workers:
            started = [str(p.pid) for p in psutil.Process().children()]
            os.write(write, " ".join(started).encode())
            list(workers.map([3, 1]))
        os._exit(1)
    children = [int(pid) for pid in os.read(read, 100).split()]
    time.sleep(0.2)
    os.kill(parent, signal.SIGKILL)
    os.waitpid(parent, 0)
    gone, alive = psutil.wait_procs(
        [psutil.Process(pid) for pid in children if psutil.pid_exists(pid)], timeout=10
    )
    assert len(children) == 2
    assert not alive, gone
