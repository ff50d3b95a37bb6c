"""Labels that portals give to a report's metadata, and what of a text is one."""

from __future__ import annotations

import re

#: Metadata field to the labels that portals give it, blanks removed, in order of trust.
KEYS: dict[str, tuple[str, ...]] = {
    "index_number": (
        "索引号", "信息索引号", "索引编号", "信息索引", "索取号", "索引码", "索引号码",
        "索引",
        "IndexNumber", "IndexNo.",
    ),
    "document_number": (
        "发文字号", "文号", "发文号", "公文编号", "文件编号", "发文文号", "公文文号", "公文字号",
        "文件文号", "文件号",
    ),
    "published_on": (
        "发布日期", "发布时间", "公开日期", "公开时间", "发布于", "发表时间", "信息发布日期",
        "信息发布时间", "公布日期", "公布时间", "发稿时间", "发稿日期", "发稿", "发表日期",
        "上网时间", "上网日期",
        "上传时间", "上传日期", "录入时间", "录入日期", "添加时间", "添加日期", "创建时间",
        "创建日期", "信息时间", "信息公开日期", "信息公开时间", "提交时间", "编辑时间", "首发时间",
        "刊发时间", "刊发日期", "推送时间", "上线时间", "上稿时间", "公示时间", "公示日期", "发布",
        "更新时间", "更新日期", "最后更新时间", "最后更新日期", "最近更新时间", "最后更新",
        "最近更新", "更新于", "日期", "时间",
        "PublishDate", "PublishTime", "ReleaseDate", "ReleaseTime", "PublishedOn", "Published",
    ),
    "written_on": (
        "成文日期", "成文时间", "发文日期", "发文时间", "制发日期", "印发日期", "填报日期",
        "填报时间", "填表日期", "撰写时间", "编制日期", "生成日期", "生成时间", "信息生成日期",
    ),
    "agency": (
        "报告机关", "编制单位", "编制机关", "填报单位", "报告单位", "单位名称", "单位",
    ),
    "publisher": (
        "发布机构", "发布单位", "发布机关", "发布部门", "公开主体", "公开机构", "公开单位",
        "公开部门", "发文机关", "发文机构", "发文单位", "信息提供单位", "提供单位", "信息提供",
        "责任部门", "公开责任部门", "责任单位", "制发机关", "制发单位", "编制机构", "信息来源",
        "文章来源", "稿件来源", "来源", "稿源", "发布者", "发布人", "供稿单位", "供稿", "作者",
        "Source",
    ),
    "title": (
        "信息名称", "文件名称", "公文名称", "信息标题", "文件标题", "公文标题", "文章标题", "标题",
        "名称",
    ),
    "other": (
        "公开目录", "主题分类", "体裁分类", "组配分类", "公开方式", "公开形式", "公开范围",
        "公开时限", "公开属性", "有效性", "时效性", "效力状态", "关键词", "主题词", "服务对象",
        "浏览次数", "点击数", "阅读次数", "点击率", "访问次数", "浏览量", "阅读量", "访问量",
        "点击量", "浏览数", "阅读数", "点击次数", "阅读", "点击",
        "浏览", "字体", "字号", "语种", "分类", "主题", "所属类别", "信息类别", "信息分类",
        "载体类型", "栏目", "关键字", "所属主题", "公开程序", "公开类别", "公开类型", "是否有效",
        "公文时效", "文件状态", "效力级别", "有效期", "有效期至", "服务对象分类", "摘要", "简介",
        "内容概述", "内容概要", "内容简介", "废止日期", "失效日期", "失效时间", "生效日期",
        "修改时间", "修改日期", "数据更新时间", "访问时间", "归档时间", "责任编辑", "编辑", "审核",
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


def may_be_label(text: str) -> bool:
    """Tell by its first sign whether a text may begin with a label: hardly one does."""
    return text.lstrip()[:1] in FIRSTS


def is_label(text: str) -> bool:
    """Return whether a text is a known label and nothing else."""
    if len(text) > _LONGEST_KEY or not may_be_label(text):
        return False
    return bare_label(text) in FIELD_OF


def bare_label(key: str) -> str:
    """Return a label without blanks, brackets, colon and second name."""
    bare = "".join(key.split()).strip(f"【】[]{COLONS}")
    bare = bare if bare.isalnum() else _SECOND.sub("", bare)
    return QUALIFIED.sub("", bare)
