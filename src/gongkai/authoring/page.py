"""A source as an HTML page, with every cell that was read marked."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from gongkai.authoring.trial import to_look_at
from gongkai.form import CELLS
from gongkai.messages import language, say
from gongkai.reading.document import Grid, split_cells

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from gongkai.authoring.trial import Trial
    from gongkai.reading.document import Paragraph, Place
    from gongkai.testing.behaviour import Shown

_STYLE = """
body { font: 14px/1.5 system-ui, sans-serif; margin: 2em; max-width: 75em; }
table { border-collapse: collapse; margin: .8em 0; }
td, th { border: 1px solid #bbb; padding: 2px 6px; }
mark { padding: 0 2px; } td.read, mark.read { background: #d8f5d8; }
td.inferred, mark.inferred { background: #fff0b3; } td.blank, mark.blank { background: #e6e6e6; }
td.suspect, mark.suspect { background: #ffc9c9; outline: 2px solid #c00; }
.place { color: #999; font-size: 80%; margin-right: 1em; } li.critical { color: #a00; }
"""

Marks = dict["Place", tuple[str, str]]


def page(trial: Trial) -> str:
    """Return the page: for each sample what to look at, and the source with its cells marked.

    A marked cell's title is its label, its path and the value that was read.
    """
    legend = "".join(
        f'<mark class="{kind}">{escape(text)}</mark> '
        for kind, text in {
            "read": say("已读出", "read"),
            "inferred": say("由勾稽推定", "placed by the identities"),
            "blank": say("空白", "blank"),
            "suspect": say("存疑", "in doubt"),
        }.items()
    )
    claims = "".join(
        f"<tr><td>{escape(row.sample)}</td><td>{escape(slug)}</td><td>{claim.score}</td>"
        f"<td>{escape('; '.join(claim.evidence))}</td></tr>"
        for row in trial.matrix
        for slug, claim in row.claims.items()
    )
    samples = "".join(_sample(shown) for shown in trial.samples)
    return (
        f'<!doctype html><html lang="{language()}"><meta charset="utf-8">'
        f"<title>{escape(trial.layout.slug)}</title><style>{_STYLE}</style>"
        f"<h1>{escape(trial.layout.slug)} {escape(trial.layout.title)}</h1><p>{legend}</p>"
        f"<table>{claims}</table>{samples}</html>\n"
    )


def _sample(shown: Shown) -> str:
    marks = _marks(shown)
    items = "".join(
        f'<li class="{escape(line.split(" ")[0])}">{escape(line)}</li>'
        for line in to_look_at(shown)
    )
    blocks = "".join(
        _grid(block, marks) if isinstance(block, Grid) else _paragraph(block, marks)
        for block in shown.document.blocks
    )
    return f"<h2>{escape(shown.sample.folder.name)}</h2><ul>{items}</ul>{blocks}"


def _marks(shown: Shown) -> Marks:
    """Return the class and the title of each place that a cell was read from."""
    if shown.reading is None:
        return {}
    report, states = shown.reading.report, shown.reading.report.cells
    suspects = {path for f in shown.findings if f.severity == "critical" for path in f.cells}
    marks = {}
    for path, place in shown.reading.places.items():
        cell, value = CELLS[path], report.value(path)
        if path in suspects or path in states.unreadable:
            kind = "suspect"
        elif path in states.inferred:
            kind = "inferred"
        else:
            kind = "blank" if value is None else "read"
        label = say(cell.label, cell.label_en)
        marks[place] = (kind, f"{label}\n{path} = {'∅' if value is None else value}")
    return marks


def _grid(grid: Grid, marks: Mapping[Place, tuple[str, str]]) -> str:
    rows = []
    for r, row in enumerate(grid.rows):
        cells = "".join(
            f'<td colspan="{cell.colspan}" rowspan="{cell.rowspan}"'
            f"{_attributes(marks.get(grid.at(r, c)))}>{escape(cell.text)}</td>"
            for c, cell in enumerate(row)
        )
        rows.append(f"<tr>{cells}</tr>")
    return f'<span class="place">{escape(str(grid.place))}</span><table>{"".join(rows)}</table>'


def _paragraph(paragraph: Paragraph, marks: Mapping[Place, tuple[str, str]]) -> str:
    return (
        f'<p><span class="place">{escape(str(paragraph.place))}</span>'
        f"{''.join(_words(paragraph, marks))}</p>"
    )


def _words(paragraph: Paragraph, marks: Mapping[Place, tuple[str, str]]) -> Iterable[str]:
    if (whole := marks.get(paragraph.place)) is not None:
        yield f"<mark{_attributes(whole)}>{escape(paragraph.text)}</mark>"
        return
    # The cells of a line, counted as Document.text_at counts them.
    piped = "|" in paragraph.text
    words = split_cells(paragraph.text) if piped else paragraph.text.split()
    found = [marks.get(paragraph.place._replace(cell=n + 1)) for n in range(len(words))]
    if not any(found):
        yield escape(paragraph.text)
        return
    for word, mark in zip(words, found, strict=True):
        text = escape(word)
        yield f"<mark{_attributes(mark)}>{text}</mark>" if mark else text
        yield " | " if piped else " "


def _attributes(mark: tuple[str, str] | None) -> str:
    return f' class="{mark[0]}" title="{escape(mark[1])}"' if mark else ""
