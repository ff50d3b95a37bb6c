"""What pages say of themselves in scripts for search engines."""

from __future__ import annotations

import pytest

from gongkai.reading.html import read_html
from gongkai.reading.html.linked_data import read_created, read_linked


def script(data: str) -> str:
    return f'<script type="application/ld+json">{data}</script>'


@pytest.mark.parametrize(
    "data",
    [
        '{"title": "年报", "pubDate": "2024-01-15T09:10:11", "upDate": "2024-09-01T00:00:00"}',
        '{"@graph": [{"name": "x"}, {"pubDate": "2024-01-15T09:10:11", "title": "年报"}]}',
        '[{"title": "年报", "pubDate": "2024-01-15T09:10:11"}]',
    ],
)
def test_the_day_of_publication_and_the_title_are_read(data: str) -> None:
    assert read_linked(["{", data]) == {"pubDate": "2024-01-15T09:10:11", "title": "年报"}


@pytest.mark.parametrize("data", ["", "{", '{"name": "x"}', "[" * 15_000, "1", '{"pubDate": 1}'])
def test_others_are_passed_over(data: str) -> None:
    assert read_linked([data]) == {}
    assert read_html("<script>application/ld+json</script>" * 10).meta == {}


def test_halves_of_characters_are_none() -> None:
    data = '{"title": "年\\ud800报", "pubDate": "2024-01-15"}'
    assert read_linked([data])["title"] == "年\ufffd报"


def test_the_page_s_metadata_come_first() -> None:
    data = '{"title": "二", "datePublished": "2024-01-15"}'
    head = '<head><meta name="title" content="一"></head>'
    page = f"<html>{head}<body>{script(data)}<p>文</p></body></html>"
    assert read_html(page).meta == {"title": "一", "datePublished": "2024-01-15"}


def test_a_script_may_hold_mark_up() -> None:
    data = '{"headline": "年报 <一>", "articleBody": "<p>1 > 0</p>", "datePublished": "2024-01-15"}'
    meta = read_html(f"<p>文</p>{script(data).replace('script type', 'SCRIPT id=x type')}").meta
    assert meta == {"headline": "年报 <一>", "datePublished": "2024-01-15"}


@pytest.mark.parametrize(
    ("script", "created"),
    [
        ("var createTime = '2024-01-15 18:03';", "2024-01-15 18:03"),
        ('var ct = "1705312980";', "1705312980"),
        ("x = {create_time: JsDecode('2024-01-15 18:03')}", "2024-01-15 18:03"),
        ("var ct = '';", ""),
    ],
)
def test_an_account_s_article_keeps_its_day_in_a_script(script: str, created: str) -> None:
    site = {"og:site_name": "微信公众平台"}
    assert read_created(script, site) == created
    assert not read_created(script, {})
    page = (
        f'<meta property="og:site_name" content="微信公众平台"><script>{script}</script><p>文</p>'
    )
    assert read_html(page).meta.get("publish_time", "") == created
