"""What the commands that talk to Elasticsearch share."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gongkai.node.state import Role
    from gongkai.plugins import Plugins
    from gongkai.search.client import Client
    from gongkai.settings import Settings


@contextmanager
def backend(settings: Settings, role: Role) -> Iterator[Client]:
    """Connect to ``GONGKAI_ES_URL``, else to the local node in a role.

    Raises:
        BackendError: there is neither.
    """
    from gongkai.node.connection import find  # noqa: PLC0415 - start-up time
    from gongkai.search.client import connect  # noqa: PLC0415

    if not logging.getLogger().isEnabledFor(logging.DEBUG):
        # Every failed attempt would be a traceback; the last one is told in one line.
        logging.getLogger("elastic_transport").setLevel(logging.ERROR)
    connection = find(settings, role) if settings.es_url is None else None
    with connect(settings, connection) as client:
        yield client


def extensions(plugins: Plugins) -> dict[str, Mapping[str, Any]]:
    """Return the index fields that plugins register, by plugin name."""
    from gongkai.hookspecs import gongkai_register_mappings  # noqa: PLC0415

    return {
        plugin.name: mapping for plugin, mapping in plugins.call_each(gongkai_register_mappings)
    }
