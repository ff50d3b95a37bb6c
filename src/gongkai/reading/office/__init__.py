"""Word and OpenDocument files → Document."""

from gongkai.reading.office.reader import read_flat, read_office

__all__ = ["read_flat", "read_office"]
