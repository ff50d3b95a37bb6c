"""``gongkai explain``: how a source was read, each number beside its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from gongkai.cli.output import (
    AsJson,
    ExitCode,
    Join,
    PluginsDir,
    console,
    load_settings,
    note,
    print_json,
    rejection,
    table,
)
from gongkai.messages import say

if TYPE_CHECKING:
    from rich.text import Text

    from gongkai.form import Cell
    from gongkai.layouts.registry import Choice
    from gongkai.model import Finding, Report
    from gongkai.pipeline import Explanation
    from gongkai.reading import Document, Place
    from gongkai.tables.reading import Reading

app = typer.Typer()

_METADATA = ("title", "year", "published_on", "index_number", "document_number", "publisher")


@app.command(
    help=say(
        "说明一个来源如何读出：版式、各表与出处、勾稽。",
        "Show how a source was read: layout, tables with places, identities.",
    )
)
def explain(
    file: Annotated[str, typer.Argument(metavar="FILE", help=say("文件。", "A file."))],
    *,
    join: Join = False,
    plugins_dir: PluginsDir = None,
    as_json: AsJson = False,
) -> None:
    """Show every step of a source's way; of an archive or folder, every source's."""
    from gongkai.pipeline import Pipeline  # noqa: PLC0415 - start-up time
    from gongkai.plugins import build_plugins  # noqa: PLC0415
    from gongkai.reading import open_sources  # noqa: PLC0415

    settings = load_settings(plugins_dir)
    pipeline = Pipeline(build_plugins(settings), settings)
    rejected = False
    for source in open_sources([file], settings, join=join):
        explanation = pipeline.explain(source)
        rejected |= explanation.extracted.status == "rejected"
        if as_json:
            print_json(_as_json(explanation))
        else:
            _show(explanation)
    if rejected:
        raise typer.Exit(ExitCode.REJECTED)


def _as_json(explanation: Explanation) -> dict[str, Any]:
    document, choice, reading = explanation.document, explanation.choice, explanation.reading
    return {
        "extracted": explanation.extracted,
        "document": document
        and {"format": document.format, "encoding": document.encoding, "notes": document.notes},
        "claims": choice
        and [
            {
                "layout": claimed.layout.slug,
                "score": claimed.claim.score,
                "evidence": claimed.claim.evidence,
            }
            for claimed in choice.claims
        ],
        "places": reading and {path: str(place) for path, place in reading.places.items()},
        "raw": reading and reading.raws,
    }


def _show(explanation: Explanation) -> None:
    extracted = explanation.extracted
    typer.echo(extracted.source.path)
    if explanation.document:
        _show_document(explanation.document)
    if explanation.choice:
        _show_claims(explanation.choice)
    if explanation.reading:
        show_metadata(explanation.reading.report)
        show_tables(explanation.reading, extracted.findings)
    if extracted.findings:
        show_findings(extracted.findings)
    if extracted.report:
        quality = extracted.report.quality
        facts = say(
            f"单元格 {quality.read}/{quality.cells}，勾稽成立 {quality.held}、"
            f"不成立 {quality.failed}、待定 {quality.unassessed}",
            f"cells {quality.read}/{quality.cells}, identities held {quality.held}, "
            f"failed {quality.failed}, open {quality.unassessed}",
        )
        typer.echo(f"{say('结论：', 'verdict: ')}{quality.verdict}  {facts}")
    if extracted.status == "rejected":
        line = rejection(extracted.source.path, extracted.reason, extracted.message, extracted.hint)
        note(say("拒收：", "rejected: ") + line)


def _show_document(document: Document) -> None:
    facts = [document.format, document.encoding, *document.notes]
    facts.append(
        say(
            f"段落 {len(document.paragraphs)}，表格 {len(document.grids)}",
            f"{len(document.paragraphs)} paragraphs, {len(document.grids)} tables",
        )
    )
    typer.echo("  ".join(filter(None, facts)))


def _show_claims(choice: Choice) -> None:
    rows = [
        [
            "→" if claimed.layout is choice.layout else "",
            f"{claimed.layout.slug} {claimed.layout.version}",
            str(claimed.claim.score),
            "; ".join(claimed.claim.evidence),
        ]
        for claimed in choice.claims
    ]
    rows += [["✗", layout.slug, "", f"{error!r}"] for layout, error in choice.failures]
    table(["", say("版式", "layout"), say("分数", "score"), say("依据", "evidence")], rows)


def show_metadata(report: Report) -> None:
    """Print the metadata with the places that they come from."""
    values = {"agency": report.agency.name, **{name: getattr(report, name) for name in _METADATA}}
    table(
        [say("字段", "field"), say("值", "value"), say("出处", "from")],
        [
            [name, "—" if value is None else str(value), report.provenance.get(name, "")]
            for name, value in values.items()
        ],
    )


def show_tables(reading: Reading, findings: list[Finding]) -> None:
    """Print the statutory tables that the report holds, each cell with its place."""
    from rich.table import Table  # noqa: PLC0415 - start-up time

    from gongkai.form import CELLS  # noqa: PLC0415

    suspects = {path for f in findings if f.severity == "critical" for path in f.cells}
    culprits = {f.cells[0] for f in findings if f.rule.endswith(".LOCATE")}
    states = reading.report.cells
    known = {*reading.tokens, *states.blank, *states.unreadable, *states.absent}
    rows: dict[tuple[str, str], list[Cell]] = {}
    for cell in CELLS.values():
        rows.setdefault((cell.table, cell.row_path), []).append(cell)
    out = console()
    for name in ("二", "三", "四"):
        shown = [
            cells
            for (of, _), cells in rows.items()
            if of == name and any(cell.path in known for cell in cells)
        ]
        if not shown:
            continue
        title = say(f"表{name}", f"table {name}")
        view = Table(title=title, title_justify="left", show_header=False)
        view.add_column(overflow="fold")
        for _ in range(max(map(len, shown))):
            view.add_column(no_wrap=True)
        heading: list[str] = []
        for cells in shown:
            columns = [say(cell.column, cell.column_en) for cell in cells]
            if columns != heading:
                view.add_row("", *columns, style="dim")
                heading = columns
            label = say(cells[0].row, cells[0].row_en)
            view.add_row(label, *(_cell(cell, reading, suspects, culprits) for cell in cells))
        out.print(view)
    out.print(
        say(
            "出处：p 页 L 行 P 段 T 表 R 表行 C 格。∅ 空白，? 未能读出，· 未印，≈ 由勾稽推定。",
            "places: p page, L line, P paragraph, T table, R row, C cell. "
            "∅ blank, ? unreadable, · not printed, ≈ placed by the identities.",
        )
    )


def _cell(cell: Cell, reading: Reading, suspects: set[str], culprits: set[str]) -> Text:
    from rich.text import Text  # noqa: PLC0415

    path, states = cell.path, reading.report.cells
    value = reading.report.value(path)
    if value is not None:
        shown = f"{'≈' if path in states.inferred else ''}{value}"
    elif path in states.blank:
        shown = states.marks.get(path, "∅")
    elif path in states.unreadable:
        shown = f"?{states.raw.get(path, '')}"
    else:
        shown = "·"
    style = "bold reverse red" if path in culprits else "red" if path in suspects else ""
    text = Text(shown, style=style)
    place = reading.place(path)
    if place is not None:
        text.append(f" {_short(place)}", style="dim")
    return text


def _short(place: Place) -> str:
    letters = {"line": "L", "paragraph": "P", "table": "T", "row": "R", "cell": "C"}
    page = f"p{place.page} " if place.page else ""
    return page + "".join(
        f"{letter}{value}" for name, letter in letters.items() if (value := getattr(place, name))
    )


def show_findings(findings: list[Finding]) -> None:
    """Print findings."""
    table(
        [
            say("等级", "severity"),
            say("规则", "rule"),
            say("说明", "message"),
            say("印作", "printed"),
            say("应为", "implied"),
            say("出处", "places"),
        ],
        [
            [
                f.severity,
                f.rule,
                say(f.message, f.message_en),
                "" if f.actual is None else str(f.actual),
                "" if f.expected is None else str(f.expected),
                "; ".join(f.places[:3]) + ("; …" if len(f.places) > 3 else ""),  # noqa: PLR2004
            ]
            for f in findings
        ],
    )
