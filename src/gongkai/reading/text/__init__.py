"""Plain text and Markdown → Document."""

from gongkai.reading.text.reader import read_text

__all__ = ["read_text"]
