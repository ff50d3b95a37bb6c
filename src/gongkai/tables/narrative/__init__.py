"""The six sections of a report and the prose in them: their headings, and where they end.

:mod:`.sections` finds :mod:`.headings`, by their words or their numbers (:mod:`.enumerators`,
:mod:`.numbered`), and ends the last section above the page's foot (:mod:`.footers`). Prose in the
rows of a table becomes paragraphs first (:mod:`.prose`).
"""
