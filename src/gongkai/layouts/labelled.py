"""How labels are printed: blanks in them, brackets, notes; run on from other values."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gongkai.layouts.labels import COLON, COUNTS, FIELD_OF, FIRSTS, WHICH
from gongkai.tables.words import ZERO

if TYPE_CHECKING:
    from collections.abc import Iterable


def one_of(labels: Iterable[str]) -> str:
    """Return the pattern of any of some labels, blanks in them or not, the longest first."""
    longest = sorted(labels, key=len, reverse=True)
    spaced = (r"[\s\u3000]*+".join(map(re.escape, label)) for label in longest)
    # One look at a sign tells of most that none begins there.
    return f"(?=[{''.join(sorted({label[0] for label in longest}))}])(?:{'|'.join(spaced)})"


_BEFORE = f"(?=[{re.escape(''.join(sorted(FIRSTS)))}])"
#: A label that is known.
ANY = one_of(FIELD_OF)
_HAN = "[\u4e00-\u9fff]"
#: What a form says about a label: 填报单位（盖章）.
_NOTE = r"(?:[（(](?:盖章|公章|章|签章|全称)[)）])?"
#: A second name of a label: 发布日期/公开日期, 索引号/Index, 发布机构（责任部门）.
_OR = (
    rf"(?:\s?[/／]\s?(?:{_HAN}{{2,6}}|[A-Za-z][A-Za-z. ]{{1,19}}(?=\s*[:：\ufe30]|$))"
    rf"|[（(]{_HAN}{{2,6}}[)）](?=\s*[:：\ufe30]|$))?"
)
#: In a line, a label has its colon, or brackets.
LINE_KEY = re.compile(
    rf"{_BEFORE}(?:[【\[]\s*+({ANY})\s*+[】\]]\s*+{COLON.pattern}?"
    rf"|(?<!{_HAN}){WHICH}({ANY})\s*+{_OR}{_NOTE}\s*+{COLON.pattern})"
)
#: A cell that begins with a label, and what goes on from it.
CELL_KEY = re.compile(
    rf"\s*[【\[]?\s*+{WHICH}({ANY})\s*+[】\]]?\s*+{_OR}{COLON.pattern}?\s*+(.*)", re.DOTALL
)
#: The year of a day, in figures or not.
DAY_BEGINS = rf"\[?(?:20|二{ZERO})"
#: A name's end is before it: 来源：青山市教育局时间：2024-01-12.
_NAMED = "(?<=[局委厅室府处会心院校学镇乡道队司部社关站场园行馆号网省市县区州盟旗地])"
#: Short words end others, too; these do not.
_LONG = tuple(label for label in FIELD_OF if len(label) > 3)  # noqa: PLR2004
_SURE = ("索引号", "索引码", "来源", "作者", "点击", "浏览", "文号", "字体", "字号", "首次发布")
#: A label whose value the mark-up ran on from the one before.
GLUED_KEY = re.compile(
    rf"{_BEFORE}{WHICH}({one_of((*_LONG, *_SURE, *COUNTS))}"
    rf"|{_NAMED}(?:(?:时间|日期|发布于?)(?=\s*[:：]\s*{DAY_BEGINS})|阅读(?=\s*[:：]\s*\d)))"
    rf"\s*+{COLON.pattern}"
)
#: A label, known or not, with its colon or in brackets.
OTHER_KEY = re.compile(
    rf"\s*+(?:{LINE_KEY.pattern}|{_HAN}{{2,8}}\s?{COLON.pattern}|【[\u4e00-\u9fff\s]{{2,12}}】)"
)
#: Where a label begins whose value runs on from it without a sign.
RUN_ON = re.compile(one_of(_LONG))
#: A label alone, known or not.
LABEL = re.compile(rf"[【\[]?[\u4e00-\u9fff\s]{{2,12}}[】\]]?{COLON.pattern}?")
