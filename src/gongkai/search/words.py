"""Words and phrases: from what people type to full-text queries."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from gongkai.tables.chinese import simplified_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gongkai.search.fields import Field

_WORD = re.compile(r'"([^"]*)"|“([^”]*)”|([^\s"“”]+)')
_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
#: What the server's standard tokenizer makes of a text: single characters, and runs of letters
#: and digits with the points and commas inside them.
_TOKEN = re.compile(rf"[{_HAN}]|(?:[^\W{_HAN}]+[.,'])*[^\W{_HAN}]+")


class Word(NamedTuple):
    """One word of a search.

    Attributes:
        text: the word, or the words of a quotation.
        phrase: it was quoted: its characters follow each other in this order.
    """

    text: str
    phrase: bool

    @property
    def single(self) -> bool:
        """Whether it is one token: it has no neighbour, so the pairs of the index lack it."""
        return len(_TOKEN.findall(self.text)) == 1


def split_words(text: str) -> list[Word]:
    """Split what the user typed at blanks; quotations in ``"…"`` or ``“…”`` stay whole.

    Words without a letter, digit or character are left out: no text could match them.
    """
    words = [
        Word(quoted or chinese or plain, phrase=not plain)
        for quoted, chinese, plain in _WORD.findall(text)
    ]
    return [word for word in words if _TOKEN.search(word.text)]


def text_path(field: Field, word: Word) -> str:
    """Return where to look for a word in a field of kind ``text`` or ``name``."""
    if word.single:
        return f"{field.path}.uni"
    return f"{field.path}.text" if field.kind == "name" else field.path


def text_query(fields: Mapping[Field, int], word: Word) -> dict[str, Any]:
    """Return the query for one word: in any field, all of its characters in the same field.

    Args:
        fields: fields of the kinds ``text`` and ``name``, with their weight.
        word: what to look for; the characters of a phrase follow each other.
    """
    paths = [f"{text_path(field, word)}^{weight}" for field, weight in fields.items()]
    kind = {"type": "phrase"} if word.phrase else {"type": "best_fields", "operator": "and"}
    queries: list[dict[str, Any]] = [
        {"multi_match": {"query": text, "fields": paths, **kind}} for text in spellings(word.text)
    ]
    return any_of(queries)


def spellings(text: str) -> list[str]:
    """Return a text as it was typed and, where that differs, in simplified characters.

    Reports in traditional characters are indexed in simplified ones, but a name or a quotation
    keeps a sign that the rest of its report does not have.
    """
    return list(dict.fromkeys((text, simplified_text(text))))


def any_of(queries: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return a query that any of the given ones meets."""
    if len(queries) == 1:
        return queries[0]
    return {"bool": {"should": list(queries), "minimum_should_match": 1}}
