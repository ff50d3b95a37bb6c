"""Text that a Word file hides, strikes or raises through a style with a name.

What a style says is written where it is used, so that the reader of text needs to know no styles.
"""

from __future__ import annotations

import re
from typing import NamedTuple

#: What a style says of its text, and that matters. Most files have no such style, or do not use it.
_LOOK = re.compile(
    rb'<w:(?P<name>vanish|d?strike|vertAlign|position)(?:\s+w:val="(?P<value>[^"]*)")?\s*/>'
)
_STYLE = re.compile(rb"<w:style\b(?P<tag>[^<>]*+)>")
_KIND = re.compile(rb'w:type="(character|paragraph)"')
_ID = re.compile(rb'w:styleId="([^"]*)"')
_BASE = re.compile(rb'<w:basedOn w:val="([^"]*)"')
_RUN = re.compile(rb'<w:rStyle w:val="([^"<>]*)"\s*+/>')
_USED = re.compile(rb"%b((?:(?!<w:rStyle|</w:rPr>).)*)(?=</w:rPr>)" % _RUN.pattern, re.DOTALL)
_PARAGRAPH = re.compile(rb'<w:pStyle w:val="([^"<>]*)"\s*+/>')
_OFF = (b"0", b"false", b"off")
_HIDES = (b"vanish", b"strike", b"dstrike")
_SHOWN = re.compile(rb'<w:(?:vanish|d?strike) w:val="(?:0|false|off)"\s*/>')
_DEEPEST = 10


class _Style(NamedTuple):
    base: bytes
    looks: dict[bytes, bytes]
    kind: bytes


def with_styles(xml: bytes, styles: bytes) -> bytes:
    """Return WordprocessingML with what its named styles say of text written at the text itself.

    Args:
        xml: the main part.
        styles: the part that names styles.
    """
    if not _LOOK.search(styles):
        return xml
    known = _read(styles)
    own = {name: _looks(name, known) for name in known}
    character = {n: looks for n, looks in own.items() if looks and known[n].kind == b"character"}
    hiding = {
        name
        for name, looks in own.items()
        if known[name].kind == b"paragraph" and any(sign in looks for sign in _HIDES)
    }
    if any(name in character for name in _RUN.findall(xml)):
        xml = _USED.sub(lambda used: _written(used, character), xml)
    if any(name in hiding for name in _PARAGRAPH.findall(xml)):
        xml = _SHOWN.sub(b"<w:hiddenNot/>", xml)
        xml = _PARAGRAPH.sub(
            lambda used: b"<w:hiddenStyle/>" if used[1] in hiding else used[0], xml
        )
    return xml


def _read(styles: bytes) -> dict[bytes, _Style]:
    known: dict[bytes, _Style] = {}
    for part in styles.split(b"</w:style>")[:-1]:
        style = _STYLE.search(part)
        if style is None:
            continue
        kind, name = _KIND.search(style["tag"]), _ID.search(style["tag"])
        if kind is None or name is None:
            continue
        base = _BASE.search(part, style.end())
        looks_of_text = part[style.end() :].split(b"</w:rPr>")[:-1]
        text = b"".join(looks.partition(b"<w:rPr>")[2] for looks in looks_of_text)
        looks = {look["name"]: look["value"] or b"" for look in _LOOK.finditer(text)}
        known[name[1]] = _Style(base[1] if base else b"", looks, kind[1])
    return known


def _looks(name: bytes, known: dict[bytes, _Style]) -> dict[bytes, bytes]:
    """Return what a style and those that it is based on say, as elements by their names."""
    said: dict[bytes, bytes] = {}
    for _ in range(_DEEPEST):
        if name not in known:
            break
        said = known[name].looks | said
        name = known[name].base
    return {
        look: b"<w:%b%b/>" % (look, b' w:val="%b"' % value if value else b"")
        for look, value in said.items()
        if value not in _OFF
    }


def _written(used: re.Match[bytes], looks: dict[bytes, dict[bytes, bytes]]) -> bytes:
    """Return a run's properties with its style's; what the run itself says is said last."""
    said = looks.get(used[1], {})
    more = [look for name, look in said.items() if b"<w:%b" % name not in used[2]]
    return used[0] + b"".join(more)
