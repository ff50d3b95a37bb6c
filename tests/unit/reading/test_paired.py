"""Lists of pairs: each number stands beside the name of its column."""

import pytest

from gongkai.form import REQUEST_ROWS, request_rows
from gongkai.form.labels import REQUEST_LABELS
from gongkai.reading import Document, Grid, Source, read
from gongkai.settings import Settings

KEYS = [key for key in REQUEST_ROWS if key in request_rows("2021")]
NAMES = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
TABLE = [["", *NAMES]] + [
    [REQUEST_LABELS[key][0], *map(str, range(n, n + 7))] for n, key in enumerate(KEYS)
]


def reading(lines: list[str]) -> Document:
    return read(Source("x.txt", "\n".join(["前言。", *lines, "后语。"]).encode()), Settings())


def outline(document: Document) -> list[object]:
    return [b.texts if isinstance(b, Grid) else b.text for b in document.blocks]


@pytest.mark.parametrize(
    ("pair", "between"),
    [
        ("{} {}", "，"),
        ("{}{}", "；"),
        ("{}：{}件", "、"),
        ("法人或其他组织—{}: {}", ", "),
        ("{}（件）={}", "，"),
        ("{}为{}件次", "；"),
    ],
)
def test_a_row_in_a_line(pair: str, between: str) -> None:
    order = [*NAMES[3:], *NAMES[:3]]  # a number follows its name
    lines = [
        f"{row[0]}：{between.join(pair.format(n, row[TABLE[0].index(n)]) for n in order)}。"
        for row in TABLE[1:]
    ]
    before, table, after = outline(reading(lines))
    assert (before, after) == ("前言。", "后语。")
    assert [[c.rstrip("件次") for c in row] for row in table] == TABLE  # type: ignore[attr-defined]


def test_a_row_in_several_lines() -> None:
    lines = []
    for row in TABLE[1:]:
        lines += [f"{row[0]}：", *(f"- {n}：{v}" for n, v in zip(NAMES, row[1:], strict=True))]
    assert outline(reading(lines)) == ["前言。", TABLE, "后语。"]


def test_a_label_that_is_the_name_of_a_column() -> None:
    lines = []
    for row in TABLE[1:]:
        lines += [f"{row[0]}：", f"自然人：{row[1]}", f"总计：{row[7]}"]
    expected = [["", "自然人", "总计"], *([row[0], row[1], row[7]] for row in TABLE[1:])]
    assert outline(reading(lines)) == ["前言。", expected, "后语。"]


def test_both_names_before_each_number() -> None:
    lines = [f"{row[0]}—{n} {v}" for row in TABLE[1:] for n, v in zip(NAMES, row[1:], strict=True)]
    assert outline(reading(lines)) == ["前言。", TABLE, "后语。"]


def test_words_between_rows_are_rows_and_what_is_not_named_is_blank() -> None:
    lines = [f"{row[0]}：自然人{row[1]}，总计：，其他 /" for row in TABLE[1:]]
    lines.insert(3, "（三）不予公开")
    expected: list[list[str]] = [["", "自然人", "其他", "总计"]]
    expected += [[row[0], row[1], "/", ""] for row in TABLE[1:]]
    expected.insert(4, ["（三）不予公开"])
    assert outline(reading(lines)) == ["前言。", expected, "后语。"]


def test_the_unit_of_an_amount_stays_with_its_name() -> None:
    rows = [f"{row[0]}：自然人 1，总计 1" for row in TABLE[1:]]
    found = outline(reading(["行政事业性收费：本年收费金额（单位：元） 5", *rows]))
    assert found[1] == [["", "本年收费金额（单位：元）"], ["行政事业性收费", "5"]]


def test_sentences_stay_sentences() -> None:
    lines = ["全年收到申请3件，其中自然人3件，商业企业0件"] * 20
    assert outline(reading(lines)) == ["前言。", *lines, "后语。"]
