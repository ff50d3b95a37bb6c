"""Why a search finds nothing: what its words and conditions find one by one."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from gongkai.errors import UsageError

if TYPE_CHECKING:
    from elasticsearch import Elasticsearch

    from gongkai.search.query import Search, SearchRequest

#: Equality, and no part of another operator.
_EQUAL = re.compile(r"(?<![<>!=~≠≥≤])={1,2}(?![<>=])")


class Alone(NamedTuple):
    """What one part of a search finds by itself.

    Attributes:
        part: the words, or a condition.
        reports: how many reports meet it.
    """

    part: str
    reports: int


def parts_alone(
    engine: Search, client: Elasticsearch, index: str, request: SearchRequest
) -> list[Alone]:
    """Return what each part of a request finds alone.

    A condition of equality that nothing meets is followed by the one that asks whether the field
    contains the value, if reports meet that.

    Raises:
        BackendError: the server cannot be reached, refuses the user, or answered in part only.
        IndexingError: the index does not exist.
    """

    def count(words: str, where: tuple[str, ...]) -> int:
        one = replace(request, words=words, where=where, facets=(), columns=(), size=0)
        return engine.run(client, index, one).total

    found = [Alone(request.words, count(request.words, ()))] if request.words.strip() else []
    for condition in request.where:
        found.append(Alone(condition, count("", (condition,))))
        if not found[-1].reports:
            wider = _EQUAL.sub("~", condition.replace("＝", "="), count=1)
            try:
                reports = count("", (wider,))
            except UsageError:
                continue  # a number or a date contains nothing
            found += [Alone(wider, reports)] if reports else []
    return found
