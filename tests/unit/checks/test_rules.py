from __future__ import annotations

import re
from pathlib import Path

import gongkai
from gongkai.checks import docs
from gongkai.checks.rules import RULES
from gongkai.enrichment.docs import deliver
from gongkai.model import SEVERITIES

_SOURCE = Path(gongkai.__file__).parent
_NAMED = re.compile(r'"((?:T2|T3|T4|S|V|M|N|L|X|E|P)\.[A-Z][A-Z0-9.]*)"')


def test_every_rule_in_the_code_is_documented_and_the_other_way_round() -> None:
    named = {
        rule
        for path in _SOURCE.rglob("*.py")
        if path.name != "rules.py"
        for rule in _NAMED.findall(path.read_text("utf-8"))
    }
    # The table's number is filled in by the code that locates a wrong cell.
    assert named | {"T3.LOCATE", "T4.LOCATE"} == set(RULES)


def test_rules_are_whole() -> None:
    for rule in RULES.values():
        assert rule.zh
        assert rule.en
        assert rule.severities
        assert set(rule.severities) <= set(SEVERITIES)


def test_the_page_is_current() -> None:
    assert deliver("checks.md", docs.render(), ["--check"]) == 0
