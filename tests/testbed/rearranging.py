"""Tables with more columns than the form's, or its rows and columns in another order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.testbed.matrix import Cell

if TYPE_CHECKING:
    from random import Random

    from tests.testbed.content import Content
    from tests.testbed.matrix import Table

    Row = list[Cell]


def _numbers(row: Row) -> list[int]:
    return [n for n, cell in enumerate(row) if cell.path is not None]


def _add_column(table: Table, head: str, cells: list[str], at: int | None) -> None:
    """Add a column at the left end, before the numbers (0) or at the right end (None)."""
    own = iter(cells)
    for n, row in enumerate(table.rows):
        numbers = _numbers(row)
        if table.name == "三" and n == 0:
            row.insert(at or len(row), Cell(head, "head", 1, table.head_rows))
        elif row[0].kind == "title":
            row[0].colspan += 1
        elif row[0].text == "信息内容":
            row.insert(1 if at is not None else len(row), Cell(head, "head"))
        elif numbers:
            place = numbers[0] if at is not None else len(row)
            row.insert(place, Cell(next(own), "note"))
    table.columns += 1


def added_columns(content: Content, rng: Random) -> None:
    """Add 备注, 上年数 or a unit to tables two and three."""
    head, at = rng.choice((("备注", None), ("上年数", None), ("计量单位", 1)))
    for table in content.tables[:2]:
        rows = [row for row in table.rows if _numbers(row)]
        texts = {
            "备注": [rng.choice(("", "", "见附件", "无")) for _ in rows],
            "上年数": [str(rng.randint(0, 40)) for _ in rows],
            "计量单位": ["万元" if _is_amount(row) else "件" for row in rows],
        }
        _add_column(table, head, texts[head], at)


def _is_amount(row: Row) -> bool:
    return any(cell.path is not None and cell.path.endswith("amount") for cell in row)


def moved_rows(content: Content, rng: Random) -> None:
    """Print 总计 above the results or above （六）, or change two rows round."""
    rows = content.table("三").rows
    if rng.random() < 0.4:
        labels = [n for n, row in enumerate(rows) if row[0].kind == "label" and len(row) == 8]
        at = rng.choice([n for n in labels if n + 1 in labels])
        rows[at], rows[at + 1] = rows[at + 1], rows[at]
        return
    start = next(n for n, row in enumerate(rows) if row[0].text.startswith("三、"))
    last = next(n for n, row in enumerate(rows) if row[0].text == "（七）总计")
    total = rows.pop(last)
    if rng.random() < 0.5:
        total.insert(0, rows[start].pop(0))
        rows.insert(start, total)
    else:
        other = next(n for n, row in enumerate(rows) if row[0].text == "（六）其他处理")
        rows.insert(other, total)


def moved_columns(content: Content, rng: Random) -> None:
    """Print 总计 first in tables three and four, or two columns of table two changed round."""
    two, three, four = content.tables
    if rng.random() < 0.5:
        for row in two.rows:
            if len(row) == 4:
                row[1], row[2] = row[2], row[1]
    three.rows[1].insert(0, three.rows[1].pop())
    for row in three.rows[three.head_rows :]:
        first, *_, last = _numbers(row)
        row.insert(first, row.pop(last))
    four.rows[1].insert(0, four.rows[1].pop(4))
    for row, starts in ((four.rows[2], (0, 5)), (four.rows[3], (0, 5, 10))):
        for start in starts:
            row.insert(start, row.pop(start + 4))


def moved_applicants(content: Content, rng: Random) -> None:
    """Print 法人或其他组织 first, 总计 beside 自然人, or 其他 before the other organisations."""
    rows = content.table("三").rows
    upper, lower = rows[1], rows[2]
    order = rng.choice(((1, 2, 3, 4, 5, 0, 6), (0, 6, 1, 2, 3, 4, 5), (0, 5, 1, 2, 3, 4, 6)))
    natural, group, total = upper
    parts = {0: natural, 6: total}
    places = [n for n in order if n in (0, 1, 6)]
    rows[1] = [parts.get(n, group) for n in places]
    rows[2] = [lower[n - 1] for n in order if n in range(1, 6)]
    for row in rows[3:]:
        values = row[-7:]
        row[-7:] = [values[n] for n in order]


def moved_disputes(content: Content, rng: Random) -> None:
    """Print table four with one kind or one result a row, the kinds in any order."""
    four = content.table("四")
    numbers = four.rows[-1]
    kinds = list(enumerate(("行政复议", "未经复议直接起诉", "复议后起诉")))
    results = list(enumerate(("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")))
    rng.shuffle(kinds)
    beside, above = (kinds, results) if rng.random() < 0.5 else (results, kinds)
    four.rows = [[Cell("类别", "head"), *(Cell(name, "head") for _, name in above)]]
    for n, name in beside:
        places = [5 * n + m if beside is kinds else 5 * m + n for m, _ in above]
        four.rows.append([Cell(name, "label"), *(numbers[place] for place in places)])
    four.columns, four.head_rows = 1 + len(above), 1


def stack_rows(table: Table, rng: Random) -> None:
    """Make one row of the rows of one group of table three, line by line in each cell.

    Groups whose rows have lost or gained cells stay as they are.
    """
    groups = [
        (n, row[-9].rowspan)
        for n, row in enumerate(table.rows)
        if len(row) > 8 and row[-9].kind == "group" and row[-9].text.startswith("（")
    ]
    whole = [
        (at, count)
        for at, count in groups
        if all(len(_numbers(row)) == 7 and row[-8].text for row in table.rows[at : at + count])
        and all(len(row) == 8 for row in table.rows[at + 1 : at + count])
    ]
    if not whole:
        return
    at, count = rng.choice(whole)
    *before, group = table.rows[at][:-8]
    rows = [row[-8:] for row in table.rows[at : at + count]]
    merged = [
        Cell("\n".join(cell.text for cell in cells), cells[0].kind)
        for cells in zip(*rows, strict=True)
    ]
    table.rows[at : at + count] = [[*before, Cell(group.text, "group"), *merged]]
    for row in table.rows[: at + 1]:
        if row[0].kind == "group" and row[0].text.startswith("三、"):
            row[0].rowspan -= count - 1


def gather_rows(table: Table, rng: Random) -> None:
    """Print table three as programs turn a PDF into a document: up to three rows in one.

    Each cell has their numbers line by line, and one cell has all labels, those of groups, too.
    """
    head, rest = table.rows[: table.head_rows], table.rows[table.head_rows :]
    gathered: list[list[Cell]] = []
    while rest:
        count = rng.choice((1, 1, 2, 3))
        rows, rest = rest[:count], rest[count:]
        labels = [cell.text.replace("\n", "") for row in rows for cell in row[:-7]]
        numbers = zip(*(row[-7:] for row in rows), strict=True)
        gathered.append(
            [
                Cell("\n".join(labels), "label", 3),
                *(Cell("\n".join(cell.text for cell in cells), "number") for cells in numbers),
            ]
        )
    table.rows = head + gathered


def notes(content: Content, rng: Random) -> None:
    """Put marks of notes behind labels, headers and numbers."""
    mark = rng.choice(("①", "[1]", "*", "（注1）", "¹"))
    for table in content.tables:
        for cell in table.cells():
            share = 0.2 if cell.kind in ("label", "head") else 0.03 if cell.path else 0
            if cell.text and rng.random() < share:
                cell.text += mark
