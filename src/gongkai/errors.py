"""The tree of errors. Each names what failed, where, why, and what to do next.

::

    GongkaiError
      UsageError                 a command or setting that cannot be carried out
      SourceError                one source that yields no report; carries a reason code
      LayoutError                no layout, or no single layout, for a document
      ExtractionError            a layout that failed on a document
      PluginError                a plugin that cannot be loaded or that raised
      MappingError               a mapping that drifted or was frozen
      IndexingError              documents that the backend refused
      BackendError               a backend that is unreachable or refuses the credentials
      NodeError                  a local node that does not start or stop

They are raised early and caught only per source (``pipeline``) and in ``cli``. A finding about a
report's numbers is a result, never an exception.
"""

from __future__ import annotations

from enum import StrEnum

from gongkai.messages import joined


class Reason(StrEnum):
    """Why a source was rejected: the public codes."""

    EMPTY = "empty"
    UNREADABLE = "unreadable"
    LINK_LOOP = "link_loop"
    TOO_LARGE = "too_large"
    BINARY = "binary"
    UNSUPPORTED_FORMAT = "unsupported_format"
    ENCRYPTED = "encrypted"
    NEEDS_OCR = "needs_ocr"
    DAMAGED = "damaged"
    SHELL_PAGE = "shell_page"
    ATTACHMENT_ONLY = "attachment_only"
    PAGE_ASSET = "page_asset"
    NOT_A_REPORT = "not_a_report"
    NO_TABLES = "no_tables"
    TRUNCATED = "truncated"
    TIMEOUT = "timeout"
    AMBIGUOUS_LAYOUT = "ambiguous_layout"
    PLUGIN_FAILED = "plugin_failed"
    DUPLICATE = "duplicate"
    INDEX_REFUSED = "index_refused"
    INTERNAL = "internal"


class GongkaiError(Exception):
    """Base of every error that gongkai raises on purpose.

    Attributes:
        message: what happened and where, one sentence.
        hint: the next step for the person who reads it, or ``""``.
    """

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return joined(self.message, self.hint)

    def __reduce__(self) -> tuple[object, ...]:
        # Exceptions are pickled by their positional arguments alone; these have others.
        return _again, (type(self), self.__dict__)


def _again(kind: type[GongkaiError], state: dict[str, object]) -> GongkaiError:
    error = kind.__new__(kind, state["message"])
    error.__dict__.update(state)
    return error


class UsageError(GongkaiError):
    """A command, argument or setting that cannot be carried out as given."""


class SourceError(GongkaiError):
    """A source that yields no report.

    Attributes:
        reason: public reason code.
        stage: room that gave up: ``reading``, ``layouts``, ``tables``, ``plugins`` or ``search``.
        place: place in the source, or ``""`` for the whole of it.
    """

    def __init__(
        self,
        reason: Reason,
        message: str,
        *,
        stage: str = "reading",
        place: str = "",
        hint: str = "",
    ) -> None:
        super().__init__(message, hint=hint)
        self.reason = reason
        self.stage = stage
        self.place = place


class LayoutError(SourceError):
    """No layout, or more than one, claims a document."""


class ExtractionError(SourceError):
    """A layout that failed on a document.

    Attributes:
        layout: slug of the layout.
        field: field or step that failed.
    """

    def __init__(  # noqa: PLR0913 - the place of a failure has this many parts
        self,
        reason: Reason,
        message: str,
        *,
        layout: str,
        field: str,
        place: str = "",
        hint: str = "",
    ) -> None:
        super().__init__(reason, message, stage="layouts", place=place, hint=hint)
        self.layout = layout
        self.field = field


class PluginError(GongkaiError):
    """A plugin that cannot be loaded, or that raised in a hook.

    Attributes:
        plugin: its name.
        version: its version, or ``""``.
        hook: the hook that raised, or ``""`` while loading.
    """

    def __init__(
        self, message: str, *, plugin: str, version: str = "", hook: str = "", hint: str = ""
    ) -> None:
        super().__init__(message, hint=hint)
        self.plugin = plugin
        self.version = version
        self.hook = hook


class MappingError(GongkaiError):
    """A mapping file that differs from the models, or a released one that changed."""


class BackendError(GongkaiError):
    """Elasticsearch or Kibana is unreachable or refuses the credentials."""


class IndexingError(GongkaiError):
    """An index operation that the backend refused."""


class NodeError(GongkaiError):
    """The local node cannot be prepared, started or stopped."""
