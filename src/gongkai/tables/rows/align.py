"""Finding the statutory labels in a stream of tokens: a monotone alignment.

Exact spellings anchor the alignment; labels broken over cells, lines or pages are joined; what is
garbled is found between its neighbours by similarity. The best chain of matches in statutory order
wins, so a header 总计 or 其他 is never taken for the row of that name.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz import fuzz

from gongkai.form.labels import GROUP_LABELS, WEAK_LABELS
from gongkai.tables.text import normalise

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gongkai.tables.stream import Token

#: Least weight of a label that nothing else prints; words such as 其他 alone make no table.
_STRONG = 0.5
#: Least score of an exact spelling: whole 100, in pieces 99.
EXACT = 99.0
#: A label may be broken into this many pieces: some columns are two characters wide.
_PIECES = 18
#: Tokens of a broken label with its row's numbers, a group's label, and a page number.
_REACH = 30
#: The same where its pieces are alike.
_NEAR_REACH = 18
#: No label of so many signs is part of another one by chance.
_LONG = 8
#: Least similarity (0-100) of a garbled label; 60 still tells all statutory labels apart.
SIMILAR = 60.0
#: What a report adds to a label: 规章（市级）.
_REMARK = re.compile(r"\s*[（(][^（()）]*[)）]\s*$")
#: The last item of any group, and the number of a group that begins with the same word.
_LAST_ITEM = "其他"
_SIXTH = re.compile(r"\s*[（(]\s*六")
#: What ends no label, and may be a cell that runs on from one.
_MARKS = frozenset("/／\\-—–−×")
#: What a group's label may be broken into, beside the lines of its rows' labels.
_GROUP_PIECES = frozenset(
    label[start:end]
    for label in GROUP_LABELS
    for start in range(len(label))
    for end in range(start + 1, len(label) + 1)
)
#: The groups that a label may name in front of its own words.
_GROUPED = re.compile(f"(?:{GROUP_LABELS[0]})?(?:[三四五六]?(?:{'|'.join(GROUP_LABELS[1:])}))?")
#: Matches that a chain looks back over: more lie between two rows of no real page.
_LOOK_BACK = 200
#: Tokens between neighbouring rows that cost nothing: label, group, seven values, padding.
_NEAR = 14


class Match(NamedTuple):
    """A label found: tokens ``start`` to ``end`` (exclusive), for the row with ``key``.

    ``pieces`` are the indices of the tokens that spell it; ``score`` is 100 for an exact spelling;
    ``weight`` is what it counts for in a chain.
    """

    start: int
    end: int
    key: str
    score: float
    pieces: tuple[int, ...]
    weight: float

    def runs_on(self, tokens: Sequence[Token]) -> bool:
        """Tell whether digits or marks run on from the label: its row is not blank, then."""
        last = tokens[self.pieces[-1]].text.rstrip()[-1:]
        return last.isdecimal() or last in _MARKS


class Labels:
    """The labels of one table, indexed for the search.

    Args:
        spellings: row key to its normalised spellings, in statutory order.
    """

    def __init__(self, spellings: Mapping[str, Sequence[str]]) -> None:
        self.spellings = dict(spellings)
        self.order = {key: number for number, key in enumerate(spellings)}
        self.exact: dict[str, list[str]] = {}
        self.prefixes: set[str] = set()
        for key, texts in spellings.items():
            for text in texts:
                for whole in self._whole(text):
                    self.exact.setdefault(whole, []).append(key)
                    self.prefixes.update(whole[:n] for n in range(1, len(whole)))

        # What holds other rows' labels is alike to each of them.
        self.alone = {
            key: [text for text in texts if not self._holds_another(text, key)]
            for key, texts in self.spellings.items()
        }
        #: What a token with a label, or with the first piece of one, reads.
        self.openers = self.prefixes | self.exact.keys()

    def _holds_another(self, text: str, key: str) -> bool:
        return any(
            len(other) >= _LONG and other in text
            for others in (texts for name, texts in self.spellings.items() if name != key)
            for other in others
        )

    @staticmethod
    def _whole(text: str) -> list[str]:
        # A group and its first row often share a cell: （三）不予公开1.属于国家秘密. Where cells
        # do not cover others, every row may name its groups: 本年度办理结果-（三）不予公开-1.….
        outer, *groups = GROUP_LABELS
        named = [number + group for number, group in zip("三四五六", groups, strict=True)]
        above = [*GROUP_LABELS, *(outer + name for name in (*"一二六七", *groups, *named))]
        return [text, *(name + text for name in above)]


def align(
    tokens: Sequence[Token], labels: Labels, *, alike: float | None = SIMILAR, low: int = 0
) -> list[Match]:
    """Return the best chain of matches in statutory order.

    Args:
        tokens: the stream; matches hold indices of it.
        labels: the table's labels.
        alike: least similarity (0-100) of the garbled labels to look for between those that were
            found; ``None`` for none.
        low: first token to look at.
    """
    found = _exact(tokens, labels, low)
    chain = _best_chain(found, labels)
    if alike is not None and chain and len(chain) < len(labels.order):
        garbled = _similar(tokens, labels, chain, alike)
        if garbled:
            chain = _best_chain(chain + garbled, labels)
    return chain


def _exact(tokens: Sequence[Token], labels: Labels, low: int) -> list[Match]:
    found: list[Match] = []
    exact, prefixes, openers = labels.exact, labels.prefixes, labels.openers
    for start in [i for i, t in enumerate(tokens[low:], low) if t.norm in openers]:
        norm = tokens[start].norm
        if norm in exact:
            weight = _weight(tokens, start, norm)
            found += [Match(start, start + 1, key, 100.0, (start,), weight) for key in exact[norm]]
        if norm in prefixes:
            found += _joined(tokens, start, labels)
    return found


def _weight(tokens: Sequence[Token], start: int, norm: str) -> float:
    """Return what an exact spelling counts for: little for a word that headers print, too.

    Of two that spell the same row, the one before its values is the row.
    """
    behind = tokens[start + 1] if start + 1 < len(tokens) else None
    # A blank that opens the next row stands for a group: the word before it ends a head.
    opens = behind is not None and behind.is_blank and behind.row != tokens[start].row
    followed = behind is not None and behind.is_value and not (opens and behind.width > 1)
    if norm not in WEAK_LABELS:
        return 1.0 if followed else 0.9
    if norm == _LAST_ITEM and _SIXTH.match(tokens[start].text):
        return 0.05  # the first piece of （六）其他处理
    # 其他处理 names one row, 其他 may be the last item of any group.
    return (0.35 if followed else 0.1) + 0.001 * len(norm)


def _joined(tokens: Sequence[Token], start: int, labels: Labels) -> list[Match]:
    """Match a label that is broken over several tokens, numbers in between allowed."""
    joined, pieces, found = tokens[start].norm, [start], []
    for index in range(start + 1, min(start + _REACH, len(tokens))):
        norm = tokens[index].norm
        if not norm:
            continue
        if norm in _GROUP_PIECES and joined + norm not in labels.openers:
            continue  # a group's label stands beside its rows, wherever their lines break
        joined += norm
        pieces.append(index)
        for key in labels.exact.get(joined, ()):
            # Of two that end alike, 其他法律… and 法律…, the row is the one with its values.
            valued = any(token.is_value for token in tokens[start + 1 : index + 2])
            weight = 0.3 if labels.spellings[key][0] in WEAK_LABELS else 0.9 + 0.09 * valued
            if len(pieces) > 1 and _in_brackets(tokens, pieces):
                weight = float(len(pieces))  # what brackets hold together are no labels of rows
            found.append(Match(start, index + 1, key, EXACT, tuple(pieces), weight))
        if joined not in labels.prefixes or len(pieces) >= _PIECES:
            break
    return found


def _in_brackets(tokens: Sequence[Token], pieces: Sequence[int]) -> bool:
    """Tell whether a bracket opens in one piece of a label and closes in the last one."""
    open_in = [
        t.count("（") + t.count("(") - t.count("）") - t.count(")")
        for t in (tokens[piece].text for piece in pieces)
    ]
    return sum(open_in) == 0 > open_in[-1]


def _similar(
    tokens: Sequence[Token], labels: Labels, chain: list[Match], alike: float
) -> list[Match]:
    """Look for the labels that the chain misses, between their neighbours in the chain."""
    order = list(labels.order)
    found: list[Match] = []
    edges = [(-1, max(0, chain[0].start - 4 * _NEAR))]
    edges += [(labels.order[m.key], m.end) for m in chain]
    starts = [m.start for m in chain] + [min(len(tokens), chain[-1].end + 4 * _NEAR)]
    numbers = [labels.order[m.key] for m in chain] + [len(order)]
    for (before, low), high, after in zip(edges, starts, numbers, strict=True):
        missing = order[before + 1 : after]
        if not missing:
            continue
        garbled = _Garbled(labels, missing, alike)
        texts = [i for i in range(low, high) if len(tokens[i].norm) > 1]
        for position, start in enumerate(texts):
            joined, pieces = "", []
            for index in texts[position : position + 4]:
                if index - start > _NEAR_REACH:
                    break
                joined += tokens[index].norm
                pieces.append(index)
                found += garbled.matches(joined, tuple(pieces))
            if remark := _REMARK.search(tokens[start].text):
                bare = normalise(tokens[start].text[: remark.start()])
                found += garbled.matches(bare, (start,), remarks=1)
    return found


def is_alike(token: Token, labels: Labels, alike: float) -> bool:
    """Tell whether a token spells one of the labels, garbled or with a remark behind it."""
    remark = _REMARK.search(token.text)
    bare = normalise(token.text[: remark.start()]) if remark else ""
    garbled = _Garbled(labels, list(labels.order), alike)
    return any(garbled.matches(text, (0,)) for text in (token.norm, bare) if text)


class _Garbled(NamedTuple):
    """Labels that may be garbled: those to look for, and how alike a text has to be (0-100)."""

    labels: Labels
    missing: Sequence[str]
    alike: float

    def matches(self, text: str, pieces: tuple[int, ...], remarks: int = 0) -> list[Match]:
        """Return the labels that a text, joined from these tokens, is alike to."""
        if text in GROUP_LABELS:
            return []
        text = text[len(_GROUPED.match(text)[0]) :] or text  # type: ignore[index] # matches ""
        found = []
        for key in self.missing:
            score = max(
                fuzz.ratio(text, label, score_cutoff=self.alike) for label in self.labels.alone[key]
            )
            if score >= self.alike:
                # More pieces must pay for themselves: a neighbour's text is easily swallowed.
                score -= 2 * (len(pieces) - 1 + remarks)
                weak = self.labels.spellings[key][0] in WEAK_LABELS
                weight = score / (300 if weak else 100)
                found.append(Match(pieces[0], pieces[-1] + 1, key, score, pieces, weight))
        if not found:
            return []
        # A piece of a label, cut or broken, is none of a label that is like it: （大量）反复申请.
        alone = self.labels.alone.items()
        holders = [key for key, own in alone if any(text in label for label in own)]
        return [match for match in found if not holders or holders == [match.key]]


def _best_chain(matches: list[Match], labels: Labels) -> list[Match]:
    """Return the heaviest chain whose rows and places both ascend (a weighted LIS)."""
    if all(match.weight < _STRONG for match in matches):
        return []
    matches = sorted(matches, key=lambda m: (m.start, m.end))
    ranks = [labels.order[m.key] for m in matches]
    ends = [m.end for m in matches]
    best: list[float] = []
    peak: list[float] = []  # the highest of best so far
    back: list[int] = []
    for j, match in enumerate(matches):
        start, weight, rank = match.start, match.weight, ranks[j]
        top, at = weight, -1
        for i in range(j - 1, max(0, j - _LOOK_BACK) - 1, -1):
            if peak[i] + weight < top:
                break
            if ranks[i] >= rank or ends[i] > start:
                continue
            value = best[i] + weight
            far = start - ends[i] - _NEAR * (rank - ranks[i])
            if far > 0:
                value -= min(1.5, 0.01 * far)
            # A tie goes to the nearer neighbour: a table printed twice is read once.
            if value > top or (value == top and at < 0):
                top, at = value, i
        best.append(top)
        peak.append(max(top, peak[-1]) if peak else top)
        back.append(at)
    at = max(range(len(matches)), key=lambda k: (best[k], -k))
    chain: list[Match] = []
    while at != -1:
        chain.append(matches[at])
        at = back[at]
    return chain[::-1]
