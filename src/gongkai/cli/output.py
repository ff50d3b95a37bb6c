"""What the commands share: settings, exit codes, printing, progress, errors as one line."""

from __future__ import annotations

import logging
import os
import sys
from contextlib import contextmanager
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from gongkai.errors import (
    BackendError,
    GongkaiError,
    IndexingError,
    NodeError,
    SourceError,
    UsageError,
)
from gongkai.messages import joined, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pydantic import ValidationError
    from rich.console import Console

    from gongkai.settings import Settings


#: Columns of a table where no terminal sets them: wide enough for any of ours.
_WIDE = 200


class ExitCode(IntEnum):
    """How a command ended (docs/output.md)."""

    OK = 0
    FINDINGS = 1
    USAGE = 2
    REJECTED = 3
    BACKEND = 4
    INTERNAL = 70
    INTERRUPTED = 130


_PATHS = typer.Argument(
    metavar="PATH...",
    help=say(
        "文件、目录、通配符或压缩包；- 为标准输入。",
        "Files, folders, patterns or archives; - is standard input.",
    ),
    show_default=False,
)
Paths = Annotated[list[str], _PATHS]
OptionalPaths = Annotated[list[str] | None, _PATHS]
AsJson = Annotated[
    bool, typer.Option("--json", help=say("输出 JSON。", "Print JSON."), show_default=False)
]
PluginsDir = Annotated[
    list[Path] | None,
    typer.Option(
        "--plugins-dir",
        help=say("另外的插件目录，可重复。", "A further folder of plugins; repeatable."),
        show_default=False,
    ),
]
Jobs = Annotated[
    int | None,
    typer.Option(
        "--jobs",
        "-j",
        min=1,
        help=say("进程数，默认为处理器核数。", "Processes; one for each core by default."),
        show_default=False,
    ),
]
Join = Annotated[
    bool,
    typer.Option(
        "--join",
        help=say("同一目录的文件合为一份报告。", "Read the files of one folder as one report."),
        show_default=False,
    ),
]


def workers(jobs: int | None) -> int:
    """Return the number of worker processes: as given, else one for each core."""
    return jobs or len(os.sched_getaffinity(0))


#: Names of settings that are so alike are mistaken for each other.
_NEARLY = 0.9


def load_settings(plugins_dir: list[Path] | None = None, **options: Any) -> Settings:  # noqa: ANN401 - any setting
    """Return the settings of the environment, with the options that were given.

    Raises:
        UsageError: a variable of the environment has a value that is none.
    """
    from pydantic import ValidationError  # noqa: PLC0415 - start-up time

    from gongkai.settings import Settings  # noqa: PLC0415

    given = {name: value for name, value in options.items() if value is not None}
    try:
        settings = Settings(**given)
    except ValidationError as error:
        raise invalid_setting("GONGKAI_", error) from error
    _name_misspelt({f"GONGKAI_{name.upper()}" for name in Settings.model_fields})
    if plugins_dir:
        settings.plugins_dir = (*settings.plugins_dir, *plugins_dir)
    if settings.trace_plugins:
        logging.getLogger("gongkai.hookresults").setLevel(logging.INFO)
    if settings.lang:
        # Messages are made in every room; worker processes inherit the environment.
        os.environ["GONGKAI_LANG"] = settings.lang
    return settings


def invalid_setting(prefix: str, error: ValidationError) -> UsageError:
    """Return the error for settings that are not valid; it names the first variable.

    Args:
        prefix: of the names of the variables.
        error: what is wrong. Its input is left out: it may be a password.
    """
    first = error.errors(include_url=False, include_input=False)[0]
    name = prefix + "_".join(map(str, first["loc"])).upper()
    return UsageError(
        say(f"设置 {name} 无效：{first['msg']}。", f"{name} is not valid: {first['msg']}."),
        hint=say("请检查环境变量和 .env 文件。", "Check the environment and the .env file."),
    )


def _name_misspelt(settings: set[str]) -> None:
    """Say which variables of the environment are nearly, but not, the names of settings."""
    others = [name for name in os.environ if name.startswith("GONGKAI_") and name not in settings]
    for name in others:
        from difflib import get_close_matches  # noqa: PLC0415 - most have none

        for meant in get_close_matches(name, settings, 1, _NEARLY):
            note(
                say(
                    f"环境变量 {name} 不是设置，未予采用；是否指 {meant}？",
                    f"{name} is no setting and was left aside; is {meant} meant?",
                )
            )


def write_line(data: bytes) -> None:
    """Write one line to standard output."""
    sys.stdout.buffer.write(data + b"\n")
    sys.stdout.buffer.flush()


def print_json(value: object) -> None:
    """Print a value, models and dataclasses included, as one line of JSON."""
    from pydantic_core import to_json  # noqa: PLC0415 - start-up time

    write_line(to_json(value))


def rejection(path: str, reason: str | None, message: str | None, hint: str | None) -> str:
    """Return why a source was rejected as one line: which, the code, why, and what to do."""
    why = (message or "").removeprefix(path).lstrip("：: ")
    return f"{path}: {reason}: {joined(why, hint or '')}"


def note(message: str) -> None:
    """Write a line for people to standard error."""
    typer.echo(message, err=True)


def table(columns: list[str], rows: list[list[str]]) -> None:
    """Print a table."""
    from rich.table import Table  # noqa: PLC0415 - start-up time
    from rich.text import Text  # noqa: PLC0415

    view = Table(*columns)
    for row in rows:
        # Texts, because what a source holds is no markup.
        view.add_row(*map(Text, row))
    console().print(view)


def console(width: int = _WIDE) -> Console:
    """Return a console for standard output; what is no terminal has this width."""
    from rich.console import Console  # noqa: PLC0415 - start-up time

    found = Console(highlight=False)
    if not found.is_terminal:
        found.width = width
    return found


@contextmanager
def progress(what: str) -> Iterator[Callable[[], None]]:
    """Show on standard error, if it is a terminal, how far a long work is.

    Yields:
        A function to be called for each piece of work that is done.
    """
    if not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console  # noqa: PLC0415 - start-up time
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn  # noqa: PLC0415

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description} {task.completed}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda: bar.advance(task)


def exit_code(error: GongkaiError) -> ExitCode:
    """Return the exit code that an error stands for."""
    if isinstance(error, BackendError | IndexingError | NodeError):
        return ExitCode.BACKEND
    if isinstance(error, SourceError):
        return ExitCode.REJECTED
    return ExitCode.USAGE
