"""Numbers and documents as HTML: metrics, tables, lists, controls."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from gongkai.kibana.dataviews import fields, label
from gongkai.kibana.names import NAMES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gongkai.kibana.aggregations import Record
    from gongkai.kibana.definitions import Control, Format, Panel, SavedSearch
    from gongkai.search.fields import Field

_TEXT_LENGTH = 160


def number(value: float | None, wanted: Format) -> str:
    """Return a number as Kibana would show it; a missing one is a dash and never 0."""
    if value is None:
        return "–"
    if wanted == "percent":
        return f"{value:.1%}"
    if wanted == "rate":
        return f"{value:,.1f}%"
    if wanted == "decimal" and value != int(value):
        return f"{value:,.2f}"
    return f"{value:,.0f}"


def metric(panel: Panel, found: Sequence[Record]) -> str:
    """Return a single large number."""
    (record,) = found
    shown = panel.metrics[0]
    return (
        f'<p class="figure">{number(record[shown.label], shown.format)}</p>'
        f'<p class="name">{escape(shown.label)}</p>'
    )


def table(panel: Panel, found: Sequence[Record]) -> str:
    """Return a table; a second dimension becomes its columns."""
    by = panel.dimensions[0]
    if panel.split is None:
        head = [by.label, *(shown.label for shown in panel.metrics)]
        rows = [
            [str(record[by.label]), *(number(record[m.label], m.format) for m in panel.metrics)]
            for record in found
        ]
        return _html_table(head, rows)
    shown = panel.metrics[0]
    columns = sorted({record[panel.split.label] for record in found})
    cells = {(record[by.label], record[panel.split.label]): record[shown.label] for record in found}
    keys = list(dict.fromkeys(record[by.label] for record in found))
    rows = [
        [str(key), *(number(cells.get((key, column)), shown.format) for column in columns)]
        for key in keys
    ]
    return _html_table([by.label, *map(str, columns)], rows)


def _html_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    titles = "".join(f"<th>{escape(text)}</th>" for text in head)
    lines = "".join(
        "<tr>" + "".join(f"<td>{escape(text)}</td>" for text in row) + "</tr>" for row in rows
    )
    return f"<table><thead><tr>{titles}</tr></thead><tbody>{lines}</tbody></table>"


def documents(search: SavedSearch, hits: Sequence[dict[str, Any]]) -> str:
    """Return the first documents of a saved search."""
    known = fields(search.index)
    head = [label(known[path]) for path in search.columns]
    rows = [
        [_shown(known[path], called(path, _at(hit, path))) for path in search.columns]
        for hit in hits
    ]
    return _html_table(head, rows)


def called(path: str, value: Any) -> Any:  # noqa: ANN401 - any JSON
    """Return what a value of a field is called, or each of several."""
    if isinstance(value, list):
        return [called(path, one) for one in value]
    return NAMES[path].get(value, value) if path in NAMES else value


def _shown(field: Field, value: Any) -> str:  # noqa: ANN401 - any JSON
    if field.numeric and field.path != "year" and value is not None:
        return number(value, "decimal")
    return _text(value)


def _at(document: Any, path: str) -> Any:  # noqa: ANN401 - any JSON
    for name in path.split("."):
        document = document.get(name) if isinstance(document, dict) else None
    return document


def _text(value: object) -> str:
    if value is None:
        return "–"
    if isinstance(value, list):
        return _text("、".join(map(str, value)))
    text = str(value)
    return text if len(text) <= _TEXT_LENGTH else f"{text[:_TEXT_LENGTH]}…"


def control(wanted: Control, found: dict[str, Any]) -> str:
    """Return a control with what it offers at present."""
    if wanted.kind == "range":
        stats = found["range"]
        if stats["min"] is None:
            offer = "–"
        else:
            offer = f"{number(stats['min'], 'decimal')} — {number(stats['max'], 'decimal')}"
    else:
        offer = f"任一（{found['number']['value']} 项）"
    return (
        f'<span class="control {wanted.kind}"><b>{escape(wanted.label)}</b> {escape(offer)}</span>'
    )
