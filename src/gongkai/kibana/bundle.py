"""The bundle: one NDJSON file that Kibana 8.19 and 9.x import as it is."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from gongkai.kibana.objects import saved_objects

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from gongkai.kibana.saved import SavedObject

#: Kibana imports files of this name ending only.
SUFFIX = ".ndjson"


def ndjson(objects: Iterable[SavedObject]) -> str:
    """Return saved objects as Kibana exports them: one line each, the same text every time."""
    return "".join(
        json.dumps(item, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"
        for item in objects
    )


def parse(text: str) -> list[SavedObject]:
    """Return the objects of an NDJSON text, without the summary that ends an export.

    Raises:
        ValueError: a line is no JSON object.
    """
    found: list[SavedObject] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        item = json.loads(line)
        if not isinstance(item, dict):
            raise ValueError(f"line {number} is no object")  # noqa: TRY004 - of the text, not a type
        if "exportedCount" not in item:
            found.append(item)
    return found


def write(path: Path, prefix: str = "gongkai") -> int:
    """Write the bundle and return the number of its objects.

    Args:
        path: file to write.
        prefix: of every index and alias.
    """
    objects = saved_objects(prefix)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(ndjson(objects), encoding="utf-8")
    return len(objects)
