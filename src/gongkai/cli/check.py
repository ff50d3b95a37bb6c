"""``gongkai check``: one verdict for each report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from gongkai.cli.output import (
    AsJson,
    ExitCode,
    Jobs,
    Join,
    Paths,
    PluginsDir,
    load_settings,
    print_json,
    progress,
    rejection,
    workers,
)
from gongkai.messages import say

if TYPE_CHECKING:
    from gongkai.model import Extracted, Finding, Quality

app = typer.Typer()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the checks say about one source.

    Attributes:
        path: the source.
        verdict: the report's verdict, or ``rejected``.
        agency: who reports, if known.
        year: on which year, if known.
        quality: what the identities prove; None for a rejection.
        reason: reason code of a rejection.
        message: why it was rejected.
        hint: what to do about it.
        findings: what the checks have to say.
    """

    path: str
    verdict: str
    agency: str | None
    year: int | None
    quality: Quality | None
    reason: str | None
    message: str | None
    hint: str | None
    findings: list[Finding]


@app.command(
    help=say("核对报告，每份一行结论。", "Check reports: one verdict line for each."),
)
def check(  # noqa: PLR0913 - one parameter an option
    paths: Paths,
    *,
    fail_on: Annotated[
        Literal["critical", "warning"] | None,
        typer.Option(
            "--fail-on",
            help=say(
                "有此等级或更严重的发现时以 1 退出。",
                "Exit with 1 where there are findings of this severity or worse.",
            ),
            show_default=False,
        ),
    ] = None,
    findings: Annotated[
        bool,
        typer.Option(
            "--findings", help=say("列出发现。", "List the findings."), show_default=False
        ),
    ] = False,
    previous: Annotated[
        list[str] | None,
        typer.Option(
            "--previous",
            help=say(
                "上年的报告，用于跨年核对，可重复。",
                "Reports of the year before, to check against; repeatable.",
            ),
            show_default=False,
        ),
    ] = None,
    jobs: Jobs = None,
    join: Join = False,
    plugins_dir: PluginsDir = None,
    as_json: AsJson = False,
) -> None:
    """Check sources, in the order of the arguments."""
    from gongkai.ingest.batch import earlier_reports, extractor  # noqa: PLC0415 - start-up time
    from gongkai.plugins import build_plugins  # noqa: PLC0415
    from gongkai.reading import open_sources  # noqa: PLC0415

    settings = load_settings(plugins_dir)
    plugins = build_plugins(settings)
    earlier = earlier_reports(previous or [], settings, plugins, jobs=workers(jobs))
    rejected = failed = False
    with (
        extractor(_verdict, settings, jobs=workers(jobs), plugins=plugins, earlier=earlier) as pool,
        progress(say("核对", "checking")) as step,
    ):
        for _, verdict in pool.map(open_sources(paths, settings, join=join)):
            if as_json:
                print_json(verdict)
            else:
                _show(verdict, findings=findings)
            rejected |= verdict.quality is None
            failed |= _fails(verdict, fail_on)
            step()
    if rejected:
        raise typer.Exit(ExitCode.REJECTED)
    if failed:
        raise typer.Exit(ExitCode.FINDINGS)


def _verdict(extracted: Extracted) -> Verdict:
    # What was read of a truncated source is no report to give a verdict on.
    report = extracted.report if extracted.status == "extracted" else None
    return Verdict(
        path=extracted.source.path,
        verdict=report.quality.verdict if report else extracted.status,
        agency=report.agency.name if report else None,
        year=report.year if report else None,
        quality=report.quality if report else None,
        reason=extracted.reason,
        message=extracted.message,
        hint=extracted.hint,
        findings=extracted.findings,
    )


def _fails(verdict: Verdict, fail_on: Literal["critical", "warning"] | None) -> bool:
    quality = verdict.quality
    if quality is None or fail_on is None:
        return False
    return bool(quality.critical or (fail_on == "warning" and quality.warnings))


def _show(verdict: Verdict, *, findings: bool) -> None:
    quality = verdict.quality
    if quality is None:
        line = rejection(verdict.path, verdict.reason, verdict.message, verdict.hint)
        typer.echo(f"{verdict.verdict:<12} {line}")
        return
    identities = quality.held + quality.failed + quality.unassessed
    facts = say(
        f"单元格 {quality.read}/{quality.cells}，勾稽 {quality.held}/{identities}，"
        f"严重 {quality.critical}，提示 {quality.warnings}",
        f"cells {quality.read}/{quality.cells}, identities {quality.held}/{identities}, "
        f"critical {quality.critical}, warnings {quality.warnings}",
    )
    who = " ".join(str(part) for part in (verdict.agency, verdict.year) if part)
    typer.echo(f"{quality.verdict:<12} {verdict.path}: {who + ': ' if who else ''}{facts}")
    if findings:
        for finding in verdict.findings:
            text = say(finding.message, finding.message_en)
            where = f" [{'; '.join(finding.places)}]" if finding.places else ""
            typer.echo(f"  {finding.severity:<8} {finding.rule}: {text}{where}")
