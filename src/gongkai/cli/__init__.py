"""The command line. Each module here has an ``app``; none imports more than typer at its top.

Heavy modules are imported by the commands that need them, so that ``gongkai --help`` is quick.
"""

from __future__ import annotations

import logging
import os
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from gongkai.cli import (
    check,
    delete,
    explain,
    extract,
    index,
    ingest,
    kibana,
    layout,
    mappings,
    node,
    plugins,
    schema,
    search,
)
from gongkai.cli.output import ExitCode, exit_code, load_settings, note
from gongkai.discovery import candidates
from gongkai.errors import GongkaiError
from gongkai.messages import say

if TYPE_CHECKING:
    from typer._click.core import Command, Context

_log = logging.getLogger(__name__)

# Spelt here: importing the specifications takes a tenth of the start-up time.
_COMMANDS = "gongkai_register_commands"


class _Root(TyperGroup):
    """The top level: adds the commands of plugins when needed, and tells errors in one line."""

    _complete = False

    def list_commands(self, ctx: Context) -> list[str]:
        self._add_plugin_commands()
        return super().list_commands(ctx)

    def get_command(self, ctx: Context, cmd_name: str) -> Command | None:
        if cmd_name not in self.commands:
            self._add_plugin_commands()
        return super().get_command(ctx, cmd_name)

    def invoke(self, ctx: Context) -> Any:  # noqa: ANN401 - typer's
        debug = bool(ctx.params.get("debug"))
        try:
            return super().invoke(ctx)
        except GongkaiError as error:
            code, message = exit_code(error), str(error)
            failure: Exception = error
        except BrokenPipeError:
            raise
        except Exception as error:
            if type(error).__module__.startswith("typer"):  # its own ways to end, and usage errors
                raise
            code, failure = ExitCode.INTERNAL, error
            message = say(
                f"程序内部错误：{type(error).__name__}: {error}。gongkai --debug … 显示详情。",
                f"Internal error: {type(error).__name__}: {error}. gongkai --debug … shows more.",
            )
        if debug:
            traceback.print_exception(failure)
        note(say("错误：", "Error: ") + message)
        raise typer.Exit(code)

    def _add_plugin_commands(self) -> None:
        """Add the commands of plugins; only those that mention the hook are loaded."""
        if self._complete:
            return
        self._complete = True
        folders = os.environ.get("GONGKAI_PLUGINS_DIR", "").split(",")
        known = [folder for name in folders if (folder := Path(name.strip())).is_dir() and name]
        for candidate in candidates(known):
            if candidate.mentions(_COMMANDS):
                self._add_commands_of(candidate)

    def _add_commands_of(self, candidate: Any) -> None:  # noqa: ANN401
        from gongkai import hookspecs  # noqa: PLC0415 - start-up time
        from gongkai.plugins import Plugins  # noqa: PLC0415

        loaded = Plugins(load_settings(), built_in=False)
        loaded.load(candidate)
        app = typer.Typer(rich_markup_mode=None)
        loaded.observe(hookspecs.gongkai_register_commands, app=app)
        if not app.registered_commands and not app.registered_groups:
            return
        app.callback()(lambda: None)
        group = typer.main.get_command(app)
        for name, command in getattr(group, "commands", {}).items():
            if name in self.commands:
                _log.error("plugin %s: command %r exists already", candidate.name, name)
            else:
                self.add_command(command, name)


app = typer.Typer(
    name="gongkai",
    cls=_Root,
    no_args_is_help=True,
    # Rich takes longer to import than everything else together.
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=True,
    help=say(
        "政府信息公开工作年度报告：提取、核对、入库、检索。",
        "Annual reports on government information disclosure: extract, check, index, search.",
    ),
)
for _module in (extract, check, explain, ingest, search, delete, plugins, schema):
    app.add_typer(_module.app)
for _name, _group in {
    "index": index,
    "kibana": kibana,
    "layout": layout,
    "mappings": mappings,
    "node": node,
}.items():
    app.add_typer(_group.app, name=_name)


def _version(*, asked: bool) -> None:
    if asked:
        schema.version()
        raise typer.Exit


@app.callback()
def root(
    *,
    debug: Annotated[
        bool,
        typer.Option(
            "--debug", help=say("出错时显示详情。", "Show tracebacks."), show_default=False
        ),
    ] = False,
    version: Annotated[
        bool,
        typer.Option(
            "--version",
            help=say("打印版本。", "Print the version."),
            show_default=False,
            is_eager=True,
            callback=_version,
        ),
    ] = False,
) -> None:
    """Set up logging."""
    del version
    logging.basicConfig(
        stream=sys.stderr,
        level=logging.DEBUG if debug else logging.WARNING,
        format="%(levelname)s %(name)s: %(message)s",
    )


def main() -> None:
    """Run the command line."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:  # closed; no file of a run is to take its number
            nowhere = Path(os.devnull).open(mode, encoding="utf-8")  # noqa: SIM115 - stays open
            setattr(sys, name, nowhere)
    app()
