"""Paths and archives: everything comes out, as a source or with the reason why not."""

import gzip
import io
import os
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path

import pytest

from gongkai.errors import Reason, SourceError
from gongkai.reading import Source, SourceFailure, open_sources, paths, read
from gongkai.settings import Settings

SETTINGS = Settings(max_bytes=1000)


def found(
    *paths: object, join: bool = False, settings: Settings = SETTINGS
) -> list[tuple[str, object]]:
    """Open paths; a source is its path and bytes, a failure its path and reason."""
    return [
        (item.path, item.data) if isinstance(item, Source) else (item.path, item.error.reason)
        for item in open_sources([str(path) for path in paths], settings, join=join)
    ]


def zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def test_order_of_arguments_and_of_folders(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/1.txt", "b/a/0.txt", "b/.hidden/x", "b/.x", "a.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(name.encode())
    expected = [
        (str(tmp_path / name), name.encode())
        for name in ("b/1.txt", "b/2.txt", "b/a/0.txt", "a.txt")
    ]
    assert found(tmp_path / "b", tmp_path / "a.txt") == expected
    assert found(tmp_path / "*.txt") == expected[3:]
    assert found(tmp_path / "**/*.txt") == [expected[3], expected[0], expected[1], expected[2]]


def test_what_cannot_be_opened(tmp_path: Path) -> None:
    (tmp_path / "large").write_bytes(b"x" * 1001)
    (tmp_path / "full").write_bytes(b"x" * 1000)
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "gone").symlink_to(tmp_path / "nothing")
    reasons = {Path(str(path)).name: what for path, what in found(tmp_path, tmp_path / "no*such")}
    assert reasons == {
        "large": Reason.TOO_LARGE,
        "full": b"x" * 1000,
        "pipe": Reason.UNREADABLE,
        "gone": Reason.UNREADABLE,
        "no*such": Reason.UNREADABLE,
    }
    assert found("a\0b") == [("a\0b", Reason.UNREADABLE)]


def test_a_large_file_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "sparse").open("wb") as stream:
        stream.truncate(1 << 40)
    assert found(tmp_path / "sparse") == [(str(tmp_path / "sparse"), Reason.TOO_LARGE)]


def test_link_loops_end(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a/1.txt").write_bytes(b"1")
    (tmp_path / "a/up").symlink_to(tmp_path)
    (tmp_path / "self").symlink_to(tmp_path / "self")
    assert found(tmp_path) == [
        (str(tmp_path / "a/1.txt"), b"1"),
        (str(tmp_path / "a/up"), Reason.LINK_LOOP),
        (str(tmp_path / "self"), Reason.LINK_LOOP),
    ]


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"x")
    (tmp_path / "secret").chmod(0)
    program = (
        "import os, sys\n"
        "from gongkai.reading import Source, open_sources\n"
        "from gongkai.settings import Settings\n"
        "settings = Settings(_env_file=None)\n"
        # What is imported late is imported now: another user may not enter the checkout.
        "list(open_sources([os.devnull, sys.argv[1] + '.absent'], settings))\n"
        # Root may read everything: only another user meets the refusal.
        "os.geteuid() or os.setuid(65534)\n"
        "for item in open_sources([sys.argv[1]], settings):\n"
        "    print('read' if isinstance(item, Source) else item.error.reason)\n"
    )
    tmp_path.chmod(0o755)
    for folder in (tmp_path.parent, tmp_path.parent.parent):
        folder.chmod(0o755)
    command = [sys.executable, "-c", program, str(tmp_path / "secret")]
    shown = subprocess.run(command, capture_output=True, text=True, check=True)
    assert shown.stdout == "unreadable\n"


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"abc")))
    assert found("-") == [("-", b"abc")]
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"x" * 1001)))
    assert found("-") == [("-", Reason.TOO_LARGE)]


def test_sources_are_opened_one_by_one(tmp_path: Path) -> None:
    (tmp_path / "1").write_bytes(b"1")
    (tmp_path / "2").write_bytes(b"2")
    sources = open_sources([str(tmp_path)], SETTINGS)
    next(sources)
    (tmp_path / "2").write_bytes(b"changed")
    assert [source.data for source in sources if isinstance(source, Source)] == [b"changed"]


def test_join_makes_one_source_of_a_folder(tmp_path: Path) -> None:
    for name, text in (("p10.txt", "三"), ("p2.txt", "二"), ("p1.txt", "一")):
        (tmp_path / name).write_text(text)
    (source,) = open_sources([str(tmp_path)], SETTINGS, join=True)
    assert isinstance(source, Source)
    assert source.path == str(tmp_path)
    document = read(source, SETTINGS)
    assert [(p.text, p.place.page) for p in document.paragraphs] == [
        ("一", 1),
        ("二", 2),
        ("三", 3),
    ]
    assert source.sha256 != Source("x", b"").sha256


def test_members_of_zip_folders(tmp_path: Path) -> None:
    inner = zipped({"x.txt": b"x"})
    data = zipped(
        {"b.txt": b"b", "a/报告.txt": b"a", ".hidden": b"", "__MACOSX/b": b"", "in.zip": inner}
    )
    (tmp_path / "z").write_bytes(data)
    path = str(tmp_path / "z")
    assert found(path, settings=Settings()) == [
        (f"{path}!a/报告.txt", b"a"),
        (f"{path}!b.txt", b"b"),
        (f"{path}!in.zip!x.txt", b"x"),
    ]


def test_gbk_names_in_zip_folders(tmp_path: Path) -> None:
    raw = "年报.txt".encode("gbk")
    data = zipped({"a" * len(raw): b"x"}).replace(b"a" * len(raw), raw)
    (tmp_path / "z").write_bytes(data)
    assert found(tmp_path / "z") == [(f"{tmp_path}/z!年报.txt", b"x")]


def test_bombs_and_damaged_archives(tmp_path: Path) -> None:
    (tmp_path / "bomb").write_bytes(zipped({"0": b"\0" * 30_000_000, "1": b"1"}))
    (tmp_path / "cut").write_bytes(zipped({"1": b"1"})[:-30])
    (tmp_path / "flipped").write_bytes(zipped({"1": b"1234567890" * 9}).replace(b"1234", b"9234"))
    (tmp_path / "gz").write_bytes(gzip.compress(b"x" * 2000))
    (tmp_path / "gzcut").write_bytes(gzip.compress(b"abc" * 50)[:-12])
    settings = Settings(max_bytes=100_000_000)
    assert [item[1] for item in found(tmp_path / "bomb", settings=settings)] == [
        Reason.TOO_LARGE,
        b"1",
    ]
    assert [item[1] for item in found(tmp_path / "bomb")] == [Reason.TOO_LARGE, b"1"]
    assert [item[1] for item in found(tmp_path / "cut")] == [Reason.DAMAGED]
    assert [item[1] for item in found(tmp_path / "gz")] == [Reason.TOO_LARGE]
    assert [item[1] for item in found(tmp_path / "gzcut")] == [Reason.DAMAGED]


@pytest.mark.parametrize("method", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2, zipfile.ZIP_DEFLATED])
def test_a_damaged_member_costs_itself_alone(tmp_path: Path, method: int) -> None:
    with zipfile.ZipFile(tmp_path / "z", "w", method) as file:
        file.writestr("1", bytes(range(256)) * 9)
        file.writestr("2", b"2")
    data = bytearray((tmp_path / "z").read_bytes())
    data[40:130] = b"\xff" * 90  # behind the head of the first one
    (tmp_path / "z").write_bytes(data)
    assert [what for _, what in found(tmp_path, settings=Settings())] == [Reason.DAMAGED, b"2"]


def test_what_nobody_foresaw_costs_one_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(*_: object) -> None:
        raise RecursionError("too deep")

    for name in ("1.txt", "2.txt"):
        (tmp_path / name).write_bytes(b"x")
    monkeypatch.setattr(paths, "contents", stumble)
    assert [what for _, what in found(tmp_path)] == [Reason.DAMAGED] * 2


def test_patterns_match_folders_and_each_file_once(tmp_path: Path) -> None:
    for name in ("a/2023/x/1.html", "a/2023/2023/2.html", "b/2023.html", "c/3.html"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    names = [path.removeprefix(f"{tmp_path}/") for path, _ in found(f"{tmp_path}/**/2023*")]
    assert names == ["a/2023/2023/2.html", "a/2023/x/1.html", "b/2023.html"]
    assert len(found(f"{tmp_path}/**")) == len(found(f"{tmp_path}/**/*")) == 4


def test_dots_in_a_members_path_hide_nothing(tmp_path: Path) -> None:
    members = {"../up.txt": b"1", "./here.txt": b"2", "a/./../.hidden": b"3"}
    (tmp_path / "z").write_bytes(zipped(members))
    assert found(tmp_path / "z") == [
        (f"{tmp_path}/z!../up.txt", b"1"),
        (f"{tmp_path}/z!./here.txt", b"2"),
    ]


@pytest.mark.parametrize("members", [{}, {".DS_Store": b"x", "__MACOSX/a": b"x"}])
def test_zip_folders_that_show_nothing(tmp_path: Path, members: dict[str, bytes]) -> None:
    (tmp_path / "z").write_bytes(zipped(members))
    assert [what for _, what in found(tmp_path)] == [Reason.EMPTY]


def test_a_member_without_a_name(tmp_path: Path) -> None:
    data = zipped({"a": b"1"})
    directory = data.index(b"PK\x01\x02")
    size = data[directory + 28 : directory + 30]
    assert size == b"\x01\0"
    (tmp_path / "z").write_bytes(data[: directory + 28] + b"\0\0" + data[directory + 30 :])
    assert [what for _, what in found(tmp_path)] == [Reason.DAMAGED]


def test_archives_within_archives_end(tmp_path: Path) -> None:
    data = b"x"
    for _ in range(6):
        data = zipped({"z": data})
    (tmp_path / "z").write_bytes(data)
    assert [what for _, what in found(tmp_path, settings=Settings())] == [Reason.UNSUPPORTED_FORMAT]


def test_encrypted_members(tmp_path: Path) -> None:
    data = bytearray(zipped({"1": b"1"}))
    data[data.index(b"PK\x03\x04") + 6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "z").write_bytes(data)
    assert found(tmp_path / "z") == [(f"{tmp_path}/z!1", Reason.ENCRYPTED)]


def test_gzip(tmp_path: Path) -> None:
    (tmp_path / "a.html.gz").write_bytes(gzip.compress(b"<p>1") + gzip.compress(b"2"))
    assert found(tmp_path) == [(f"{tmp_path}/a.html.gz", b"<p>12")]


def warc_record(kind: str, body: bytes) -> bytes:
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=gbk\r\n\r\n" + body
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: http://a.gov.cn/1.html\r\n"
        "WARC-Date: 2024-02-03T04:05:06Z\r\nContent-Type: application/http;msgtype=response\r\n"
        f"Content-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


@pytest.mark.parametrize("packed", [False, True])
def test_warc_records_bring_address_and_date(tmp_path: Path, *, packed: bool) -> None:
    body = "<p>报告</p>".encode("gbk")
    records = [warc_record("response", body), warc_record("metadata", b"x")]
    (tmp_path / "w").write_bytes(b"".join(map(gzip.compress, records) if packed else records))
    (source,) = open_sources([str(tmp_path / "w")], SETTINGS)
    assert isinstance(source, Source)
    assert source.path == f"{tmp_path}/w!http://a.gov.cn/1.html"
    document = read(source, SETTINGS)
    assert document.paragraphs[0].text == "报告"
    assert (document.url, document.fetched_on) == ("http://a.gov.cn/1.html", date(2024, 2, 3))


@pytest.mark.parametrize(
    "data", [b"WARC/1.0\r\n", b"WARC/1.0\r\nContent-Length: x\r\n\r\n", b"WARC/9\n\n"]
)
def test_damaged_warc_files(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "w").write_bytes(data)
    ((_, reason),) = found(tmp_path / "w")
    assert reason in (Reason.DAMAGED, Reason.EMPTY)


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("kind", ["response", "metadata"])
def test_a_warc_file_that_ends_within_a_record_is_told(
    tmp_path: Path, kind: str, *, packed: bool
) -> None:
    body = b"".join(b"<p>%d</p>" % (n * 7919) for n in range(70))
    first, last = warc_record("response", b"<p>1</p>"), warc_record(kind, body)
    if packed:
        first, last = gzip.compress(first), gzip.compress(last)
    (tmp_path / "w").write_bytes(first + last[: len(last) // 2])
    assert found(tmp_path / "w") == [
        (f"{tmp_path}/w!http://a.gov.cn/1.html", b"<p>1</p>"),
        (f"{tmp_path}/w", Reason.DAMAGED),
    ]


def test_warc_records_of_the_wrong_length(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    record = warc_record("response", b"<p>1</p>").replace(
        b"Content-Length: 6", b"Content-Length: 5"
    )
    (tmp_path / "w").write_bytes(record)
    assert [what for _, what in found(tmp_path / "w")][-1] is Reason.DAMAGED
    capfd.readouterr()


def test_failures_speak_both_languages() -> None:
    for lang, word in (("zh", "通配符"), ("en", "pattern")):
        (failure,) = open_sources(["/no/such/*"], Settings(lang=lang))
        assert isinstance(failure, SourceFailure)
        assert word in str(failure.error)
        assert failure.error.message.startswith("/no/such/*")


def test_a_zip_folder_of_pages_is_joined(tmp_path: Path) -> None:
    names = [f"第{number}页.txt" for number in ("一", "二", "九", "十", "十一", "二十")]
    data = zipped({name: name.encode() for name in reversed(names)})
    (tmp_path / "book.zip").write_bytes(data)
    (source,) = open_sources([str(tmp_path / "book.zip")], SETTINGS, join=True)
    assert isinstance(source, Source)
    assert source.path.endswith("book.zip")
    assert [part.data.decode() for part in source.parts] == names


def test_a_cover_comes_before_the_first_page(tmp_path: Path) -> None:
    names = ["封面.txt", "1.txt", "p2.txt"]
    (tmp_path / "book.zip").write_bytes(zipped({name: name.encode() for name in sorted(names)}))
    (source,) = open_sources([str(tmp_path / "book.zip")], SETTINGS, join=True)
    assert isinstance(source, Source)
    assert [part.data.decode() for part in source.parts] == names


def test_dumps_are_not_joined(tmp_path: Path) -> None:
    (tmp_path / "a.warc").write_bytes(warc_record("response", b"<p>x</p>") * 2)
    sources = list(open_sources([str(tmp_path)], SETTINGS, join=True))
    assert [isinstance(source, Source) and source.parts for source in sources] == [(), ()]


def test_pictures_beside_pages_are_left_out(tmp_path: Path) -> None:
    (tmp_path / "1.txt").write_text("甲")
    (tmp_path / "cover.jpg").write_bytes(b"\xff\xd8\xff\xe0\0\0\0\0")
    (source,) = open_sources([str(tmp_path)], SETTINGS, join=True)
    assert isinstance(source, Source)
    document = read(source, SETTINGS)
    assert [paragraph.text for paragraph in document.paragraphs] == ["甲"]
    assert f"unread_part={tmp_path / 'cover.jpg'}" in document.notes


def test_pictures_alone_are_refused(tmp_path: Path) -> None:
    for name in ("1.jpg", "2.jpg"):
        (tmp_path / name).write_bytes(b"\xff\xd8\xff\xe0\0\0\0\0")
    (source,) = open_sources([str(tmp_path)], SETTINGS, join=True)
    assert isinstance(source, Source)
    with pytest.raises(SourceError):
        read(source, SETTINGS)


@pytest.mark.parametrize("times", [1, 3])
def test_a_dump_packed_as_a_whole(tmp_path: Path, times: int) -> None:
    (tmp_path / "a.warc.gz").write_bytes(
        gzip.compress(warc_record("response", b"<p>x</p>") * times)
    )
    sources = list(open_sources([str(tmp_path)], SETTINGS))
    assert [isinstance(source, Source) and source.url for source in sources] == [
        "http://a.gov.cn/1.html"
    ] * times


def test_an_archive_in_a_dump_keeps_its_address(tmp_path: Path) -> None:
    (tmp_path / "a.warc").write_bytes(warc_record("response", zipped({"a.txt": b"x"})))
    (source,) = open_sources([str(tmp_path)], SETTINGS)
    assert isinstance(source, Source)
    assert (source.data, source.url) == (b"x", "http://a.gov.cn/1.html")


def test_a_tape_archive_is_refused_by_name() -> None:
    with pytest.raises(SourceError) as raised:
        read(Source("x", b"a".ljust(257, b"\0") + b"ustar\0" + b"x" * 300), SETTINGS)
    assert raised.value.reason is Reason.UNSUPPORTED_FORMAT
