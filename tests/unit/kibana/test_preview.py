from __future__ import annotations

import re
from typing import Any

from gongkai.kibana.definitions import Metric, Panel, Terms, Years
from gongkai.kibana.preview.charts import draw
from gongkai.kibana.preview.tables import called, number, table

_REPORTS = Metric("报告数", "count")


def _texts(svg: str) -> list[str]:
    return re.findall(r"<text[^>]*>([^<]*)</text>", svg)


def test_years_stand_in_order_even_where_the_first_province_lacks_one() -> None:
    panel = Panel(
        "p",
        "省份",
        "heatmap",
        24,
        by=Terms("region.province", "省份", 40),
        split=Terms("year", "年度", 10),
        metrics=(_REPORTS,),
    )
    found = [
        {"省份": "山东省", "年度": 2023, "报告数": 1},
        {"省份": "湖北省", "年度": 2021, "报告数": 2},
        {"省份": "湖北省", "年度": 2023, "报告数": 3},
    ]
    texts = _texts(draw(panel, found, 600, 300))
    assert [text for text in texts if text in {"2021", "2023"}] == ["2021", "2023"]
    assert {"1", "2", "3", "山东省", "湖北省"} <= set(texts)


def test_bars_keep_their_place_where_one_has_no_number() -> None:
    metrics = tuple(Metric(name, "sum", (name,)) for name in ("甲", "乙"))
    panel = Panel("p", "比较", "bar", 24, by=Years(), metrics=metrics)
    found: list[dict[str, Any]] = [
        {"年度": "2021", "甲": None, "乙": 5},
        {"年度": "2022", "甲": 5, "乙": 5},
    ]
    svg = draw(panel, found, 600, 300)
    bars = re.findall(r'label="key: (\d+); value: 5; series: (.)[^>]* d="M([\d.]+),', svg)
    left = {(year, series): float(x) for year, series, x in bars}
    assert len(left) == 3
    assert left["2022", "甲"] < left["2022", "乙"]


def test_counts_have_no_ticks_between_whole_numbers() -> None:
    panel = Panel("p", "数", "bar", 24, by=Years(), metrics=(_REPORTS,))
    texts = _texts(draw(panel, [{"年度": "2023", "报告数": 1}], 600, 300))
    assert [text for text in texts if text] == ["2023", "0", "1"]


def test_numbers_say_what_they_are_and_a_missing_one_is_a_dash() -> None:
    assert number(0.254, "percent") == "25.4%"
    assert number(25.4, "rate") == "25.4%"
    assert number(None, "rate") == "–"
    assert number(1234.5, "decimal") == "1,234.50"
    panel = Panel("p", "数", "table", 24, by=Years(), metrics=(_REPORTS,))
    assert "<td>–</td>" in table(panel, [{"年度": "2023", "报告数": None}])


def test_codes_are_called_by_their_names() -> None:
    assert called("quality.verdict", "proved") == "已证实"
    assert called("findings.cells", ["requests.received.total", "gone"])[1] == "gone"
    assert called("agency.name", "proved") == "proved"
