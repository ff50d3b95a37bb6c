"""Damages of a printed page's bytes: cuts, losses, and encodings that are not as declared."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    PageDamage = Callable[[bytes, Random], bytes]


def _third_table(data: bytes) -> tuple[int, int]:
    """Return where table three lies in the bytes, roughly; the middle half if it is not found."""
    for encoding in ("utf-8", "gb18030"):
        start = data.find("上年结转政府信息公开".encode(encoding))
        end = data.find("结转下年度继续办理".encode(encoding), start)
        if 0 < start < end:
            return start, end
    return len(data) // 4, len(data) * 3 // 4


def cut_in_table(data: bytes, rng: Random) -> bytes:
    """Cut the page inside table three."""
    return data[: rng.randint(*_third_table(data))]


def cut_out(data: bytes, rng: Random) -> bytes:
    """Lose some bytes of the middle."""
    start = rng.randint(0, max(0, len(data) - 1))
    return data[:start] + data[start + rng.randint(1, 2000) :]


def encode_gb18030(data: bytes, rng: Random) -> bytes:
    """Store the page in GB18030 whatever it declares."""
    del rng
    try:
        return data.decode().encode("gb18030")
    except UnicodeError:
        return data


def encode_utf16(data: bytes, rng: Random) -> bytes:
    """Store the page in UTF-16 with a byte order mark."""
    del rng
    try:
        return data.decode().encode("utf-16")
    except UnicodeError:
        return data


def mojibake(data: bytes, rng: Random) -> bytes:
    """Read the page as Latin-1 and save that as UTF-8."""
    del rng
    return data.decode("latin-1").encode()


#: Damages of the page's bytes by name; those of the encoding change no number.
PAGE_DAMAGES: dict[str, PageDamage] = {
    damage.__name__: damage
    for damage in (cut_in_table, cut_out, encode_gb18030, encode_utf16, mojibake)
}
