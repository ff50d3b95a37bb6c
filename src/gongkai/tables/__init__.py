"""From a document to statutory cells: sections, labels, numbers, identities as a decoder.

:mod:`.cells` is the way in. Clean tables are read at once (:mod:`.clean`); others are brought into
the form's shape (:mod:`.shapes`), flattened (:mod:`.stream`), and found and read in it
(:mod:`.locate`, :mod:`.statutory`, :mod:`.rows`). :mod:`.assemble` makes values, states and
findings of their rows; :mod:`.numbers` reads one cell, :mod:`.text` and :mod:`.chinese` what labels
say. :mod:`.narrative` reads what stands around the tables.
"""
