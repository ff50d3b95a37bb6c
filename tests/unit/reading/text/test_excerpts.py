"""What programs keep of a page: quoted, with lines numbered, and cut."""

import pytest

from gongkai.reading.document import OPEN_END, Document, Grid
from gongkai.reading.text import read_text

LINES = [
    "一、总体情况", "全年无。", "二、主动公开", "规章", "0", "", "12", "行政许可", "7", "三、收到",
]  # fmt: skip


def outline(document: Document) -> list[object]:
    return [b.texts if isinstance(b, Grid) else b.text for b in document.blocks]


@pytest.mark.parametrize(
    "mark", ["> {1}", ">> {1}", ">{1}", "{0:>4}  {1}", "{0}: {1}", "{0}\t{1}", "{0:>3} | {1}"]
)
def test_marks_before_all_lines_are_none_of_them(mark: str) -> None:
    marked = [mark.format(number, line) for number, line in enumerate(LINES, start=57)]
    plain = outline(read_text("\n".join(LINES)))
    assert outline(read_text("\n".join(marked))) == plain
    # An excerpt begins and ends anywhere, and another program's lines may stand around it.
    assert outline(read_text("\n".join(["况", *marked[1:]]))) == ["况", *plain[1:]]
    assert outline(read_text("\n".join([*marked, "[truncated]"]))) == [*plain, "[truncated]"]


def test_a_lines_number_that_is_cut_is_no_cell() -> None:
    marked = [f"{number:>4}  {line}" for number, line in enumerate(LINES, start=57)]
    assert outline(read_text("\n".join([*marked, "   6"]))) == outline(read_text("\n".join(LINES)))


def test_lines_that_begin_with_numbers_are_not_numbered() -> None:
    lines = ["规章", "1  条", "2  条", "3  条", "0", "0", "5  条", "0", "1", "2"]
    assert outline(read_text("\n".join(lines))) == lines


@pytest.mark.parametrize("end", ["……", " ...", "[...]", "\n[truncated]", "…（全文共8213字）", ""])
def test_a_text_may_end_within_a_number(end: str) -> None:
    document = read_text(f"规章\n0\n1{end}")
    assert outline(document) == ["规章", "0", "1"]
    assert document.notes == [OPEN_END]
    assert read_text("规章\n0\n1\n").notes == []


@pytest.mark.parametrize("mark", ["……", "...", " [...] "])
def test_a_mark_between_numbers_parts_their_rows(mark: str) -> None:
    parted = outline(read_text(f"规章 | 1 | 2{mark}3 | 4 |\n行政许可 | 5 | 6 |"))
    assert parted == [[["规章", "1", "2"]], mark.strip(), [["3", "4"], ["行政许可", "5", "6"]]]
    whole = f"全年公开12{mark}条，其中3 4件。"
    assert outline(read_text(whole)) == [whole]
