"""Where a report ends and the page around it goes on."""

from __future__ import annotations

import pytest

from gongkai.reading.document import Block, Grid, GridCell, Paragraph, Place
from gongkai.tables.narrative.footers import is_footer
from gongkai.tables.narrative.sections import Zone, find_headings, read_sections

OWN = ("六、其他需要报告的事项", "本年度未收取信息处理费。", "谷城县司法局", "2024年1月12日")


def other(*lines: str | Grid) -> str | None:
    blocks: list[Block] = [
        line if isinstance(line, Grid) else Paragraph(line, Place(paragraph=n))
        for n, line in enumerate(lines)
    ]
    sections, _ = read_sections(blocks, find_headings(blocks, {}), {})
    return sections.other


@pytest.mark.parametrize(
    "line",
    [
        "附件：谷城县司法局2023年年报.docx",
        ".xxgk_xgxx a{ color:blue;}",
        "$('#share-2').share({ sites: ['wechat'] });",
        "附件下载：",
        "文章来源：本站",
        "智能问答",
        "适老化无障碍服务",
        "一审：张三",
        "标签：年报 公开",
        "今日访问量：123 总访问量：4567",
        "您访问的链接即将离开“谷城县政府”网站，是否继续？",
        "图解：一图读懂2023年年报",
        "您访问的信息对您是否有帮助？",
        "分享：",
        "一键分享",
        "【我要纠错】【打印】【关闭】",
        "责编：张三 审核：李四",
        "请用微信扫一扫",
        "Copyright © 2024 谷城县人民政府",
        "原文链接：http://www.example.gov.cn/1.html",
        "目　录",
        "阅读：1234次",
        "发布日期：2024-01-12",
        "发布机构：谷城县人民政府",
        "政府信息公开指南",
        "您是第 1024 位访客",
        "主管单位：谷城县人民政府　技术支持：某公司",
        "扫描二维码，关注“谷城发布”",
        "网友评论",
        "网站声明：转载请注明出处。",
        "声明：转载请注明出处。",
        "页面纠错",
        "本文链接：http://www.example.gov.cn/1.html",
        "网页纠错",
        "本站由信息中心维护",
        "公开方式：主动公开",
        "建议使用IE8以上浏览器",
        "技术维护：信息中心",
        "国务院部门网站",
        "字号：大 中 小",
        "热点推荐",
        "点击排行",
        "最近更新：2026-05-05",
        "用户评论",
        "投稿邮箱：a@example.cn",
        "转载请注明出处",
        "主办：谷城县人民政府办公室　承办：谷城县数据局　更新时间：2026-05-05　技术支持：某公司",
        "返回顶部电脑版",
        "智能问答长者助手返回顶部",
        "分享：微信QQ空间",
        "--国家部委网站----省直部门网站--",
    ],
)
def test_words_of_a_page_end_the_report(line: str) -> None:
    assert is_footer(line)
    assert other(*OWN, line, "满意 不满意") == "\n".join(OWN[1:])


@pytest.mark.parametrize(
    "line",
    [
        "开设“一图读懂”栏目，发布图解12篇，设置相关链接5个。",
        "编辑审核信息20条，附件下载量300次。",
        "附件：1.政府信息公开情况统计表",
        "您问我答栏目回复12条。",
        "附件：",
        "链接：http://www.example.gov.cn/",
        "上一条例施行期间遗留的事项已清零",
        "网站声明、隐私保护等栏目已完善",
    ],
)
def test_sentences_about_such_things_are_the_reports(line: str) -> None:
    assert not is_footer(line)


def test_short_words_above_a_footer_are_of_the_page() -> None:
    page = ("微信公众号", "政务微博", "中国政府网 湖北省人民政府网", "主办单位：谷城县人民政府")
    assert other(*OWN, *page) == "\n".join(OWN[1:])
    assert other(*OWN[:2], "谷城县司法局", *page) == "\n".join(OWN[1:3])


@pytest.mark.parametrize(
    "line", ["无", "无其他需要报告的事项", "未收取信息处理费", "（二）其他事项", "特此报告"]
)
def test_what_there_is_nothing_of_stays(line: str) -> None:
    assert other(OWN[0], line, "版权所有") == line
    assert other(*OWN[:2], line, "版权所有") == f"{OWN[1]}\n{line}"


@pytest.mark.parametrize(
    "listed",
    [
        ("谷城县司法局2024-01-10", "谷城县财政局2024-01-11"),
        ("谷城县司法局2023年法治政府建设年度报告", "谷城县司法局2023年部门决算公开"),
    ],
)
def test_entries_of_a_list_above_a_footer_are_of_the_page(listed: tuple[str, str]) -> None:
    foot = "主办单位：谷城县人民政府"
    assert other(*OWN, "其他部门年报", *listed, foot) == "\n".join(OWN[1:])
    assert other(*OWN[:2], listed[0], foot) == f"{OWN[1]}\n{listed[0]}"


def test_words_without_a_footer_below_stay() -> None:
    assert other(*OWN[:2], "公开渠道", "公开方式") == f"{OWN[1]}\n公开渠道\n公开方式"


def test_words_above_a_table_stay() -> None:
    table = Grid([[GridCell("渠道", 0), GridCell("12", 1)]], Place(table=1))
    assert other(*OWN[:2], "公开渠道", table, "手机版", "版权所有") == f"{OWN[1]}\n公开渠道"


def test_headings_listed_below_the_report_are_no_text() -> None:
    listed = ("一、总体情况", "六、其他需要报告的事项")
    assert other("一、总体情况", "总体良好。", *OWN[:2], *listed) == OWN[1]


def test_notes_below_tables_that_repeat_a_heading_stay() -> None:
    lines = (*OWN[:2], "二、主动公开政府信息情况", "<", "注：数据截至年底。", "版权所有")
    blocks: list[Block] = [
        Paragraph("二、主动公开政府信息情况", Place()),
        Paragraph("见附表。", Place()),
    ]
    for line in lines:
        table = Grid([[GridCell("0", 0)]], Place(table=1))
        blocks.append(table if line == "<" else Paragraph(line, Place()))
    headings = {"proactive": 0, "other": 2}
    sections, _ = read_sections(blocks, headings, {"proactive": Zone(5, 6)})
    assert sections.other == f"{OWN[1]}\n二、主动公开政府信息情况\n注：数据截至年底。"


def test_bare_words_below_a_numbered_heading_are_the_report_s() -> None:
    lines = (OWN[0], "（一）建议提案办理情况", "全年办理12件。", "1. 主办件", "已全部反馈")
    assert other(*lines, "上一篇：无") == "\n".join(lines[1:])


def test_bare_words_below_a_heading_s_own_text_are_the_page_s() -> None:
    assert (
        other(OWN[0] + "。本年度未收费。", "友情服务", "版权所有：谷城县人民政府")
        == "本年度未收费。"
    )


@pytest.mark.parametrize(
    "signed", [OWN[2:], ("谷城县司法局　2024年1月12日",), (OWN[2], "二〇二四年一月十二日")]
)
def test_what_stands_below_who_signs_is_the_page_s(signed: tuple[str, ...]) -> None:
    lines = (*OWN[1:2], *signed)
    assert other(OWN[0], *lines, "移动端查看", "县长调研重点项目 2024-05-01") == "\n".join(lines)


@pytest.mark.parametrize(
    "line",
    [
        "附件：1.政府信息公开情况统计表",
        "抄送：县政府办公室",
        "联系人：张某",
        "（此件主动公开）",
        "本报告的藏文译文与中文文本有不一致之处的，以中文文本为准，译文由谷城县民族宗教事务局提供。",
    ],
)
def test_what_is_attached_stands_below_who_signs(line: str) -> None:
    assert other(*OWN, line) == "\n".join((*OWN[1:], line))
    assert other(*OWN[:3], "移动端查看") == "\n".join((*OWN[1:3], "移动端查看"))
