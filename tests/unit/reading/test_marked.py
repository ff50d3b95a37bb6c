"""Tables in the marks of forums and wikis."""

import pytest

from gongkai.reading import Source, read
from gongkai.reading.document import Document, Grid
from gongkai.settings import Settings

FORUM = "[table=98%][tr][td=2,1]规章[/td][/tr]\n[tr][td]许可[/td][td]2[/td][/tr][/table]"
WIKI = '{| class="wikitable"\n|-\n| colspan="2" | 规章\n|-\n| 许可 || 2\n|}'
ROWS = [["规章"], ["许可", "2"]]


def outline(text: str) -> list[object]:
    document: Document = read(Source(path="page.txt", data=text.encode()), Settings())
    return [b.texts if isinstance(b, Grid) else b.text for b in document.blocks]


@pytest.mark.parametrize("table", [FORUM, WIKI])
def test_a_table_in_marks_is_a_table(table: str) -> None:
    assert outline(f"二、主动公开\n{table}\n三、收到") == ["二、主动公开", ROWS, "三、收到"]
    quoted = "\n".join(f"> {line}" for line in f"二、主动公开\n{table}\n三、收到".split("\n"))
    assert outline(quoted) == ["二、主动公开", ROWS, "三、收到"]


@pytest.mark.parametrize("table", [FORUM, WIKI])
def test_an_excerpt_may_cut_it(table: str) -> None:
    end = table.index("2", table.index("许可")) + 1
    assert outline(f"二、主动公开\n{table[:end]}") == ["二、主动公开", ROWS]
    assert outline(f"{table[table.index('规章') - 2 :]}\n三、收到")[-2:] in (
        [ROWS, "三、收到"],
        [ROWS[1:], "三、收到"],
    )


def test_bars_alone_make_no_wiki_s_table() -> None:
    assert outline("a |- b {| c") == [[["a", "- b {", "c"]]]
