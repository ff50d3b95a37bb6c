"""Field names as people write them: canonical paths, or the labels of the form."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from gongkai.errors import UsageError
from gongkai.form import CELLS, LABELS_BY_ROW
from gongkai.messages import say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gongkai.search.fields import Field

_SEPARATORS = re.compile(r"[·•・‧∙⋅>]")
_NUMBERING = re.compile(r"^(?:\([一二三四五六七八九十\d]+\)|[一二三四五六七八九十\d]+[、.])")
_MARKS = re.compile(r"[\W_]+")
_SHOWN_CANDIDATES, _SHOWN_NEAREST = 8, 5


class FieldNames:
    """Finds the field that a name means.

    Accepted are the canonical path, the Chinese and the English label, and a cell's label with the
    group above it (``不予公开·属于国家秘密·总计``). Width, blanks, punctuation and numbering do not
    matter. A row or column alone is accepted where only one cell has it.

    Args:
        fields: the searchable fields by path.
    """

    def __init__(self, fields: Mapping[str, Field]) -> None:
        self._fields = fields

    def find(self, name: str) -> Field:
        """Return the field that ``name`` means.

        Raises:
            UsageError: no field or several have that name; the nearest ones are listed.
        """
        path = unicodedata.normalize("NFKC", name).strip()
        if path in self._fields:
            return self._fields[path]
        known = _aliases(tuple(self._fields.values()))
        found = known.get(_key(name), ())
        if len(found) == 1:
            return self._fields[found[0]]
        if found:
            listed = self._listed(found[:_SHOWN_CANDIDATES])
            more = "" if len(found) <= _SHOWN_CANDIDATES else "\n  …"
            raise UsageError(
                say(
                    f"“{name}”可指 {len(found)} 个字段，请写全：",
                    f"“{name}” may mean {len(found)} fields; write one of:",
                )
                + listed
                + more
            )
        raise UsageError(
            say(f"没有字段“{name}”。最接近的是：", f"There is no field “{name}”. The nearest are:")
            + self._listed(self._nearest(name, known))
        )

    def _nearest(self, name: str, known: Mapping[str, tuple[str, ...]]) -> list[str]:
        # Imported here: only a mistyped name needs it.
        from rapidfuzz import fuzz, process  # noqa: PLC0415

        ranked = process.extract(_key(name), known.keys(), scorer=fuzz.ratio, limit=20)
        paths = (path for alias, _, _ in ranked for path in known[alias])
        return list(dict.fromkeys(paths))[:_SHOWN_NEAREST]

    def _listed(self, paths: tuple[str, ...] | list[str]) -> str:
        return "".join(f"\n  {label_of(self._fields[path])}  {path}" for path in paths)


def label_of(field: Field) -> str:
    """Return a field's label in the language of this process."""
    return say(field.label, field.label_en)


def _key(name: str) -> str:
    """Reduce a name to what counts: letters, digits and characters, without list numbering."""
    parts = []
    for part in _SEPARATORS.split(name):
        plain = "".join(unicodedata.normalize("NFKC", part).split()).lower()
        parts.append(_MARKS.sub("", _NUMBERING.sub("", plain)))
    return "".join(parts)


@lru_cache(maxsize=4)
def _aliases(fields: tuple[Field, ...]) -> dict[str, tuple[str, ...]]:
    """Return the paths by reduced name; names of several cells have several."""
    whole: dict[str, list[str]] = {}
    parts: dict[str, list[str]] = {}
    for field in fields:
        names, short = [field.path, field.label, field.label_en], []
        cell = CELLS.get(field.path)
        if cell is not None:
            group = LABELS_BY_ROW.get(cell.row_path.rpartition(".")[0])
            short = [cell.row, cell.row_en, cell.column, cell.column_en]
            if group:
                names.append(f"{group}·{cell.label}")
                short += [group, f"{group}·{cell.row}", f"{group}·{cell.column}"]
        for alias in dict.fromkeys(map(_key, names)):
            whole.setdefault(alias, []).append(field.path)
        for alias in dict.fromkeys(map(_key, short)):
            parts.setdefault(alias, []).append(field.path)
    return {alias: tuple(paths) for alias, paths in (parts | whole).items() if alias}
