"""What reports are called, and the agency that a title names."""

from __future__ import annotations

import re
from functools import lru_cache

from gongkai.tables.text import squeeze
from gongkai.tables.words import PLACES, ZERO

#: Longer ones are no titles.
LONGEST_PRINTED = 400
#: Rare characters in names of places lie beyond the common block.
HAN = "\u3400-\u9fff\U00020000-\U0003ffff〇"
#: What a report is about; 厂务 and its like stand in titles of companies, schools, hospitals, ….
_SUBJECT = (
    r"(?:(?:(?<!人民)政府信息|政务信息|信息|政务)(?:与政务|和政务|及政务|、政务|主动|公开)*公开"
    r"|[厂校院检警村所站]务公开|政府信息(?=工作|年度))"
)
#: From that to the word for the paper; another 公开 begins another matter.
_ABOUT = rf"{_SUBJECT}(?:(?!公开).){{0,18}}?"
_CALLED = rf"{_ABOUT}(?:报告|年报|总结)"
_REPORT = re.compile(_CALLED)
_YEAR = (
    rf"(?:[〔\[（(]?(?:20\d{{2}}|二{ZERO}[一二三四][〇○Oo零0一二三四五六七八九])"
    r"(?:年度?[〕\]）)]|[〕\]）)]?年?度?)的?)"
)
_SPAN = rf"(?:{_YEAR}|(?:20\d{{2}}年?度?[-—–~至、和,，]*)+年?度?的?)"
_ISSUED = "(?:发布|公布|印发|报送|上报|呈报)"
_NAMED = re.compile(
    rf"^(?:附件\d*[:：]?|[【\[][^】\]]{{2,8}}[】\]])?《?(?:关于)?{_ISSUED}?《?{_YEAR}?(?P<agency>.*?)"
    # Whatever may follow begins with one of these signs: most places are told by one look.
    rf"(?=[关发公印报上呈〔\[（(2二年的部政信厂校院检警村所站])(?:关于)?{_ISSUED}?{_SPAN}?(?:年度)?(?:的)?(?:部门)?"
    rf"{_CALLED}"
)
#: Other matters may stand between the year and what the report is about.
_NAMED_BEFORE = re.compile(rf"(?P<agency>.+?)(?:关于)?{_YEAR}.{{1,14}}?{_CALLED}")
#: The agency stands behind: 2023年政府信息公开工作年度报告（谷城县教育局）.
_NAMED_BEHIND = re.compile(
    rf".{{0,20}}{_ABOUT}(?:报告|年报)[—–:：（(【\[|｜·•-]+"
    rf"(?P<agency>(?:[^（()）|｜]|[（(][^（()）]{{1,30}}[)）]){{2,40}}?)[)）】\]]?(?:[|｜]?{_YEAR})?"
)
_LABEL = re.compile(r"[【\[]([^】\]]{2,40})[】\]]")
SITE = re.compile("(?<!国)网(?![络格信])|门户|平台")
#: The report's own title in that of a notice.
_QUOTED = re.compile("《([^《》]{10,})》")
_NOTIFIED = re.compile(f"关于{_ISSUED}")
#: A title that leaves out what it is about: 2023年年报.
_BARE = re.compile(rf"《?(?P<agency>.+?){_YEAR}(?:年度)?(?:年报|年度报告)》?")
#: Other papers have this name, too.
_SUMMARY = re.compile("总结(?!.*(?:报告|年报))")
_SUFFIX = (
    r"(?:人民政府办公室|人民政府办公厅|人民政府|办事处|委员会|管委会|管理局|监督局|办公室|办公厅|分局|支队|大队|总队"
    r"|检察院|法院|监狱|[支分]行|[残妇侨文商]联|科协|研究室|督查室|服务中心|中心|政府|街道|公司|集团|联合会|联社|总社|学校|学院|大学|中学|小学|医院|海关|银行|苏木|嘎查|基地"
    r"|局|委|厅|室|部|院|处|镇|乡|所|站|署|社|会|办|馆|队|区|县|市|省|州|盟|旗|台|场|校|库|团|园|厂|宫)"
)
#: A site's name, what a report calls its own body, and what names end in.
_NO_NAME = re.compile(
    rf"网站|门户|互动|走[进近]|召开|举[办行]|(?:推进|座谈|动员|部署|培训)会|[我本][局委厅院镇乡校]$|^民?政府$|^(?!台州|社旗)(?:管理|监督|服务|执法)?{_SUFFIX}+$"
)
#: A name with its place, whatever it ends in; and words that are no body's.
_PLACED = re.compile(rf"[{HAN}]{{1,14}}?[{PLACES}乡镇][{HAN}]{{2,20}}")
_NAME = re.compile(rf"[^。]*?[{HAN}]{{2,40}}[^。]*")
_SHORT_BODY = re.compile(rf"[{PLACES}][{HAN}（）()]{{0,18}}{_SUFFIX}")
_NO_BODY = re.compile(
    "部门|单位|本级|各|网站|工作|情况|关于|推进|做好|开展|加强|全面|落实|贯彻|重点|领域"
)
_SECOND = rf"(?:[（(][{HAN}、]{{1,30}}[)）]){{0,2}}"
#: Offices under one roof are named together: 县委办公室（县政府办公室）.
AGENCY = re.compile(rf"[{HAN}（）()·]{{2,40}}?{_SUFFIX}{_SECOND}")
_WHOLE = re.compile(rf"[{HAN}（）()·、]{{1,40}}{_SUFFIX}{_SECOND}")
#: A name with its place, and bodies that go by a name of their own: 襄阳海关, 湖北文理学院.
WITH_PLACE = re.compile(
    rf"[{PLACES}镇乡]|(?<=..)街道|^海关总署|^(?:国家|中国|中华|中共|国网).{{4}}"
    "|(?<=..)(?<![附下直所]属)(?:公司|集团|医院|学院|大学|[中小]学|学校|海关|监狱|调查队|海事局)$"
)
#: Words that stand for an agency without naming it.
_NOT_NAMES = re.compile(
    r"^(?:区|县|旗|盟|市(?![中北南]区)|镇(?![江海赉康坪平远安雄原巴宁沅])|乡(?![宁城])|我|该|各"
    r"|按照|根据|依[据照]|围绕|对照|结合|通过|配合|会同(?!县)|收到|请|调整|成立|印发|转发|接受|参加|报送|落实|贯彻|加强"
    r"|本(?!溪)|全(?![南州椒])|贵(?![阳州港溪池德定南])|[在由被]|原创|本站|网站|管理员|admin|魅力|政府|部门|乡镇|直属|师市|[片园景库]区(?=管)|年度|关于|信息|公开)"
)
_AROUND = re.compile(
    rf"^(?:欢迎(?:[您你]|访问|光临|来到)+|{_YEAR}|现?{_ISSUED}|现将|关于)"
    rf"|(?=[〔\[（(\d二关的])(?:{_YEAR}|(?<!\d)\d\d年度?|关于|的)$"
)
#: What a form says behind who signs: （盖章）.
_SEALED = re.compile("[（(](?:加?盖章|[公印签]?章)[)）]$")
#: A number of its own before a title: 3.谷城县教育局2023年….
_LISTED = re.compile(rf"^[（(]?\d{{1,3}}[.．、)）]+(?=[{HAN}]|20\d{{2}}年)")
_WIDE_FIGURE = re.compile("[０-９]")


@lru_cache(maxsize=1024)
def title_rank(text: str) -> int:
    """Return 2 for the words of a report's title, 1 for those that may be one, 0 for others."""
    if "报" not in text and "总" not in text:
        return 0
    text = _squeezed(text)
    if _REPORT.search(text):
        return 1 if _SUMMARY.search(text) else 2
    match = _BARE.fullmatch(text) if text.endswith(("年报", "年度报告")) else None
    return int(match is not None and clean_agency(match["agency"]) is not None)


def _squeezed(title: str) -> str:
    """Return a title without blanks and its number in a list, its figures in half width."""
    title = _WIDE_FIGURE.sub(lambda wide: str(int(wide[0])), squeeze(title[:LONGEST_PRINTED]))
    return _LISTED.sub("", title)


@lru_cache(maxsize=1024)
def agency_of_title(title: str) -> str | None:
    """Return the agency that a title names, without year and the words 关于, 政府信息公开.

    >>> agency_of_title("2019年上海市人民政府办公厅政府信息公开工作年度报告")
    '上海市人民政府办公厅'
    """
    title = _squeezed(title)
    quoted = _QUOTED.search(title)
    if quoted is not None and (name := agency_of_title(quoted[1])) is not None:
        return name
    title = title.replace("《", "").replace("》", "")
    for read in (_NAMED.match, _BARE.fullmatch, _NAMED_BEFORE.match):
        if (match := read(title)) is not None:
            # A notice names who gives it before the report's own title, which may leave it out.
            for part in reversed(_NOTIFIED.split(match["agency"])):
                if name := clean_agency(part) or clean_agency(part.rpartition("：")[2]):
                    return name
    label = _LABEL.match(title)  # 【谷城县教育局】 or 【年度报告】
    if label and (name := clean_agency(label[1])) and _PLACED.fullmatch(name):
        return name
    behind = _NAMED_BEHIND.fullmatch(title)
    return clean_agency(behind["agency"]) if behind and not SITE.search(title) else None


def body_of_title(title: str) -> str | None:
    """Return the body that a title names with its place, whatever its name ends in.

    >>> body_of_title("谷城县慈善会馆驿2023年政府信息公开工作年度报告")
    '谷城县慈善会馆驿'
    """
    name = _name_in(title)
    return name if name and _PLACED.fullmatch(name) else None


def short_body(title: str) -> str | None:
    """Return the body that a title names by the kind of its place alone: 县教育局, 区政府."""
    title = _squeezed(title).strip("《》")
    match = _NAMED_BEHIND.fullmatch(title) or _NAMED.match(title)
    name = match["agency"] if match else ""
    return name if _SHORT_BODY.fullmatch(name) else None


def unread_name(title: str) -> str | None:
    """Return the name in a title that cannot be told to be an agency's, or ``None``.

    >>> unread_name("国网谷城供电2023年政府信息公开工作年度报告")
    '国网谷城供电'
    """
    name = _name_in(title)
    if not name or not _NAME.fullmatch(name) or clean_agency(name) is not None:
        return None
    return None if _NO_NAME.search(name) else name


def _name_in(title: str) -> str | None:
    """Return the name that a title begins with, if it may be a body's."""
    match = _NAMED.match(_squeezed(title).strip("《》"))
    name = _AROUND.sub("", match["agency"]).strip("《") if match else ""
    return None if _NOT_NAMES.match(name) or _NO_BODY.search(name) else name


def agency_alone(text: str | None) -> str | None:
    """Return the agency that a text names and nothing else, or ``None``."""
    name = clean_agency(text)
    return name if name and AGENCY.fullmatch(name) else None


def clean_agency(name: str | None) -> str | None:
    """Return ``name`` as an agency's name, or ``None`` where it names none."""
    if not name:
        return None
    name = _SEALED.sub("", _AROUND.sub("", squeeze(name))).strip('，,、：:-—_·•《》“”「」『』"')
    if len(name) < 2 or _NOT_NAMES.match(name) or not _WHOLE.fullmatch(name):  # noqa: PLR2004
        return None
    # A menu's names that run on from each other have one place.
    if _NO_NAME.search(name) or name[: 2 + (name[1] != "县")] in name.partition("（")[0][3:]:
        return None
    return name
