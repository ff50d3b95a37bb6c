"""Every kind of index that ``gongkai index`` and ``gongkai mappings`` look after."""

from __future__ import annotations

from gongkai.errors import UsageError
from gongkai.messages import say
from gongkai.search.peers import PEERS_INDEX
from gongkai.search.schema import REPORTS, IndexSpec
from gongkai.search.side_indices import CELLS_INDEX, CHECKS_INDEX

SPECS: tuple[IndexSpec, ...] = (REPORTS, CELLS_INDEX, CHECKS_INDEX, PEERS_INDEX)


def specs_named(names: list[str]) -> list[IndexSpec]:
    """Return the kinds with these names, all of them for none.

    Raises:
        UsageError: there is no kind of that name.
    """
    known = {spec.name: spec for spec in SPECS}
    for name in names:
        if name not in known:
            raise UsageError(
                say(f"没有索引“{name}”。", f"There is no index “{name}”."),
                hint=say("可选：", "Choose from: ") + ", ".join(known),
            )
    return [known[name] for name in names] or list(SPECS)
