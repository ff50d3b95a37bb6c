"""Traditional characters: mirrors print whole reports in them, by machine conversion."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from gongkai.reading.document import Grid, Paragraph

if TYPE_CHECKING:
    from collections.abc import Callable

    from gongkai.reading.document import Document

#: Signs that every report prints, in the form that only traditional text has.
_TRADITIONAL = re.compile("[報開請總結轉數務處關機類]")
#: So many of them make a text traditional; quotations and names hold a few.
_ENOUGH = 20


@cache
def _converter() -> Callable[[str], str]:
    # Imported here: the dictionaries load slowly and few reports need them.
    from opencc import OpenCC  # noqa: PLC0415

    return OpenCC("t2s").convert  # type: ignore[no-any-return] # untyped library


def simplified(document: Document) -> Document:
    """Return the document in simplified characters; places stay as they are.

    Documents that are not in traditional characters come back unchanged.
    """
    count = 0
    for block in document.blocks:
        if isinstance(block, Paragraph):
            count += len(_TRADITIONAL.findall(block.text))
        else:
            count += sum(len(_TRADITIONAL.findall(c.text)) for row in block.rows[:4] for c in row)
        if count >= _ENOUGH:
            break
    else:
        return document
    convert = _converter()
    blocks: list[Paragraph | Grid] = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            blocks.append(Paragraph(convert(block.text), block.place))
        else:
            rows = [[c._replace(text=convert(c.text)) for c in row] for row in block.rows]
            blocks.append(replace(block, rows=rows))
    return replace(
        document,
        blocks=blocks,
        title=convert(document.title),
        meta={key: convert(value) for key, value in document.meta.items()},
        notes=[*document.notes, "traditional characters were read as simplified"],
    )
