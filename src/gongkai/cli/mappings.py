"""``gongkai mappings``: the reviewed files that indices are made from."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from gongkai.messages import say

app = typer.Typer(
    no_args_is_help=True,
    help=say("映射文件：由模型生成、核对、冻结。", "Mapping files: built, checked, frozen."),
)

Folder = Annotated[
    Path | None,
    typer.Option("--dir", help=say("映射文件目录。", "Folder of the files."), file_okay=False),
]


@app.command(help=say("由模型生成映射文件。", "Build the files from the models."))
def build(
    *,
    check: Annotated[
        bool, typer.Option("--check", help=say("只核对，不写。", "Compare, write nothing."))
    ] = False,
    folder: Folder = None,
) -> None:
    """Build the mapping files, or compare them with the models.

    Raises:
        MappingError: a file differs from the models (``--check``), or is released and frozen.
    """
    from gongkai.search import mapping  # noqa: PLC0415 - start-up time
    from gongkai.search.indices import SPECS  # noqa: PLC0415

    target = folder or mapping.mappings_dir()
    for spec in SPECS:
        if check:
            mapping.check(spec, target)
            outcome = say("与模型一致", "agrees with the models")
        elif mapping.write(spec, target):
            outcome = say("已写入", "written")
        else:
            outcome = say("无变化", "unchanged")
        typer.echo(f"{spec.file}: {outcome}")


@app.command(help=say("发布并冻结当前版本。", "Release the present version and freeze it."))
def release(*, folder: Folder = None) -> None:
    """Write the checksums of the present mapping files to ``released.json``.

    Raises:
        MappingError: a file differs from the models or from what was released.
    """
    from gongkai.search import mapping  # noqa: PLC0415
    from gongkai.search.indices import SPECS  # noqa: PLC0415

    target = folder or mapping.mappings_dir()
    for spec in SPECS:
        mapping.release(spec, target)
        typer.echo(f"{spec.file}: {say('已冻结', 'frozen')}")
