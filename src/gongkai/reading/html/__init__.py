"""HTML → Document, from the tags of a page (docs/adr/0013)."""

from gongkai.reading.html.reader import read_html

__all__ = ["read_html"]
