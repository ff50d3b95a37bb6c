"""``gongkai search``: words and numbers in one query."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any

import typer

from gongkai.cli.output import AsJson, PluginsDir, console, load_settings, note, print_json
from gongkai.messages import say

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from gongkai.search.alone import Alone
    from gongkai.search.facets import FacetCounts
    from gongkai.search.query import Search, SearchRequest
    from gongkai.search.results import Hit, SearchResult

#: Placed around found words by the server; no report holds characters of private use.
_MARKS = ("\ue000", "\ue001")
#: Where the terminal has no styles.
_PLAIN_MARKS = ("【", "】")
#: Columns of the results where no terminal sets them: what is found is prose, read line by line.
_PLAIN_WIDTH = 120


app = typer.Typer()


@app.command(
    help=say("检索：词语、条件、分面一次查询。", "Search by words, conditions and facets.")
)
def search(  # noqa: PLR0913 - one parameter an option
    words: Annotated[
        list[str] | None,
        typer.Argument(
            help=say(
                "词语，须全部出现；加引号的词组须连续出现。",
                "Words, all must be found; a quoted phrase is found as it stands.",
            )
        ),
    ] = None,
    *,
    where: Annotated[
        list[str] | None,
        typer.Option(
            "--where",
            "-w",
            help=say(
                "条件，可重复（且）：requests.received.total>=10、year=2022|2023、"
                "予以公开·总计=1..9、agency.name~商务局、region.city exists（或 missing）、"
                "year!=2022。",
                "Condition, repeatable (and): requests.received.total>=10, year=2022|2023, "
                "requests.received.total=1..9, agency.name~商务局, region.city exists (or "
                "missing), year!=2022.",
            ),
        ),
    ] = None,
    facet: Annotated[
        list[str] | None,
        typer.Option(
            "--facet",
            "-f",
            help=say(
                "分面，可重复：agency.name，或区间 requests.received.total:0,1,10,100。",
                "Facet, repeatable: agency.name, or ranges requests.received.total:0,1,10,100.",
            ),
        ),
    ] = None,
    facet_size: Annotated[
        int,
        typer.Option("--facet-size", min=1, help=say("每个分面的值数。", "Values of a facet.")),
    ] = 20,
    sort: Annotated[
        list[str] | None,
        typer.Option(
            "--sort", "-s", help=say("排序，可重复；- 为降序。", "Order; - is descending.")
        ),
    ] = None,
    columns: Annotated[
        list[str] | None,
        typer.Option(
            "--columns", "-c", help=say("列，逗号分隔，可重复。", "Columns, comma-separated.")
        ),
    ] = None,
    size: Annotated[
        int, typer.Option("--size", "-n", min=0, help=say("条数，不限多少。", "Hits, any number."))
    ] = 10,
    plugins_dir: PluginsDir = None,
    as_json: AsJson = False,
    show_query: Annotated[
        bool,
        typer.Option("--show-query", help=say("只打印查询 DSL。", "Print the query DSL and stop.")),
    ] = False,
) -> None:
    """Search the reports.

    Raises:
        UsageError: a condition, facet, order or column cannot be carried out.
        BackendError: Elasticsearch cannot be reached or refuses the user.
    """
    from gongkai.cli.backend import backend, extensions  # noqa: PLC0415 - start-up time
    from gongkai.plugins import build_plugins  # noqa: PLC0415
    from gongkai.search.alone import parts_alone  # noqa: PLC0415
    from gongkai.search.fields import extension_fields  # noqa: PLC0415
    from gongkai.search.query import DEFAULT_COLUMNS, Search, SearchRequest  # noqa: PLC0415
    from gongkai.search.schema import REPORTS  # noqa: PLC0415

    settings = load_settings(plugins_dir)
    engine = Search(extension_fields(extensions(build_plugins(settings))))
    chosen = [name for text in columns or [] for name in text.split(",") if name.strip()]
    request = SearchRequest(
        words=" ".join(words or []),
        where=tuple(where or []),
        facets=tuple(facet or []),
        sort=tuple(sort or []),
        columns=tuple(chosen or ([] if as_json or show_query else DEFAULT_COLUMNS)),
        size=size,
        facet_size=facet_size,
        marks=("<em>", "</em>") if as_json or show_query else _MARKS,
    )
    if show_query:
        typer.echo(json.dumps(engine.body(request), ensure_ascii=False, indent=2))
        return
    engine.body(request)  # a mistake is told before anything is connected
    with backend(settings, "reader") as client:
        alias = REPORTS.alias(settings.index_prefix)
        result = engine.run(client, alias, request)
        if not result.total and not as_json:
            _explain_nothing(parts_alone(engine, client, alias, request))
    if as_json:
        print_json(_as_json(result))
    else:
        _show(result, engine, request)


def _explain_nothing(parts: list[Alone]) -> None:
    if len(parts) < 2:  # noqa: PLR2004 - one part alone was the search itself
        return
    note(say("没有报告同时满足；单独来看：", "No report meets all of it; each part alone:"))
    for part, reports in parts:
        note(say(f"  {part}：{reports} 份", f"  {part}: {reports} reports"))


def _as_json(result: SearchResult) -> dict[str, Any]:
    """Return the public shape; a facet's null key counts the reports without a value."""
    shown: dict[str, Any] = {
        "total": result.total,
        "hits": [
            {
                "id": hit.document_id,
                "score": hit.score,
                **hit.document,
                "highlight": hit.highlight,
            }
            for hit in result.hits
        ],
        "facets": {
            name: [{"key": bucket.key, "count": bucket.count} for bucket in counts.buckets]
            + ([{"key": None, "count": counts.missing}] if counts.missing else [])
            for name, counts in result.facets.items()
        },
    }
    further = {name: counts.other for name, counts in result.facets.items() if counts.other}
    return {**shown, "facets_other": further} if further else shown


def _show(result: SearchResult, engine: Search, request: SearchRequest) -> None:
    from rich.table import Table  # noqa: PLC0415 - start-up time

    from gongkai.search.names import label_of  # noqa: PLC0415

    out = console(_PLAIN_WIDTH)
    out.print(
        say(
            f"共 {result.total} 份报告，显示 {len(result.hits)} 份。",
            f"{result.total} reports, {len(result.hits)} shown.",
        )
    )
    if result.hits:
        table = Table(show_lines=bool(request.words))
        fields = engine.columns(request)
        for field in fields:
            table.add_column(
                label_of(field), justify="right" if field.numeric else "left", overflow="fold"
            )
        if request.words:
            table.add_column(say("命中", "found"), overflow="fold", ratio=1)
        for hit in result.hits:
            row = [_cell(hit, field.path, out) for field in fields]
            table.add_row(*row, *([_fragments(hit, engine, out)] if request.words else []))
        out.print(table)
    for path, counts in result.facets.items():
        out.print(f"{label_of(engine.fields[path])} ({path})", style="bold")
        out.print(_facet(counts))


def _cell(hit: Hit, path: str, out: Console) -> Text:
    from rich.text import Text  # noqa: PLC0415

    marked = hit.highlight.get(path)
    if marked:
        return _styled(marked[0], out)
    value = hit.value(path)
    if isinstance(value, list):
        return Text("\n".join(map(str, value)))
    # A null number is not 0: it has to look like neither.
    return Text("—" if value is None else str(value))


def _fragments(hit: Hit, engine: Search, out: Console) -> Text:
    from rich.text import Text  # noqa: PLC0415

    from gongkai.search.names import label_of  # noqa: PLC0415

    lines = Text()
    for path, fragments in hit.highlight.items():
        if path == "title":
            continue
        for fragment in fragments:
            if lines:
                lines.append("\n")
            lines.append(f"{label_of(engine.fields[path])}: ", style="dim")
            lines.append_text(_styled(" ".join(fragment.split()), out))
    return lines


def _styled(marked: str, out: Console) -> Text:
    from rich.text import Text  # noqa: PLC0415

    if not out.is_terminal:
        for mark, plain in zip(_MARKS, _PLAIN_MARKS, strict=True):
            marked = marked.replace(mark, plain)
        return Text(marked)
    text = Text()
    for position, part in enumerate(marked.split(_MARKS[0])):
        found, mark, rest = part.partition(_MARKS[1])
        text.append(found, style="bold red" if position and mark else "")
        text.append(rest)
    return text


def _facet(counts: FacetCounts) -> Any:  # noqa: ANN401 - rich is lazy
    from rich.table import Table  # noqa: PLC0415

    table = Table()
    table.add_column(say("值", "value"), overflow="fold")
    table.add_column(say("报告数", "reports"), justify="right")
    for bucket in counts.buckets:
        table.add_row(str(bucket.key), str(bucket.count))
    if counts.other:
        table.add_row(say("（其余）", "(other values)"), str(counts.other))
    if counts.missing:
        table.add_row(say("（无值）", "(no value)"), str(counts.missing))
    return table
