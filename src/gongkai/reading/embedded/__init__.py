"""Pages inside of JSON, scripts and XML → Document."""

from gongkai.reading.embedded.reader import page_inside, read_embedded

__all__ = ["page_inside", "read_embedded"]
