"""Bytes → text: BOM, declarations, strict decoding, and only then detection."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_:.-]+)""", re.IGNORECASE)
_HEAD = 4096
#: Characters of a text that tell whether it was decoded rightly.
_SAMPLE = 20_000
# GB 18030 contains the older sets, and pages that declare those use characters beyond them.
_ALIASES = {
    **dict.fromkeys(
        (
            "gb2312",
            "gbk",
            "gb18030",
            "cp936",
            "x-gbk",
            "gb_2312-80",
            "csgb2312",
            "gb-2312",
            "windows-936",
            "gb",
            "chinese",
            "ms936",
        ),
        "gb18030",
    ),
    **dict.fromkeys(("big5", "big5-hkscs", "cp950", "x-x-big5", "big-5"), "big5hkscs"),
}
_COMMON = frozenset("的一政府信息公开公開年度报告報告申请請情况況数量數和不无無")
_CJK = re.compile("[\u4e00-\u9fff]")
_LATIN = re.compile("[\u0080-\u00ff]{2}")
_LETTERS = re.compile(
    "[\t\n\r -~\u2010-\u2027\u2500-\u257f\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]"
)
# What UTF-8 for 信息 and 政府 looks like after it was read as GBK.
_GBK_MOJIBAKE = re.compile("淇℃伅|鏀垮簻")
_FEW = 24
_CONTROLS = bytes(set(range(32)) - {7, 8, 9, 10, 11, 12, 13, 26, 27})


class Decoded(NamedTuple):
    """Text, the encoding that gave it, and what had to be done."""

    text: str
    encoding: str
    notes: list[str]


def is_binary(data: bytes) -> bool:
    """Tell whether bytes without a known signature are no text in any encoding."""
    head = data[:_HEAD]
    controls = len(head) - len(head.translate(None, _CONTROLS))
    if controls * 100 <= len(head):
        return False
    for mark, encoding in _BOMS:
        if head.startswith(mark):
            return not _is_legible(head.decode(encoding, "replace"))
    return _wide(head) is None


def decode(data: bytes, media_type: str | None = None) -> Decoded:
    """Decode a page or text.

    The order: a BOM; UTF-8, which no other encoding passes for by chance in a longer text; the
    declared encoding; GB 18030 or Big5, whichever gives more common words; then the encoding that
    leaves the fewest holes. Holes become U+FFFD and are counted in the notes.

    Args:
        data: bytes of the source.
        media_type: content type that came with it (``text/html; charset=gbk``), if any.
    """
    known = _marked(data)
    if known is not None:
        return known
    # A mark that a program put before another encoding says nothing.
    data = data.removeprefix(codecs.BOM_UTF8)
    text = _strictly(data, "utf-8")
    if text is not None and len(data) - len(text) >= _FEW:
        return _finish(text, "utf-8", whole=True)
    declared = _declared(data, media_type)
    if text is not None and declared != "gb18030":
        return _finish(text, "utf-8", whole=True)
    candidates = [e for e in (declared, "gb18030", "big5hkscs") if e and not e.startswith("utf")]
    found = [(e, t) for e in dict.fromkeys(candidates) if (t := _strictly(data, e)) is not None]
    if found:
        encoding, text = max(found, key=lambda pair: _commonness(pair[1]))
        return _finish(text, encoding)
    return _with_holes(data)


def _marked(data: bytes) -> Decoded | None:
    """Decode what a BOM or the zero bytes of a wide encoding tell, and do not tell wrongly."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            if encoding == "utf-8-sig" and _strictly(data, "utf-8") is None:
                return None
            return _finish(data.decode(encoding, "replace"), encoding.removesuffix("-sig"))
    wide = _wide(data[:65536]) if b"\0" in data[:_HEAD] else None
    return _finish(data.decode(wide, "replace"), wide) if wide else None


def _declared(data: bytes, media_type: str | None) -> str | None:
    for place in ((media_type or "").encode("ascii", "replace"), data[:_HEAD]):
        # An expression that begins with a choice is slow where nothing is found.
        small = place.lower()
        begins = [at for at in (small.find(b"charset"), small.find(b"encoding")) if at >= 0]
        match = _DECLARED.search(place, min(begins)) if begins else None
        if match:
            name = match[1].decode("ascii").lower()
            name = _ALIASES.get(name, name)
            try:
                codec = codecs.lookup(name)
            except LookupError:
                continue
            # Latin-1 takes any byte and proves nothing; base64 is a codec, but of no text.
            proves = codec.name not in ("iso8859-1", "cp1252", "ascii")
            if proves and codec._is_text_encoding:  # noqa: SLF001 - it has no public name
                return codec.name
    return None


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeError, ValueError):
        return None


def _commonness(text: str) -> int:
    return sum(map(_COMMON.__contains__, text[:_SAMPLE]))


def _wide(head: bytes) -> str | None:
    """Recognise UTF-16 without a BOM by the zero bytes of its ASCII characters."""
    pairs = len(head) // 2
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if pairs and odd > pairs // 16 and even * 4 < odd:
        encoding = "utf-16-le"
    elif pairs and even > pairs // 16 and odd * 4 < even:
        encoding = "utf-16-be"
    else:
        return None
    return encoding if _is_legible(head[: pairs * 2].decode(encoding, "replace")) else None


def _is_legible(text: str) -> bool:
    return len(_LETTERS.findall(text)) * 5 > len(text) * 4


def _with_holes(data: bytes) -> Decoded:
    found = ((encoding, data.decode(encoding, "replace")) for encoding in ("utf-8", "gb18030"))
    encoding, text = min(found, key=lambda pair: pair[1].count("\ufffd"))
    return _finish(text, encoding)


def _finish(text: str, encoding: str, *, whole: bool = False) -> Decoded:
    """Add the notes; ``whole`` where no byte was replaced."""
    text = text.lstrip("\ufeff")
    notes = []
    holes = 0 if whole else text.count("\ufffd")
    if holes:
        notes.append(f"replaced_characters={holes}")
    repaired = _repair(text)
    if repaired is not None:
        text = repaired
        notes.append("mojibake_repaired")
    return Decoded(text, encoding, notes)


def _repair(text: str) -> str | None:
    """Undo a wrong decoding that was saved; only where that loses nothing."""
    # A single character is found faster than a word.
    found = text.find("淇", 0, _SAMPLE) >= 0 or text.find("鏀", 0, _SAMPLE) >= 0
    if found and _GBK_MOJIBAKE.search(text, 0, _SAMPLE):
        return _redecoded(text, text.encode("gb18030"), ("utf-8",))
    # The commonest character is found faster than any.
    if "的" in text or _CJK.search(text) or not _LATIN.search(text):
        return None
    try:
        raw = _latin_bytes(text)
    except UnicodeEncodeError:
        return None
    return _redecoded(text, raw, ("utf-8", "gb18030"))


def _redecoded(text: str, raw: bytes, encodings: tuple[str, ...]) -> str | None:
    for encoding in encodings:
        other = _strictly(raw, encoding)
        if other is not None:
            return other if _commonness(other) > _commonness(text) else None
    return None


def _latin_bytes(text: str) -> bytes:
    """Encode as Windows-1252, with the five bytes that it leaves undefined as Latin-1."""
    try:
        return text.encode("latin-1")
    except UnicodeEncodeError:
        return b"".join(_latin_byte(character) for character in text)


def _latin_byte(character: str) -> bytes:
    try:
        return character.encode("cp1252")
    except UnicodeEncodeError:
        return character.encode("latin-1")
