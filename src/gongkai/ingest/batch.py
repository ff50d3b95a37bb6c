"""Sources in, what became of them out, in order, by worker processes."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from gongkai.enrichment import prepare
from gongkai.errors import Reason, SourceError, UsageError
from gongkai.ingest.workers import Workers
from gongkai.messages import say
from gongkai.model import Extracted, SourceInfo
from gongkai.pipeline import Pipeline, printable, rejected
from gongkai.plugins import build_plugins
from gongkai.reading import open_sources

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from gongkai.ingest.workers import Lost
    from gongkai.model import Report
    from gongkai.plugins import Plugins
    from gongkai.reading import Source, SourceFailure
    from gongkai.settings import Settings

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Line:
    """An extracted source as a line of JSON.

    Attributes:
        json: the line, without its end.
        rejected: the source was rejected.
    """

    json: bytes
    rejected: bool


def earlier_reports(
    paths: Sequence[str], settings: Settings, plugins: Plugins, *, jobs: int
) -> dict[tuple[str, int], Report]:
    """Return the reports in ``paths`` by agency id and year; those without either are left out."""
    found: dict[tuple[str, int], Report] = {}
    with extractor(_report_of, settings, jobs=jobs, plugins=plugins) as workers:
        for _, report in workers.map(open_sources(paths, settings)):
            if report is not None and report.agency.id and report.year:
                found[report.agency.id, report.year] = report
    return found


def _report_of(extracted: Extracted) -> Report | None:
    return extracted.report if extracted.status == "extracted" else None


def line_of(extracted: Extracted) -> Line:
    """Serialise; what JSON cannot hold is a rejection, not a crash."""
    try:
        line = _to_json(extracted)
    except ValueError as error:
        extracted = rejected(
            extracted.source,
            SourceError(
                Reason.INTERNAL,
                say(
                    f"{extracted.source.path}：结果无法写成 JSON：{error}。",
                    f"{extracted.source.path}: the result cannot be written as JSON: {error}.",
                ),
                stage="tables",
            ),
        )
        line = _to_json(extracted)
    return Line(line, extracted.status == "rejected")


def _to_json(extracted: Extracted) -> bytes:
    # The method model_dump_json makes a str of the bytes, which would be encoded once more.
    return extracted.__pydantic_serializer__.to_json(extracted)


@contextmanager
def extractor(
    finish: Callable[[Extracted], R],
    settings: Settings,
    *,
    jobs: int,
    plugins: Plugins | None = None,
    earlier: Mapping[tuple[str, int], Report] | None = None,
) -> Iterator[Workers[Source | SourceFailure, R]]:
    """Start workers that extract sources; start no threads before.

    Args:
        finish: turns the result into what is sent back; runs in the worker.
        settings: limits and plugins.
        jobs: number of workers.
        plugins: those to be used; by default those of the settings.
        earlier: reports of earlier years, see :class:`gongkai.pipeline.Pipeline`.

    Raises:
        UsageError: a worker cannot be started.
    """
    prepare()  # once, and not in each worker while a source's time runs
    pipeline = Pipeline(plugins or build_plugins(settings), settings, earlier)

    def task(source: Source | SourceFailure) -> R:
        return finish(pipeline.extract(source))

    def lost(source: Source | SourceFailure, how: Lost) -> R:
        return finish(_lost(source, how, settings))

    try:
        pool = Workers(task, lost, jobs=jobs, limit=settings.source_timeout)
    except OSError as error:
        raise UsageError(
            say(f"无法启动工作进程：{error}。", f"No worker can be started: {error}."),
            hint=say(
                "请检查临时目录（TMPDIR）的空间、内存，以及文件数与进程数的上限（ulimit）。",
                "Check the space of the temporary folder (TMPDIR), the memory, and the limits of "
                "files and processes (ulimit).",
            ),
        ) from error
    with pool as workers:
        yield workers


def _lost(source: Source | SourceFailure, how: Lost, settings: Settings) -> Extracted:
    path = printable(source.path)
    if how.timed_out:
        error = SourceError(
            Reason.TIMEOUT,
            say(
                f"{path}：超过 {settings.source_timeout:g} 秒，进程已被终止，停在 {how.detail}。",
                f"{path}: took more than {settings.source_timeout:g} s; its process was killed "
                f"in {how.detail}.",
            ),
            stage="plugins",
            hint=say("可调高 GONGKAI_SOURCE_TIMEOUT。", "Raise GONGKAI_SOURCE_TIMEOUT."),
        )
    else:
        error = SourceError(
            Reason.INTERNAL,
            say(f"{path}：{how.detail}。", f"{path}: {how.detail}."),
            stage="reading",
            hint=say(
                "请再试一次；若内存不足，加 --jobs 1；仍不成时附上该文件报告此问题。",
                "Try it again, with --jobs 1 where memory is short; if it stays so, please report "
                "it with this file.",
            ),
        )
    return rejected(SourceInfo(path=path), error)
