"""Sums over pages, and the tables and goals made of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from rich.table import Table

CELLS_GOAL, METADATA_GOAL, LOCATED_GOAL = 0.999, 0.98, 0.95
METADATA = ("title", "agency", "year", "published_on", "index_number")


@dataclass
class Tally:
    """Sums over the pages of one style or one damage."""

    counts: Counter[str] = field(default_factory=Counter)
    examples: list[str] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        """Add another tally to this one."""
        self.counts.update(other.counts)
        self.examples += other.examples

    def share(self, part: str, whole: str) -> float:
        """Return ``part / whole``, 1 for nothing of nothing."""
        return self.counts[part] / self.counts[whole] if self.counts[whole] else 1.0


def _percent(share: float) -> str:
    """Print a share; only what is whole prints as 100%."""
    return "100%" if share == 1 else f"{min(share * 100, 99.999):.3f}%"


def style_table(tallies: dict[tuple[str, str], Tally]) -> tuple[Table, list[str]]:
    """Return the table of whole pages and the goals that were missed."""
    table = Table(title="whole pages")
    for head in ("style", "pages", "rejected", "cells exact", "null", "wrong", "silent"):
        table.add_column(head, justify="left" if head == "style" else "right")
    for head in ("metadata", *METADATA, "sections"):
        table.add_column(head.replace("_", " "), justify="right")
    missed = []
    for (kind, style), tally in sorted(tallies.items()):
        if kind != "style":
            continue
        count = tally.counts
        cells, metadata = tally.share("exact", "cells"), tally.share("metadata exact", "metadata")
        table.add_row(
            style, str(count["pages"]), str(count["rejected"]), _percent(cells),
            str(count["null"]), str(count["wrong"]), str(count["silent"]), _percent(metadata),
            *(str(count[f"no {name}"] or "") for name in METADATA),
            _percent(tally.share("sections whole", "sections")),
        )  # fmt: skip
        if cells < CELLS_GOAL:
            missed.append(f"{style}: cells {_percent(cells)}")
        if metadata < METADATA_GOAL:
            missed.append(f"{style}: metadata {_percent(metadata)}")
        if count["silent"]:
            missed.append(f"{style}: {count['silent']} reports wrong in silence")
    return table, missed


def damage_table(tallies: dict[tuple[str, str], Tally]) -> tuple[Table, list[str]]:
    """Return the table of damaged pages and the goals that were missed."""
    table = Table(title="damaged pages")
    for head in ("damage", "pages", "rejected", "as printed", "null", "wrong", "critical"):
        table.add_column(head, justify="left" if head == "damage" else "right")
    for head in ("silent", "located", "located right"):
        table.add_column(head, justify="right")
    missed = []
    for (kind, damage), tally in tallies.items():
        if kind == "style":
            continue
        count = tally.counts
        is_change = damage == "change_cell"
        right = tally.share("located right", "located")
        table.add_row(
            damage, str(count["pages"]), str(count["rejected"]),
            _percent(tally.share("exact", "cells")), str(count["null"]), str(count["wrong"]),
            str(count["critical"]), str(count["silent"]),
            str(count["located"]) if is_change else "", _percent(right) if is_change else "",
        )  # fmt: skip
        # The other tables are shown, too; the goal is table three's, whose cells all have sums.
        if count["silent"] and not damage.endswith(("_two", "_four")):
            missed.append(f"{damage}: {count['silent']} in silence")
        if is_change and right < LOCATED_GOAL:
            missed.append(f"{damage}: {_percent(right)} located right")
        if is_change and not count["located"]:
            missed.append(f"{damage}: none located")
    return table, missed
