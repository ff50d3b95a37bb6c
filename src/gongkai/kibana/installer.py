"""Installs the bundle, and proves that what Kibana keeps is what was sent."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gongkai.errors import BackendError
from gongkai.kibana.bundle import ndjson, parse
from gongkai.kibana.objects import saved_objects
from gongkai.messages import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gongkai.kibana.client import Existing, KibanaClient
    from gongkai.kibana.saved import SavedObject

_SHOWN_ERRORS = 5


@dataclass(frozen=True, slots=True)
class Installed:
    """What an installation did.

    Attributes:
        objects: how many objects the bundle has.
        kept: how many of them were there and were left alone.
        space_created: whether the space was missing before.
        dashboards: identifier by title; new identifiers where copies were made.
    """

    objects: int
    kept: int
    space_created: bool
    dashboards: Mapping[str, str]


def install(client: KibanaClient, prefix: str, existing: Existing = "replace") -> Installed:
    """Import the bundle; done twice, it leaves the same objects.

    Args:
        client: Kibana and space.
        prefix: of every index and alias.
        existing: what becomes of objects that are there, and of edits to them.

    Raises:
        BackendError: Kibana is not available, refuses the credentials, or did not take an object.
    """
    objects = saved_objects(prefix)
    client.wait_until_available()
    created = client.ensure_space()
    answer = client.import_objects(ndjson(objects), existing)
    kept = _kept(answer) if existing == "keep" else 0
    _raise_for_errors(answer, len(objects) - kept)
    names: dict[str, str] = {
        item["id"]: item.get("destinationId", item["id"])
        for item in answer.get("successResults", ())
        if item.get("type") == "dashboard"
    }
    dashboards: dict[str, str] = {
        item["attributes"]["title"]: names.get(item["id"]) or item["id"]
        for item in objects
        if item["type"] == "dashboard"
    }
    return Installed(len(objects), kept, created, dashboards)


def _kept(answer: dict[str, Any]) -> int:
    """Take the conflicts out of Kibana's account and return how many there were."""
    errors = answer.get("errors") or []
    others = [error for error in errors if error["error"].get("type") != "conflict"]
    answer["errors"], answer["success"] = others, not others
    return len(errors) - len(others)


def _raise_for_errors(answer: dict[str, Any], expected: int) -> None:
    """Read Kibana's account: HTTP 200 alone means nothing."""
    errors = answer.get("errors") or []
    if answer.get("success") is True and not errors and answer.get("successCount") == expected:
        return
    told = "; ".join(
        f"{error.get('type')} {error.get('id')}: {_reason(error)}"
        for error in errors[:_SHOWN_ERRORS]
    )
    taken = answer.get("successCount", 0)
    raise BackendError(
        say(
            f"Kibana 只接受了 {taken}/{expected} 个对象：{told}",
            f"Kibana took {taken} of {expected} objects: {told}",
        ),
        hint=say(
            "unsupported_type 与更高版本的对象表示 Kibana 低于 8.19，请升级。",
            "unsupported_type, or an object of a later version, means a Kibana below 8.19.",
        ),
    )


def _reason(error: Mapping[str, Any]) -> str:
    found = error.get("error")
    if not isinstance(found, Mapping):
        return str(found)
    missing = [f"{r.get('type')} {r.get('id')}" for r in found.get("references", ())]
    parts = [str(found.get("type")), str(found.get("message") or ""), ", ".join(missing)]
    return " ".join(part for part in parts if part)


def verify(client: KibanaClient, prefix: str) -> list[str]:
    """Import the bundle, export it again and return every difference, as object and path.

    What Kibana adds does not count; what it changes or loses does.

    Raises:
        BackendError: as :func:`install`.
    """
    install(client, prefix)
    wanted = saved_objects(prefix)
    kept = parse(client.export_objects([(item["type"], item["id"]) for item in wanted]))
    found = {(item["type"], item["id"]): item for item in kept}
    differences = []
    for item in wanted:
        name = f"{item['type']} {item['id']}"
        other = found.get((item["type"], item["id"]))
        if other is None:
            differences.append(f"{name}: missing")
            continue
        differences += [f"{name}: {where}" for where in _different(_opened(item), _opened(other))]
    return differences


def _opened(item: SavedObject) -> dict[str, Any]:
    """Return what is compared, JSON inside strings opened and references sorted."""
    references = sorted(item["references"], key=lambda one: str(one["name"]))
    return {"attributes": _open(item["attributes"]), "references": references}


def _open(value: Any) -> Any:  # noqa: ANN401 - any JSON
    if isinstance(value, str) and value[:1] in {"{", "["}:
        try:
            return _open(json.loads(value))
        except ValueError:
            return value
    if isinstance(value, dict):
        return {name: _open(one) for name, one in value.items()}
    return [_open(one) for one in value] if isinstance(value, list) else value


def _different(wanted: Any, found: Any, path: str = "") -> Iterator[str]:  # noqa: ANN401 - any JSON
    if isinstance(wanted, dict) and isinstance(found, dict):
        for name, value in wanted.items():
            here = f"{path}.{name}" if path else name
            if name not in found:
                yield f"{here}: missing"
            else:
                yield from _different(value, found[name], here)
    elif isinstance(wanted, list) and isinstance(found, list):
        if len(wanted) != len(found):
            yield f"{path}: {len(wanted)} items, not {len(found)}"
        for number, (one, other) in enumerate(zip(wanted, found, strict=False)):
            yield from _different(one, other, f"{path}[{number}]")
    elif wanted != found:
        yield f"{path}: {wanted!r}, not {found!r}"
