"""``gongkai node``: a local Elasticsearch."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from gongkai.messages import say

if TYPE_CHECKING:
    from gongkai.errors import GongkaiError

_UNREACHABLE = 4

app = typer.Typer(
    no_args_is_help=True,
    help=say("本机 Elasticsearch：启动、停止、状态、日志。", "A local Elasticsearch."),
)

AsJson = Annotated[
    bool, typer.Option("--json", help=say("输出 JSON。", "Print JSON."), show_default=False)
]


@app.command(
    help=say("启动本机节点（首次会取得发行版）。", "Start the node; fetched on first use.")
)
def start(*, as_json: AsJson = False) -> None:
    """Start the node."""
    from gongkai import node  # noqa: PLC0415 - start-up time
    from gongkai.errors import NodeError  # noqa: PLC0415
    from gongkai.settings import Settings  # noqa: PLC0415

    try:
        found = node.start(Settings(), note=lambda text: typer.echo(text, err=True))
    except NodeError as error:
        _fail(error, as_json=as_json)
    _show(found, as_json=as_json)


@app.command(help=say("停止本机节点，数据保留。", "Stop the node; its data stay."))
def stop(*, as_json: AsJson = False) -> None:
    """Stop the node."""
    from gongkai import node  # noqa: PLC0415
    from gongkai.errors import NodeError  # noqa: PLC0415
    from gongkai.settings import Settings  # noqa: PLC0415

    try:
        stopped = node.stop(Settings())
    except NodeError as error:
        _fail(error, as_json=as_json)
    if as_json:
        typer.echo(json.dumps({"stopped": stopped}))
    elif stopped:
        typer.echo(say("节点已停止，数据保留。", "The node has stopped; its data stay."))
    else:
        typer.echo(say("没有正在运行的节点。", "No node was running."))


@app.command(help=say("显示节点状态。", "Show the node's state."))
def status(*, as_json: AsJson = False) -> None:
    """Show whether the node runs, and where everything is."""
    from gongkai import node  # noqa: PLC0415
    from gongkai.settings import Settings  # noqa: PLC0415

    _show(node.status(Settings()), as_json=as_json)


@app.command(help=say("显示节点日志的末尾。", "Show the end of the node's log."))
def logs(
    *,
    lines: Annotated[
        int, typer.Option("--lines", "-n", min=1, help=say("行数。", "How many lines."))
    ] = 50,
    as_json: AsJson = False,
) -> None:
    """Show the end of the node's log."""
    from gongkai import node  # noqa: PLC0415
    from gongkai.errors import NodeError  # noqa: PLC0415
    from gongkai.settings import Settings  # noqa: PLC0415

    try:
        found = node.logs(Settings(), lines)
    except NodeError as error:
        _fail(error, as_json=as_json)
    if as_json:
        typer.echo(json.dumps({"lines": found}, ensure_ascii=False))
    else:
        typer.echo("\n".join(found))


def _show(found: Any, *, as_json: bool) -> None:  # noqa: ANN401 - Status, which is loaded lazily
    from dataclasses import asdict  # noqa: PLC0415

    fields = asdict(found)
    if as_json:
        typer.echo(json.dumps(fields, ensure_ascii=False))
        return
    names = {
        "state": say("状态", "state"),
        "url": say("地址", "address"),
        "version": say("版本", "version"),
        "origin": say("来源", "origin"),
        "pid": say("进程", "process"),
        "home": say("程序目录", "server"),
        "java": "Java",
        "log": say("日志", "log"),
        "passwords": say("用户与密码", "users and passwords"),
    }
    values = {
        "running": say("运行中", "running"),
        "stopped": say("已停止", "stopped"),
        "external": say("外部服务器（GONGKAI_ES_URL）", "external (GONGKAI_ES_URL)"),
    }
    for name, label in names.items():
        value = fields[name]
        if value is not None:
            typer.echo(f"{label}: {values.get(value, value)}")


def _fail(error: GongkaiError, *, as_json: bool) -> NoReturn:
    if as_json:
        typer.echo(json.dumps({"error": error.message, "hint": error.hint}, ensure_ascii=False))
    else:
        typer.echo(str(error), err=True)
    raise typer.Exit(_UNREACHABLE)
