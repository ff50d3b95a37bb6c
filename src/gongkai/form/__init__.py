"""The statutory form: its cells, labels, units and identities. Nothing else spells a label."""

from gongkai.form.cells import (
    APPLICANTS,
    CELLS,
    DISPUTE_CELLS,
    LABELS_BY_ROW,
    REQUEST_ROWS,
    Cell,
    FormYear,
    TableName,
    cells_of,
)
from gongkai.form.identities import Identity, identities, request_rows
from gongkai.form.models import (
    MAX_AMOUNT_DIGITS,
    MAX_COUNT,
    Disputes,
    FormModel,
    Proactive,
    Proactive2019,
    Requests,
)

__all__ = [
    "APPLICANTS",
    "CELLS",
    "DISPUTE_CELLS",
    "LABELS_BY_ROW",
    "MAX_AMOUNT_DIGITS",
    "MAX_COUNT",
    "REQUEST_ROWS",
    "Cell",
    "Disputes",
    "FormModel",
    "FormYear",
    "Identity",
    "Proactive",
    "Proactive2019",
    "Requests",
    "TableName",
    "cells_of",
    "identities",
    "request_rows",
]
