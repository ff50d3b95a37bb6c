"""A count that the narrative states, against the cells that hold it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gongkai.checks.statements import is_wider, of_year, quote

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Collection, Iterator

    from gongkai.checks.case import Case
    from gongkai.checks.statements import Sentence
    from gongkai.model import Finding


@dataclass(frozen=True, slots=True)
class Told:
    """A kind of statement.

    Attributes:
        rule: the rule that a contradiction breaks.
        word: what a sentence must hold to be looked at.
        pattern: the statement; its groups ``n`` or ``n2`` hold the count.
        zh: what is counted, in Chinese.
        en: the same in English.
        about: whether a sentence is about the matter at all.
        fits: whether a match is about this agency and year.
    """

    rule: str
    word: str
    pattern: re.Pattern[str]
    zh: str
    en: str
    about: Callable[[Sentence], bool]
    fits: Callable[[Sentence, re.Match[str], int | None], bool]


def unless(words: re.Pattern[str], back: int) -> Callable[..., bool]:
    """Return a test for :class:`Told`: of the report's year, and none of ``words`` right before.

    Args:
        words: what makes a statement one about something else.
        back: how far before the statement they are looked for.
    """

    def fits(sentence: Sentence, match: re.Match[str], year: int | None) -> bool:
        text, start = sentence.text, match.start()
        return of_year(text, start, year) and not words.search(text[max(0, start - back) : start])

    return fits


def compare(
    case: Case, told: Told, cells: list[str], also: Collection[int | None] = ()
) -> Iterator[Finding]:
    """Compare the one count that the narrative states with the sum of ``cells``.

    Args:
        case: the report.
        told: the kind of statement.
        cells: paths whose sum is meant; nothing is compared if one is null.
        also: other counts that the statement may mean.
    """
    if any(path not in case.values for path in cells):
        return
    printed = sum(case.count(path) for path in cells)
    numbers: dict[int, str] = {}
    for sentence in case.sentences:
        if told.word not in sentence.text or not told.about(sentence):
            continue
        for match in told.pattern.finditer(sentence.text):
            number = int(match["n"] or match["n2"])
            if number == printed or number in also:
                return
            fits = told.fits(sentence, match, case.report.year)
            if fits and not is_wider(sentence.text, match.start()):
                numbers[number] = quote(sentence.text, match.start(), match.end())
    if len(numbers) == 1:
        number, words = numbers.popitem()
        yield case.find(
            told.rule,
            f"正文称{told.zh} {number} 件（“{words}”），表中为 {printed} 件",
            f"the narrative states {number} {told.en}, the table {printed}",
            cells,
            actual=number,
            expected=printed,
        )
