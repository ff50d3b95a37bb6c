"""``gongkai extract``: sources in, one line of JSON for each out."""

from __future__ import annotations

import typer

from gongkai.cli.output import (
    AsJson,
    ExitCode,
    Jobs,
    Join,
    Paths,
    PluginsDir,
    load_settings,
    progress,
    workers,
    write_line,
)
from gongkai.messages import say

app = typer.Typer()


@app.command(
    help=say("提取报告，每个来源输出一行 JSON。", "Extract reports: one line of JSON per source.")
)
def extract(
    paths: Paths,
    *,
    jobs: Jobs = None,
    join: Join = False,
    plugins_dir: PluginsDir = None,
    as_json: AsJson = True,
) -> None:
    """Print the extracted sources, in the order of the arguments; folders are sorted."""
    del as_json  # it is JSON in any case
    from gongkai.ingest.batch import extractor, line_of  # noqa: PLC0415 - start-up time
    from gongkai.reading import open_sources  # noqa: PLC0415

    rejected = False
    settings = load_settings(plugins_dir)
    with (
        extractor(line_of, settings, jobs=workers(jobs)) as pool,
        progress(say("提取", "extracting")) as step,
    ):
        for _, line in pool.map(open_sources(paths, settings, join=join)):
            write_line(line.json)
            rejected |= line.rejected
            step()
    if rejected:
        raise typer.Exit(ExitCode.REJECTED)
