"""Lines of the page around a report: what stands below its last sentence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gongkai.tables.narrative.enumerators import numbering
from gongkai.tables.words import BODIES, FILE_TYPE, READ, ZERO

if TYPE_CHECKING:
    from collections.abc import Sequence

_LONGEST_FOOTER = 80
#: Shorter sentences below a report may be the page's.
_LEAST_PARAGRAPH = 40
#: What no narrative has, wherever it stands in a line.
_NOWHERE_ELSE = (
    r"版权所有|网站标识码|ICP备|公网安备|打印本[页文]|关闭(?:窗口|本页)|(?i:copyright)",
    r"[上下]一[篇条]\s*[:：]|(?:责任编辑|主办单位|责编|原文链接)\s*[:：]",
    r"返回顶部\W*$",
    FILE_TYPE,
    r"\{",
)
#: What one does with a page.
_DO = "打印|收藏|关闭"
_BUTTONS = (
    r"请?用?(?:手机|微信)?扫(?:一扫|码|描)|(?:一键)?分享(?:[到至:：]|[\W_]*$)|[上下]一[篇条](?!例)|转载请",
    r"(?:返回|回到)(?:顶部|列表|首页|上一?[页级])",
    rf"(?:我要)?(?:{_DO}|纠错|返回)[\W_]*(?:$|{_DO}|返回)",
    r"[网页][页站面]纠错|字[体号][:：\s]*[\[【]?大",
)
#: The page's menu: the five parts of a government's disclosure, and others; no word goes on.
_MENU = (
    "政府信息公开(?:指南|制度|年报|目录|专栏)|法定主动公开内容|政府网站找错|智能问答|更多|加入收藏",
    "关于我们|联系我们|友情链接|网站(?:地图|声明|概况)|(?:网站|设为)首页|责任编辑|主办单位",
    "无障碍(?:浏览|阅读|服务)?|适老化(?:版|无障碍服务)?",
)
#: Who made and keeps the page, and when; the values are short.
_LABELS = (
    "主管(?:单位)?|技术(?:支持|维护)|编辑|校对|审核|[初复终一二三]审|审校|信息员|供稿|作者|稿源",
    "(?:信息|文章|稿件)?来源|标签|关键[词字]|投稿邮箱|索引号",
    "(?:发布|公布|(?:最[近后])?更新)(?:机构|单位|部门|日期|时间)|最[近后]更新",
)
#: What is counted, or asked, and what others say.
_READERS = (
    rf"(?:今日|累计|总)?(?:{READ}|点赞)[量次数]*[:：\s]*\d|您是第",
    r"您(?:[^。，]{1,16}(?:满意|评价|帮助|有用)|访问的链接)",
    "(?:网友|我要|发表|最新|全部|用户)评论|暂无评论|文明上网",
)
#: What else there is to read, and about the page.
_OTHERS = (
    r"链接(?:\s|$)|热点关注|政务(?:微信|微博)|(?:[\u4e00-\u9fff]{2,12}网站[\W_]*){1,9}$|目\s*录$|为您推荐|猜你喜欢",
    "最新(?:发布|文章|信息)|(?:推荐|延伸)阅读|(?:热门|热点|点击|阅读|浏览)(?:推荐|信息|文章|新闻|资讯|排行)",
    r"相关(?:文件|链接|附件|信息|阅读|推荐|文章|新闻|报道|稿件|内容|文档|解读|政策)[\W_]*(?:下载)?(?:$|[:：])",
    "(?:附件|文件|全文)下载|(?:政策|文字|图文)?图解[:：]|一图读懂",
    r"版权声明|公开(?:方式|形式|属性)\s*[:：]|(?:为|建议).{0,40}(?:浏览器|分辨率)",
    "(?i:(?:produced|powered) by)",
)
#: The last of these begin a line of the page, not a sentence.
_FOOTER = re.compile(
    rf"{'|'.join(_NOWHERE_ELSE)}|^[\W_]*(?:{'|'.join((*_BUTTONS, *_READERS, *_OTHERS))}"
    rf"|(?:{'|'.join(_MENU)})(?:[^\w、]|$)|(?:{'|'.join(_LABELS)})\s*[:：].{{0,30}}$"
    r"|(?:主办|承办|协办)(?:单位)?\s*[:：].{0,70}$)"
)
#: What the page says of itself in sentences.
_STATEMENT = re.compile(
    r"[\W_]*(?:(?:免责|版权|特别|郑重|网站)?声明|(?:本文|本页|文章)(?:链接|地址|网址))\s*[:：]|本网?[站页]由"
)
_SENTENCE_ENDS = ("。", "；", ";")
#: Short words alone, without a sentence's signs, a number before them or a date at their end; what
#: there is nothing of, or what concerns ourselves or this paper, is said in a report.
_DAY = r"(?:[\d一二三四五六七八九十]\s*日$|20\d{2}[-./]\d)"
_DATED = re.compile(_DAY)
_WORD = "(?:[^\\s。；，：！？;:,!?无没未本我此]|无障碍){1,12}"
_BARE = re.compile(
    rf"(?![（(〔\[]?[\d一二三四五六七八九十]{{1,3}}[、.．)）〕\]])(?!.*{_DAY}){_WORD}(?:\s+{_WORD}){{0,9}}"
)
#: How the names of those end that sign.
_SIGNS = tuple(BODIES)
#: An entry of a list, with its day or a paper's name; a report is signed with one day.
_ENTRY = re.compile(
    r"[^。；]{4,60}?[\[（(]?20\d{2}[-./]\d{1,2}[-./]\d{1,2}[\])）]?"
    r"|(?![（(]?[\d一二三四五六七八九十]{1,2}[、.)）])[^。；，：]{6,60}(?:报告|年报|公开|公开指南|目录)"
)
#: An agency signs with a day, on one line or two; what is attached may follow.
_SIGNED = re.compile(
    rf"(?:(?P<name>[^。；，：:、]{{2,40}}[{BODIES}])[\s（(]*)?"
    rf"(?:20\d{{2}}\s*年\s*\d{{1,2}}\s*月\s*\d{{1,2}}|二{ZERO}..年.{{1,2}}月.{{1,3}})\s*日[)）\s]*"
)
_SIGNER = re.compile(rf"[^。；，：:、]{{2,40}}[{BODIES}]")
_FOLLOWS = re.compile(r"[\W_]*(?:附|抄[送报]|联系|备?注|说明|此件|公开)|[（(]")


def is_footer(text: str) -> bool:
    """Tell whether a line is of the page around the report: 上一篇, 版权所有, …."""
    if len(text) >= _LONGEST_FOOTER:
        return False
    if text.rstrip().endswith(_SENTENCE_ENDS) and "{" not in text:  # no script
        return _STATEMENT.match(text) is not None
    return (_FOOTER.search(text) or _STATEMENT.match(text)) is not None


def is_signed(lines: Sequence[str]) -> bool:
    """Tell whether lines end with the agency that signs and its day."""
    signed = _SIGNED.fullmatch(lines[-1]) if lines and lines[-1][-1:] in "日)）" else None
    if signed is None:
        return False
    return bool(signed["name"] or (len(lines) > 1 and _SIGNER.fullmatch(lines[-2])))


def may_follow(text: str) -> bool:
    """Tell whether a line may stand below who signs a report: 附件, 联系人, 抄送; a paragraph."""
    return _FOLLOWS.match(text) is not None or (
        len(text) >= _LEAST_PARAGRAPH and text.endswith(_SENTENCE_ENDS)
    )


def count_own(lines: Sequence[str], least: int) -> int:
    """Return how many lines are the report's of those that stand above a footer.

    Words alone that stand between the last sentence and the footer are of the page, too: names of
    sites, buttons. The first of them may be the agency that signs.

    Args:
        lines: of the last section.
        least: how many are the report's in any case.
    """
    last = entries = len(lines)
    while entries > least and _ENTRY.fullmatch(lines[entries - 1]):
        entries -= 1
    last = entries if last - entries > 1 else last
    while last > least and _BARE.fullmatch(lines[last - 1]):
        last -= 1
    if last < len(lines) and last and numbering(lines[last - 1]):
        last += 1  # it is what the heading above it says
    signed = last == len(lines) or _DATED.search(lines[last - 1]) or " " in lines[last]
    return last + (not signed and lines[last].endswith(_SIGNS))
