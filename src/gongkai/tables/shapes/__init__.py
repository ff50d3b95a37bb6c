"""Tables that hold the form in another shape, or with others: brought into the form's own.

Turned, long and stacked tables (:mod:`.reshape`), labels behind numbers (:mod:`.backward`), merged
blanks (:mod:`.merged`), heads in tables of their own (:mod:`.parted`), a table in two
(:mod:`.halves`) or twice (:mod:`.sides`, :mod:`.own_part`, :mod:`.plain_rows`). All of them keep
the places of cells (:mod:`.rearranged`).
"""
