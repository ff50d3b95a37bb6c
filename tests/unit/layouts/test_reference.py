"""Real reports with their right answers, where the folder beside the checkout holds them.

The project's own samples carry their expectations (plugins/*/samples); this measures more.
"""

from __future__ import annotations

import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from tests.testbed import reader

SHARED = Path(__file__).parents[4] / "shared"
SEEDS = sorted(SHARED.glob("seeds/*.txt"))
SAMPLES = sorted(SHARED.glob("samples/*/source.*"))
#: Excerpts end inside table three: what is printed is read, and the source is not indexed.
TRUNCATED = ("021-", "023-", "028-", "029-", "035-")


def answers(path: Path) -> dict[str, Any]:
    if path.parent.name == "seeds":
        path = path.with_name(f"{path.name[:3]}.expected.json")
    else:
        path = path.with_name("expected.json")
    loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


def number(value: object) -> Decimal | None:
    """Return the number of an answer; 251000元 is printed with its unit."""
    return None if value is None else Decimal(re.sub(r"[^0-9.\-]", "", str(value)))


@pytest.mark.parametrize("path", [*SEEDS, *SAMPLES], ids=lambda p: f"{p.parent.name}-{p.stem}")
def test_every_cell_is_read(path: Path) -> None:
    report = reader.extract(path.read_bytes(), path.name).report
    assert report is not None
    expected = answers(path)["cells"]
    wrong = {p: (report.value(p), v) for p, v in expected.items() if report.value(p) != number(v)}
    assert not wrong


@pytest.mark.parametrize("path", SEEDS, ids=lambda p: p.stem)
def test_every_seed_is_proved_with_its_metadata(path: Path) -> None:
    extracted = reader.extract(path.read_bytes(), path.name)
    report, meta = extracted.report, answers(path)["meta"]
    assert report is not None
    assert extracted.source.layout != "generic"
    assert report.quality.verdict == "proved"
    assert report.agency.name == meta["agency"]
    assert report.year == meta["report_year"]
    assert str(report.published_on) == str(meta["publish_date"])
    assert report.index_number == meta["index_number"]
    title = (meta["title"] or "").removesuffix(" (two lines)")
    assert "".join((report.title or "").split()) == "".join(title.split())


@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: p.parent.name)
def test_an_excerpt_is_truncated_and_a_whole_report_is_not(path: Path) -> None:
    extracted = reader.extract(path.read_bytes(), path.name)
    reason = "truncated" if path.parent.name.startswith(TRUNCATED) else None
    assert extracted.reason == reason
