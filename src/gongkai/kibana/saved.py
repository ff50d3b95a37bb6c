"""What every saved object has: versions, references, JSON inside strings."""

from __future__ import annotations

import json
from typing import Any

#: The lowest versions that carry what we write: Kibana refuses objects from later versions than
#: its own and migrates those from earlier ones.
CORE_VERSION = "8.8.0"
TYPE_VERSIONS = {
    "index-pattern": "8.0.0",
    "tag": "8.0.0",
    "search": "10.5.0",
    "dashboard": "10.2.0",
}
TAG = "gongkai-tag"
#: Yearly reports: Kibana would look at the last minutes otherwise.
TIME = {"from": "2019-01-01T00:00:00.000Z", "to": "now"}

SavedObject = dict[str, Any]
Reference = dict[str, str]


def saved_object(
    kind: str, name: str, attributes: dict[str, Any], references: list[Reference]
) -> SavedObject:
    """Return a saved object in the form of an export."""
    return {
        "id": name,
        "type": kind,
        "attributes": attributes,
        "references": references,
        "coreMigrationVersion": CORE_VERSION,
        "typeMigrationVersion": TYPE_VERSIONS[kind],
        "managed": False,  # people may edit what they installed
    }


def json_text(value: Any) -> str:  # noqa: ANN401 - any JSON
    """Return JSON as Kibana keeps it inside a string."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def tag_reference() -> Reference:
    """Return the reference that carries the tag."""
    return {"type": "tag", "id": TAG, "name": f"tag-{TAG}"}
