"""Layouts are chosen by claims with a margin; what fails is left out and recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai import Claim, Document, Grid, Layout, Paragraph
from gongkai.errors import LayoutError, Reason, SourceError
from gongkai.layouts.registry import Registry
from gongkai.reading import GridCell, Place

if TYPE_CHECKING:
    from collections.abc import Callable


def layout(
    slug: str,
    result: object = None,
    *,
    marks: tuple[str, ...] = (),
    replaces: str | None = None,
    fail: Exception | None = None,
) -> Layout:
    """Return a layout whose claim is ``result``."""

    def claim(self: Layout, document: Document) -> object:
        del self, document
        if fail:
            raise fail
        return result

    attributes = {"slug": slug, "marks": marks, "replaces": replaces, "claim": claim}
    return type("Made", (Layout,), attributes)()  # type: ignore[no-any-return]


def document(*texts: str) -> Document:
    """Return a document of paragraphs."""
    return Document([Paragraph(t, Place(line=n)) for n, t in enumerate(texts, 1)], "text", path="p")


def test_the_best_claim_wins_and_all_are_told() -> None:
    registry = Registry([layout("a", Claim(20, ("x",))), layout("b", Claim(60, ("y",)))])
    choice = registry.choose(document("正文"))
    assert choice.layout.slug == "b"
    assert [(c.layout.slug, c.claim.score) for c in choice.claims] == [("b", 60), ("a", 20)]


@pytest.mark.parametrize(("second", "wins"), [(50, True), (51, False), (60, False)])
def test_the_margin_is_ten(second: int, wins: bool) -> None:  # noqa: FBT001 - a parameter
    registry = Registry([layout("a", Claim(60, ("甲",))), layout("b", Claim(second, ("乙",)))])
    if wins:
        assert registry.choose(document("x")).layout.slug == "a"
        return
    with pytest.raises(LayoutError) as caught:
        registry.choose(document("x"))
    assert caught.value.reason is Reason.AMBIGUOUS_LAYOUT
    assert caught.value.stage == "layouts"
    for evidence in ("a 60 (甲)", f"b {second} (乙)"):
        assert evidence in caught.value.message


def test_order_does_not_matter() -> None:
    layouts = [layout("a", Claim(20)), layout("b", Claim(60)), layout("c", Claim(40))]
    for order in (layouts, layouts[::-1]):
        assert Registry(order).choose(document("x")).layout.slug == "b"


def test_a_layout_that_replaces_another_takes_its_place_where_it_claims() -> None:
    old, new = layout("old", Claim(90)), layout("new", Claim(30), replaces="old")
    choice = Registry([old, new]).choose(document("x"))
    assert choice.layout.slug == "new"
    assert [c.layout.slug for c in choice.claims] == ["new"]
    silent = layout("new", None, replaces="old")
    assert Registry([old, silent]).choose(document("x")).layout.slug == "old"


@pytest.mark.parametrize(
    ("result", "fail", "words"),
    [
        (None, ValueError("boom"), "boom"),
        (Claim(0), None, "score 0"),
        (Claim(101), None, "score 101"),
        (50, None, "not a Claim"),
    ],
)
def test_a_claim_that_fails_costs_only_itself(
    result: object, fail: Exception | None, words: str
) -> None:
    registry = Registry([layout("bad", result, fail=fail), layout("good", Claim(30))])
    choice = registry.choose(document("x"))
    assert choice.layout.slug == "good"
    ((failed, error),) = choice.failures
    assert failed.slug == "bad"
    assert words in str(error)


def test_nobody_claims_a_document() -> None:
    with pytest.raises(SourceError) as caught:
        Registry([layout("a", None)]).choose(document("与此无关的文字" * 40))
    assert caught.value.reason is Reason.NOT_A_REPORT


def test_only_layouts_with_a_mark_in_the_text_are_asked() -> None:
    registry = Registry(
        [layout("any"), layout("one", marks=("索引号", "文号")), layout("two", marks=("公文种类",))]
    )
    found = registry.candidates(document("标题", "索引号：001"))
    assert [each.slug for each in found] == ["any", "one"]


@pytest.mark.parametrize(
    "build",
    [
        lambda: Document([Grid([[GridCell("x", 0), GridCell("记号", 1)]], Place(table=1))], "html"),
        lambda: Document([], "html", title="此记号"),
        lambda: Document([], "html", meta={"site": "记号"}),
    ],
)
def test_marks_are_found_in_cells_title_and_metadata(build: Callable[[], Document]) -> None:
    registry = Registry([layout("it", marks=("记号",)), layout("other", marks=("无",))])
    assert [found.slug for found in registry.candidates(build())] == ["it"]


def test_an_empty_mark_stands_everywhere() -> None:
    assert Registry([layout("it", marks=("", "无"))]).candidates(document("x"))


_WORDS = st.text(alphabet="ab甲.|", min_size=1, max_size=4)


@given(
    st.lists(st.lists(_WORDS, min_size=1, max_size=3), min_size=1, max_size=8),
    st.text(alphabet="ab甲.|", max_size=30),
)
def test_one_pass_finds_what_looking_for_each_mark_finds(marks: list[list[str]], text: str) -> None:
    layouts = [layout(f"l{n}", marks=tuple(some)) for n, some in enumerate(marks)]
    found = {each.slug for each in Registry(layouts).candidates(document(text))}
    assert found == {each.slug for each in layouts if any(m in text for m in each.marks)}
