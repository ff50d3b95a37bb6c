"""Comparison with last year's report of the same agency."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.enrichment.catalogue import COMPARISONS, KEY_NUMBERS, KEY_RATES
from gongkai.enrichment.indicators import compute, key_numbers

if TYPE_CHECKING:
    from gongkai.model import Report

_SHINGLE = 5
_KEEP_HAN = 0x3400


def with_previous(report: Report, previous: Report | None) -> None:
    """Add last year's values and the changes to ``report.indicators``.

    Args:
        report: with its indicators; changed in place.
        previous: the same agency's report of the year before. Without it, or with one of another
            year, every comparison is null.
    """
    found: dict[str, int | float | None] = dict.fromkeys(i.id for i in COMPARISONS)
    report.indicators |= found
    if previous is None or report.year is None or previous.year != report.year - 1:
        return
    now, then = key_numbers(report), key_numbers(previous)
    for key in KEY_NUMBERS:
        new, old = now[key.id], then[key.id]
        if old is not None:
            found[f"{key.id}_previous"] = old if isinstance(old, int) else float(old)
        if new is None or old is None:
            continue
        delta = new - old
        found[f"{key.id}_delta"] = delta if isinstance(delta, int) else float(delta)
        if old:
            found[f"{key.id}_yoy"] = round(float(100 * delta / old), 2)
    rates = previous.indicators or compute(previous)
    for name in KEY_RATES:
        new_rate, old_rate = report.indicators.get(name), rates.get(name)
        found[f"{name}_previous"] = old_rate
        if new_rate is not None and old_rate is not None:
            found[f"{name}_delta"] = round(new_rate - old_rate, 2)
    found["text_similarity"] = similarity(report, previous)
    report.indicators |= found


def similarity(report: Report, other: Report) -> float | None:
    """Return how much of two narratives is the same, in percent; null without a narrative.

    The Jaccard index of their five-character shingles; digits, Latin letters and punctuation are
    left out, so that a text whose numbers alone were changed counts as the same.
    """
    first, second = _shingles(report), _shingles(other)
    if not first or not second:
        return None
    return round(100 * len(first & second) / len(first | second), 2)


def _shingles(report: Report) -> set[str]:
    texts = [text for text in report.sections.__dict__.values() if text]
    han = "".join(c for text in texts for c in text if ord(c) >= _KEEP_HAN and c < "\uff00")
    return {han[i : i + _SHINGLE] for i in range(len(han) - _SHINGLE + 1)}
