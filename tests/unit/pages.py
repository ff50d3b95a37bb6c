"""Good and bad sources for tests of the pipeline, the ingest and the commands."""

from __future__ import annotations

from random import Random

from tests.testbed.reports import make_report
from tests.testbed.styles import STYLES


def html_page(seed: int = 1, style: str = "html-plain") -> bytes:
    """Return a page with a consistent report; each seed gives another one."""
    return STYLES[style].page(make_report(Random(seed)), seed).data


def cut_page() -> bytes:
    """Return a page that ends inside table three."""
    data = html_page(style="html-cms")
    return data[: data.index("本机关不掌握".encode())]


NARRATIVE = "本年度我单位认真贯彻落实政府信息公开条例，主动公开各类信息，接受社会监督。" * 20

#: A source and the reason code it is rejected with.
BAD: dict[str, tuple[bytes, str]] = {
    "empty.html": (b"", "empty"),
    "blank.txt": (b"  \n\n  ", "empty"),
    "binary.html": (bytes(range(256)) * 40, "binary"),
    "no_tables.html": (
        f"<html><body><h1>政府信息公开工作年度报告</h1><p>{NARRATIVE}</p></body></html>".encode(),
        "no_tables",
    ),
    "other_page.html": (
        f"<html><body><p>{'今日天气晴，适宜出行，请注意防晒。' * 30}</p></body></html>".encode(),
        "not_a_report",
    ),
    "attachment.html": (
        '<html><body><a href="/files/report.pdf">政府信息公开年度报告</a></body></html>'.encode(),
        "attachment_only",
    ),
    "shell.html": (
        b'<html><body><div id="app"></div><script src="/main.js"></script></body></html>',
        "shell_page",
    ),
    "cut.html": (cut_page(), "truncated"),
}
