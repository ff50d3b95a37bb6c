"""From labels to statutory rows: which values are a row's, and on which of its columns they lie.

:mod:`.align` finds the labels in the stream, :mod:`.strays` those out of order, :mod:`.runs` the
values behind each; :mod:`.row` lays them on columns. What is left open is told by places in a line
(:mod:`.spots`, :mod:`.placing`), by the padding of other rows (:mod:`.padding`) or by the sums
(:mod:`.decode`).
"""
