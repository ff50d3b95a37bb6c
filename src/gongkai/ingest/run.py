"""An ingest: what the workers extract goes into the sink, and every source is accounted for."""

from __future__ import annotations

import re
import signal
from collections import Counter, deque
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from gongkai.errors import IndexingError, Reason, SourceError
from gongkai.ingest.journal import UnwritableError, json_line
from gongkai.messages import say
from gongkai.pipeline import printable, rejected
from gongkai.reading import SourceFailure
from gongkai.search.documents import Prepared, prepare

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator
    from types import FrameType

    from gongkai.ingest.journal import JsonLines
    from gongkai.model import Extracted
    from gongkai.reading import Source
    from gongkai.search.sink import SinkResult

T = TypeVar("T")

#: What stands before the name of a folder's or an archive's member.
_WITHIN = re.compile("[/!]")
#: Rejected sources that are kept in mind; all of them stand in the rejects file.
_FIRST = 5


class Sink(Protocol):
    """Where reports go; see :class:`gongkai.search.sink.ReportSink`."""

    def write(self, items: Iterable[Extracted | Prepared]) -> Iterator[SinkResult]:
        """Write reports, and yield one result for each, in their order."""


@dataclass
class Accounting:
    """What became of every source of a run.

    Attributes:
        read: sources that were worked on.
        indexed: reports that the server confirmed.
        unchanged: reports that the index holds already.
        rejected: sources without a document in the index, by reason.
        superseded: documents that were deleted because their source is now read as another report.
        interrupted: the run was stopped before its sources were at an end.
        unwritten: rejects that the rejects file did not take, as lines of JSON.
        first_rejects: what was rejected first, as it stands in the rejects file.
    """

    read: int = 0
    indexed: int = 0
    unchanged: int = 0
    rejected: Counter[str] = field(default_factory=Counter)
    superseded: int = 0
    interrupted: bool = False
    unwritten: list[bytes] = field(default_factory=list)
    first_rejects: list[dict[str, Any]] = field(default_factory=list)

    @property
    def unconfirmed(self) -> int:
        """Sources of which nobody knows whether they are indexed."""
        return self.read - self.indexed - self.unchanged - self.rejected.total()

    def __str__(self) -> str:
        rejected, unconfirmed = self.rejected.total(), self.unconfirmed
        line = say(
            f"读取 {self.read} = 入库 {self.indexed} + 未变 {self.unchanged} + 拒收 {rejected}",
            f"read {self.read} = indexed {self.indexed} + unchanged {self.unchanged} "
            f"+ rejected {rejected}",
        )
        more = say(f" + 未确认 {unconfirmed}", f" + unconfirmed {unconfirmed}")
        return line + more if unconfirmed else line


class Ingest:
    """One run.

    Args:
        sink: takes the reports.
        rejects: gets a line for each rejected source.
        journal: gets a line for each source.
        step: called for each source that is settled.
    """

    def __init__(
        self, sink: Sink, rejects: JsonLines, journal: JsonLines, step: Callable[[], None]
    ) -> None:
        self.accounting = Accounting()
        self._sink, self._rejects, self._journal, self._step = sink, rejects, journal, step
        self._pending: deque[Prepared] = deque()
        self._unanswered: list[Prepared] = []

    def run(self, outcomes: Iterable[Extracted | Prepared]) -> None:
        """Send all reports to the sink, and account for every source.

        Raises:
            BackendError: the backend went away; the accounting holds, with what is unconfirmed.
            IndexingError: the index went away, or the sink gave no result for some reports.
        """
        for result in self._sink.write(self._reports(outcomes)):
            self._settle(self._report_of(result), result)
        if self.accounting.unconfirmed:
            lost = (*self._unanswered, *self._pending)
            paths = ", ".join(report.source_path for report in lost)
            raise IndexingError(
                say(
                    f"账目不符：{self.accounting}；下落不明：{paths}。",
                    f"The accounts do not balance: {self.accounting}; unaccounted for: {paths}.",
                ),
                hint=say("请重新运行同一命令。", "Run the same command again."),
            )

    def _reports(self, outcomes: Iterable[Extracted | Prepared]) -> Iterator[Prepared]:
        for outcome in outcomes:
            self.accounting.read += 1
            if isinstance(outcome, Prepared):
                self._pending.append(outcome)
                yield outcome
            else:
                self._reject(outcome)

    def _report_of(self, result: SinkResult) -> Prepared:
        """Return the report that a result is for; those before it got none."""
        answered = result.source_path, result.document_id
        while self._pending:
            report = self._pending.popleft()
            if (report.source_path, report.document_id) == answered:
                return report
            # A backend that goes away in a batch leaves some of it without an answer, while what
            # needed none is settled; why, the sink raises when it is through with the batch.
            self._unanswered.append(report)
        raise IndexingError(f"a result for {result.source_path}, which is no report of this run")

    def _settle(self, report: Prepared, result: SinkResult) -> None:
        self.accounting.superseded += len(result.superseded)
        entry = {
            "path": report.source_path,
            "sha256": report.source_sha256,
            "reason": result.reason or None,
            "message": result.message or None,
        }
        if result.status == "rejected":
            more = {"stage": "search", "id": report.document_id, "hint": result.hint or None}
            self._record_reject({**entry, **more})
        elif result.status == "indexed":
            self.accounting.indexed += 1
        else:
            self.accounting.unchanged += 1
        superseded = list(result.superseded) or None
        self._record({**entry, "status": result.status, "superseded": superseded})

    def _reject(self, outcome: Extracted) -> None:
        source = outcome.source
        entry = {
            "path": source.path,
            "sha256": source.sha256,
            "reason": outcome.reason,
            "message": outcome.message,
        }
        more = {
            "stage": outcome.stage,
            "place": outcome.place,
            "hint": outcome.hint,
            "format": source.format,
            "layout": source.layout,
        }
        self._record_reject({**entry, **more})
        self._record({**entry, "status": "rejected"})

    def _record_reject(self, entry: dict[str, Any]) -> None:
        self.accounting.rejected[str(entry["reason"])] += 1
        if len(self.accounting.first_rejects) < _FIRST:
            self.accounting.first_rejects.append(entry)
        try:
            self._rejects.write(entry)
        except UnwritableError:
            self.accounting.unwritten.append(json_line(entry))

    def _record(self, entry: dict[str, object]) -> None:
        self._step()
        # A record that is lost loses no report; a full disk shows in the rejects, if there are any.
        with suppress(UnwritableError):
            self._journal.write(entry)


def prepared(extracted: Extracted) -> Extracted | Prepared:
    """Serialise a report for the sink, in a worker."""
    if extracted.status == "rejected":
        return extracted
    try:
        return prepare(extracted)
    except ValueError as error:
        path = extracted.source.path
        return rejected(
            extracted.source,
            SourceError(
                Reason.INDEX_REFUSED,
                say(f"{path}：无法写成文档：{error}。", f"{path}: no document: {error}."),
                stage="search",
            ),
        )


def among(
    sources: Iterable[Source | SourceFailure], paths: Collection[str], *, every: bool
) -> Iterator[Source | SourceFailure]:
    """Yield the sources that some paths name.

    Args:
        sources: what the files that hold them have.
        paths: as they are printed; a folder or an archive names all that it holds.
        every: yield a failure for each path that names none of them.
    """
    wanted = {path.rstrip("/"): path for path in paths}
    missing = dict.fromkeys(wanted.values())
    failures: list[SourceFailure] = []
    for source in sources:
        path = printable(source.path).rstrip("/")
        ends = [len(path), *(found.start() for found in _WITHIN.finditer(path))]
        named = next((wanted[path[:end]] for end in ends if path[:end] in wanted), None)
        if named is not None:
            missing.pop(named, None)
            yield source
        elif isinstance(source, SourceFailure):
            failures.append(source)
    for path in missing if every else ():
        # An archive that cannot be opened says so under its own path.
        error = next((f.error for f in failures if path.startswith(f"{printable(f.path)}!")), None)
        yield SourceFailure(path, error or _gone(path))


def _gone(path: str) -> SourceError:
    return SourceError(
        Reason.UNREADABLE,
        say(f"{path}：已不在原处。", f"{path}: it is not there any more."),
        stage="reading",
        hint=say(
            "请导入现在装有它的文件；合并读取的目录须加 --join。",
            "Ingest the file that holds it now; a folder read as one report needs --join.",
        ),
    )


class Stop:
    """Ends the sources of a run when it is asked to; what was begun is finished.

    Attributes:
        asked: somebody asked.
        at_once: there is nothing to be finished: whoever asks raises KeyboardInterrupt.
    """

    def __init__(self) -> None:
        self.asked = self.at_once = False

    def until(self, sources: Iterable[T]) -> Iterator[T]:
        """Yield sources until somebody asks to stop."""
        for source in sources:
            if self.asked:
                return
            yield source


@contextmanager
def stop_on_signals() -> Iterator[Stop]:
    """Take Ctrl-C, SIGTERM and SIGHUP as the wish to stop in good order.

    The second one stops at once. A SIGHUP that is ignored (nohup) stays so.
    """
    stop = Stop()

    def ask(number: int, frame: FrameType | None) -> None:
        del frame
        if stop.asked or stop.at_once:
            raise KeyboardInterrupt
        del number
        stop.asked = True

    names = [signal.SIGINT, signal.SIGTERM]
    if signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:
        names.append(signal.SIGHUP)
    before = {name: signal.signal(name, ask) for name in names}
    try:
        yield stop
    finally:
        for name, handler in before.items():
            signal.signal(name, handler)
