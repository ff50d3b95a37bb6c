"""Adds ``gongkai total``: the requests received, summed over sources; observes what is read."""

from typing import Annotated

import typer

from gongkai import Report, hookimpl
from gongkai.errors import SourceError
from gongkai.reading import Source, open_sources


@hookimpl
def gongkai_register_commands(app: typer.Typer) -> None:
    """Add the command."""

    @app.command()
    def total(paths: Annotated[list[str], typer.Argument()]) -> None:
        """Sum the requests received."""
        from gongkai.pipeline import Pipeline
        from gongkai.plugins import build_plugins
        from gongkai.settings import Settings

        settings = Settings()
        pipeline = Pipeline(build_plugins(settings), settings)
        results = [pipeline.extract(source) for source in open_sources(paths, settings)]
        reports = [result.report for result in results if result.report is not None]
        typer.echo(sum(report.requests.received.total or 0 for report in reports))


@hookimpl
def gongkai_report_extracted(report: Report) -> None:
    """Say what was read."""
    typer.echo(f"read: {report.title}", err=True)


@hookimpl
def gongkai_source_failed(source: Source, error: SourceError) -> None:
    """Say what was not."""
    typer.echo(f"not read: {source.path}: {error.reason}", err=True)
