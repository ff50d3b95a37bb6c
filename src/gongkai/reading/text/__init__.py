"""Plain text and Markdown → Document.

:mod:`.reader` goes through the lines; before, lists of values become rows (:mod:`.separators`) and
lines are put right (:mod:`.escapes`, :mod:`.page_feeds`, :mod:`.open_rows`, :mod:`.lone_bars`).
Tables may be drawn (:mod:`.drawn`), measured by dashes (:mod:`.dashed`), or have separators between
cells (:mod:`.rows`).
"""

from gongkai.reading.text.reader import read_text

__all__ = ["read_text"]
