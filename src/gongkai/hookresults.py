"""What plugins return from hooks: checked by type, failures told in one line, calls traced."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from pydantic_core import to_json

from gongkai.messages import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pluggy import HookImpl, Result

#: Characters of an error's own words that are told.
_LONGEST = 300

_log = logging.getLogger(__name__)


def checked(hook: str, result: object) -> Any:  # noqa: ANN401 - of the type that the hook names
    """Check the type of what a plugin returned; lists are made of other iterables.

    Raises:
        TypeError: it is not of the hook's type.
    """
    if hook in ("gongkai_enrich_report", "gongkai_register_mappings"):
        if not isinstance(result, Mapping):
            raise TypeError(f"it returned {result!r:.80}, not a mapping")
        # JSON is where it goes; what cannot be written there must fail here, by name.
        to_json(result)
    elif hook == "gongkai_read_source":
        from gongkai.reading.document import Document  # noqa: PLC0415 - loaded by then

        if not isinstance(result, Document):
            raise TypeError(f"it returned {result!r:.80}, not a Document")
    elif hook == "gongkai_check_report":
        from gongkai.model import Finding  # noqa: PLC0415 - loaded by then

        return _listed(result, Finding)
    elif hook == "gongkai_register_layouts":
        from gongkai.layouts.base import Layout  # noqa: PLC0415 - loads the models

        layouts = _listed(result, Layout)
        for layout in layouts:
            _check_attributes(layout)
        return layouts
    return result


def _check_attributes(layout: object) -> None:
    for name in ("slug", "version", "title"):
        value = getattr(layout, name)
        if not isinstance(value, str) or (name != "title" and not value.strip()):
            raise TypeError(f"{layout!r}: {name} is {value!r:.80}, and has to be a text")


def _listed(result: object, kind: type) -> list[object]:
    if isinstance(result, str) or not isinstance(result, Iterable):
        raise TypeError(f"it returned {result!r:.80}, not a list of {kind.__name__}")
    items = list(result)
    for item in items:
        if not isinstance(item, kind):
            what = "the class, not an instance" if isinstance(item, type) else "something else"
            raise TypeError(f"a {kind.__name__} is wanted, it returned {item!r:.80}: {what}")
    return items


def cause_of(error: BaseException) -> str:
    """Return one line: the kind of error, its words, and the last line of code it passed."""
    words = " ".join(str(error).split())[:_LONGEST]
    frames = traceback.extract_tb(error.__traceback__)
    place = f" ({frames[-1].filename}:{frames[-1].lineno})" if frames else ""
    if isinstance(error, SyntaxError) and error.filename:
        # No code of the file has run: the frames are the importer's.
        words, place = error.msg, f" ({error.filename}:{error.lineno})"
    return f"{type(error).__name__}: {words}{place}" if words else f"{type(error).__name__}{place}"


def how_to_disable(name: str) -> str:
    """Return the hint for a plugin that fails."""
    return say(
        f"可用 GONGKAI_DISABLE_PLUGINS={name} 停用。",
        f"GONGKAI_DISABLE_PLUGINS={name} leaves it out.",
    )


def trace_before(
    hook: str, implementations: Sequence[HookImpl], arguments: Mapping[str, Any]
) -> None:
    """Log a hook's call."""
    names = ", ".join(implementation.plugin_name for implementation in implementations)
    _log.info("%s(%s) of %s", hook, ", ".join(arguments), names)


def trace_after(
    outcome: Result[Any],
    hook: str,
    implementations: Sequence[HookImpl],
    arguments: Mapping[str, Any],
) -> None:
    """Log a hook's result."""
    del implementations, arguments
    result = outcome.exception or outcome.get_result()
    _log.info("%s -> %.200r", hook, result)
