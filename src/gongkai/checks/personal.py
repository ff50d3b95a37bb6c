"""Personal data that the narrative should not hold."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gongkai.checks.case import Case
    from gongkai.model import Finding

# A pattern that begins with a look-behind would be tried at every character.
_LONG_NUMBER = re.compile(r"[1-9]\d{10,17}[\dXx]?(?!\.?\d)")
#: A pattern would be tried at every digit; with all digits alike, a long number is one text.
_DIGITS_ALIKE = bytes.maketrans(b"123456789", b"000000000")
_ANY_LONG_NUMBER = b"0" * 11
_MOBILE = re.compile(r"1[3-9]\d{9}")
_IDENTITY = re.compile(r"[1-8]\d{16}[\dXx]")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+", re.ASCII)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"


def check(case: Case) -> Iterator[Finding]:
    """Count the numbers of mobiles and identity cards, and the e-mail addresses."""
    text = "\n".join(filter(None, case.report.sections.__dict__.values()))
    mobiles = identities = 0
    for number in _long_numbers(text):
        if _MOBILE.fullmatch(number):
            mobiles += 1
        elif _IDENTITY.fullmatch(number):
            identities += _is_identity_number(number)
    addresses = len(_EMAIL.findall(text)) if "@" in text else 0
    if mobiles or identities or addresses:
        # The message does not repeat what it warns of.
        yield case.find(
            "M.PII",
            f"正文含手机号 {mobiles} 个、身份证号 {identities} 个、电子邮箱 {addresses} 个",
            f"the text holds {mobiles} mobile numbers, {identities} identity numbers and "
            f"{addresses} e-mail addresses",
        )


def _long_numbers(text: str) -> Iterator[str]:
    """Yield the numbers of eleven digits and more; few texts hold any."""
    if _ANY_LONG_NUMBER not in text.encode("ascii", "replace").translate(_DIGITS_ALIKE):
        return
    for match in _LONG_NUMBER.finditer(text):
        start = match.start()
        if not start or not (text[start - 1].isdigit() or text[start - 1] == "."):
            yield match[0]


def _is_identity_number(text: str) -> bool:
    """Return whether the last sign is the check digit of the others (GB 11643)."""
    total = sum(int(d) * w for d, w in zip(text[:-1], _WEIGHTS, strict=True))
    return _CHECK_DIGITS[total % 11] == text[-1].upper()
