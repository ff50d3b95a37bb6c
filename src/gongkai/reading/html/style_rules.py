"""The rules of a page's own style sheets, as far as they say what of its text is shown."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING

from gongkai.reading.html import looks
from gongkai.reading.html import tags as t
from gongkai.reading.html.pale import LOOK

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

# Words without which a rule changes no look: to look for them is faster.
_DIMMING = (
    *("visibility", "opacity", "size:0", "size: 0", ":-", ": -", "scale(0", "rect(", "clip-path"),
)
_TELLING = (
    *_DIMMING,
    *("mso-hide", "line-through", "super", ":sub", ": sub", ":text-", ": text-", "-override"),
    "content:",
)
#: A colour like that of paper, found faster than by what :mod:`gongkai.reading.html.pale` knows.
_PALE = re.compile(
    r"color\s*:\s*(?:#(?:[ef]{3}|(?:[ef][\da-f]){3}|[\da-f]{3}0|[\da-f]{6}00)(?![\da-f])"
    r"|[a-z]*white|snow|ivory|transparent|rgb|hsl)"
)
_DISPLAY = re.compile(r"display\s*:\s*(\w+)")
#: Digits that a page prints before or after an element's text, and an attribute that it prints.
_DIGITS = re.compile(r"""content\s*:\s*(["'])(?=[^"']*\d)(?:[\d.,]|\\0*3\d\s?)+\1""")
_BESIDE = re.compile("::?(?:before|after)", re.IGNORECASE)
_PRINTED = re.compile(r"content\s*:\s*attr\(\s*([\w-]+)\s*\)")
# A comment that does not end holds all that follows.
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)|<!--|-->", re.DOTALL)
_RULE = re.compile(r"([^{}]*)([{}])")
_NAME = re.compile(r"[.#][\w-]+")
_PLAIN = re.compile(r"\w*[.#][\w-]+")
_END = re.compile(r"\w*([.#][\w-]+)")
_INSIDE = re.compile(r"[.#][\w-]+\s*>\s*([.#][\w-]+)\s*(?=,|$)")
_BOTH = re.compile(r"\s*\w*(?:[.#][\w-]+){2,}\s*")
_ALONE = re.compile(r"\s*\w*(?:[.#][\w-]+)+\s*")
_SHOWN = (t.INLINE, t.UNSURE)
#: What takes a look from an element: a colour of its text, or what makes it visible.
_UNDOES = (
    (t.UNSURE, re.compile(r"(?<![-\w])color\s*:")),
    (t.UNSEEN, re.compile(r"visibility\s*:\s*visible|opacity\s*:\s*0*\.?[1-9]")),
)
_PARTED = re.compile(r"[\s>+~]+")
#: What a framework adds to every selector of a component's own sheet.
_SCOPE = re.compile(r"\[data-v-\w+\]")
#: Rules for the screen, or for all media, always hold.
_EVERYWHERE = re.compile(r"\s*@media\s+(?:only\s+)?(?:screen|all)\s*")
_ON_PAPER = re.compile(r"\s*@media\s+(?:only\s+)?print\s*")
#: What a selector asks of an element beside its names: a state or a place, and attributes.
_STATE = re.compile(r":[\w-]+(?:\([^)]{0,99}\))?")
_PASSING = re.compile(":(?:hover|focus|active|target|checked|visited)")
_POINTED_AT = re.compile(":(?:hover|focus|active)")
_ATTRIBUTE = re.compile(r"\[\s*(?!class|id|style)([\w-]{1,99})[^\]]{0,99}\]")
#: What stands before a colour in its rule is shorter.
_LONGEST_RULE = 300
_LETTERS = frozenset("b big em i ins mark small strong u".split())  # noqa: SIM905
_OF_TABLE = re.compile(r"(?:^|[\s>])(?:table|t[dhr])\b")


class ForSeveral:
    """Rules for elements with several names, found by the rarest of them: few rules share it.

    Args:
        rules: the names that each asks for.
    """

    def __init__(self, rules: Collection[frozenset[str]]) -> None:
        count = Counter(chain.from_iterable(rules))
        self._rules: dict[str, list[frozenset[str]]] = {}
        for rule in rules:
            self._rules.setdefault(min(rule, key=count.__getitem__), []).append(rule)

    def met(self, own: set[str]) -> list[frozenset[str]]:
        """Return the rules for an element with these names."""
        return [rule for name in own for rule in self._rules.get(name, ()) if rule <= own]


@dataclass
class Sheet:
    """What the rules of style sheets say.

    Attributes:
        hidden: selectors of what is not displayed: ``.name``, ``#name``, ``tr.name``.
        shown: for each rule that displays an element, the classes and the identity it has to have.
        looks: number of a rule, and the code that it gives inline elements, by the last name of a
            selector.
        count: how many rules give one.
        inline: those names of what is not displayed.
        inside: those among them that are hidden right inside of a named element.
        undone: looks that rules take from elements, by the names that these have to have.
        undoing: those rules.
        coloured: names of what has a colour behind its text.
        printed: attributes that are printed beside an element's text.
        digits: names of what has digits printed beside its text.
        certain: those of ``shown`` that ask for nothing else, wherever an element stands.
        doubted: what rules ask of that they hide, strike or raise, where a tag tells but part of
            it: classes, identity, ``[attributes``, names of elements.
    """

    hidden: set[str] = field(default_factory=set)
    shown: list[frozenset[str]] = field(default_factory=list)
    looks: dict[str, tuple[int, int]] = field(default_factory=dict)
    count: int = 0
    inline: set[str] = field(default_factory=set)
    inside: set[str] = field(default_factory=set)
    undone: dict[frozenset[str], set[int]] = field(default_factory=dict)
    undoing: ForSeveral = field(default_factory=lambda: ForSeveral(()))
    coloured: set[str] = field(default_factory=set)
    printed: set[str] = field(default_factory=set)
    digits: set[str] = field(default_factory=set)
    certain: set[frozenset[str]] = field(default_factory=set)
    doubted: set[frozenset[str]] = field(default_factory=set)

    def look_of(self, own: set[str]) -> int:
        """Return the code that an inline element with these names has by its look."""
        given = [self.looks[name] for name in own if name in self.looks]
        undone = set[int]().union(*map(self.undone.__getitem__, self.undoing.met(own)))
        if not own.isdisjoint(self.coloured):
            undone.add(t.UNSURE)
        return max((pair for pair in given if pair[1] not in undone), default=(0, t.INLINE))[1]


def read_sheets(sheets: Sequence[str]) -> Sheet:
    """Read the rules of a page's style sheets."""
    read = Sheet()
    undoing: list[tuple[str, str, bool]] = []
    for sheet in sheets:
        small = sheet.lower()
        words = [word for word in _TELLING if word in small]
        words += ["color"] if _has_pale(small) else []
        words += ["font"] if looks.TINY.search(small) else []
        # The word alone is found faster, and most sheets hide nothing.
        if not words and ("none" not in small or not looks.NOT_SHOWN.search(small)):
            continue
        rules = list(_rules(sheet))
        for selectors, text, always in rules:
            if "display" in text:
                _take_display(read, selectors, text, always=always)
            looked = any(map(text.__contains__, words))
            if always and looked:
                _take_look(read, selectors, text)
            if always and ((looked and _look(text) not in _SHOWN) or looks.NOT_SHOWN.search(text)):
                read.doubted |= _asked(selectors)
        undoing += rules
    if read.looks:
        _take_back(read, undoing)
        read.undoing = ForSeveral(read.undone)
    return read


def _has_pale(small: str) -> bool:
    """Tell whether a sheet gives something a pale colour, but for what a reader points at."""
    for pale in _PALE.finditer(small):
        start, end = max(pale.start() - _LONGEST_RULE, 0), pale.start()
        selectors = small[small.rfind("}", start, end) + 1 : end].partition("{")[0]
        if not all(map(_PASSING.search, selectors.split(","))):
            return True
    return False


def _take_display(read: Sheet, selectors: str, text: str, *, always: bool) -> None:
    for display in _DISPLAY.findall(text):
        if display != "none":
            read.shown += _owned(selectors)
            alone = filter(_ALONE.fullmatch, selectors.split(",")) if always else ()
            read.certain.update(frozenset(_NAME.findall(one)) for one in alone)
        elif always:
            read.hidden |= _plain(selectors)
            read.inline |= _last(selectors)
            read.inside.update(_INSIDE.findall(selectors))


def _take_look(read: Sheet, selectors: str, text: str) -> None:
    look = _look(text)
    if look != t.INLINE:
        read.count += 1
        read.looks.update(dict.fromkeys(_last(selectors), (read.count, look)))
    if "content" in text:
        if _DIGITS.search(text):
            read.digits |= _last(_BESIDE.sub("", selectors))
        read.printed.update(_PRINTED.findall(text))


def _take_back(read: Sheet, rules: Iterable[tuple[str, str, bool]]) -> None:
    """Note which rules take a look from an element, and which give it a colour behind its text."""
    named = read.looks.keys()
    for selectors, text, _ in rules:
        if "background" in text and looks.GROUND.search(text):
            read.coloured |= _last(selectors)
        for names in () if named.isdisjoint(_NAME.findall(selectors)) else _compounds(selectors):
            if not names.isdisjoint(named):
                undone = (look for look, undoes in _UNDOES if undoes.search(text))
                read.undone.setdefault(names, set()).update(undone)


def _look(text: str) -> int:
    """Return the code of an inline element with a rule's style."""
    if ("font" in text or any(map(text.__contains__, _DIMMING))) and looks.INVISIBLE.search(text):
        return t.UNSEEN
    if "-override" in text and looks.is_turned(text):
        return t.TURNED
    if "line-through" in text and looks.STRUCK_OUT.search(text):
        return t.NARROW
    if "vertical-align" in text and looks.RAISING.search(text):
        return t.RAISED
    return t.UNSURE if LOOK.search(text) and not looks.GROUND.search(text) else t.INLINE


def _rules(sheet: str) -> Iterator[tuple[str, str, bool]]:
    """Yield the selectors of each rule, its style in small letters, and whether it always holds.

    Rules for paper say nothing of the page.
    """
    sheet = _COMMENT.sub(" ", sheet)
    # What stands behind the last brace is no rule: to look for one there takes the square of time.
    sheet = sheet[: max(sheet.rfind("{"), sheet.rfind("}")) + 1]
    if "[data-v-" in sheet:
        sheet = _SCOPE.sub("", sheet)
    selectors = ""
    around: list[bool] = []  # whether what is open always holds
    limits = 0  # how much of it does not
    paper = 0  # where rules for paper begin in it
    for text, brace in _RULE.findall(sheet):
        if brace == "{":
            selectors = text.rpartition(";")[2]
            around.append(_EVERYWHERE.fullmatch(selectors) is not None)
            limits += not around[-1]
            if not paper and _ON_PAPER.fullmatch(selectors):
                paper = len(around)
        else:
            limits -= around != [] and not around[-1]
            if not paper:
                yield selectors, text.lower(), around != [] and not limits
            del around[-1:]
            if len(around) < paper:
                paper = 0


def _plain(selectors: str) -> set[str]:
    """Return the selectors of a rule that are a class or an identity, of any tag or of one."""
    return {name for one in selectors.split(",") if _PLAIN.fullmatch(name := one.strip())}


def _owned(selectors: str) -> list[frozenset[str]]:
    """Return the classes and the identity that each of a rule's selectors asks of an element.

    What a rule shows while a reader points at something is hidden until then.
    """
    always = (one.strip() for one in selectors.split(",") if not _POINTED_AT.search(one))
    ends = (_PARTED.split(one)[-1] for one in always)
    return [names for end in ends if (names := frozenset(_NAME.findall(end)))]


def _compounds(selectors: str) -> list[frozenset[str]]:
    """Return those of a rule's selectors that ask for several names of an element, and no more."""
    return [frozenset(_NAME.findall(one)) for one in selectors.split(",") if _BOTH.fullmatch(one)]


def _asked(selectors: str) -> set[frozenset[str]]:
    """Return what each selector asks of an inline element, but for those that a name tells."""
    found = set()
    for one in () if _BESIDE.search(selectors) else selectors.split(","):
        last = _PARTED.split(_STATE.sub("", one).strip())[-1]
        if _PASSING.search(one) or (":" not in one and _END.fullmatch(last)):
            continue
        names = {f"[{name}" for name in _ATTRIBUTE.findall(last)}
        names.update(_NAME.findall(last.partition("[")[0]))
        if not names and (last in _LETTERS or (last == "span" and _OF_TABLE.search(one))):
            names = {last}
        found.add(frozenset(names))
    return found - {frozenset()}


def _last(selectors: str) -> set[str]:
    """Return the class or identity that each selector ends in, but for those that hold at times."""
    always = (one.strip() for one in selectors.split(",") if ":" not in one)
    ends = (_END.fullmatch(_PARTED.split(one)[-1]) for one in always)
    return {end[1] for end in ends if end}
