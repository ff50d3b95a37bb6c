"""``gongkai schema`` and ``gongkai version``."""

from __future__ import annotations

import json

import typer

from gongkai.cli.output import AsJson, print_json
from gongkai.messages import say

app = typer.Typer()


@app.command(
    help=say("打印 extract 输出的 JSON Schema。", "Print the JSON Schema of extract's output.")
)
def schema(*, as_json: AsJson = True) -> None:
    """Print the JSON Schema of one line of ``gongkai extract``."""
    del as_json  # it is JSON in any case
    from gongkai.model import Extracted  # noqa: PLC0415 - start-up time

    found = Extracted.model_json_schema(mode="serialization")
    typer.echo(json.dumps(found, ensure_ascii=False, indent=2))


@app.command(help=say("打印版本。", "Print the version."))
def version(*, as_json: AsJson = False) -> None:
    """Print gongkai's version."""
    from gongkai import __version__  # noqa: PLC0415 - start-up time

    if as_json:
        print_json({"gongkai": __version__})
    else:
        typer.echo(f"gongkai {__version__}")
