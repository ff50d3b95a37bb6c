"""The preview page: one section a dashboard, laid out on the same grid of 48 columns."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Any

from gongkai.kibana.aggregations import control_body, merged, records, search_body
from gongkai.kibana.conditions import Where, where
from gongkai.kibana.dashboards import short_title
from gongkai.kibana.dataviews import SPECS
from gongkai.kibana.definitions import GRID_COLUMNS
from gongkai.kibana.panels import DASHBOARDS, SEARCHES
from gongkai.kibana.panels.common import RECEIVED
from gongkai.kibana.preview import tables
from gongkai.kibana.preview.charts import FONT, draw
from gongkai.search.client import backend_errors

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from elasticsearch import Elasticsearch

    from gongkai.kibana.definitions import Dashboard, IndexName, Placed

#: Pixels of a grid column and row.
_COLUMN, _ROW = 30, 20
_TITLE, _PADDING = 30, 12
_LISTED = 12
_SEARCHES = {search.id: search for search in SEARCHES}
_NOTHING = "<p class=name>没有符合条件的数据</p>"
#: Dashboards on which one first chooses an agency and a year.
_CHOOSES = "gongkai-agency"
_STYLE = f"""
body {{ margin: 0; background: #f6f8fb; color: #343741; font: 12px/1.4 {FONT}; }}
nav {{ padding: 10px 16px; background: #fff; border-bottom: 1px solid #d3dae6; }}
nav a {{ margin-right: 20px; color: #006bb8; text-decoration: none; font-size: 14px; }}
section {{ display: none; width: {GRID_COLUMNS * _COLUMN}px; margin: 0 auto; padding: 12px;
  scroll-margin-top: 60px; }}
section:target, section.first {{ display: block; }}
body:has(section:target) section.first:not(:target) {{ display: none; }}
h1 {{ font-size: 18px; margin: 4px 0; }}
.grid {{ display: grid; grid-template-columns: repeat({GRID_COLUMNS}, {_COLUMN}px);
  grid-auto-rows: {_ROW}px; }}
.panel {{ margin: 4px; background: #fff; border: 1px solid #d3dae6; border-radius: 6px;
  overflow: hidden; }}
.panel h2 {{ font-size: 13px; margin: 0; padding: 6px 10px 0; height: 22px; }}
.panel .body {{ padding: 4px 6px; overflow: auto; }}
.panel.table .body, .panel.search .body {{ height: calc(100% - 36px); }}
.figure {{ font-size: 30px; font-weight: 600; margin: 12px 10px 0; }}
.name {{ margin: 0 10px; color: #69707d; }}
.control {{ display: inline-block; margin: 4px 6px 4px 0; padding: 4px 10px; background: #fff;
  border: 1px solid #d3dae6; border-radius: 6px; }}
table {{ border-collapse: collapse; width: 100%; font-size: 11px; }}
th {{ text-align: left; background: #f6f8fb; font-weight: 600; }}
th, td {{ padding: 2px 6px; border-bottom: 1px solid #e9edf3; vertical-align: top; }}
td + td {{ font-variant-numeric: tabular-nums; }}
.table td + td, .table th + th {{ text-align: right; }}
footer {{ color: #69707d; padding: 8px 16px 16px; }}
"""


class _Page:
    """Asks the server for each panel's numbers."""

    def __init__(self, client: Elasticsearch, prefix: str) -> None:
        self._client = client
        self._prefix = prefix

    def search(self, index: IndexName, body: dict[str, Any]) -> dict[str, Any]:
        alias = SPECS[index].alias(self._prefix)
        with backend_errors(self._client):
            return dict(self._client.search(index=alias, **body))

    def section(self, dashboard: Dashboard, *, first: bool) -> str:
        chosen, note = self._choice(dashboard)
        controls = "".join(
            tables.control(
                control, self.search(control.index, control_body(control))["aggregations"]
            )
            for control in dashboard.controls
        )
        panels = "".join(self._panel(placed, chosen) for placed in dashboard.placed(0))
        return (
            f'<section id="{dashboard.id}"{" class=first" if first else ""}>'
            f"<h1>{escape(dashboard.title)}</h1><p>{escape(dashboard.description)}{note}</p>"
            f"<div>{controls}</div><div class=grid>{panels}</div></section>"
        )

    def _choice(self, dashboard: Dashboard) -> tuple[list[Where], str]:
        """Choose what the controls do from the start, and an agency where it is about one."""
        chosen = [
            Where(((control.field, control.selected),))
            for control in dashboard.controls
            if control.selected
        ]
        texts = [text for control in dashboard.controls for text in control.selected]
        if dashboard.id == _CHOOSES and (name := self._busiest()):
            chosen.append(where(agency__name=name))
            texts.append(name)
        return chosen, f"　已选：<b>{escape(' / '.join(texts))}</b>" if texts else ""

    def _busiest(self) -> str | None:
        """Return the agency with the most requests, of those with the most peers."""
        largest = {"size": 1, "sort": [{"peers.reports": "desc"}, {"year": "desc"}]}
        groups = [hit["_source"]["agency"] for hit in self.search("peers", largest)["hits"]["hits"]]
        alike = [
            where(agency__kind=group["kind"], agency__level=group["level"]).dsl()
            for group in groups
        ]
        terms = {"field": "agency.name", "size": 1, "order": {"received": "desc"}}
        by = {"terms": terms, "aggs": {"received": {"sum": {"field": RECEIVED}}}}
        body = {"size": 0, "query": {"bool": {"filter": alike}}, "aggs": {"by": by}}
        buckets = self.search("reports", body)["aggregations"]["by"]
        return next((str(bucket["key"]) for bucket in buckets["buckets"]), None)

    def _panel(self, placed: Placed, chosen: Sequence[Where]) -> str:
        panel = placed.panel
        place = (
            f"grid-column:{placed.x + 1}/span {placed.width};"
            f"grid-row:{placed.y + 1}/span {placed.height}"
        )
        titled = panel.kind not in {"metric", "markdown"}
        title = f"<h2>{escape(panel.title)}</h2>" if titled else ""
        body = self._body(placed, self._narrowed(placed, chosen))
        return (
            f'<div class="panel {panel.kind}" style="{place}">{title}'
            f"<div class=body>{body}</div></div>"
        )

    def _narrowed(self, placed: Placed, chosen: Sequence[Where]) -> list[Where]:
        """Choose the latest year besides, for the panels that show one year."""
        if not chosen or not placed.panel.one_year:
            return list(chosen)
        found = self.search(
            placed.panel.index,
            {
                "size": 0,
                "query": chosen[0].dsl(),
                "aggs": {"latest": {"max": {"field": "year"}}},
            },
        )
        latest = found["aggregations"]["latest"]["value"]
        return [*chosen, where(year=str(int(latest)))] if latest is not None else list(chosen)

    def _body(self, placed: Placed, chosen: list[Where]) -> str:
        panel = placed.panel
        if panel.kind == "markdown":
            return _markdown(panel.text)
        if panel.kind == "search":
            search = _SEARCHES[panel.search]
            asked = [*chosen, *([search.where] if search.where is not None else [])]
            found = self.search(
                search.index,
                {
                    "size": _LISTED,
                    "query": {"bool": {"filter": [one.dsl() for one in asked]}},
                    "sort": [{name: order} for name, order in search.sort],
                    "source": list(search.columns),
                },
            )
            hits = [hit["_source"] for hit in found["hits"]["hits"]]
            return tables.documents(search, hits) if hits else _NOTHING
        numbers = merged(
            panel,
            [
                records(part, self.search(part.index, search_body(part, chosen)))
                for part in panel.parts
            ],
        )
        if not numbers:
            return _NOTHING
        for dimension in panel.dimensions:
            for record in numbers:
                record[dimension.label] = tables.called(dimension.field, record[dimension.label])
        if panel.kind == "metric":
            return tables.metric(panel, numbers)
        if panel.kind == "table":
            return tables.table(panel, numbers)
        width = placed.width * _COLUMN - 2 * _PADDING
        height = placed.height * _ROW - _TITLE - _PADDING
        return draw(panel, numbers, width, height)


def _markdown(text: str) -> str:
    """Turn the two marks that the panels use into HTML."""
    shown = re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", escape(text, quote=False))
    shown = re.sub(r"`(.+?)`", r"<code>\1</code>", shown)
    return f"<p>{shown}</p>"


def write_page(
    client: Elasticsearch,
    prefix: str,
    path: Path,
    note: Callable[[str], None] = lambda _: None,
) -> int:
    """Write the preview page and return its size in bytes.

    Args:
        client: an Elasticsearch with the three indices.
        prefix: of every index and alias.
        path: file to write.
        note: called with each dashboard's title before it is drawn.

    Raises:
        UsageError: the drawing library is not installed.
        IndexingError: an index is missing.
        BackendError: the server cannot be reached.
    """
    page = _Page(client, prefix)
    sections = []
    for number, dashboard in enumerate(DASHBOARDS):
        note(dashboard.title)
        sections.append(page.section(dashboard, first=number == 0))
    links = "".join(f'<a href="#{d.id}">{escape(short_title(d))}</a>' for d in DASHBOARDS)
    html = (
        '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>政府信息公开年报</title>'
        f"<style>{_STYLE}</style><nav>{links}</nav>{''.join(sections)}"
        "<footer>由 Kibana 面板的同一定义生成，数字来自 Elasticsearch。</footer></html>"
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    return path.write_bytes(html.encode())
