"""Pages inside of JSON, scripts and XML → Document.

:mod:`.reader` looks for the strings that hold a page; :mod:`.held` goes through JSON, where a page
may be kept in parts (:mod:`.records`) or as an editor's tree (:mod:`.editors`); :mod:`.wrappings`
undoes escaping around it. XML that a portal hands on is :mod:`.dumps`.
"""

from gongkai.reading.embedded.reader import page_inside, read_embedded

__all__ = ["page_inside", "read_embedded"]
