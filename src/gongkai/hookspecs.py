"""The hooks that plugins implement. Signatures are public; new arguments go to the end.

A plugin is a module (or object) whose functions carry the marker::

    from gongkai import hookimpl

    @hookimpl
    def gongkai_register_layouts():
        return [MyLayout()]

An implementation takes the arguments it needs and leaves out the others. Every hook is called for
one plugin after the other, in the order of loading, so that a plugin that fails harms no other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pluggy

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import typer

    from gongkai.errors import SourceError
    from gongkai.layouts.base import Layout
    from gongkai.model import Finding, Report
    from gongkai.reading.document import Document
    from gongkai.reading.source import Source

#: Name of the plugin system and of the entry point group.
PROJECT = "gongkai"

hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


@hookspec
def gongkai_register_layouts() -> Iterable[Layout]:
    """Return the plugin's layouts; called once, right after the plugin is loaded.

    The slug of a layout must be its own: the second plugin that brings the same one is not loaded.
    """
    raise NotImplementedError


@hookspec(firstresult=True)
def gongkai_read_source(source: Source) -> Document | None:
    """Read a kind of source that gongkai does not know.

    The first plugin that returns a document wins; gongkai's own readers come last.

    Args:
        source: the bytes and where they came from.

    Returns:
        The document, or None to leave the source to others.

    Raises:
        SourceError: the source is of the plugin's kind and cannot be read; it is rejected with
            the error's reason.
    """
    raise NotImplementedError


@hookspec
def gongkai_check_report(report: Report, previous: Report | None) -> Iterable[Finding]:
    """Check a report, after the built-in checks.

    Args:
        report: the report; not to be changed.
        previous: the same agency's report of the year before, where it is known.

    Returns:
        Findings; they join those of the built-in checks.
    """
    raise NotImplementedError


@hookspec
def gongkai_enrich_report(report: Report) -> Mapping[str, Any]:
    """Return facts to be kept with a report under ``ext.<plugin>``.

    Args:
        report: the report, checked and enriched; not to be changed.

    Returns:
        Names and values that JSON can hold. Only fields that
        :func:`gongkai_register_mappings` declares can be indexed.
    """
    raise NotImplementedError


@hookspec
def gongkai_register_mappings() -> Mapping[str, Any]:
    """Return the Elasticsearch mapping of what the plugin adds under ``ext.<plugin>``.

    Returns:
        Field names and their mappings, e.g. ``{"score": {"type": "float"}}``.
    """
    raise NotImplementedError


@hookspec
def gongkai_register_commands(app: typer.Typer) -> None:
    """Add commands to the command line.

    The name of this hook must be spelt in the plugin's entry module: plugins that do not mention
    it are not loaded for ``gongkai --help``.

    Args:
        app: the application; ``@app.command()`` adds a command.
    """
    raise NotImplementedError


@hookspec
def gongkai_report_extracted(report: Report) -> None:
    """Observe a report that was extracted; called in the process that extracted it.

    A failure is logged and changes nothing. The process is ended without notice: write at once.

    Args:
        report: the report, finished.
    """
    raise NotImplementedError


@hookspec
def gongkai_source_failed(source: Source, error: SourceError) -> None:
    """Observe a source that was rejected; called in the process that worked on it.

    Not called for a source whose process had to be killed. A failure is logged and changes
    nothing.

    Args:
        source: the source.
        error: why it was rejected; carries reason code, stage and place.
    """
    raise NotImplementedError
