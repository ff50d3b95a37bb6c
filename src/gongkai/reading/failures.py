"""Why a source could not be read, in Chinese and English."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from gongkai.errors import Reason, SourceError
from gongkai.messages import language

if TYPE_CHECKING:
    from gongkai.settings import Settings


class _Text(NamedTuple):
    reason: Reason
    zh: str
    en: str
    hint_zh: str = ""
    hint_en: str = ""


_TEXTS = {
    "empty": _Text(
        Reason.EMPTY,
        "文件是空的。",
        "The file is empty.",
        "请重新下载该页。",
        "Fetch the page again.",
    ),
    "unreadable": _Text(
        Reason.UNREADABLE,
        "无法读取：{detail}。",
        "Cannot be read: {detail}.",
        "请检查路径和权限。",
        "Check the path and its permissions.",
    ),
    "no_match": _Text(
        Reason.UNREADABLE,
        "没有与该通配符相符的文件。",
        "No file matches the pattern.",
        "请检查通配符。",
        "Check the pattern.",
    ),
    "special": _Text(
        Reason.UNREADABLE,
        "不是普通文件（管道、套接字或设备）。",
        "Not a regular file (a pipe, socket or device).",
        "请用 - 从标准输入读取。",
        "Use - to read standard input.",
    ),
    "link_loop": _Text(
        Reason.LINK_LOOP,
        "符号链接指回上级目录，形成循环。",
        "A symbolic link leads back to a folder above it.",
        "请删除该链接。",
        "Remove the link.",
    ),
    "too_large": _Text(
        Reason.TOO_LARGE,
        "大小超过上限 {limit} 字节。",
        "Larger than the limit of {limit} bytes.",
        "请调高 GONGKAI_MAX_BYTES，或拆分该文件。",
        "Raise GONGKAI_MAX_BYTES or split the file.",
    ),
    "bomb": _Text(
        Reason.TOO_LARGE,
        "压缩包解开后异常庞大，已停止读取。",
        "The archive unpacks to an abnormal size; reading stopped.",
        "请手工解开并检查其内容。",
        "Unpack it by hand and check what it holds.",
    ),
    "too_complex": _Text(
        Reason.DAMAGED,
        "结构异常：{detail}。",
        "Abnormal structure: {detail}.",
        "请用浏览器另存该页后再试。",
        "Save the page again from a browser.",
    ),
    "binary": _Text(
        Reason.BINARY,
        "不是文本，也不是已知的文件格式。",
        "Neither text nor a known file format.",
        "请确认下载的是报告本身。",
        "Check that the report itself was fetched.",
    ),
    "unsupported": _Text(
        Reason.UNSUPPORTED_FORMAT,
        "不支持的格式：{detail}。",
        "Unsupported format: {detail}.",
        "请转换为 DOCX、PDF 或 HTML。",
        "Convert it to DOCX, PDF or HTML.",
    ),
    "old_word": _Text(
        Reason.UNSUPPORTED_FORMAT,
        "不支持的格式：{detail}。",
        "Unsupported format: {detail}.",
        "请转换为 DOCX，例如 soffice --headless --convert-to docx 文件。",
        "Convert it to DOCX, e.g. soffice --headless --convert-to docx FILE.",
    ),
    "image": _Text(
        Reason.UNSUPPORTED_FORMAT,
        "这是图片：{detail}。",
        "This is an image: {detail}.",
        "若是报告的扫描件，请先做文字识别（OCR），保存为带文字层的 PDF 或文本；否则不必导入。",
        "If it shows a report, run OCR first and save a PDF with a text layer, or text; else leave "
        "it out.",
    ),
    "packed": _Text(
        Reason.UNSUPPORTED_FORMAT,
        "不支持的压缩格式：{detail}。",
        "Unsupported archive: {detail}.",
        "请先解压，或改用 ZIP。",
        "Unpack it first, or use ZIP.",
    ),
    "encrypted": _Text(
        Reason.ENCRYPTED,
        "文件已加密：{detail}。",
        "The file is encrypted: {detail}.",
        "请去除密码后再试。",
        "Remove the password.",
    ),
    "needs_ocr": _Text(
        Reason.NEEDS_OCR,
        "PDF 没有文字层（扫描件）。",
        "The PDF has no text layer (a scan).",
        "请先做文字识别（OCR），例如 ocrmypdf -l chi_sim 输入 输出。",
        "Run OCR first, e.g. ocrmypdf -l chi_sim IN OUT.",
    ),
    "damaged": _Text(
        Reason.DAMAGED,
        "文件已损坏：{detail}。",
        "The file is damaged: {detail}.",
        "请重新下载。",
        "Fetch it again.",
    ),
    "shell_page": _Text(
        Reason.SHELL_PAGE,
        "页面只有脚本外壳，没有正文。",
        "The page is a script shell without content.",
        "请在浏览器中打开，待正文出现后另存。",
        "Open it in a browser and save it once the content shows.",
    ),
    "attachment_only": _Text(
        Reason.ATTACHMENT_ONLY,
        "页面没有正文，只有附件链接。",
        "The page only links to an attachment.",
        "请下载附件：{detail}",
        "Fetch the attachment: {detail}",
    ),
    "page_asset": _Text(
        Reason.PAGE_ASSET,
        "这是网页的样式、脚本、字体或图标，不是报告。",
        "A style sheet, script, font or icon of web pages, and no report.",
        "不必导入。",
        "Leave it out.",
    ),
    "not_a_report": _Text(
        Reason.NOT_A_REPORT,
        "不是政府信息公开工作年度报告。",
        "Not an annual report on government information disclosure.",
        "请确认来源。",
        "Check the source.",
    ),
    "no_tables": _Text(
        Reason.NO_TABLES,
        "没有找到报告的表格。",
        "None of the report's tables was found.",
        "请确认页面是否完整，表格是否为图片或附件。",
        "Check that the page is whole and that its tables are not images or attachments.",
    ),
}


class Rejected(Exception):  # noqa: N818 - a signal inside this package, see as_error
    """Signal of the readers; :func:`gongkai.reading.read` turns it into a SourceError."""

    def __init__(self, key: str, *, place: str = "", **details: object) -> None:
        super().__init__(key)
        self.key = key
        self.place = place
        self.details = details

    def as_error(self, path: str, settings: Settings | None = None) -> SourceError:
        """Return the public error for a source."""
        text = _TEXTS[self.key]
        chinese = ((settings and settings.lang) or language()) == "zh"
        message = (text.zh if chinese else text.en).format(**self.details)
        hint = (text.hint_zh if chinese else text.hint_en).format(**self.details)
        colon = "：" if chinese else ": "
        return SourceError(text.reason, f"{path}{colon}{message}", place=self.place, hint=hint)
