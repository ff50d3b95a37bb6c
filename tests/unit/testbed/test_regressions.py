"""Inputs that once broke a reader; ``make fuzz`` writes them, and they stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.fuzz.run import REGRESSIONS, outcome_of

if TYPE_CHECKING:
    from pathlib import Path

CASES = sorted(path for path in REGRESSIONS.iterdir() if path.suffix != ".py")


def test_there_are_cases() -> None:
    assert CASES


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_a_case_is_read_or_rejected(case: Path) -> None:
    assert not outcome_of(case.name, case.read_bytes()).cause
