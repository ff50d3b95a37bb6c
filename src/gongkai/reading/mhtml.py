"""MHTML (a page saved with all its parts) → Document."""

from __future__ import annotations

from codecs import BOM_UTF8
from email import message_from_bytes, policy
from email.message import Message
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from gongkai.reading.join import join_documents
from gongkai.reading.textual import read_textual

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gongkai.reading.document import Document

_TEXTS = ("text/html", "application/xhtml+xml", "text/plain")


def read_mhtml(data: bytes) -> Document | None:
    """Read the pages of a MIME message: frames are joined in their order.

    Returns:
        None where the bytes only look like a message.
    """
    message = message_from_bytes(data.removeprefix(BOM_UTF8), policy=policy.compat32)
    documents = []
    for part in _parts(message):
        kind = part.get_content_type()
        payload = None if part.is_multipart() else part.get_payload(decode=True)
        if kind not in _TEXTS or not isinstance(payload, bytes) or not payload.strip():
            continue
        document = read_textual(payload, _header(part, "Content-Type"))
        if document.blocks:
            document.url = _header(part, "Content-Location")
            documents.append(document)
    if not documents or not (message.is_multipart() or message.get("MIME-Version")):
        return None
    joined = join_documents(documents)
    joined.format = "mhtml"
    joined.url = _header(message, "Snapshot-Content-Location") or joined.url
    _take_date(message, joined)
    return joined


def _parts(message: Message) -> Iterator[Message]:
    """Yield the parts of a message; of alternatives, which say the same, the last and fullest."""
    if not message.is_multipart():
        yield message
        return
    inner = [part for part in message.get_payload() if isinstance(part, Message)]
    if message.get_content_type() == "multipart/alternative":
        pages = [part for part in inner if part.get_content_type() != "text/plain"]
        inner = (pages or inner)[-1:]
    for part in inner:
        yield from _parts(part)


def _header(part: Message, name: str) -> str | None:
    """Return a header as text: bytes beyond ASCII come as an object of the library's own."""
    value = part.get(name)
    return None if value is None else str(value)


def _take_date(message: Message, document: Document) -> None:
    try:
        document.fetched_on = parsedate_to_datetime(str(message.get("Date"))).date()
    except (TypeError, ValueError):
        document.fetched_on = None
