"""Bytes of every encoding met, rightly and wrongly declared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.reading.charset import decode, is_binary

TEXT = "政府信息公开工作年度报告：规章 1 件，行政许可 23 件。" * 4
TRADITIONAL = "政府信息公開工作年度報告：規章 1 件，行政許可 23 件。" * 4


@pytest.mark.parametrize("declared", [None, "utf-8", "gb2312", "GBK", "gb18030", "iso-8859-1", "x"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb2312", "gbk", "gb18030"])
def test_simplified(encoding: str, declared: str | None) -> None:
    head = f'<meta charset="{declared}">' if declared else ""
    decoded = decode((head + TEXT).encode(encoding))
    assert decoded.text == head + TEXT
    assert decoded.notes == []


@pytest.mark.parametrize("declared", [None, "big5", "utf-8", "gbk"])
@pytest.mark.parametrize("encoding", ["big5", "big5hkscs", "utf-8", "gb18030"])
def test_traditional(encoding: str, declared: str | None) -> None:
    media_type = f"text/html; charset={declared}" if declared else None
    assert decode(TRADITIONAL.encode(encoding), media_type).text == TRADITIONAL


def test_a_mark_before_another_encoding() -> None:
    assert decode(b"\xef\xbb\xbf" + TEXT.encode("gb18030")) == (TEXT, "gb18030", [])


def test_a_mark_printed_twice() -> None:
    assert decode(b"\xef\xbb\xbf" * 2 + TEXT.encode()).text == TEXT


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_wide(encoding: str) -> None:
    page = f"<html><body><p>{TEXT}</p></body></html>"
    data = page.encode(encoding)
    assert decode(data).text == page
    assert not is_binary(data)


def test_the_media_type_counts_before_the_page() -> None:
    short = "规章".encode("gbk")
    assert decode(b"<meta charset=big5>" + short, "text/html;charset=gbk").text.endswith("规章")


def test_characters_beyond_gb2312_under_its_name() -> None:
    page = "<meta charset=gb2312>镕 㙍 螅镇 €"
    assert decode(page.encode("gb18030")).text == page


def test_holes_are_counted() -> None:
    data = (TEXT * 20).encode("gbk")
    decoded = decode(data[:100] + b"\xff" + data[100:] + b"\x81")
    assert decoded.encoding == "gb18030"
    assert decoded.notes == [f"replaced_characters={decoded.text.count(chr(0xFFFD))}"]
    assert decoded.text.count("规章 1 件") == TEXT.count("规章 1 件") * 20
    cut = (TEXT * 20).encode()[:-1]
    assert decode(cut).encoding == "utf-8"
    assert decode(cut).notes == ["replaced_characters=1"]


@pytest.mark.parametrize("wrong", ["latin-1", "cp1252"])
def test_mojibake_is_undone_where_nothing_is_lost(wrong: str) -> None:
    text = "政府信息公开年度报告"
    saved = text.encode().decode(wrong, "surrogateescape" if wrong == "latin-1" else "replace")
    if "\ufffd" in saved:
        assert decode(saved.encode()).text == saved
        return
    decoded = decode(saved.encode())
    assert decoded.text == text
    assert decoded.notes == ["mojibake_repaired"]


def test_utf8_read_as_gbk() -> None:
    text = "政府信息公开工作"
    assert decode(text.encode().decode("gb18030").encode()).text == text


@pytest.mark.parametrize(
    "data", [b"\x00\x01\x02\x03" * 50, bytes(range(32)) * 9, b"\x7fELF\x02" + bytes(99)]
)
def test_binary(data: bytes) -> None:
    assert is_binary(data)


@given(st.binary(max_size=300), st.sampled_from([None, "text/html; charset=gbk", "a;charset=hz"]))
def test_any_bytes_decode(data: bytes, media_type: str | None) -> None:
    decode(data, media_type).text.encode()
    is_binary(data)


@given(st.text(max_size=200).filter(lambda text: not text.startswith("\ufeff")))
def test_utf8_comes_back(text: str) -> None:
    decoded = decode(b"\xef\xbb\xbf" + text.encode())
    assert decoded.text == text or "mojibake_repaired" in decoded.notes


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8", "gb18030"])
def test_a_drawn_table_is_text(encoding: str) -> None:
    table = (
        "┌────────────┬────────────┐\n│“规章”——    │          0 │\n└────────────┴────────────┘\n"
        * 4
    )
    assert not is_binary(table.encode(encoding))
    assert decode(table.encode(encoding)).text == table
