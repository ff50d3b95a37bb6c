"""Messages for people, in Chinese and English.

The language is ``GONGKAI_LANG`` (``zh`` or ``en``), else the locale's: Chinese where it starts
with ``zh``, else English.
"""

from __future__ import annotations

import os
from typing import Literal

_VARIABLES = ("GONGKAI_LANG", "LC_ALL", "LC_MESSAGES", "LANG")


def language() -> Literal["zh", "en"]:
    """Return the language of messages."""
    for name in _VARIABLES:
        value = os.environ.get(name)
        if value:
            return "zh" if value.lower().startswith("zh") else "en"
    return "en"


def say(zh: str, en: str) -> str:
    """Return the message in the language of this process."""
    return zh if language() == "zh" else en


def joined(first: str, then: str) -> str:
    """Return two sentences as one text; a Chinese full stop needs no blank after it."""
    return f"{first}{then}" if first.endswith("。") else f"{first} {then}".strip()
