"""Lists in JSON that hold a report in parts: its lines, its pages, or its paragraphs and tables.

Programs that recognise pages write one record for each block; a flip-book holds one text for each
page, and a page may be of a single line.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, TypeGuard

from gongkai.reading.embedded.wrappings import MARKUP

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

#: Fewer records or lines are some names or keywords.
_LEAST_RECORDS, _LEAST_LINES = 3, 20
_PAGE_LINES = 2
HAN = re.compile("[\u3400-\u9fff]")
TABLE_ALONE = re.compile(
    r"\s*(?:<html>\s*)?(?:<body>\s*)?<table\b.*</table>[^<]*(?:</\w+>\s*)*", re.DOTALL
)


def _is_rows(value: object) -> TypeGuard[list[list[object]]]:
    """Tell whether a list is rows of cells."""
    return (
        isinstance(value, list)
        and len(value) > 1
        and all(
            isinstance(row, list) and not any(isinstance(cell, dict | list) for cell in row)
            for row in value
        )
    )


def _as_text(rows: Sequence[Sequence[object]]) -> str:
    """Return rows as lines, their cells parted by tabs."""
    return "\n".join("\t".join(map(_cell, row)) for row in rows) + "\n"


def _cell(value: object) -> str:
    return "" if value is None else " ".join(str(value).split())


def parts_of(value: Sequence[object]) -> list[str]:
    """Return the texts and tables that a list holds in their order; none where it is no report.

    Lines and paragraphs that follow one another come as one text.
    """
    if _is_rows(value):
        return [_as_text(value)]
    if all(isinstance(item, str) for item in value):
        return _of_strings([str(item) for item in value])
    if len(value) >= _LEAST_RECORDS and all(isinstance(item, dict) for item in value):
        return _of_records([item for item in value if isinstance(item, dict)])
    return []


def _of_strings(strings: list[str]) -> list[str]:
    if any(map(MARKUP.search, strings)):
        return []
    if any(string.count("\n") >= _PAGE_LINES for string in strings):
        return [string for string in strings if string.strip()]
    lines = [string for string in strings if HAN.search(string)]
    return ["\n".join(strings) + "\n"] if len(lines) >= _LEAST_LINES else []


def _of_records(records: list[dict[str, object]]) -> list[str]:
    lengths: Counter[str] = Counter()
    for record in records:
        for key, value in record.items():
            if isinstance(value, str) and HAN.search(value) and not MARKUP.search(value):
                lengths[key] += len(value)
    if not lengths:
        return []
    ((text_key, _),) = lengths.most_common(1)
    parts: list[str] = []
    lines: list[str] = []
    found = False
    for record in records:
        tables = list(_tables(record))
        text = record.get(text_key)
        if isinstance(text, str) and text.strip():
            if tables:
                return []  # an article with its title
            lines.append(text)
        elif tables:
            found = True
            parts += ["\n".join(lines) + "\n"] * bool(lines) + tables
            lines = []
    return [*parts, "\n".join(lines) + "\n"] if found else _of_pages(records, text_key)


def _of_pages(records: list[dict[str, object]], text_key: str) -> list[str]:
    """Return the texts of records that hold pages, those of a single line, too."""
    texts = [text for record in records if isinstance(text := record.get(text_key), str)]
    said = [value for record in records for key, value in record.items() if key != text_key]
    if any(isinstance(value, str) and HAN.search(value) for value in said):
        return []  # articles, or fields, of which something else is said
    return _of_strings(texts) if any(text.count("\n") >= _PAGE_LINES for text in texts) else []


def _tables(record: dict[str, object]) -> Iterator[str]:
    for value in record.values():
        if _is_rows(value):
            yield _as_text(value)
        elif isinstance(value, str) and TABLE_ALONE.fullmatch(value):
            yield value
