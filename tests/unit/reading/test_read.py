"""The kind of a source is told from its content; what cannot be read says why and what to do."""

import io
import json
import zipfile
from base64 import b64encode

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from gongkai.errors import Reason, SourceError
from gongkai.reading import Document, Grid, Source, classify_empty, join_documents, read
from gongkai.settings import Settings

SETTINGS = Settings(lang="en")
PAGE = (
    "<html><head><title>年报</title></head><body><p>政府信息公开</p>"
    "<table><tr><td>规章</td><td>1</td></tr></table></body></html>"
)
OUTLINE = ["政府信息公开", [["规章", "1"]]]


def outline(document: Document) -> list[object]:
    return [b.texts if isinstance(b, Grid) else b.text for b in document.blocks]


def reading(data: bytes | str, **details: str) -> Document:
    data = data.encode() if isinstance(data, str) else data
    return read(Source("x", data, **details), SETTINGS)  # type: ignore[arg-type] # strings only


def reason(data: bytes | str) -> Reason:
    with pytest.raises(SourceError) as raised:
        reading(data)
    assert raised.value.message.startswith("x: ")
    assert raised.value.hint
    return raised.value.reason


def package(parts: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (PAGE, "html"),
        ("<?xml version='1.0'?>\n<!-- x -->" + PAGE, "html"),
        ("\ufeff" + PAGE, "html"),
        (PAGE[PAGE.index("<p>") :], "html"),
        ("标题 " + PAGE[PAGE.index("<p>") :], "html"),
        ("规章 | 1 |", "text"),
        ("印发<中华人民共和国条例>的通知", "text"),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "markdown"),
        (json.dumps({"content": PAGE}), "json"),
        ("var a = 1;\nvar page = " + json.dumps(PAGE) + ";", "javascript"),
    ],
)
def test_kinds(data: str, kind: str) -> None:
    document = reading(data)
    assert document.format == kind
    assert document.path == "x"


@pytest.mark.parametrize(
    "data",
    [
        json.dumps({"title": "年报", "data": {"content": PAGE}}),
        json.dumps([{"content": PAGE, "copy": PAGE}], ensure_ascii=False),
        json.dumps({"content": PAGE.replace("<", "&lt;").replace(">", "&gt;")}),
        json.dumps({"content": json.dumps(PAGE).replace("<", "\\u003c")}),
        json.dumps({"data": b64encode(json.dumps({"content": PAGE + " " * 99}).encode()).decode()}),
        "callback(" + json.dumps({"content": PAGE}) + ")",
        "var c = '" + PAGE.replace("<", "\\x3c") + "';",
        "var c = '" + PAGE.replace("<", "\\u003c") + "', n = 1;",
        "var c = `" + PAGE + "`; // \\n",
        "<html><div id=app></div><script>var c='" + PAGE.replace("<", "\\u003c") + "'</script>",
        "<html><textarea>" + PAGE.replace("<", "&lt;") + "</textarea>",
    ],
)
def test_pages_inside_strings(data: str) -> None:
    assert outline(reading(data)) == OUTLINE


def test_a_page_written_piece_by_piece() -> None:
    script = "document.write('<table><tr>');document.write(\"<td>规章</td>\" + '<td>1</td>');"
    script += "document.write('<\\/tr><\\/table>');"
    assert outline(reading(script)) == [[["规章", "1"]]]


def test_json_with_plain_text_and_metadata() -> None:
    data = json.dumps(
        {"title": "年报", "id": 7, "text": "一、总体\n规章\t1\n总\t2"}, ensure_ascii=False
    )
    document = reading(data)
    assert outline(document) == ["一、总体", [["规章", "1"], ["总", "2"]]]
    assert document.title == "年报"
    assert document.meta["id"] == "7"


def test_mhtml() -> None:
    data = (
        b"From: <Saved by Blink>\r\nSnapshot-Content-Location: http://a.gov.cn/1\r\nSubject: x\r\n"
        b"Date: Sat, 3 Feb 2024 04:05:06 -0000\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/related; type="text/html"; boundary="b"\r\n\r\n'
        b"--b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n"
        b"Content-Location: http://a.gov.cn/1\r\n\r\n"
        b"<p>=E6=94=BF=E5=BA=9C</p><table><tr><td>a=\r\n</td><td>1</td></tr></table>\r\n"
        b"--b\r\nContent-Type: text/css\r\n\r\np{}\r\n--b--\r\n"
    )
    document = reading(data)
    assert (document.format, document.url) == ("mhtml", "http://a.gov.cn/1")
    assert str(document.fetched_on) == "2024-02-03"
    assert outline(document) == ["政府", [["a", "1"]]]


def test_text_that_begins_like_a_message() -> None:
    assert outline(reading("Content-Type: x\n正文")) == ["Content-Type: x", "正文"]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", Reason.EMPTY),
        (b" \r\n\t\0", Reason.EMPTY),
        (bytes(range(32)) * 20, Reason.BINARY),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(50), Reason.UNSUPPORTED_FORMAT),
        (b"\xff\xd8\xff\xe0" + bytes(50), Reason.UNSUPPORTED_FORMAT),
        (b"{\\rtf1 x}", Reason.UNSUPPORTED_FORMAT),
        (b"\xef\xbb\xbf\r\n {\\rtf1 x}", Reason.UNSUPPORTED_FORMAT),
        (
            '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'  # noqa: ISC004 - one text
            '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"></Workbook>',
            Reason.UNSUPPORTED_FORMAT,
        ),
        (b"7z\xbc\xaf\x27\x1c" + bytes(20), Reason.UNSUPPORTED_FORMAT),
        (b"PK\x03\x04" + b"x" * 50, Reason.DAMAGED),
        (
            package({"a": ""}).replace(b"PK\x01\x02\x14\x03\x14", b"PK\x01\x02\x14\x03\xce"),
            Reason.DAMAGED,
        ),
        (b"%PDF-1.4\nrubbish", Reason.DAMAGED),
        (package({"xl/workbook.xml": ""}), Reason.UNSUPPORTED_FORMAT),
        (package({"OFD.xml": ""}), Reason.UNSUPPORTED_FORMAT),
        (package({"word/document.xml": "<a"}), Reason.DAMAGED),
        (
            package({"word/document.xml": "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"}),
            Reason.DAMAGED,
        ),
        ("<?xml version='1.0'?><w:wordDocument/>", Reason.DAMAGED),
    ],
)
def test_refused(data: bytes | str, expected: Reason) -> None:
    assert reason(data) is expected


@pytest.mark.parametrize(
    ("stream", "expected"),
    [
        ("WordDocument", Reason.UNSUPPORTED_FORMAT),
        ("Workbook", Reason.UNSUPPORTED_FORMAT),
        ("EncryptedPackage", Reason.ENCRYPTED),
        ("AnotherStream", Reason.UNSUPPORTED_FORMAT),
    ],
)
def test_old_office_files(stream: str, expected: Reason) -> None:
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512) + stream.encode("utf-16-le")
    assert reason(data) is expected


def test_a_text_that_opens_like_a_message_is_a_text() -> None:
    document = reading("Title: a\nContent-Type: text\n\n规章 | 0 |\n文件 | 1 |\n")
    assert document.format == "text"
    assert document.grids[0].texts == [["规章", "0"], ["文件", "1"]]


def test_old_word_names_the_conversion() -> None:
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le")
    with pytest.raises(SourceError, match="convert-to docx"):
        reading(data)


def test_larger_than_the_limit() -> None:
    with pytest.raises(SourceError) as raised:
        read(Source("x", b"x" * 11), Settings(max_bytes=10))
    assert raised.value.reason is Reason.TOO_LARGE


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<html><body><div id=app></div><script>go()</script>", Reason.SHELL_PAGE),
        ("<noscript>请开启 JavaScript</noscript><script>1</script>", Reason.SHELL_PAGE),
        ("<p>2023年度报告</p><a href='/f/1.pdf'>年度报告.pdf</a>", Reason.ATTACHMENT_ONLY),
        ("<p>" + "政府信息公开年度报告的全部正文。" * 40 + "</p>", Reason.NO_TABLES),
        ("<p>" + "今天天气很好，适合出门散步和读书。" * 40 + "</p>", Reason.NOT_A_REPORT),
        ("今天天气很好", Reason.NOT_A_REPORT),
        (
            "<h1>2023年度法治政府建设年度报告</h1><p>" + "推进政府信息公开，成效明显。" * 40,
            Reason.NOT_A_REPORT,
        ),
        (
            "<h1>2023年政府信息公开指南</h1><p>" + "推进政府信息公开，成效明显。" * 40,
            Reason.NOT_A_REPORT,
        ),
        (
            "<h1>2023年政府信息公开年报</h1><p>" + "推进政府信息公开，成效明显。" * 40,
            Reason.NO_TABLES,
        ),
    ],
)
def test_documents_without_tables(page: str, expected: Reason) -> None:
    error = classify_empty(reading(page))
    assert error.reason is expected
    if expected is Reason.ATTACHMENT_ONLY:
        assert "/f/1.pdf" in error.hint


def test_joined_documents_count_their_pages() -> None:
    joined = join_documents([reading("一\na | 1 |"), reading("b | 2 |"), reading("三")])
    assert outline(joined) == ["一", [["a", "1"]], [["b", "2"]], "三"]
    assert [block.place.page for block in joined.blocks] == [1, 1, 2, 3]
    assert str(joined.grids[1].at(0, 1)) == "page 2, line 1, cell 2"
    assert len({block.place for block in joined.blocks}) == 4


@pytest.mark.parametrize(
    "data",
    [
        "{'" + "\\'" * 20_000 + "\\u003ctd",
        "var a = '" + '"' * 20_000 + "\\u003ctd",
        "<!-- x -->" * 5_000 + "x",
        "A: b\r\n" * 59 + "C\r\n",
        "<" * 50_000,
        "<table>" + "<tr><td rowspan=99999>1" * 2_000,
        "|" * 100_000,
        "&lt;table" * 10_000,
    ],
)
def test_inputs_that_would_take_quadratic_time(data: str) -> None:
    reading(data)


_PIECES = (
    "<table>,<tr>,<td>,</td>,</table>,<p>,</p>,<br>,<div hidden>,</div>,<input value=1>,"
    '<select><option>,<td colspan=3 rowspan=2>,|,\t,\n,---,&lt;table>,\\u003ctd,",'
    "',{,[,规章,0,<!--,"
    "<svg>,<template>,<pre>,<caption>"
)
_MARKUP = st.sampled_from(_PIECES.split(","))


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(
    st.one_of(st.binary(max_size=500), st.lists(_MARKUP, max_size=60).map("".join).map(str.encode))
)
@example(b"PK\x05\x06" + bytes(18))
@example(b"%PDF-1.4\n%%EOF")
@example(b"MIME-Version: 1.0\n\n")
@example(b'{"a":' * 2000)
@example(b"WARC/1.0\r\n")
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        document = reading(data)
    except SourceError as error:
        assert error.message  # noqa: PT017 - any of them will do
    else:
        assert len({block.place for block in document.blocks}) == len(document.blocks)


@given(
    st.lists(
        st.lists(st.sampled_from(["", "0", "规章", "a b", "　"]), min_size=2, max_size=5),
        min_size=1,
        max_size=6,
    )
)
@example([[""] * 4] * 3)
@example([[""] * 4, [""] * 4, [*[""] * 3, "0"]])
def test_all_cells_of_a_table_come_back(rows: list[list[str]]) -> None:
    markup = "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in rows)
    assert reading(f"<table>{markup}</table>").grids[0].texts == rows
    piped = "\n".join("".join(f"{cell} | " for cell in row) for row in rows)
    assert reading("题\n" + piped).grids[0].texts == rows
    filled = [cell for row in rows for cell in row[1::2]]
    doubled = all(len(row) % 2 == 0 and not any(row[::2]) for row in rows)
    assume(not doubled or sum(map(bool, filled)) * 2 <= len(filled))  # two tabs may be one
    tabbed = "\n".join("\t".join(["题", *row]) for row in rows)
    assert reading(tabbed).grids[0].texts == [["题", *row] for row in rows]


def test_radicals_are_the_characters_that_they_look_like() -> None:
    lines = "正镶⽩旗⼈⺠政府\n⾏政许可\n".encode()
    assert [p.text for p in read(Source("x", lines), Settings()).paragraphs] == [
        "正镶白旗人民政府",
        "行政许可",
    ]
