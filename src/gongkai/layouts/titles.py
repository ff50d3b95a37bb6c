"""The report's title, and the agency and year that it names."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from gongkai.layouts.dates import find_year, is_date_line
from gongkai.tables.text import squeeze

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gongkai.reading.document import Paragraph

_LONGEST = 90
_LONGEST_PRINTED = 400
_MOST_LINES = 3
#: Longest end of a title that wrapped onto the next line: （2023年度）.
_LAST_PIECE = 10
_REPORT = re.compile(r"(?:政府信息|政务信息|信息|政务)公开.{0,12}(?:报告|年报)")
_PROSE = re.compile(
    r"[。；;]|现将|根据|按照|依据|要求|如下|下载|当前位置|首页|[>＞»]|附件|上一篇|下一篇|索引|现发布|现公布|编制"
)
_YEAR = r"(?:(?:20\d{2}|二[〇○零][一二三四][〇○零一二三四五六七八九])年?度?的?)"
_NAMED = re.compile(
    rf"^(?:附件\d*[:：]?)?《?{_YEAR}?(?P<agency>.*?)(?:关于)?(?:发布|公布|印发)?{_YEAR}?(?:年度)?(?:的)?"
    r"(?:政府信息|政务信息|信息|政务)公开(?:工作)?(?:情况)?(?:的)?(?:年度)?(?:工作)?(?:情况)?(?:年度)?(?:报告|年报)"
)
_SUFFIX = (
    r"(?:人民政府办公室|人民政府办公厅|人民政府|办事处|委员会|管委会|管理局|监督局|办公室|办公厅|分局|支队|大队|总队"
    r"|检察院|法院|研究室|督查室|服务中心|中心|政府|街道|公司|集团|联合会|联社|总社|学校|学院|大学|医院"
    r"|局|委|厅|室|部|院|处|镇|乡|所|站|署|社|会|办|馆|队|区|县|市|省|州|盟|旗|台|场|校|库|团|园)"
)
AGENCY = re.compile(rf"[\u4e00-\u9fff（）()·]{{2,40}}?{_SUFFIX}")
_WHOLE = re.compile(
    rf"[\u4e00-\u9fff（）()·、]{{1,40}}{_SUFFIX}(?:[（(][\u4e00-\u9fff]{{1,20}}[)）])?"
)
#: Words that stand for an agency without naming it.
_NOT_NAMES = re.compile(
    r"^(?:区|县|市(?![中北南]区)|镇(?![江海赉康坪平远安雄原巴宁])|乡(?![宁城])|我|该|各"
    r"|本(?!溪)|全(?![南州椒])|贵(?![阳州港溪池德定南])|原创|本站|网站|管理员|admin|政府|年度|关于|信息|公开)"
)
_RUNNING = re.compile(r"^(?:Page|P\.?)\s*\d+\s*[-—:：]*\s*", re.IGNORECASE)


def find_title(
    paragraphs: Sequence[Paragraph], elsewhere: Sequence[Paragraph] = ()
) -> tuple[str, Paragraph] | None:
    """Return the title among the paragraphs before the first section, and where it begins.

    A title may be printed twice, stand on two or three lines, or be broken inside a word. The
    reading wins that names an agency, best one that the rest of the report names, too, and a year.

    Args:
        paragraphs: the paragraphs before the first section.
        elsewhere: other paragraphs of the report, which may name the agency.
    """
    candidates: list[tuple[str, int, int]] = []
    # Menus have hundreds of lines, and hardly one of them has a sign of 报告.
    signs = [index for index, paragraph in enumerate(paragraphs) if "报" in paragraph.text]
    starts = {at for sign in signs for at in range(max(sign - _MOST_LINES + 1, 0), sign + 1)}
    for index in sorted(starts):
        near = [_plain(p.text) for p in paragraphs[index : index + _MOST_LINES]]
        for lines in range(1, _MOST_LINES + 1):
            group = near[:lines]
            if len(group) < lines or not _may_be_title(group[-1]):
                break
            text = "".join(group)
            if len(text) > _LONGEST:
                break
            if not _REPORT.search(squeeze(text)) or not _adds(group):
                continue
            candidates.append((text, index, lines))
    if not candidates:
        return None
    if len(candidates) > 1:
        prose = "".join(p.text for p in (*paragraphs, *elsewhere))
        candidates.sort(key=lambda c: (-_score(c[0], c[2], prose), c[1]))
    text, index, _ = candidates[0]
    return text, paragraphs[index]


def _plain(line: str) -> str:
    """Return a line on one line, without the page number that a file prints before it.

    What is too long for a title, blanks and all, comes back empty: menus take time.
    """
    return _RUNNING.sub("", " ".join(line.split())) if len(line) <= _LONGEST_PRINTED else ""


def _score(text: str, lines: int, prose: str) -> float:
    """Rate a title: names an agency, best one that other paragraphs name, too, and a year."""
    agency = agency_of_title(text)
    score = 2 * bool(find_year(text)) - 0.5 * lines - (text.count("（") != text.count("）"))
    if agency is not None:
        # The title's own line, printed twice or not, is no other paragraph.
        named = prose.count(agency) > prose.count(text)
        score += 4 + named * (3 + 0.1 * len(agency))
    return score


def _may_be_title(line: str) -> bool:
    return bool(line) and not _PROSE.search(line) and not is_date_line(line)


def _adds(group: Sequence[str]) -> bool:
    """Return whether each line of a group adds to the title; a whole title needs no other."""
    if len(group) == 1:
        return True
    if any(":" in line or "：" in line or "|" in line for line in group):
        return False
    whole = [bool(_REPORT.search(squeeze(line))) for line in group]
    # The report's words stand in one line or are broken over two; a second title is another one.
    return sum(whole) <= 1 and not (whole[0] and len(group[1]) > _LAST_PIECE)


@lru_cache(maxsize=1024)
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
    name = re.sub(rf"^{_YEAR}|{_YEAR}$|^关于|关于$|的$", "", squeeze(name)).strip(
        '，,、：:-—_《》“”"'
    )
    if len(name) < 2 or _NOT_NAMES.match(name) or not _WHOLE.fullmatch(name):  # noqa: PLR2004
        return None
    return name
