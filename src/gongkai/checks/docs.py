"""Writes docs/checks.md from the rules: ``python -m gongkai.checks.docs [--check]``."""

# ruff: noqa: E501 - a break inside a Chinese paragraph of Markdown would print a blank

from __future__ import annotations

import sys

from gongkai.checks.rules import RULES
from gongkai.enrichment.docs import deliver

_HEAD = """\
# 检查规则 · Checks

<!-- python -m gongkai.checks.docs 生成，请勿手改。Generated; do not edit. -->

每条检查结果（`findings`）含规则、严重程度、责任方、中英文说明、涉及的单元格及其在来源中的位置、实际值与应有值；同一规则、
同一组单元格的结果有相同的 `fingerprint`，与数值无关。报告自身的矛盾是数据：数值照印，只加说明。
Each finding holds the rule, its severity, who erred, a message in Chinese and English, the cells
concerned with their places in the source, and the actual and the expected value. Findings of one
rule about the same cells share a `fingerprint`, whatever the values. A report's own contradiction
is data: the numbers stay as printed.

- `critical`：数值有误或可能有误；`warning`：应由人核对；`info`：供参考。
  `critical`: a number is or may be wrong; `warning`: somebody should look; `info`: to be known.
- `responsibility`：`source` 来源自身（表格已由勾稽关系证明，或单元格原样如此）；`extractor` 读取；`unknown` 不能确定。
  `source`: the report itself, its tables being proved or the cell printed like that; `extractor`:
  the reading; `unknown`.
- 结论（`quality.verdict`）只取决于标签、完整与勾稽关系，与“结构”“正文”“跨年”各规则无关。
  The verdict rests on labels, completeness and identities alone; the rules of structure, narrative
  and of two years do not change it.
- 正文与表格的比对宁缺毋滥：只取明确陈述本机关、本年度数目的句子；“收到”可作新收或新收加结转；带“其中”、渠道、申请人类别、
  上年、全区、各部门的句子只能印证，不能否定；一处说两个不同的数时不报。
  The narrative is compared with care: only plain statements about this agency and year count; 收到
  may mean 新收, with or without 上年结转; sentences about parts, channels, kinds of applicants,
  other years or several agencies may agree but not contradict; where two numbers are told, nothing
  is reported.
- 跨年规则需要同一机关上一年度的报告。The rules of two years need the same agency's report of the
  year before.
"""

_STAGES = {
    "reading": ("读取", "Reading"),
    "identities": ("勾稽关系", "Identities"),
    "structure": ("结构与元数据", "Structure and metadata"),
    "narrative": ("正文与表格", "Narrative against tables"),
    "crossyear": ("跨年", "Two years"),
    "plugins": ("插件", "Plugins"),
}


def render() -> str:
    """Return the text of docs/checks.md."""
    parts = [_HEAD]
    for stage, (zh, en) in _STAGES.items():
        parts.append(f"\n## {zh} · {en}\n\n| 规则 Rule | 严重程度 Severity | 含义 | Meaning |\n")
        parts.append("|---|---|---|---|\n")
        parts += [
            f"| `{rule.id}` | {' / '.join(rule.severities)} | {rule.zh} | {rule.en} |\n"
            for rule in RULES.values()
            if rule.stage == stage
        ]
    return "".join(parts)


if __name__ == "__main__":
    sys.exit(deliver("checks.md", render(), sys.argv[1:]))
