"""What pages load besides reports: style sheets, scripts, fonts and icons of a crawl.

They are read like everything else, as a script may hold a report. Only where one holds none, its
name or its media type says why better than its content does.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gongkai.errors import Reason
from gongkai.reading.failures import Rejected

if TYPE_CHECKING:
    from gongkai.errors import SourceError
    from gongkai.reading.source import Source
    from gongkai.settings import Settings

_NAME = re.compile(
    r"\.(?:css|less|scss|m?js|map|woff2?|ttf|otf|eot|ico|cur|svg|swf)(?:[?#].*)?\Z",
    re.IGNORECASE | re.DOTALL,
)
_MEDIA_TYPE = re.compile(
    r"\s*(?:text/css|(?:text|application)/(?:x-)?(?:java|ecma)script|font/|application/(?:x-)?font"
    r"|application/vnd\.ms-fontobject|image/(?:svg|x-icon|vnd\.microsoft\.icon))",
    re.IGNORECASE,
)
_HOLDS_NOTHING = frozenset({Reason.EMPTY, Reason.BINARY, Reason.SHELL_PAGE, Reason.NOT_A_REPORT})


def name_asset(source: Source, error: SourceError, settings: Settings) -> SourceError:
    """Return why a source was rejected: ``page_asset`` where it is one and holds nothing else."""
    if error.reason not in _HOLDS_NOTHING or not _is_asset(source):
        return error
    return Rejected("page_asset").as_error(source.path, settings)


def _is_asset(source: Source) -> bool:
    media_type, name = source.media_type or "", source.url or source.path
    return bool(_MEDIA_TYPE.match(media_type) or _NAME.search(name))
