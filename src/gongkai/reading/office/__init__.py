"""Word and OpenDocument files → Document.

:mod:`.reader` takes the parts of a :mod:`.package`. Of Word's, the XML is put right before it is a
tree (:mod:`.word_numbers`, :mod:`.word_styles`, :mod:`.word_xml`), headers and what it takes in
come from other parts (:mod:`.word_heads`, :mod:`.chunks`), what is not shown is taken out
(:mod:`.unseen`), and :mod:`.docx` makes blocks of the rest; :mod:`.odt` does so for OpenDocument.
"""

from gongkai.reading.office.reader import read_flat, read_office

__all__ = ["read_flat", "read_office"]
