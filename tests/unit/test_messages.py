"""Messages as people read them."""

from __future__ import annotations

import pytest

from gongkai.errors import UsageError
from gongkai.messages import joined


@pytest.mark.parametrize(
    ("first", "then", "text"),
    [
        ("文件是空的。", "请重新下载。", "文件是空的。请重新下载。"),
        ("The file is empty.", "Fetch it again.", "The file is empty. Fetch it again."),
        ("The file is empty.", "", "The file is empty."),
        ("", "Fetch it again.", "Fetch it again."),
    ],
)
def test_sentences_are_joined_as_their_language_does(first: str, then: str, text: str) -> None:
    assert joined(first, then) == text
    assert str(UsageError(first, hint=then)) == text
