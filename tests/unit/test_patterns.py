"""Regular expressions that every supported Python matches alike."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
#: A group that is repeated possessively, or atomic: Python 3.11.0 to 3.11.4, which Debian 12 has,
#: matches those wrongly (gh-106052). Single characters and classes are well.
FORBIDDEN = re.compile(r"(?<!\\)\)(?:[*+?]|\{[\d,]+\})\+|\(\?>")


def test_no_group_is_repeated_possessively() -> None:
    sources = [*ROOT.glob("src/**/*.py"), *ROOT.glob("plugins/**/*.py")]
    assert len(sources) > 100
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in sources
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if FORBIDDEN.search(line)
    ]
    assert not found


def test_the_rule_knows_such_groups() -> None:
    assert all(map(FORBIDDEN.search, ["(?:ab)*+", "(a|b)++", "(a)?+", "(a){2,3}+", "(?>a|b)"]))
    assert not any(map(FORBIDDEN.search, ["[^a]*+", r"\)*+", "(?:ab)*", "a++", "a{2,}+"]))
