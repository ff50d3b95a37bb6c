"""Labels that portals give to a report's metadata, and what of a text is one."""

from __future__ import annotations

import re

from gongkai.tables.words import READINGS


def _days(*acts: str) -> tuple[str, ...]:
    """Return the labels of days on which something is done."""
    return tuple(act + day for act in acts for day in ("日期", "时间"))


#: What else is done with a paper on a day that is printed than to publish it.
WRITTEN = ("成文", "发文", "制发", "印发", "填报", "填表", "撰写", "编制", "生成")
ENDED = ("废止", "失效", "生效", "修改", "归档")
#: How often a page was read.
COUNTS = tuple(read + much for read in READINGS for much in ("次数", "量", "数", "率"))
#: What stands for the text, and may be its title.
ABSTRACTS = ("摘要", "简介", "内容概述", "内容概要", "内容简介", "概述", "概要")
#: Metadata field to the labels that portals give it, blanks removed, in order of trust.
KEYS: dict[str, tuple[str, ...]] = {
    "index_number": (
        "索引号", "信息索引号", "索引编号", "信息索引", "索取号", "索引码", "索引号码",
        "索引",
        "IndexNumber", "IndexNo.",
    ),
    "document_number": (
        "发文字号", "文号", "发文号", "公文编号", "文件编号", "发文文号", "公文文号", "公文字号",
        "文件文号", "文件号", "发布文号",
    ),
    "published_on": (
        *_days("发布", "公开"), "发布于", *_days("发表", "信息发布", "公布", "发稿"), "发稿",
        *_days("上网", "上传", "录入", "添加", "创建", "信息", "信息公开", "提交", "编辑", "首发"),
        *_days("刊发", "推送", "上线", "上稿", "公示"), "发布",
        *_days("更新", "最后更新", "最近更新"), "最后更新", "最近更新", "更新于", "日期", "时间",
        "PublishDate", "PublishTime", "ReleaseDate", "ReleaseTime", "PublishedOn", "Published",
    ),
    "written_on": _days(*WRITTEN, "信息生成"),
    "agency": (
        "报告机关", "编制单位", "编制机关", "填报单位", "报告单位", "单位名称", "单位",
    ),
    "publisher": (
        "发布机构", "发布单位", "发布机关", "发布部门", "公开主体", "公开机构", "公开单位",
        "公开部门", "发文机关", "发文机构", "发文单位", "信息提供单位", "提供单位", "信息提供",
        "责任部门", "公开责任部门", "责任单位", "制发机关", "制发单位", "编制机构", "信息来源",
        "发布来源", "文章来源", "稿件来源", "来源", "稿源", "发布者", "发布人", "供稿单位", "供稿",
        "作者", "Source",
    ),
    "title": (
        "信息名称", "文件名称", "公文名称", "信息标题", "文件标题", "公文标题", "文章标题", "标题",
        "名称",
    ),
    "other": (
        "公开目录", "主题分类", "体裁分类", "组配分类", "公开方式", "公开形式", "公开范围",
        "公开时限", "公开属性", "有效性", "时效性", "效力状态", "关键词", "主题词", "服务对象",
        "字体", "字号", "语种", "分类", "主题", "所属类别", "信息类别", "信息分类",
        "载体类型", "栏目", "关键字", "所属主题", "公开程序", "公开类别", "公开类型", "是否有效",
        "公文时效", "文件状态", "主题导航", "效力级别", "有效期", "有效期至", "服务对象分类",
        "责任编辑", "编辑", "审核", "阅读", "浏览", "点击", *COUNTS, *ABSTRACTS,
        *_days(*ENDED, "数据更新", "访问"),
    ),
}  # fmt: skip

FIELD_OF = {label: name for name, labels in KEYS.items() for label in labels}
#: Editors type signs that only look like a colon.
COLONS = ":：\ufe30\u2236\ufe55"
COLON = re.compile(f"[{COLONS}]")
#: No label is looked for where none begins, with what stands before it or without: a hundred take
#: time at each sign.
FIRSTS = frozenset({label[0] for label in FIELD_OF} | set("【[首初正文网原稿"))
#: What of, or when: 文章发布时间, 首次公开日期.
WHICH = "(?:(?:首次|初次|正式|文章|网站|网上|原文|稿件)(?=发布|公开|刊发))?"
#: A second name, behind a stroke or in brackets.
_SECOND = re.compile(
    r"(?:[/／](?:[\u4e00-\u9fff]{2,6}|[A-Za-z.]{2,20})|[（(][\u4e00-\u9fff]{2,6}[)）])$"
)
QUALIFIED = re.compile(WHICH.rstrip("?"))
_LONGEST_KEY = 20
#: Signs of a list before a label.
_BULLETS = "•●■◆▪"


def may_be_label(text: str) -> bool:
    """Tell by its first sign whether a text may begin with a label: hardly one does."""
    return text.lstrip().lstrip(_BULLETS).lstrip()[:1] in FIRSTS


def is_label(text: str) -> bool:
    """Return whether a text is a known label and nothing else."""
    if len(text) > _LONGEST_KEY or not may_be_label(text):
        return False
    return bare_label(text) in FIELD_OF


def bare_label(key: str) -> str:
    """Return a label without blanks, brackets, colon and second name."""
    bare = "".join(key.split()).lstrip(_BULLETS).strip(f"【】[]{COLONS}")
    bare = bare if bare.isalnum() else _SECOND.sub("", bare)
    return QUALIFIED.sub("", bare)
