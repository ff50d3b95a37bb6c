from __future__ import annotations

import email
import io
import json
import re
import unicodedata
import zipfile
from html import unescape
from random import Random
from typing import TYPE_CHECKING

import pdfplumber
import pytest
from tests.testbed.damages import CELL_DAMAGES
from tests.testbed.page_damages import PAGE_DAMAGES
from tests.testbed.reports import make_report
from tests.testbed.styles import STYLES, Style
from tests.testbed.wording import to_simplified

if TYPE_CHECKING:
    from decimal import Decimal

#: Where a page that a script hands on is cut into pieces.
_BETWEEN_PIECES = '"])</script><script>self.__next_f.push([1,"'
_TAGS = re.compile(r"<style.*?</style>|<w:del .*?</w:del>|<[^>]*>", re.DOTALL)

#: The parts of a Word or OpenDocument file that are printed.
_PRINTED = re.compile(r"word/(?:document|header\d+|footer\d+)\.xml|content\.xml")


def words(name: str, data: bytes) -> str:
    """Everything that a page prints, without mark-up and blanks, in plain digits."""
    if name.endswith((".docx", ".odt")):
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            parts = [name for name in file.namelist() if _PRINTED.fullmatch(name)]
            text = "\n".join(file.read(part).decode() for part in parts)
    elif name.endswith(".pdf"):
        with pdfplumber.open(io.BytesIO(data)) as file:
            # In the order of the file: a page may stand aside.
            text = "\n".join("".join(c["text"] for c in page.chars) for page in file.pages)
    elif name.endswith(".mhtml"):
        part = email.message_from_bytes(data).get_payload()[0]  # type: ignore[index]
        text = part.get_payload(decode=True).decode()  # type: ignore[union-attr]
    else:
        text = decoded(name, data)
    text = unescape(_TAGS.sub("", unescape(text)))  # some print a page as a text
    text = unicodedata.normalize("NFKC", to_simplified(text))
    return re.sub(r"[\s\u200b]", "", text.replace("&nbsp;", "").replace("\\n", ""))


def decoded(name: str, data: bytes) -> str:
    if name.endswith(".json"):
        return json.dumps(json.loads(data), ensure_ascii=False)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16")
    # "gb" styles store GB, whatever they declare; "as-gb2312" alone says what a page declares.
    stored_as_gb = "-gb" in name and "-utf8-as" not in name
    text = data.decode("gb18030" if stored_as_gb else "utf-8-sig")
    return text.replace(_BETWEEN_PIECES, "")


@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES)
@pytest.mark.parametrize("seed", range(3))
def test_a_page_prints_what_it_says(style: Style, seed: int) -> None:
    report = make_report(Random(seed))
    page = style.page(report, seed)
    assert page.cells.keys() == report.cells.keys()
    text = words(page.name, page.data)
    for value in page.cells.values():
        if value is not None and len(str(value)) > 1:
            # Amounts are in 10,000 yuan; some pages print them in yuan.
            printed = [str(value)] if isinstance(value, int) else [f"{value:f}", _yuan(value)]
            assert any(number in text.replace(",", "") for number in printed), value
    for key in ("title", "index_number"):
        said = getattr(page.metadata, key)
        if said is not None:
            assert to_simplified("".join(said.split())) in _narrow(text), key
    assert page.metadata.agency is not None
    assert "".join(page.metadata.agency.split()) in text


def _yuan(value: Decimal) -> str:
    return f"{(value * 10_000).normalize():f}"


def _narrow(text: str) -> str:
    return text.replace("(", "（").replace(")", "）")


@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES)
def test_a_page_can_be_made_again(style: Style) -> None:
    report = make_report(Random(7))
    assert style.page(report, 7) == style.page(report, 7)


def test_blanks_are_said_to_be_null() -> None:
    nulls = [
        value is None
        for seed in range(10)
        for value in STYLES["html-blanks"].page(make_report(Random(seed)), seed).cells.values()
    ]
    assert 0 < sum(nulls) < len(nulls)


@pytest.mark.parametrize("damage", CELL_DAMAGES)
@pytest.mark.parametrize("seed", range(5))
def test_a_damage_shows_on_the_page(damage: str, seed: int) -> None:
    report = make_report(Random(seed), scale="medium")
    style = STYLES["text-markdown"]
    whole, page = style.page(report, seed), style.page(report, seed, CELL_DAMAGES[damage])
    assert whole.data != page.data
    changed = {path for path, value in page.cells.items() if value != whole.cells[path]}
    assert changed <= page.changed.keys()
    assert all(page.changed[path] == whole.cells[path] for path in changed)


@pytest.mark.parametrize("seed", range(20))
def test_a_changed_cell_is_printed(seed: int) -> None:
    report = make_report(Random(seed))
    page = STYLES["html-plain"].page(report, seed, CELL_DAMAGES["change_cell"])
    ((path, before),) = page.changed.items()
    assert page.cells[path] != before == report.cells[path]
    assert f">{page.cells[path]}<" in page.data.decode()


@pytest.mark.parametrize("damage", PAGE_DAMAGES)
def test_a_page_damage_changes_the_bytes(damage: str) -> None:
    page = STYLES["html-plain"].page(make_report(Random(3)), 3)
    assert PAGE_DAMAGES[damage](page.data, Random(3)) != page.data
