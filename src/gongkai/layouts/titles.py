"""The report's title, and the agency and year that it names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gongkai.layouts.dates import find_year
from gongkai.tables.text import squeeze

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gongkai.reading.document import Paragraph

_LONGEST = 90
_REPORT = re.compile(r"(?:政府信息|政务信息|信息|政务)公开.{0,12}(?:报告|年报)")
_PROSE = re.compile(r"[。；;]|现将|根据|按照|依据|要求|如下|下载|当前位置|首页|[>＞»]|附件|上一篇|下一篇|索引|现发布|现公布|编制")
_YEAR = r"(?:(?:20\d{2}|二[〇○零][一二三四][〇○零一二三四五六七八九])年?度?的?)"
_NAMED = re.compile(
    rf"^(?:附件\d*[:：]?)?《?{_YEAR}?(?P<agency>.*?)(?:关于)?(?:发布|公布|印发)?{_YEAR}?(?:年度)?(?:的)?"
    r"(?:政府信息|政务信息|信息|政务)公开(?:工作)?(?:情况)?(?:的)?(?:年度)?(?:工作)?(?:情况)?(?:年度)?(?:报告|年报)"
)
_SUFFIX = (
    r"(?:人民政府办公室|人民政府办公厅|人民政府|办事处|委员会|管委会|管理局|监督局|办公室|办公厅|分局|支队|大队|总队"
    r"|检察院|法院|服务中心|中心|政府|街道|公司|集团|联合会|联社|总社|学校|学院|大学|医院"
    r"|局|委|厅|部|院|处|镇|乡|所|站|署|社|会|办|馆|队|区|县|市|省|州|盟|旗|台|场|校|库|团|园)"
)
AGENCY = re.compile(rf"[\u4e00-\u9fff（）()·]{{2,40}}?{_SUFFIX}")
_WHOLE = re.compile(rf"[\u4e00-\u9fff（）()·、]{{1,40}}{_SUFFIX}(?:[（(][\u4e00-\u9fff]{{1,20}}[)）])?")
#: Words that stand for an agency without naming it.
_NOT_NAMES = re.compile(
    r"^(?:区|县|市(?!中区)|镇(?![江海赉康坪平远安雄原巴宁])|乡(?![宁城])|本|我|该|各|贵|区直|市直|县直|全|原创|本站|网站|管理员|admin|政府网站|年度|关于|政府|信息|公开)"
)


_RUNNING = re.compile(r"^(?:Page|P\.?)\s*\d+\s*[-—:：]*\s*", re.IGNORECASE)


def find_title(paragraphs: Sequence[Paragraph]) -> tuple[str, Paragraph] | None:
    """Return the title among the paragraphs before the first section, and where it begins.

    A title may be printed twice, stand on two or three lines, or be broken inside a word; the
    spelling that names an agency and a year is preferred.
    """
    candidates: list[tuple[int, int, str, Paragraph]] = []
    for index, paragraph in enumerate(paragraphs):
        for lines in (1, 2, 3):
            group = paragraphs[index : index + lines]
            texts = [p.text.strip() for p in group]
            if len(group) < lines or not all(texts):
                break
            text = " ".join(texts[0].split()) if lines == 1 else _join(texts)
            text = _RUNNING.sub("", text)
            if len(text) > _LONGEST or any(_PROSE.search(t) for t in texts):
                break
            if not _REPORT.search(squeeze(text)):
                continue
            if lines > 1 and not _needs(texts):
                continue
            agency = agency_of_title(text)
            score = 4 * bool(agency) + 2 * bool(find_year(text)) - lines
            candidates.append((score, -index, text, paragraph))
            break
    if not candidates:
        return None
    _, _, text, paragraph = max(candidates, key=lambda c: (c[0], c[1]))
    return text, paragraph


def _join(texts: Sequence[str]) -> str:
    return "".join(" ".join(text.split()) for text in texts)


def _needs(texts: Sequence[str]) -> bool:
    """Return whether every line adds to the title: no line is a whole title of its own."""
    if any(agency_of_title(t) and _REPORT.search(squeeze(t)) for t in texts):
        return False
    first = squeeze(texts[0])
    opens = bool(_WHOLE.fullmatch(first)) or bool(re.search(r"公开|年度?$|关于|^20\d{2}年", first))
    return opens and not re.search(r"[:：|]", first)


def agency_of_title(title: str) -> str | None:
    """Return the agency that a title names, without year and the words 关于, 政府信息公开.

    >>> agency_of_title("2019年上海市人民政府办公厅政府信息公开工作年度报告")
    '上海市人民政府办公厅'
    """
    match = _NAMED.match(squeeze(title).replace("《", "").replace("》", ""))
    if match is None:
        return None
    return clean_agency(match["agency"])


def clean_agency(name: str | None) -> str | None:
    """Return ``name`` as an agency's name, or ``None`` where it names none."""
    if not name:
        return None
    name = re.sub(rf"^{_YEAR}|{_YEAR}$|^关于|关于$|的$", "", squeeze(name)).strip("，,、：:-—_《》“”\"")
    if len(name) < 2 or _NOT_NAMES.match(name) or not _WHOLE.fullmatch(name):  # noqa: PLR2004
        return None
    return name
