"""Archives → sources: ZIP folders, gzip, WARC files. Bounded in size, ratio and depth."""

from __future__ import annotations

import lzma
import re
import struct
import zipfile
import zlib
from datetime import date
from io import BytesIO
from typing import IO, TYPE_CHECKING

from gongkai.reading.failures import Rejected
from gongkai.reading.source import Source, SourceFailure, is_hidden

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warcio.recordloader import ArcWarcRecord

    from gongkai.settings import Settings

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_GZIP = b"\x1f\x8b"
_WARC = b"WARC/"
# Text packs up to a hundred times; beyond that an archive is meant to do harm.
_MAX_RATIO = 200
_HARMLESS = 1024 * 1024
_MAX_DEPTH = 3
_CHUNK = 1024 * 1024
# Members that only documents have: such a ZIP is one source, whatever its name.
_DOCUMENT_MEMBERS = ("[Content_Types].xml", "mimetype", "OFD.xml")
#: What the zipfile module raises on damaged archives.
BAD_ZIP = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    ValueError,
    IndexError,
    KeyError,
    NotImplementedError,
)
_LENGTH = re.compile(rb"content-length:\s*(\d{1,12})", re.IGNORECASE)
_BETWEEN = len(b"\r\n\r\n")
_UTF8_NAME = 0x800
_ENCRYPTED = 0x1


def contents(
    path: str, stream: IO[bytes], settings: Settings, depth: int = 0
) -> Iterator[Source | SourceFailure]:
    """Yield what a seekable stream holds: one source, or the members of an archive.

    Args:
        path: of the stream; members are named ``path!member``.
        stream: at its start; larger archives are not read into memory.
        settings: ``max_bytes`` bounds every single source.
        depth: number of archives around this one.
    """
    head = stream.read(8)
    stream.seek(0)
    try:
        if head.startswith(_ZIP):
            yield from _zip(path, stream, settings, depth)
        elif head.startswith(_WARC):
            yield from _warc(path, stream, settings)
        elif head.startswith(_GZIP):
            yield from _gzip(path, stream, settings, depth)
        else:
            yield Source(path, _bounded(stream, settings.max_bytes))
    except Rejected as rejected:
        yield SourceFailure(path, rejected.as_error(path, settings))


def _bounded(stream: IO[bytes], limit: int) -> bytes:
    """Read a source whole, or refuse it before it is read."""
    if stream.seekable():
        size = stream.seek(0, 2)
        stream.seek(0)
        if size > limit:
            raise Rejected("too_large", limit=limit)
    data = stream.read(limit + 1)
    if len(data) > limit:
        raise Rejected("too_large", limit=limit)
    return data


def _inner(
    path: str, data: bytes, settings: Settings, depth: int
) -> Iterator[Source | SourceFailure]:
    """Yield a member, or what it holds if it is an archive itself."""
    if not data.startswith((*_ZIP, _GZIP, _WARC)):
        yield Source(path, data)
    elif depth >= _MAX_DEPTH:
        rejected = Rejected("packed", detail=f"{depth + 1} levels")
        yield SourceFailure(path, rejected.as_error(path, settings))
    else:
        yield from contents(path, BytesIO(data), settings, depth + 1)


# -- ZIP ----------------------------------------------------------------------------------------


def _zip(
    path: str, stream: IO[bytes], settings: Settings, depth: int
) -> Iterator[Source | SourceFailure]:
    try:
        archive = zipfile.ZipFile(stream)
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    except BAD_ZIP as error:
        raise Rejected("damaged", detail=f"ZIP: {error}") from error
    if any(entry.filename in _DOCUMENT_MEMBERS for entry in entries):
        stream.seek(0)
        yield Source(path, _bounded(stream, settings.max_bytes))
        return
    size = stream.seek(0, 2)
    budget = size * _MAX_RATIO + settings.max_bytes
    names = ((_name(entry), index) for index, entry in enumerate(entries))
    shown = sorted(pair for pair in names if not any(map(_is_left_out, pair[0].split("/"))))
    if not shown:
        raise Rejected("empty")
    for name, index in shown:
        member = f"{path}!{name}"
        try:
            data = read_member(archive, entries[index], settings.max_bytes)
        except Rejected as rejected:
            yield SourceFailure(member, rejected.as_error(member, settings))
            continue
        budget -= len(data)
        if budget < 0:
            # Members that share their bytes pass every test but this one.
            raise Rejected("bomb")
        yield from _inner(member, data, settings, depth)


def _is_left_out(part: str) -> bool:
    """Tell whether a part of a member's path hides it; ``.`` and ``..`` say where it stands."""
    return part.strip(".") != "" and is_hidden(part)


def _name(entry: zipfile.ZipInfo) -> str:
    """Return a member's name; old Chinese archives hold it in GBK without saying so."""
    if entry.flag_bits & _UTF8_NAME:
        return entry.filename
    try:
        raw = entry.filename.encode("cp437")
    except UnicodeEncodeError:
        return entry.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return entry.filename


def read_member(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, limit: int) -> bytes:
    """Unpack a member.

    Raises:
        Rejected: encrypted, damaged, packed in an unknown way, or larger than ``limit``.
    """
    if entry.flag_bits & _ENCRYPTED:
        raise Rejected("encrypted", detail="ZIP")
    if entry.file_size > limit:
        raise Rejected("too_large", limit=limit)
    if entry.file_size > max(entry.compress_size * _MAX_RATIO, _HARMLESS):
        raise Rejected("bomb")
    try:
        with archive.open(entry) as stream:
            data = stream.read(limit + 1)
    except NotImplementedError as error:
        raise Rejected("packed", detail=str(error)) from error
    except (*BAD_ZIP, RuntimeError, OSError) as error:
        raise Rejected("damaged", detail=f"ZIP: {error}") from error
    if len(data) > limit:
        raise Rejected("too_large", limit=limit)
    return data


# -- gzip ---------------------------------------------------------------------------------------


def _gzip(
    path: str, stream: IO[bytes], settings: Settings, depth: int
) -> Iterator[Source | SourceFailure]:
    head = stream.read(4096)
    stream.seek(0)
    if gunzip(head, 16, cut=True).startswith(_WARC) and not _is_one_member(stream):
        yield from _warc(path, stream, settings)
        return
    data = gunzip(_bounded(stream, settings.max_bytes), settings.max_bytes)
    yield from _inner(path, data, settings, depth)


def _is_one_member(stream: IO[bytes]) -> bool:
    """Tell whether a file is packed as a whole and not record by record, as WARC files should."""
    try:
        first = zlib.decompressobj(31).decompress(stream.read(_CHUNK), _CHUNK)
    except zlib.error:
        return False  # the reader of records will say where
    finally:
        stream.seek(0)
    end = first.find(b"\r\n\r\n")
    length = _LENGTH.search(first[:end])
    # The first record tells its length; a second one in the same member follows after it.
    return length is not None and len(first) > end + 4 + int(length[1]) + _BETWEEN


def gunzip(data: bytes, limit: int, *, cut: bool = False) -> bytes:
    """Unpack gzip members.

    Raises:
        Rejected: damaged, or more than ``limit`` bytes (unless ``cut``: then the first ones).
    """
    out = bytearray()
    while data:
        unpacker = zlib.decompressobj(31)
        try:
            out += unpacker.decompress(data, limit + 1 - len(out))
        except zlib.error as error:
            if out:
                break  # padding behind the last member
            raise Rejected("damaged", detail=f"gzip: {error}") from error
        if len(out) > limit:
            if cut:
                return bytes(out)
            raise Rejected("too_large", limit=limit)
        if not unpacker.eof:
            if cut:
                return bytes(out)
            raise Rejected("damaged", detail="gzip: cut short")
        data = unpacker.unused_data
    return bytes(out)


# -- WARC ---------------------------------------------------------------------------------------


def _warc(path: str, stream: IO[bytes], settings: Settings) -> Iterator[Source | SourceFailure]:
    # Imported here: few runs meet a WARC file.
    from warcio.archiveiterator import ArchiveIterator  # noqa: PLC0415
    from warcio.exceptions import ArchiveLoadFailed  # noqa: PLC0415

    found, record = False, None
    try:
        records = ArchiveIterator(stream)
        for record in records:
            if record.rec_type not in ("response", "resource"):
                continue
            found = True
            headers = record.rec_headers
            url = headers.get_header("WARC-Target-URI") or ""
            member = f"{path}!{url}"
            try:
                data = _payload(record, settings.max_bytes)
            except Rejected as rejected:
                yield SourceFailure(member, rejected.as_error(member, settings))
                continue
            _require_whole(record)
            kind = (record.http_headers or headers).get_header("Content-Type")
            fetched = _date(headers.get_header("WARC-Date"))
            for found_inside in _inner(member, data, settings, 1):
                if isinstance(found_inside, Source):
                    found_inside.url, found_inside.fetched_on = url or None, fetched
                    found_inside.media_type = kind
                yield found_inside
    except (ArchiveLoadFailed, *BAD_ZIP, OSError, AttributeError, TypeError) as error:
        # The package stumbles over a broken head with errors of Python's own.
        broken = isinstance(error, (AttributeError, TypeError))
        detail = f"WARC: {'a record has no proper head' if broken else error}"
        raise Rejected("damaged", detail=detail) from error
    if record is not None:
        _require_whole(record)
    if records.err_count:
        raise Rejected("damaged", detail="WARC: lengths of records do not add up")
    if not found:
        raise Rejected("empty")


def _payload(record: ArcWarcRecord, limit: int) -> bytes:
    """Return what a record holds, and read on to its end.

    Raises:
        Rejected: it is larger than ``limit``.
    """
    data: bytes = record.content_stream().read(limit + 1)
    if len(data) > limit:
        raise Rejected("too_large", limit=limit)
    while record.raw_stream.read(_CHUNK):
        pass  # what stands behind the last chunk of a page
    return data


def _require_whole(record: ArcWarcRecord) -> None:
    """Check that a record that was read has the length that its head states.

    Raises:
        Rejected: the file ended before.
    """
    if getattr(record.raw_stream, "limit", 0) > 0:
        url = record.rec_headers.get_header("WARC-Target-URI") or record.rec_type
        raise Rejected("damaged", detail=f"WARC: the file ends within the record of {url}")


def _date(stamp: str | None) -> date | None:
    try:
        return date.fromisoformat((stamp or "")[:10])
    except ValueError:
        return None
