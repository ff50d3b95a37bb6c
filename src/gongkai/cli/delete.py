"""``gongkai delete``: reports and what was derived from them, after a question."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from gongkai.cli.output import (
    AsJson,
    ExitCode,
    PluginsDir,
    load_settings,
    note,
    print_json,
    progress,
)
from gongkai.errors import BackendError, IndexingError, UsageError
from gongkai.messages import say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gongkai.search.deletion import Deleted
    from gongkai.search.deriving import Deriver

#: Reports that are named before the question.
_SHOWN = 10

app = typer.Typer()


@app.command(
    help=say(
        "删除符合条件的报告及其派生数据，先报数、再确认。",
        "Delete the reports that meet all conditions, after showing how many.",
    )
)
def delete(
    *,
    where: Annotated[
        list[str],
        typer.Option(
            "--where",
            "-w",
            help=say(
                "条件，与 search 相同，可重复（且）。",
                "Condition, as for search, repeatable (and).",
            ),
            show_default=False,
        ),
    ],
    yes: Annotated[
        bool,
        typer.Option("--yes", "-y", help=say("不再询问。", "Do not ask."), show_default=False),
    ] = False,
    plugins_dir: PluginsDir = None,
    as_json: AsJson = False,
) -> None:
    """Delete reports with their cells and checks.

    Raises:
        UsageError: a condition cannot be read, or there is nobody to confirm.
        BackendError: Elasticsearch cannot be reached or refuses the user.
        IndexingError: there is no index, or the server refuses a deletion.
    """
    from gongkai.cli.backend import backend, extensions  # noqa: PLC0415 - start-up time
    from gongkai.plugins import build_plugins  # noqa: PLC0415
    from gongkai.search.deletion import Deleted, delete_reports, matching  # noqa: PLC0415
    from gongkai.search.deriving import Deriver  # noqa: PLC0415
    from gongkai.search.fields import extension_fields  # noqa: PLC0415
    from gongkai.search.query import Search, SearchRequest  # noqa: PLC0415

    settings = load_settings(plugins_dir)
    fields = extensions(build_plugins(settings))
    query = Search(extension_fields(fields)).body(SearchRequest(where=tuple(where)))["query"]
    with backend(settings, "writer") as client:
        found = matching(client, settings, query)
        if not found:
            _report(Deleted(), as_json=as_json)
            return
        deriver = Deriver(client, settings, fields)
        if not yes:
            _confirm(found)
        done = Deleted()
        try:
            with progress(say("删除", "deleting")) as step:
                for part in delete_reports(client, settings, list(found)):
                    done.reports += part.reports
                    done.others += part.others
                    for _ in part.reports:
                        step()
        finally:
            _report(done, as_json=as_json)
        _derive(deriver)


def _derive(deriver: Deriver) -> None:
    """Compare next year's reports, which were compared with those that are gone, anew.

    Raises:
        BackendError: the server went away or refuses the user.
        IndexingError: the server refuses a derived document.
    """
    try:
        deriver.run(only_unmarked=True)
    except (BackendError, IndexingError, KeyboardInterrupt):
        note(
            say(
                "报告已删除，但与之对比的次年数据未全部更新；"
                "原因消除后，运行 gongkai index derive 即可补齐。",
                "The reports are deleted, but not all comparisons with them are up to date; "
                "once the cause is gone, gongkai index derive completes them.",
            )
        )
        raise


def _confirm(found: Mapping[str, Mapping[str, Any]]) -> None:
    """Say what is to be deleted, and ask.

    Raises:
        UsageError: standard input is no terminal.
        typer.Exit: the answer is no.
    """
    count = len(found)
    reports = "report" if count == 1 else "reports"
    note(say(f"将删除 {count} 份报告：", f"{count} {reports} to be deleted:"))
    for document_id, document in list(found.items())[:_SHOWN]:
        name = document.get("agency", {}).get("name", "—")
        note(f"  {document.get('year', '—')} {name} ({document_id})")
    if count > _SHOWN:
        note(say(f"  …… 另有 {count - _SHOWN} 份", f"  … and {count - _SHOWN} more"))
    if not sys.stdin.isatty():
        raise UsageError(
            say(
                "没有终端可供确认，什么也没有删除。",
                "There is no terminal to confirm at; nothing was deleted.",
            ),
            hint=say("确认无误后请加 --yes。", "Add --yes if this is what you want."),
        )
    question = say("全部删除？", "Delete them all?")
    if not typer.confirm(question, default=False, err=True):
        note(say("什么也没有删除。", "Nothing was deleted."))
        raise typer.Exit(ExitCode.FINDINGS)


def _report(done: Deleted, *, as_json: bool) -> None:
    counts = {"reports": len(done.reports), "cells": done.others["cells"]}
    counts["checks"] = done.others["checks"]
    if as_json:
        print_json({**counts, "ids": done.reports})
        return
    typer.echo(
        say(
            "已删除报告 {reports} 份、cells {cells} 条、checks {checks} 条。",
            "Deleted: {reports} reports, {cells} cells, {checks} checks.",
        ).format(**counts)
    )
