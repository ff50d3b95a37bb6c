"""``gongkai ingest``: sources into the index, every one accounted for."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path  # noqa: TC003 - typer evaluates the annotations
from typing import TYPE_CHECKING, Annotated, Any

import typer

from gongkai.cli.output import (
    AsJson,
    ExitCode,
    Jobs,
    Join,
    OptionalPaths,
    PluginsDir,
    load_settings,
    note,
    print_json,
    progress,
    rejection,
    workers,
)
from gongkai.errors import BackendError, IndexingError, UsageError
from gongkai.messages import say

if TYPE_CHECKING:
    from gongkai.ingest.run import Accounting
    from gongkai.search.deriving import Deriver

app = typer.Typer()


@app.command(
    help=say(
        "提取报告并写入 Elasticsearch，逐一记账。",
        "Extract reports into Elasticsearch; every source is accounted for.",
    )
)
def ingest(  # noqa: PLR0913 - one parameter an option
    paths: OptionalPaths = None,
    *,
    jobs: Jobs = None,
    join: Join = False,
    rejects: Annotated[
        Path | None,
        typer.Option(
            "--rejects",
            help=say("被拒来源的清单（JSONL）。", "File for what is rejected (JSON lines)."),
            show_default=False,
        ),
    ] = None,
    retry: Annotated[
        Path | None,
        typer.Option(
            "--retry",
            help=say("只处理此清单中的来源。", "Only the sources that this rejects file lists."),
            show_default=False,
        ),
    ] = None,
    stale_layouts: Annotated[
        bool,
        typer.Option(
            "--stale-layouts",
            help=say(
                "只重做旧版本版式所产生的文档。",
                "Only the sources of documents that an older layout version produced.",
            ),
            show_default=False,
        ),
    ] = False,
    replace: Annotated[
        bool,
        typer.Option(
            "--replace",
            help=say(
                "允许取代另一来源的同一报告。",
                "Let a report take the place of another source's.",
            ),
            show_default=False,
        ),
    ] = False,
    plugins_dir: PluginsDir = None,
    as_json: AsJson = False,
) -> None:
    """Ingest sources; running the same command again finishes what was interrupted.

    Raises:
        BackendError: Elasticsearch cannot be reached or refuses the user.
        IndexingError: there is no index, or a file of the run cannot be written.
    """
    from gongkai.cli.backend import backend, extensions  # noqa: PLC0415 - start-up time
    from gongkai.ingest.batch import extractor  # noqa: PLC0415
    from gongkai.ingest.journal import (  # noqa: PLC0415
        JsonLines,
        containers,
        rejected_paths,
        run_folder,
    )
    from gongkai.ingest.run import Ingest, among, prepared, stop_on_signals  # noqa: PLC0415
    from gongkai.plugins import build_plugins  # noqa: PLC0415
    from gongkai.reading import open_sources  # noqa: PLC0415
    from gongkai.search.deriving import Deriver  # noqa: PLC0415
    from gongkai.search.sink import ReportSink  # noqa: PLC0415
    from gongkai.search.stale import stale_sources  # noqa: PLC0415

    # Read before anything is written: it may be the file that this run's rejects go to.
    wanted = set(rejected_paths(retry)) if retry else None
    if not paths and not retry and not stale_layouts:
        raise UsageError(
            say("没有指定来源。", "No sources are given."),
            hint=say(
                "请给出路径，或用 --retry、--stale-layouts。",
                "Give paths, or --retry FILE, or --stale-layouts.",
            ),
        )
    settings = load_settings(plugins_dir)
    plugins = build_plugins(settings)
    folder = run_folder(settings.state_dir)
    with (
        JsonLines(rejects or folder / "rejects.jsonl") as rejected,
        JsonLines(folder / "journal.jsonl") as journal,
        # The workers are forked first: afterwards the client and the progress bar start threads.
        extractor(prepared, settings, jobs=workers(jobs), plugins=plugins) as pool,
        backend(settings, "writer") as client,
    ):
        fields = extensions(plugins)
        sink = ReportSink(client, settings, extensions=fields, overwrite=replace)
        deriver = Deriver(client, settings, fields)
        if stale_layouts:
            versions = {slug: layout.version for slug, layout in plugins.layouts.items()}
            stale = set(stale_sources(client, settings, versions))
            wanted = stale if wanted is None else wanted & stale
        with stop_on_signals() as stop, progress(say("入库", "ingesting")) as step:
            run = Ingest(sink, rejected, journal, step)
            named = paths or containers(sorted(wanted or ()))
            opened = open_sources(named, settings, join=join)
            sources = stop.until(
                opened if wanted is None else among(opened, wanted, every=not paths)
            )
            try:
                run.run(outcome for _, outcome in pool.map(sources))
            finally:
                run.accounting.interrupted = stop.asked
                again = ["gongkai", "ingest", "--retry", str(rejected.path)]
                again += ["--join"] if join else []
                for one in plugins_dir or ():
                    again += ["--plugins-dir", str(one)]
                untold = _report(run.accounting, rejected.path, again, as_json=as_json)
            stop.at_once = True
            if not run.accounting.interrupted:
                _derive(deriver)
    if untold is not None:
        raise untold
    if run.accounting.unwritten:
        raise typer.Exit(ExitCode.BACKEND)
    if run.accounting.interrupted:
        raise typer.Exit(ExitCode.INTERRUPTED)
    if run.accounting.rejected:
        raise typer.Exit(ExitCode.REJECTED)


def _derive(deriver: Deriver) -> None:
    """Bring cells, checks and comparisons up to date with what was written.

    Raises:
        BackendError: the server went away or refuses the user.
        IndexingError: the server refuses a derived document.
    """
    try:
        with progress(say("派生", "deriving")) as step:
            done = deriver.run(step, only_unmarked=True)
    except (BackendError, IndexingError, KeyboardInterrupt):
        note(
            say(
                "报告已入库，但 cells、checks 与上年对比未全部更新；"
                "原因消除后，重新运行同一命令即可补齐。",
                "The reports are indexed, but not all cells, checks and comparisons with last year "
                "are up to date; once the cause is gone, the same command completes them.",
            )
        )
        raise
    if done.postponed:
        note(
            say(
                f"{done.postponed} 份报告正被另一程序写入，下次运行时派生。",
                f"{done.postponed} reports were being written by another program; "
                "the next run derives from them.",
            )
        )


def _report(
    accounting: Accounting, rejects: Path, again: list[str], *, as_json: bool
) -> OSError | None:
    """Tell what became of the sources; return why standard output did not take it."""
    for line in accounting.unwritten:
        sys.stderr.buffer.write(line + b"\n")
    if accounting.unwritten:
        note(
            say(
                f"错误：无法写入 {rejects}；未写入的 {len(accounting.unwritten)} 行已列在上面。",
                f"Error: {rejects} cannot be written; the {len(accounting.unwritten)} lines that "
                "it did not take stand above.",
            )
        )
    try:
        if as_json:
            print_json(_as_json(accounting, rejects))
        else:
            _show(accounting, rejects, again)
    except OSError as error:
        note(str(accounting))
        return error
    return None


def _as_json(accounting: Accounting, rejects: Path) -> dict[str, Any]:
    return {
        "read": accounting.read,
        "indexed": accounting.indexed,
        "unchanged": accounting.unchanged,
        "rejected": accounting.rejected.total(),
        "rejected_by_reason": dict(sorted(accounting.rejected.items())),
        "unconfirmed": accounting.unconfirmed,
        "superseded": accounting.superseded,
        "interrupted": accounting.interrupted,
        "rejects": str(rejects) if accounting.rejected else None,
    }


def _show(accounting: Accounting, rejects: Path, again: list[str]) -> None:
    if accounting.interrupted:
        note(
            say(
                "已中断；重新运行同一命令即可续完。",
                "Interrupted; the same command finishes the rest.",
            )
        )
    elif accounting.unconfirmed:
        note(
            say(
                "未确认的来源可能已入库，也可能没有；原因消除后，重新运行同一命令即可续完。",
                "Nobody knows whether what is unconfirmed is indexed; once the cause is gone, the "
                "same command finishes the rest.",
            )
        )
    typer.echo(str(accounting))
    for reason, count in sorted(accounting.rejected.items()):
        typer.echo(f"  {reason} {count}")
    if accounting.rejected.total() == len(accounting.first_rejects):  # of more, the file tells
        for entry in accounting.first_rejects:
            typer.echo(rejection(*(entry[part] for part in ("path", "reason", "message", "hint"))))
    if accounting.rejected:
        typer.echo(
            say(
                f"被拒来源、原因与处理：{rejects}", f"What was rejected, why, what to do: {rejects}"
            )
        )
        command = shlex.join(again)
        typer.echo(say(f"改正后：{command}", f"Once that is done: {command}"))
    if accounting.superseded:
        count = accounting.superseded
        typer.echo(say(f"取代旧文档 {count} 份", f"{count} former documents were replaced"))
    if not accounting.read and not accounting.interrupted:
        note(
            say(
                "没有找到来源；以点号开头的文件和文件夹不读。",
                "No source was found; files and folders whose names begin with a dot are left out.",
            )
        )
    if accounting.read and accounting.unchanged == accounting.read:
        typer.echo(say("索引没有变化。", "Nothing in the index changed."))
