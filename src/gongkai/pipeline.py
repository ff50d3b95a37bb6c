"""One source's way: read, choose a layout, extract, check, enrich; or be rejected with a reason.

Nothing that a source or a plugin does ends a run: every failure becomes a rejection that names
the reason, the stage and the next step.
"""

from __future__ import annotations

import logging
import signal
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gongkai import checks, hookspecs
from gongkai.enrichment import enrich, identify
from gongkai.errors import ExtractionError, PluginError, Reason, SourceError
from gongkai.hookresults import cause_of, how_to_disable
from gongkai.layouts.losses import reject_truncated
from gongkai.layouts.registry import Registry
from gongkai.messages import say
from gongkai.model import Extracted, Finding, SourceInfo
from gongkai.plugins import BUILT_IN
from gongkai.reading import SourceFailure, name_asset

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from types import FrameType

    from gongkai.layouts.registry import Choice
    from gongkai.model import Report
    from gongkai.plugins import Plugins
    from gongkai.reading import Document, Source
    from gongkai.settings import Settings
    from gongkai.tables.reading import Reading

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Explanation:
    """What became of a source at each step; None from the step on that failed.

    Attributes:
        extracted: the result, as :meth:`Pipeline.extract` returns it.
        document: the source, read.
        choice: the layout chosen, with all claims.
        reading: what the layout made of the document.
    """

    extracted: Extracted
    document: Document | None = None
    choice: Choice | None = None
    reading: Reading | None = None


class Pipeline:
    """Turns sources into reports.

    Args:
        plugins: layouts and hooks.
        settings: limits.
        earlier: reports of earlier years by agency id and year; a report is checked against its
            agency's report of the year before.
    """

    def __init__(
        self,
        plugins: Plugins,
        settings: Settings,
        earlier: Mapping[tuple[str, int], Report] | None = None,
    ) -> None:
        self._plugins = plugins
        self._settings = settings
        self._earlier = earlier or {}
        self._registry = Registry(plugins.layouts.values())

    def extract(self, source: Source | SourceFailure) -> Extracted:
        """Return the source's report, or its rejection. Raises nothing."""
        return self.explain(source).extracted

    def explain(self, source: Source | SourceFailure) -> Explanation:
        """Do what :meth:`extract` does, and return every step's result too."""
        info = SourceInfo(path=printable(source.path))
        explanation = Explanation(Extracted(source=info, status="extracted"))
        if isinstance(source, SourceFailure):
            explanation.extracted = rejected(info, source.error)
            return explanation
        error: SourceError | None = None
        try:
            with time_limit(self._settings.source_timeout):
                self._extract(source, explanation)
        except TimeIsUp as stop:
            error = self._timeout(source, stop)
        except SourceError as failure:
            error = name_asset(source, failure, self._settings)
        except PluginError as failure:
            built_in = failure.plugin == BUILT_IN
            error = SourceError(
                Reason.INTERNAL if built_in else Reason.PLUGIN_FAILED,
                f"{source.path}: {failure.message}",
                stage="plugins",
                hint=_what_to_do(failure.__cause__) if built_in else failure.hint,
            )
        except (Exception, SystemExit) as failure:  # noqa: BLE001 - no crash, no silence
            _log.debug("unexpected failure on %s", source.path, exc_info=True)
            error = SourceError(
                Reason.INTERNAL,
                say(
                    f"{source.path}：程序内部错误：{cause_of(failure)}。",
                    f"{source.path}: internal error: {cause_of(failure)}.",
                ),
                stage=_stage(explanation),
                hint=_what_to_do(failure),
            )
        whole = explanation.extracted
        if error is not None:
            explanation.extracted = rejected(info, error)
            if error.reason == Reason.TRUNCATED:
                # What was read is shown; it is not indexed as if it were the report.
                explanation.extracted.report = whole.report
                explanation.extracted.findings = whole.findings
            self._observe(source, error)
        elif whole.report is not None:
            self._observe(source, whole.report)
        return explanation

    def _extract(self, source: Source, explanation: Explanation) -> None:
        extracted = explanation.extracted
        info = extracted.source
        info.sha256, info.url, info.fetched_on = source.sha256, source.url, source.fetched_on
        document = explanation.document = self._read(source)
        info.format = document.format
        info.url, info.fetched_on = document.url or info.url, document.fetched_on or info.fetched_on
        choice = explanation.choice = self._registry.choose(document)
        info.layout, info.layout_version = choice.layout.slug, choice.layout.version
        reading = explanation.reading = self._apply(choice, document)
        report = extracted.report = reading.report
        identify(report, info)
        previous = self._earlier.get((report.agency.id or "", (report.year or 0) - 1))
        extracted.findings = checks.run(reading, previous) + self._failed_claims(choice)
        for _, findings in self._plugins.call_each(
            hookspecs.gongkai_check_report, report=report, previous=previous
        ):
            extracted.findings += findings
        _count(report, extracted.findings)
        enrich(report, info, reading.values)
        for plugin, facts in self._plugins.call_each(
            hookspecs.gongkai_enrich_report, report=report
        ):
            report.ext[plugin.name] = dict(facts)
        if reading.truncated:
            raise reject_truncated(reading, source.path)

    def _read(self, source: Source) -> Document:
        for _, document in self._plugins.call_each(hookspecs.gongkai_read_source, source=source):
            if document is not None:
                return document
        raise SourceError(
            Reason.UNSUPPORTED_FORMAT,
            say(f"{source.path}：没有能读取它的插件。", f"{source.path}: no plugin reads it."),
            hint=say("请看 gongkai plugins。", "See gongkai plugins."),
        )

    def _apply(self, choice: Choice, document: Document) -> Reading:
        layout = choice.layout
        try:
            return layout.extract(document)
        except SourceError:
            raise
        except (Exception, SystemExit) as error:
            owner = self._plugins.owner(layout.slug)
            built_in = owner.name == BUILT_IN
            raise ExtractionError(
                Reason.INTERNAL if built_in else Reason.PLUGIN_FAILED,
                say(
                    f"{document.path}：插件 {owner.label} 的版式 {layout.slug} 失败："
                    f"{cause_of(error)}。",
                    f"{document.path}: layout {layout.slug} of plugin {owner.label} failed: "
                    f"{cause_of(error)}.",
                ),
                layout=layout.slug,
                field="extract",
                hint="" if built_in else how_to_disable(owner.name),
            ) from error

    def _failed_claims(self, choice: Choice) -> list[Finding]:
        findings = []
        for layout, error in choice.failures:
            owner, cause = self._plugins.owner(layout.slug).label, cause_of(error)
            findings.append(
                Finding(
                    rule="P.CLAIM",
                    severity="warning",
                    responsibility="extractor",
                    message=f"插件 {owner} 的版式 {layout.slug} 认领出错，未参与选择：{cause}",
                    message_en=f"layout {layout.slug} of plugin {owner} failed to claim and was "
                    f"left out: {cause}",
                )
            )
        return findings

    def _timeout(self, source: Source, stop: TimeIsUp) -> SourceError:
        limit = self._settings.source_timeout
        found = self._plugins.responsible(stop)
        if found:
            plugin, place = found
            where = f"{say('插件', 'plugin')} {plugin.label} ({place})"
            hint = how_to_disable(plugin.name)
        else:
            where = str(stop)
            hint = say("可调高 GONGKAI_SOURCE_TIMEOUT。", "Raise GONGKAI_SOURCE_TIMEOUT.")
        return SourceError(
            Reason.TIMEOUT,
            say(
                f"{source.path}：超过 {limit:g} 秒，停在 {where}。",
                f"{source.path}: took more than {limit:g} s, stopped in {where}.",
            ),
            stage="plugins" if found else "reading",
            hint=hint,
        )

    def _observe(self, source: Source, outcome: Report | SourceError) -> None:
        failed = isinstance(outcome, SourceError)
        spec = hookspecs.gongkai_source_failed if failed else hookspecs.gongkai_report_extracted
        if not self._plugins.implement(spec):
            return
        try:
            with time_limit(self._settings.source_timeout):
                if isinstance(outcome, SourceError):
                    self._plugins.observe(
                        hookspecs.gongkai_source_failed, source=source, error=outcome
                    )
                else:
                    self._plugins.observe(hookspecs.gongkai_report_extracted, report=outcome)
        except TimeIsUp as stop:
            found = self._plugins.responsible(stop)
            _log.error("an observer takes too long: %s", found[0].label if found else stop)


def rejected(info: SourceInfo, error: SourceError) -> Extracted:
    """Return the rejection of a source."""
    return Extracted(
        source=info,
        status="rejected",
        reason=error.reason,
        message=printable(error.message),
        stage=error.stage,
        place=error.place or None,
        hint=error.hint or None,
    )


def printable(path: str) -> str:
    """Return a path that JSON can hold: what is no text in it is written as an escape."""
    return path.encode(errors="backslashreplace").decode()


def _stage(explanation: Explanation) -> str:
    if explanation.document is None:
        return "reading"
    return "layouts" if explanation.reading is None else "tables"


def _what_to_do(error: BaseException | None) -> str:
    if isinstance(error, MemoryError):
        return say(
            "内存不足：请用 --jobs 1 再试，或换内存更大的机器。",
            "Memory ran out: try it again with --jobs 1, or on a machine that has more.",
        )
    return say("请附上该文件报告此问题。", "Please report it with this file.")


def _count(report: Report, findings: list[Finding]) -> None:
    """Count all findings, those of plugins too; the verdict is the identities' alone."""
    report.quality.critical = sum(finding.severity == "critical" for finding in findings)
    report.quality.warnings = sum(finding.severity == "warning" for finding in findings)


class TimeIsUp(BaseException):
    """Raised in the code that runs when a source's time is up; its message is the place.

    No ``Exception``, so that a plugin's ``except Exception`` does not swallow it.
    """


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise :class:`TimeIsUp` inside the block after ``seconds`` of wall time.

    It rings again every second, for code that swallows everything. In another thread than the main
    one there is no limit; whoever runs the process has to end it.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def ring(number: int, frame: FrameType | None) -> None:
        del number
        raise TimeIsUp(f"{frame.f_code.co_filename}:{frame.f_lineno}" if frame else "")

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds, 1.0)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
