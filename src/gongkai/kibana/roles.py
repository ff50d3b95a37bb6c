"""The three roles, as files and as calls: least privilege, in Elasticsearch and in Kibana.

``roles/<name>.json`` holds what ``PUT /api/security/role/<name>`` takes. ``PREFIX`` and ``SPACE``
stand for the index prefix and the space.
"""

from __future__ import annotations

import json
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Literal, get_args

if TYPE_CHECKING:
    from gongkai.kibana.client import KibanaClient

Name = Literal["gongkai_writer", "gongkai_reader", "gongkai_dashboards"]
NAMES: tuple[Name, ...] = get_args(Name)
#: What takes a role: Kibana, Elasticsearch, or Elasticsearch as the limits of an API key.
Taker = Literal["kibana", "elasticsearch", "api-key"]


def role(name: str, prefix: str = "gongkai", space: str = "gongkai") -> dict[str, Any]:
    """Return a role as Kibana's role API takes it.

    Args:
        name: one of ``NAMES``.
        prefix: of every index and alias.
        space: that the dashboards live in.
    """
    text = files("gongkai.kibana").joinpath("roles", f"{name}.json").read_text(encoding="utf-8")
    content: dict[str, Any] = json.loads(text.replace("PREFIX", prefix).replace("SPACE", space))
    return content


def elasticsearch_role(
    name: str, prefix: str = "gongkai", space: str = "gongkai"
) -> dict[str, Any]:
    """Return a role as Elasticsearch takes it, in ``role_descriptors`` of an API key, say.

    Kibana's rights become application privileges of ``kibana-.kibana``.
    """
    content = role(name, prefix, space)
    return {
        **content["elasticsearch"],
        "applications": [
            {
                "application": "kibana-.kibana",
                "privileges": [
                    *(f"base_{given}" for given in rights.get("base", ())),
                    *(
                        f"feature_{feature}.{given}"
                        for feature, levels in rights.get("feature", {}).items()
                        for given in levels
                    ),
                ],
                "resources": [
                    "*" if found == "*" else f"space:{found}" for found in rights["spaces"]
                ],
            }
            for rights in content["kibana"]
        ],
    }


def call(taker: Taker, name: Name, prefix: str, space: str) -> tuple[str, dict[str, Any]]:
    """Return the API call that makes a role or a key with its limits: method and path, and body."""
    if taker == "kibana":
        return f"PUT /api/security/role/{name}", role(name, prefix, space)
    limits = elasticsearch_role(name, prefix, space)
    if taker == "elasticsearch":
        return f"PUT /_security/role/{name}", limits
    return "POST /_security/api_key", {"name": name, "role_descriptors": {name: limits}}


def put_roles(client: KibanaClient, prefix: str) -> tuple[str, ...]:
    """Create or replace the three roles; return their names.

    Raises:
        BackendError: the user may not manage roles.
    """
    for name in NAMES:
        client.put_role(name, role(name, prefix, client.space))
    return NAMES
