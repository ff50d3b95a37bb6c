# ruff: noqa: E501, ISC004 - sentences read best on one line
"""Narratives of the six sections: varied sentences with many numbers, and the known traps.

Statements about the report's own numbers agree with its tables. All other numbers are free, as in
real reports, so that a reader who looks for numbers outside the tables is found out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random

    from tests.testbed.names import Identity
    from tests.testbed.numbers import Value

_NUMERALS = "一二三四五六七八九十"

_OPENINGS = (
    "{year}年，{agency}认真落实《中华人民共和国政府信息公开条例》，把公开贯穿决策、执行和服务全过程。",
    "一年来，{short}按照上级部署，围绕{topic}持续推进政府信息公开，各项任务按期完成。",
    "{year}年度，{short}坚持“以公开为常态、不公开为例外”，全年召开专题会议{a}次，研究解决问题{b}个。",
)
_PUBLISHING = (
    "全年通过门户网站公开信息{a}条，通过政务新媒体发布信息{b}条，其中图文解读{c}篇、短视频{d}个。",
    "主动公开{topic}信息{a}条，占全部信息的{d}.{c}%，比上年增加{b}条。",
    "更新机构职能、领导分工、预算决算等栏目{d}个，公开文件{c}份，阅读量{a}{b}次。",
    "发布规划计划{c}件、人事信息{d}条、采购公告{b}条，回复网民留言{a}条，平均办理时间{d}.{c}天。",
)
_MANAGING = (
    "修订公开目录{c}处，清理过期信息{a}条，落实发布前“三审三校”，全年未发现泄密情况。",
    "建立台账{d}本，对{year}年1月1日以前形成的{b}份文件逐件核对公开属性。",
    "指定{d}名专职人员、{c}名信息员负责收集、审核和发布。",
)
_PLATFORM = (
    "网站全年访问{a}万人次，独立用户{b}万个；微信公众号粉丝{c}万人，推送{d}期。",
    "在便民服务中心设置查阅点{d}处，摆放办事指南{b}册，接待群众{c}人次。",
)
_SUPERVISION = (
    "开展业务培训{d}期，参训{a}人次；季度考核{c}分，社会评议满意率100%，无责任追究情形。",
    "公开电话0{d}{c}-{a}{b}，办公时间为工作日8:30—12:00，14:30—17:30。",
)
_PROBLEMS = (
    "主要问题：一是解读形式单一，{c}份文件只有文字解读；二是栏目更新不够及时，有{d}个栏目超过30天未更新。",
    "存在的不足：（1）队伍不够稳定，{d}名工作人员年内轮岗；（2）个别信息分类不准确，抽查{a}条中有{c}条需要调整。",
    "工作中还有短板，群众对{topic}信息的需求与公开深度之间仍有差距，网民评价{c}次中有{d}次提出了建议。",
)
_IMPROVEMENTS = (
    "下一步，拟培训{d}次，制作视频{c}个，力争{next}年6月30日前完成栏目整改{b}项。",
    "{next}年，{short}将细化{topic}领域目录，增加图表、动漫等解读方式，做到每件文件都有2种以上解读。",
)
_OTHERS = (
    "本年度未收取政府信息公开信息处理费。",
    "依据《政府信息公开信息处理费管理办法》，{year}年收取信息处理费0元。",
    "承办人大代表建议{c}件、政协提案{d}件，办结率100%，答复全文均已公开。",
    "公报发行{d}期，每期{b}册，向社区书屋赠阅{a}册。",
)
_TOPICS = (
    "财政资金",
    "公共服务",
    "乡村振兴",
    "生态环境",
    "就业创业",
    "义务教育",
    "重大项目",
    "食品安全",
)
_SUBHEADS = (
    "主动公开情况",
    "依申请公开情况",
    "政府信息管理情况",
    "政府信息公开平台建设情况",
    "监督保障情况",
)


def _fill(rng: Random, sentence: str, who: Identity, year: int) -> str:
    return sentence.format(
        year=year,
        next=year + 1,
        agency=who.agency,
        short=who.short,
        topic=rng.choice(_TOPICS),
        a=rng.choice((rng.randint(100, 9999), rng.randint(10, 99))),
        b=rng.randint(20, 999),
        c=rng.randint(2, 40),
        d=rng.randint(3, 12),
    )


def _received(rng: Random, cells: dict[str, Value], year: int) -> str:
    """Say what table three says."""
    new, old = cells["requests.received.total"], cells["requests.carried_in.total"]
    done, left = cells["requests.outcome.total.total"], cells["requests.carried_out.total"]
    if not (new or old or done or left):
        return rng.choice((f"{year}年未收到政府信息公开申请。", "本年度没有收到依申请公开事项。"))
    granted = cells["requests.outcome.granted.total"]
    people = cells["requests.received.natural_person"]
    return rng.choice(
        (
            f"全年新收政府信息公开申请{new}件，上年结转{old}件，办结{done}件，结转下年度{left}件。",
            f"{year}年共收到政府信息公开申请{new}件，其中自然人{people}件；另有上年结转{old}件，"
            f"已答复{done}件，其中予以公开{granted}件，结转下年度继续办理{left}件。",
        )
    )


def _disputes(cells: dict[str, Value]) -> str:
    reviews = cells["disputes.reconsideration.total"]
    suits = sum(
        int(cells[f"disputes.{block}.total"] or 0)
        for block in ("litigation_direct", "litigation_after_reconsideration")
    )
    if not reviews and not suits:
        return "全年未发生因政府信息公开引起的行政复议和行政诉讼。"
    return f"因政府信息公开被申请行政复议{reviews}件，被提起行政诉讼{suits}件。"


def _trap(rng: Random, who: Identity, year: int) -> list[str]:
    """Lines of real narratives that look like something else."""
    return rng.choice(
        (
            [f"本报告所列数据的统计期限自{year}1月1日起至{year}12月31日。"],
            [
                f"{word}、{head}。{who.short}已明确{rng.randint(2, 9)}名人员负责。"
                for word, head in zip(
                    _NUMERALS,
                    ("加强组织领导", "完善工作制度", "主动公开政府信息情况",
                     "依申请公开政府信息情况", "政府信息公开行政复议、行政诉讼情况", "收费及减免情况"),
                    strict=False,
                )
            ],
            ["申请人中，自然人、商业企业、科研机构、其他等均有涉及，总计以表格为准。"],
            ["信息内容包括规章、行政规范性文件、行政许可、行政处罚、行政强制、行政事业性收费等。"],
            [f"对照第二十条第（一）项、第（五）项，公开事项{rng.randint(3, 60)}项。"],
            [f"其中，1.属于国家秘密的{rng.randint(0, 3)}份材料未列入目录；2.重复申请不予处理的情形已说明。"],
            ["四、结转下年度继续办理的事项，将在规定期限内答复。"],
        )
    )  # fmt: skip


def preamble(rng: Random, who: Identity, year: int) -> list[str]:
    """Make what stands before section one; often nothing."""
    notice = "国办公开办函〔2021〕30号" if year >= 2021 else "国办公开办函〔2019〕60号"
    if rng.random() < 0.1:  # real reports cite the other form's notice, too
        notice = "国办公开办函〔2019〕60号"
    return rng.choice(
        (
            [],
            [f"根据《中华人民共和国政府信息公开条例》（国务院令第711号）和{notice}文件要求，现公布"
             f"{who.agency}{year}年政府信息公开工作年度报告。数据统计期限为{year}年1月1日至12月31日。"],
            [f"本年度报告由{who.agency}编制，共六个部分：总体情况、主动公开政府信息情况、收到和处理政府信息公开"
             "申请情况、政府信息公开行政复议和行政诉讼情况、存在的主要问题及改进情况、其他需要报告的事项。",
             f"如有疑问，请与{who.agency}联系（地址：人民路{rng.randint(1, 300)}号，邮编："
             f"{rng.randint(100000, 860000)}，电话：0{rng.randint(310, 999)}-{rng.randint(2000000, 8999999)}）。"],
        )
    )  # fmt: skip


def narrative(
    rng: Random, who: Identity, year: int, cells: dict[str, Value]
) -> dict[str, list[str]]:
    """Make the six sections: paragraphs by field name of :class:`gongkai.model.Sections`."""

    def some(pool: tuple[str, ...], low: int = 1, high: int = 2) -> list[str]:
        count = rng.randint(low, min(high, len(pool)))
        return [_fill(rng, line, who, year) for line in rng.sample(pool, count)]

    subs = (
        some(_PUBLISHING, 1, 3), [_received(rng, cells, year)], some(_MANAGING),
        some(_PLATFORM), some(_SUPERVISION),
    )  # fmt: skip
    overview = some(_OPENINGS)
    style = rng.choice(("（{}）{}", "{}.{}", "({}){}", ""))
    for number, (head, body) in enumerate(zip(_SUBHEADS, subs, strict=True), 1):
        numeral = str(number) if style == "{}.{}" else _NUMERALS[number - 1]
        title = style.format(numeral, head) if style else ""
        if title and rng.random() < 0.5:
            overview += [title, *body]
        else:
            overview += [f"{title}。{body[0]}" if title else body[0], *body[1:]]
    if rng.random() < 0.35:
        overview += _trap(rng, who, year)
    problems = some(_PROBLEMS)
    if rng.random() < 0.4:
        problems = ["（一）存在的主要问题", *problems, "（二）改进情况"]
    return {
        "overview": overview,
        "proactive": [_fill(rng, "全年公开各类文件{a}份。", who, year)]
        if rng.random() < 0.2
        else [],
        "requests": [_received(rng, cells, year)] if rng.random() < 0.25 else [],
        "disputes": [_disputes(cells)] if rng.random() < 0.3 else [],
        "problems": problems + some(_IMPROVEMENTS),
        "other": ["无。"] if rng.random() < 0.3 else some(_OTHERS, 1, 3),
    }
