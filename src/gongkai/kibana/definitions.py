"""What a dashboard is made of, as data: filters, metrics, dimensions, panels, controls.

Everything else in this room is derived from these: Kibana's saved objects (``lens``,
``dashboards``), the same numbers as a plain search (``aggregations``) and the preview page.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

from gongkai.kibana.conditions import Where

IndexName = Literal["reports", "cells", "checks", "peers"]
Op = Literal["count", "unique_count", "sum", "average", "max", "ratio", "share"]
#: ``percent`` shows 0.25 as 25.0%, ``rate`` shows 25 as 25.0%.
Format = Literal["integer", "decimal", "percent", "rate"]
PanelKind = Literal[
    "metric",
    "bar",
    "bar_stacked",
    "bar_percentage",
    "bar_horizontal",
    "bar_horizontal_stacked",
    "bar_horizontal_percentage",
    "heatmap",
    "donut",
    "table",
    "markdown",
    "search",
]

#: Columns of Kibana's grid.
GRID_COLUMNS = 48
#: What a bucket of documents without the field is called.
MISSING_LABEL = "（未识别）"


@dataclass(frozen=True, slots=True)
class Metric:
    """A number per bucket.

    Attributes:
        label: Chinese label.
        op: how it is computed. ``sum`` adds several fields; ``ratio`` is the sum of ``fields``
            divided by the sum of ``over``, over the documents that have all of them (a weighted
            rate, never a mean of rates); ``share`` is the share of documents that meet ``where``.
        fields: fields that are aggregated; none for ``count`` and ``share``.
        over: denominators of a ratio.
        where: only documents that meet this.
        format: how it is shown.
        line: drawn as a line over the bars.
        color: fixed colour, ``#rrggbb``.
        index: where its documents are, where that is not the panel's index.
    """

    label: str
    op: Op
    fields: tuple[str, ...] = ()
    over: tuple[str, ...] = ()
    where: Where | None = None
    format: Format = "integer"
    line: bool = False
    color: str | None = None
    index: IndexName | None = None

    @property
    def condition(self) -> Where | None:
        """The condition with what a ratio asks for besides."""
        if self.op != "ratio":
            return self.where
        complete = Where(exists=self.fields + self.over)
        return self.where & complete if self.where is not None else complete

    @property
    def simple(self) -> bool:
        """Whether it is one aggregation, which buckets can be sorted by."""
        return self.op not in {"ratio", "share"} and len(self.fields) <= 1


@dataclass(frozen=True, slots=True)
class Terms:
    """One bucket per value of a keyword or small number.

    Attributes:
        field: path.
        label: Chinese label.
        size: how many buckets at most.
        by_metric: sort by the panel's first metric, the largest first; else by the value itself.
        missing: a bucket of its own for documents without a value.
    """

    field: str
    label: str
    size: int
    by_metric: bool = False
    missing: bool = False


@dataclass(frozen=True, slots=True)
class Years:
    """One bucket per report year, by ``period``."""

    label: str = "年度"
    field: str = "period"


@dataclass(frozen=True, slots=True)
class Ranges:
    """Buckets with fixed borders.

    Attributes:
        field: path of a number.
        label: Chinese label.
        borders: each bucket starts at its border, inclusive, and ends before the next; the last
            has no end.
        whole: the numbers have no decimals, so that a bucket can be called ``1–9``.
        negative: a bucket of its own for what lies below the first border.
    """

    field: str
    label: str
    borders: tuple[int, ...]
    whole: bool = True
    negative: bool = False

    @property
    def buckets(self) -> tuple[tuple[int | None, int | None, str], ...]:
        """Start, end (exclusive) and label of each bucket; ``None`` is no limit."""
        ends = (*self.borders[1:], None)
        found: list[tuple[int | None, int | None, str]] = [
            (start, end, self._label(start, end))
            for start, end in zip(self.borders, ends, strict=True)
        ]
        if self.negative:
            found.insert(0, (None, self.borders[0], "负数"))
        return tuple(found)

    def _label(self, start: int, end: int | None) -> str:
        if end is None:
            return f"{start} 及以上"
        if not self.whole:
            return f"{start} 至不足 {end}"
        return str(start) if end == start + 1 else f"{start}–{end - 1}"


Dimension = Terms | Years | Ranges


@dataclass(frozen=True, slots=True)
class Panel:
    """One panel.

    Attributes:
        id: unique within its dashboard.
        title: Chinese title.
        kind: what is drawn.
        width: of 48 columns.
        index: where the documents are.
        by: dimension on the axis, or the rows of a table.
        split: second dimension: series, columns of a table or of a heatmap.
        metrics: the numbers.
        where: only documents that meet this.
        drilldown: dashboard that a click leads to.
        text: of a markdown panel.
        search: identifier of a saved search.
        one_year: for one year at a time: other years' numbers would be added to it.
    """

    id: str
    title: str
    kind: PanelKind
    width: int
    index: IndexName = "reports"
    by: Dimension | None = None
    split: Dimension | None = None
    metrics: tuple[Metric, ...] = ()
    where: Where | None = None
    drilldown: str | None = None
    text: str = ""
    search: str = ""
    one_year: bool = False

    @property
    def charted(self) -> bool:
        """Whether the panel shows aggregated numbers."""
        return bool(self.metrics)

    @property
    def dimensions(self) -> tuple[Dimension, ...]:
        """Dimensions, the outer one first."""
        return tuple(d for d in (self.by, self.split) if d is not None)

    @property
    def parts(self) -> tuple[Panel, ...]:
        """One panel an index: the same dimensions, the metrics that come from it."""
        found: dict[IndexName, list[Metric]] = {}
        for metric in self.metrics:
            found.setdefault(metric.index or self.index, []).append(metric)
        return tuple(
            replace(self, index=index, metrics=tuple(metrics)) for index, metrics in found.items()
        )

    def on_the_right(self, metric: Metric) -> bool:
        """Tell whether a line needs an axis of its own: the bars show another kind of number."""
        bars = {other.format for other in self.metrics if not other.line}
        return metric.line and metric.format not in bars


@dataclass(frozen=True, slots=True)
class Row:
    """Panels side by side.

    Attributes:
        height: in rows of the grid.
        panels: from the left.
    """

    height: int
    panels: tuple[Panel, ...]


@dataclass(frozen=True, slots=True)
class Control:
    """A filter above the panels.

    Attributes:
        kind: ``options`` to choose values, ``range`` for a slider.
        field: path.
        label: Chinese label.
        index: where its values come from.
        single: only one value may be chosen.
        step: of a slider.
        selected: values chosen when the dashboard is opened.
    """

    kind: Literal["options", "range"]
    field: str
    label: str
    index: IndexName = "reports"
    single: bool = False
    step: float = 1
    selected: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A list of documents.

    Attributes:
        id: of the saved object.
        title: Chinese title.
        description: what it is for.
        index: where the documents are.
        columns: fields shown.
        sort: field and direction.
        row_height: lines a row.
        where: only documents that meet this.
    """

    id: str
    title: str
    description: str
    index: IndexName
    columns: tuple[str, ...]
    sort: tuple[tuple[str, Literal["asc", "desc"]], ...]
    row_height: int = 2
    where: Where | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """A panel and its place on the grid."""

    panel: Panel
    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Dashboard:
    """One dashboard.

    Attributes:
        id: of the saved object.
        title: Chinese title.
        description: one sentence.
        controls: filters above the panels, at most ten: each asks the server on every change.
        rows: panels from top to bottom.
    """

    id: str
    title: str
    description: str
    controls: tuple[Control, ...]
    rows: tuple[Row, ...] = field(default_factory=tuple)

    def placed(self, top: int) -> list[Placed]:
        """Return the panels with their places, the first row starting at ``top``."""
        found, y = [], top
        for row in self.rows:
            x = 0
            for panel in row.panels:
                found.append(Placed(panel, x, y, panel.width, row.height))
                x += panel.width
            y += row.height
        return found
