"""Conditions on documents, in Kibana's query language and in the query DSL."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Where:
    """A condition on documents; all parts must hold.

    Attributes:
        equals: field and the values of which it holds one.
        exists: fields that hold a value.
        missing: fields that hold none.
    """

    equals: tuple[tuple[str, tuple[str, ...]], ...] = ()
    exists: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def fields(self) -> tuple[str, ...]:
        """Every field that is looked at."""
        return (*(name for name, _ in self.equals), *self.exists, *self.missing)

    def kql(self) -> str:
        """Return the condition in Kibana's query language."""
        parts = [
            f"{name}: " + (_quoted(values[0]) if len(values) == 1 else f"({_any(values)})")
            for name, values in self.equals
        ]
        parts += [f"{name}: *" for name in self.exists]
        parts += [f"not {name}: *" for name in self.missing]
        return " and ".join(parts)

    def dsl(self) -> dict[str, Any]:
        """Return the condition as a query."""
        must: list[dict[str, Any]] = [
            {"terms": {name: list(values)}} for name, values in self.equals
        ]
        must += [{"exists": {"field": name}} for name in self.exists]
        none = [{"exists": {"field": name}} for name in self.missing]
        return {"bool": {"filter": must, "must_not": none}}

    def __and__(self, other: Where) -> Where:
        return Where(
            self.equals + other.equals, self.exists + other.exists, self.missing + other.missing
        )


def kuery(condition: Where | None) -> dict[str, str]:
    """Return a condition, or none, as saved objects hold a query."""
    return {"query": condition.kql() if condition is not None else "", "language": "kuery"}


def _quoted(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _any(values: tuple[str, ...]) -> str:
    return " or ".join(map(_quoted, values))


def where(**equals: str | tuple[str, ...]) -> Where:
    """Return a condition; ``__`` in a name stands for the dot of a path."""
    return Where(
        tuple(
            (name.replace("__", "."), (value,) if isinstance(value, str) else value)
            for name, value in equals.items()
        )
    )
