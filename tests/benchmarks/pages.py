"""Pages for measurements: those of the test bed, furnished to the size of real ones."""

from __future__ import annotations

import re
from random import Random
from typing import TYPE_CHECKING

from tests.testbed.reports import make_report
from tests.testbed.styles import STYLES
from tests.testbed.styles.word_looks import dressed

if TYPE_CHECKING:
    from pathlib import Path

#: Shares of mark-up as portals have them: plain, CMS, Word export.
HTML_STYLES = (
    "html-bare", "html-plain", "html-breadcrumb", "html-words", "html-cms", "html-divs",
    "html-cms", "html-word", "html-word", "html-word",
)  # fmt: skip
DOCX_STYLES = ("docx-plain", "docx-runs", "docx-text-box", "docx-nested")
PDF_STYLES = ("pdf-ruled", "pdf-words")
SMALLEST, LARGEST = 30_000, 150_000
_BARE_CELL = re.compile(rb"<td(?=>|\s+(?:row|col)span)")


def _furniture(rng: Random, size: int) -> tuple[bytes, bytes]:
    """Make about ``size`` bytes of what surrounds a text: styles, menus, links, scripts."""
    style = "".join(
        f".c{i} li a:hover{{color:#{rng.randrange(4096):03x};padding:0 {rng.randint(1, 30)}px}}\n"
        for i in range(size // 400)
    )
    links = [
        f'<li class="c{i}"><a href="/col/{rng.randint(100, 9999)}/index.html" target="_blank" '
        f'title="栏目">信息公开栏目{i}</a>'
        f'<span class="date">2024-{rng.randint(1, 12):02d}-10</span></li>\n'
        for i in range(size // 350)
    ]
    script = "".join(f"var a{i}=document.getElementById('x{i}');\n" for i in range(size // 200))
    half = len(links) // 2  # whole items: half a tag would swallow the tables behind it
    head = f"<style>{style}</style><div class='nav'><ul>{''.join(links[:half])}</ul></div>"
    foot = f"<div class='side'><ul>{''.join(links[half:])}</ul></div><script>{script}</script>"
    return head.encode(), foot.encode()


def _with_widths(data: bytes, rng: Random) -> bytes:
    """Give bare cells what editors write into them: a width, and that their lines stay whole."""
    widths = [b'<td nowrap="nowrap" style="width:%dpx;"' % rng.randint(27, 219) for _ in range(20)]
    return _BARE_CELL.sub(lambda _: rng.choice(widths), data)


def html_page(number: int) -> tuple[str, bytes]:
    """Return the name and bytes of a page of 30 to 150 KB."""
    rng = Random(number)
    style = HTML_STYLES[number % len(HTML_STYLES)]
    page = STYLES[style].page(make_report(Random(number)), number)
    data = _with_widths(page.data, rng)
    wanted = rng.randint(SMALLEST + 10_000, LARGEST - 25_000)
    if len(data) < wanted:
        head, foot = _furniture(rng, wanted - len(data))
        start = data.find(b"<body>") + len(b"<body>") if b"<body>" in data else 0
        end = data.rfind(b"</body>") if b"</body>" in data else len(data)
        data = data[:start] + head + data[start:end] + foot + data[end:]
    return page.name, data


def write(folder: Path, count: int) -> dict[str, list[Path]]:
    """Write ``count`` HTML pages, and some of the other formats; return paths by format."""
    made: dict[str, list[Path]] = {"html": [], "docx": [], "pdf": []}
    for number in range(count):
        name, data = html_page(number)
        made["html"].append(folder / f"{number}-{name}")
        made["html"][-1].write_bytes(data)
    for kind, styles, share in (("docx", DOCX_STYLES, 5), ("pdf", PDF_STYLES, 10)):
        for number in range(-(-count // share)):
            page = STYLES[styles[number % len(styles)]].page(make_report(Random(number)), number)
            made[kind].append(folder / f"{number}-{page.name}")
            made[kind][-1].write_bytes(dressed(page.data) if kind == "docx" else page.data)
    return made
