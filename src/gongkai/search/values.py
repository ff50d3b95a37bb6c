"""Numbers and dates of conditions and facets."""

from __future__ import annotations

import calendar
import re
import unicodedata
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from gongkai.errors import UsageError
from gongkai.messages import say

if TYPE_CHECKING:
    from gongkai.search.fields import Field

_DATE = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?|月)?|年)?$")
_DECEMBER = 12
#: What Elasticsearch's types hold; it refuses numbers beyond.
_LIMITS = {"short": 2**15 - 1, "integer": 2**31 - 1}


def number(field: Field, text: str) -> int | float:
    """Return the number that ``text`` is: digits of any width, with or without separators.

    Raises:
        UsageError: it is none.
    """
    plain = unicodedata.normalize("NFKC", text).strip().replace(",", "").replace("−", "-")
    try:
        value = Decimal(plain)
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite():
        raise UsageError(
            say(
                f"“{field.path}”要与数比较，而“{text}”不是数。",
                f"“{field.path}” holds numbers, and “{text}” is none.",
            ),
            hint=say(
                f"没有值的报告：{field.path} missing。",
                f"Reports without a value: {field.path} missing.",
            ),
        )
    return int(value) if value == value.to_integral_value() else float(value)


def bounds_of(field: Field, text: str) -> tuple[int | float | str, int | float | str]:
    """Return the lowest and the highest value that ``text`` stands for.

    A number stands for itself; a year, a month or a day for its first and last day.

    Raises:
        UsageError: it is none of these, or beyond what the field can hold.
    """
    if field.kind == "date":
        return _days(field, text)
    value = number(field, text)
    limit = _LIMITS.get(field.kind)
    if limit is not None and abs(value) > limit:
        raise UsageError(
            say(
                f"“{field.path}”不可能是 {text}：绝对值至多 {limit}。",
                f"“{field.path}” cannot be {text}: at most {limit} fit.",
            )
        )
    return value, value


def _days(field: Field, text: str) -> tuple[str, str]:
    found = _DATE.match(unicodedata.normalize("NFKC", text).strip())
    try:
        if found is not None:
            year, month, day = (int(part) if part else 0 for part in found.groups())
            first = date(year, month or 1, day or 1)
            last_month = month or _DECEMBER
            last_day = day or calendar.monthrange(year, last_month)[1]
            return first.isoformat(), date(year, last_month, last_day).isoformat()
    except ValueError:
        pass  # a thirteenth month, a thirtieth of February
    raise UsageError(
        say(
            f"“{field.path}”要与日期比较，而“{text}”不是日期。",
            f"“{field.path}” holds dates, and “{text}” is none.",
        ),
        hint=say("例：2024、2024-01、2024-01-16。", "Examples: 2024, 2024-01, 2024-01-16."),
    )
