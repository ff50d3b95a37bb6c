"""The paths, labels and identities of the form: the contract that users store and query."""

from __future__ import annotations

import csv
import json
from fractions import Fraction
from itertools import combinations
from pathlib import Path
from typing import Any, get_args

import pytest

from gongkai.form import CELLS, Cell, FormYear, cells_of, identities

ROOT = Path(__file__).parents[2]
TABLE = ROOT / "tests/data/form-paths.tsv"
REFERENCE = ROOT.parent / "shared/form"
FORMS: tuple[FormYear, ...] = get_args(FormYear)


def row_of(cell: Cell) -> dict[str, str]:
    return {
        "path": cell.path,
        "forms": "+".join(cell.forms),
        "table": cell.table,
        "label": cell.label,
        "type": cell.type,
        "unit": cell.unit,
        "article": cell.article or "",
    }


def test_models_equal_the_committed_table() -> None:
    """A changed path breaks stored documents: tests/data/form-paths.tsv changes by hand only."""
    with TABLE.open(encoding="utf-8", newline="") as lines:
        committed = list(csv.DictReader(lines, delimiter="\t"))
    assert [row_of(cell) for cell in CELLS.values()] == committed


@pytest.mark.parametrize(("form", "cells", "sums"), [("2021", 200, 42), ("2019", 198, 40)])
def test_sizes(form: FormYear, cells: int, sums: int) -> None:
    assert len(cells_of(form)) == cells
    assert len(identities(form)) == sums


def reference(form: FormYear) -> dict[str, Any]:
    """Return the reference description of a form, where one stands beside the checkout."""
    file = REFERENCE / f"form-{form}.json"
    if not file.is_file():
        pytest.skip("no reference beside this checkout; the committed table is compared instead")
    found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize("form", FORMS)
def test_cells_equal_the_reference(form: FormYear) -> None:
    keys = ("path", "table", "label", "type", "unit", "article")
    printed = [{k: cell.get(k) for k in keys} for cell in reference(form)["cells"]]
    assert [{k: getattr(cell, k) for k in keys} for cell in cells_of(form)] == printed


@pytest.mark.parametrize("form", FORMS)
def test_identities_equal_the_reference(form: FormYear) -> None:
    printed = [(i["rule"], *map(tuple, i["equals"])) for i in reference(form)["identities"]]
    ours = [(i.rule, tuple(i.left), tuple(i.right)) for i in identities(form)]
    assert sorted(ours) == sorted(printed)


def table_three(form: FormYear) -> tuple[list[str], list[list[int]]]:
    """Return table three's cells and, per identity, their signs in it."""
    paths = [cell.path for cell in cells_of(form) if cell.table == "三"]
    rows = [
        [(path in i.left) - (path in i.right) for path in paths]
        for i in identities(form)
        if i.rule.startswith("T3.")
    ]
    return paths, rows


def rank(rows: list[list[int]]) -> int:
    """Return the rank of a matrix, by elimination in exact fractions."""
    left = [[Fraction(value) for value in row] for row in rows]
    found = 0
    for column in range(len(rows[0])):
        pivot = next((row for row in left if row[column]), None)
        if pivot is None:
            continue
        left.remove(pivot)
        found += 1
        for row in left:
            factor = row[column] / pivot[column]
            if factor:
                row[:] = [a - factor * b for a, b in zip(row, pivot, strict=True)]
    return found


@pytest.mark.parametrize(("form", "expected"), [("2021", 37), ("2019", 35)])
def test_rank_of_table_three(form: FormYear, expected: int) -> None:
    assert rank(table_three(form)[1]) == expected


def columns(form: FormYear) -> dict[str, tuple[int, ...]]:
    paths, rows = table_three(form)
    return dict(zip(paths, zip(*rows, strict=True), strict=True))


@pytest.mark.parametrize("form", FORMS)
def test_no_two_cells_break_the_same_identities(form: FormYear) -> None:
    """What lets the identities name a single wrong cell: docs/adr/0002."""
    for (one, a), (other, b) in combinations(columns(form).items(), 2):
        assert a not in (b, tuple(-sign for sign in b)), (one, other)


@pytest.mark.parametrize("form", FORMS)
def test_three_wrong_cells_never_pass(form: FormYear) -> None:
    """Three errors cancel only if their columns are dependent; no three are: docs/adr/0002."""
    touched = {
        p: frozenset(i for i, sign in enumerate(c) if sign) for p, c in columns(form).items()
    }
    by_touched: dict[frozenset[int], list[str]] = {}
    for path, rows in touched.items():
        by_touched.setdefault(rows, []).append(path)
    for one, other in combinations(touched, 2):
        # An identity that only one of the three touches would fail.
        needed, shared = touched[one] ^ touched[other], touched[one] & touched[other]
        for size in range(len(shared) + 1):
            for extra in combinations(shared, size):
                for third in by_touched.get(needed | frozenset(extra), []):
                    three = {one, other, third}
                    assert len(three) < 3 or rank([list(columns(form)[p]) for p in three]) == 3
