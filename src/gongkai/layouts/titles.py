"""The report's title, and the agency and year that it names."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from gongkai.layouts.dates import is_date_line, year_of_title
from gongkai.tables.text import squeeze

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gongkai.reading.document import Paragraph

_LONGEST = 90
_LONGEST_PRINTED = 400
_MOST_LINES = 3
# Far beyond any report: so many lines may be titles, and so much text may name their agencies.
_MOST_SIGNS = 500
_LONGEST_PROSE = 200_000
#: Longest end of a title that wrapped onto the next line: （2023年度）.
_LAST_PIECE = 10
#: What a report is about; 厂务 and its like stand in titles of companies, schools, hospitals, ….
_SUBJECT = (
    r"(?:(?:政府信息|政务信息|信息|政务)(?:与政务|和政务|及政务|、政务|主动|公开)*公开"
    r"|[厂校院检警村所站]务公开|政府信息(?=工作|年度))"
)
_REPORT = re.compile(rf"{_SUBJECT}(?:(?!公开).){{0,18}}(?:报告|年报|总结)")
_PROSE = re.compile(
    r"^[=\-_*~—]{3,}$|[。；;]|现将|根据|按照|依据|要求|如下|下载|当前位置|首页|[>＞»]|附件|上一篇|下一篇|索引|现发布|现公布|编制"
)
_YEAR = r"(?:(?:20\d{2}|二[〇○Oo零0][一二三四][〇○Oo零0一二三四五六七八九])年?度?的?)"
_SPAN = rf"(?:{_YEAR}|(?:20\d{{2}}年?度?[-—–~至、和,，]*)+年?度?的?)"
_NAMED = re.compile(
    rf"^(?:附件\d*[:：]?|[【\[][^】\]]{{2,8}}[】\]])?《?(?:关于)?(?:发布|公布|印发)?《?{_YEAR}?(?P<agency>.*?)"
    rf"(?:关于)?(?:发布|公布|印发)?{_SPAN}?(?:年度)?(?:的)?(?:部门)?"
    rf"{_SUBJECT}(?:(?!公开).){{0,18}}?(?:报告|年报|总结)"
)
#: Other matters may stand between the year and what the report is about.
_NAMED_BEFORE = re.compile(
    rf"(?P<agency>.+?)(?:关于)?{_YEAR}.{{1,14}}?{_SUBJECT}(?:(?!公开).){{0,18}}?(?:报告|年报|总结)"
)
#: A title that leaves out what it is about: 2023年年报.
_BARE = re.compile(rf"《?(?P<agency>.+?){_YEAR}(?:年度)?(?:年报|年度报告)》?")
#: Other papers have this name, too.
_SUMMARY = re.compile("总结(?!.*(?:报告|年报))")
_SET_OFF = re.compile(r"\s*[_|—–>＞»/\\→]+\s*|\s+-+\s+|(?<!\d)-+|-+(?!\d)|::")
_SUFFIX = (
    r"(?:人民政府办公室|人民政府办公厅|人民政府|办事处|委员会|管委会|管理局|监督局|办公室|办公厅|分局|支队|大队|总队"
    r"|检察院|法院|研究室|督查室|服务中心|中心|政府|街道|公司|集团|联合会|联社|总社|学校|学院|大学|中学|小学|医院|海关|银行"
    r"|局|委|厅|室|部|院|处|镇|乡|所|站|署|社|会|办|馆|队|区|县|市|省|州|盟|旗|台|场|校|库|团|园)"
)
#: Rare characters in names of places lie beyond the common block.
_HAN = "\u3400-\u9fff\U00020000-\U0003ffff〇"
#: Endings of names whose beginnings end names, too.
_ENDINGS = ("办公室", "办公厅", "办事处", "委员会", "管委会", "人民政府办公室", "人民政府办公厅")
AGENCY = re.compile(rf"[{_HAN}（）()·]{{2,40}}?{_SUFFIX}")
_WHOLE = re.compile(rf"[{_HAN}（）()·、]{{1,40}}{_SUFFIX}(?:[（(][{_HAN}]{{1,20}}[)）])?")
#: Words that stand for an agency without naming it.
_NOT_NAMES = re.compile(
    r"^(?:区|县|市(?![中北南]区)|镇(?![江海赉康坪平远安雄原巴宁])|乡(?![宁城])|我|该|各"
    r"|本(?!溪)|全(?![南州椒])|贵(?![阳州港溪池德定南])|原创|本站|网站|管理员|admin|政府|年度|关于|信息|公开)"
)
#: An entry of a list of reports, with its date.
_ENTRY = re.compile(r"20\d{2}[-/.年]\s?\d{1,2}[-/.月]\s?\d{1,2}日?\s*[\])）】]?$")
#: A name that the end of its line cut, or a place on a line before its agency.
_PLACE = re.compile(
    rf"(?![各本全该我][省市县区镇乡])[{_HAN}]{{1,}}[省市县区州盟旗镇乡族][{_HAN}（）()]*"
)
_MENU = re.compile(
    r"(?:公开|部门|动态|概况|专栏|新闻|网|网站|门户|平台|首页|年报|报告|目录|互动|专题|解读|公告|公示|导航|街道|乡镇|领导|机构"
    r"|信箱|频道|栏目)$"
)
_RUNNING = re.compile(
    r"^(?:(?:Page|P\.?)\s*\d+\s*[-—:：]*|(?:标题|(?:信息|文件|公文)?名称)\s*[:：])\s*",
    re.IGNORECASE,
)


def find_title(
    paragraphs: Sequence[Paragraph], elsewhere: Sequence[Paragraph] = (), own: str = ""
) -> tuple[str, Paragraph] | None:
    """Return the title among the paragraphs before the first section, and where it begins.

    A title may be printed twice, stand on two or three lines, or be broken inside a word. The
    reading wins that names an agency, best one that the rest of the report names, too, and a year.

    Args:
        paragraphs: the paragraphs before the first section.
        elsewhere: other paragraphs of the report, which may name the agency.
        own: the source's own title, which often begins with the report's.
    """
    candidates: list[tuple[int, list[str]]] = []
    # Menus have hundreds of lines, and hardly one of them has a sign of 报告.
    signs = [i for i, p in enumerate(paragraphs) if "报" in p.text or "总结" in p.text][
        :_MOST_SIGNS
    ]
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
            if not title_rank(text) or not _adds(group):
                continue
            candidates.append((index, group))
    if not candidates:
        return None
    if len(candidates) > 1:
        prose = "".join(p.text for p in (*paragraphs, *elsewhere))[:_LONGEST_PROSE]
        own = squeeze(own)
        candidates.sort(key=lambda c: (-_score(c[1], prose, own), c[0]))
    index, group = candidates[0]
    return "".join(group), paragraphs[index]


@lru_cache(maxsize=1024)
def title_rank(text: str) -> int:
    """Return 2 for the words of a report's title, 1 for those that may be one, 0 for others."""
    text = squeeze(text[:_LONGEST_PRINTED])
    if _REPORT.search(text):
        return 1 if _SUMMARY.search(text) else 2
    match = _BARE.fullmatch(text) if text.endswith(("年报", "年度报告")) else None
    return int(match is not None and clean_agency(match["agency"]) is not None)


def pieces_with_title(text: str) -> Iterator[str]:
    """Yield what may be a report's title in a page's name or a breadcrumb, the last one first.

    The site's and the column's names stand before or after it, set off by signs or blanks.
    """
    for piece in reversed(_SET_OFF.split(text[:_LONGEST_PRINTED])):
        words = piece.split()
        found = None
        for first in range(len(words) - 1, -1, -1):
            candidate = " ".join(words[first:])
            if not title_rank(candidate):
                continue
            found = found or candidate
            if agency_of_title(candidate) is not None:
                found = candidate
                break
        if found is not None and not found.endswith(("…", "...")):
            yield found


def _plain(line: str) -> str:
    """Return a line on one line, without a page number or a label before it.

    What is too long for a title, blanks and all, comes back empty: menus take time.
    """
    return _RUNNING.sub("", " ".join(line.split())) if len(line) <= _LONGEST_PRINTED else ""


def _score(group: Sequence[str], prose: str, own: str) -> float:
    """Rate a title: names an agency, best one that other paragraphs name, too, and a year."""
    text = "".join(group)
    agency = agency_of_title(text)
    score = (
        2 * bool(year_of_title(text)) - 0.5 * len(group) - (text.count("（") != text.count("）"))
    )
    score += 20 * title_rank(text) + 3 * (squeeze(text) in own) - 4 * bool(_ENTRY.search(text))
    if agency is not None:
        # The title's own lines, printed twice or not, are no other paragraphs.
        lines = [line for line in (text, *group) if agency in line]
        itself = max(map(prose.count, lines), default=0)
        named = prose.count(agency) > itself
        score += 4 + named * (3 + 0.1 * len(agency)) + (len(group) > 1 and _is_cut(group[0], text))
    return score


def _is_cut(first: str, title: str) -> bool:
    """Return whether a title's first line is the beginning of its agency's name, not a menu's word.

    A whole name above a title is the site's; a place, or a name that ends in the middle of a
    word, belongs to the next line.
    """
    first = squeeze(first)
    agency = agency_of_title(title)
    return (
        agency is not None
        and agency.startswith(first)
        and agency.count(first) == 1
        and _PLACE.fullmatch(first) is not None
        and _MENU.search(first) is None
        and (
            first[-1] in "省市县区州盟旗"
            or clean_agency(first) is None
            or _parts_an_ending(first, agency[len(first) :])
        )
    )


def _parts_an_ending(first: str, rest: str) -> bool:
    """Return whether a line's end cuts 办公室, 委员会, … in two; 办 alone would end a name, too."""
    return any(
        first.endswith(ending[:cut]) and rest.startswith(ending[cut:])
        for ending in _ENDINGS
        for cut in range(1, len(ending))
    )


def _may_be_title(line: str) -> bool:
    return bool(line) and not _PROSE.search(line) and not is_date_line(line)


def _adds(group: Sequence[str]) -> bool:
    """Return whether each line of a group adds to the title; a whole title needs no other."""
    if len(group) == 1:
        return True
    if any(":" in line or "：" in line or "|" in line for line in group):
        return False
    whole = [bool(title_rank(line)) for line in group]
    # The report's words stand in one line or are broken over two; a second title is another one.
    longer = whole[0] and (len(group[1]) > _LAST_PIECE or clean_agency(group[1]) is not None)
    return sum(whole) <= 1 and not longer


@lru_cache(maxsize=1024)
def agency_of_title(title: str) -> str | None:
    """Return the agency that a title names, without year and the words 关于, 政府信息公开.

    >>> agency_of_title("2019年上海市人民政府办公厅政府信息公开工作年度报告")
    '上海市人民政府办公厅'
    """
    title = squeeze(title[:_LONGEST_PRINTED]).replace("《", "").replace("》", "")
    for match in (_NAMED.match(title), _BARE.fullmatch(title), _NAMED_BEFORE.match(title)):
        if match is not None and (name := clean_agency(match["agency"])) is not None:
            return name
    return None


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
