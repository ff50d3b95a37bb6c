"""What of a source was not read, or stands where it should not: as findings, or a rejection."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gongkai.errors import Reason, SourceError
from gongkai.messages import say
from gongkai.model import Finding

if TYPE_CHECKING:
    from gongkai.reading.document import Document
    from gongkai.tables.narrative.sections import Zone
    from gongkai.tables.reading import Reading

#: Notes of the readers that tell of a loss.
_LOSSES = {
    "unread_part": ("其中的文件 {} 未能读取", "the part {} could not be read"),
    "pages_without_text": (
        "第 {} 页没有文字，是图像，须先识别文字",
        "no text on page {}: an image that needs OCR",
    ),
    "replaced_characters": ("{} 个字符无法解码", "{} characters could not be decoded"),
    "hidden_characters": (
        "{} 个字符被遮盖或裁切，未予读取",
        "{} characters are painted over or cut off and were left out",
    ),
    "hidden_objects": (
        "{} 个对象所在的图层未显示，未予读取",
        "{} objects in layers that are switched off were left out",
    ),
}
#: What a title says of statistics that cover less than a year, on the same form.
_PART_OF_YEAR = re.compile(
    r"[上下]半年|(?:[一二三四1-4]|前[三3])\s*季度|(?<!\d)1月?\s*[-—–~～至到]\s*(?:[1-9]|1[01])月"
)
#: The title of a notice, which may have the form as its annex.
_NOTICE = re.compile(r"关于.*(?:通知|通报|公告|函)(?:[（(【].*)?$")


def other_paper(document: Document, title: str | None, *, blank: bool) -> SourceError | None:
    """Return the rejection of what its title, or else the source's own, says to be another paper.

    A report on a part of a year would pass for the year's own; a notice may have the form in it,
    and is none of these where that is filled in.

    Args:
        document: the source.
        title: of the report.
        blank: no cell of the form holds a number.
    """
    title = title or document.title
    if _PART_OF_YEAR.search(title):
        said = "统计期不足一年", "it reports on a part of a year"
    elif blank and _NOTICE.search(title):
        said = "这是附有空白表格的通知", "it is a notice with the form left blank"
    else:
        return None
    return SourceError(
        Reason.NOT_A_REPORT,
        say(
            f"{document.path}：{said[0]}，不是年度报告。",
            f"{document.path}: {said[1]}, and is no annual report.",
        ),
        stage="layouts",
        hint=say("请确认来源。", "Check the source."),
    )


def goes_on(headings: dict[str, int], zones: dict[str, Zone]) -> bool:
    """Return whether the narrative goes on below the tables, so that none of them is cut short."""
    last = max((zone.start for zone in zones.values()), default=-1)
    return any(headings.get(key, -1) > last for key in ("problems", "other"))


def displaced(
    document: Document, headings: dict[str, int], zones: dict[str, Zone]
) -> list[Finding]:
    """Say which tables stand behind the report, while the others stand in their sections.

    Where the report's own is a picture, that of an annex would be taken for it.
    """
    end = headings.get("other", len(document.blocks))
    behind = [key for key, zone in zones.items() if zone.start > end > headings.get(key, end)]
    within = [key for key, zone in zones.items() if headings.get(key, end) < zone.start < end]
    if not (behind and within) or len(behind) + len(within) < len(zones):
        return []
    return [
        Finding(
            rule="S.BEHIND",
            severity="critical",
            responsibility="source",
            message="表格不在其所属部分，而在报告之后：可能是附件中其他机关的数字",
            message_en="the table stands behind the report and not in its section: "
            "it may be another body's",
            places=[str(document.blocks[zones[key].start].place)],
        )
        for key in behind
    ]


def losses(document: Document) -> list[Finding]:
    """Say what the reader had to leave out."""
    said = []
    for note in document.notes:
        name, _, what = note.partition("=")
        if name in _LOSSES:
            zh, en = _LOSSES[name]
            said.append(
                Finding(
                    rule="E.PARTLY",
                    severity="warning",
                    responsibility="source",
                    message=zh.format(what),
                    message_en=en.format(what),
                )
            )
    return said


def truncation() -> Finding:
    """Say that the source ends inside its tables."""
    return Finding(
        rule="S.TRUNCATED",
        severity="critical",
        responsibility="source",
        message="来源在表格中间结束，报告不完整",
        message_en="the source ends inside its tables: the report is not complete",
    )


def reject_truncated(reading: Reading, path: str) -> SourceError:
    """Return the rejection of a source that ends inside its tables."""
    tokens = list(reading.tokens.values())
    return SourceError(
        Reason.TRUNCATED,
        say(
            f"{path}：来源在表格中间结束，只读到 {len(tokens)} 个单元格。",
            f"{path}: the source ends inside its tables; {len(tokens)} cells were read.",
        ),
        stage="tables",
        place=str(tokens[-1].place) if tokens else "",
        hint=say(
            "请重新下载；不完整的报告不入库。",
            "Fetch the page again; a report is only indexed whole.",
        ),
    )
