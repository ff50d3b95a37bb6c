"""The fuzz run: its inputs come again, and it leaves nothing behind."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
from tests.fuzz.inputs import make_input

_ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("number", [0, 17, 95])
def test_an_input_is_made_again(number: int) -> None:
    program = f"from tests.fuzz.inputs import make_input; print(make_input({number}))"
    made = subprocess.run(
        [sys.executable, "-c", program],
        cwd=_ROOT, env={"PYTHONHASHSEED": str(number)}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert made.stdout == f"{make_input(number)}\n"


def test_a_run_that_is_terminated_ends_its_workers_and_says_what_it_read() -> None:
    run = subprocess.Popen(
        [sys.executable, "-m", "tests.fuzz.run", "--jobs", "2", "--no-keep"],
        cwd=_ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    parent = psutil.Process(run.pid)
    while len(workers := parent.children(recursive=True)) < 2:
        time.sleep(0.05)
    run.send_signal(signal.SIGTERM)
    said, _ = run.communicate(timeout=60)
    assert not psutil.wait_procs(workers, timeout=10)[1]
    assert "inputs read, 0 failures" in said
