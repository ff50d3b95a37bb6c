"""``gongkai node``: a local Elasticsearch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from gongkai.cli.output import AsJson, load_settings, note, print_json
from gongkai.messages import say

if TYPE_CHECKING:
    from gongkai.node.control import Status

app = typer.Typer(
    no_args_is_help=True,
    help=say("本机 Elasticsearch：启动、停止、状态、日志。", "A local Elasticsearch."),
)


@app.command(help=say("启动本机节点；首次使用时下载。", "Start the node; fetched on first use."))
def start(*, as_json: AsJson = False) -> None:
    """Start the node."""
    from gongkai import node  # noqa: PLC0415 - start-up time

    _show(node.start(load_settings(), note=note), as_json=as_json)


@app.command(help=say("停止本机节点，数据保留。", "Stop the node; its data stay."))
def stop(*, as_json: AsJson = False) -> None:
    """Stop the node."""
    from gongkai import node  # noqa: PLC0415

    stopped = node.stop(load_settings())
    if as_json:
        print_json({"stopped": stopped})
    elif stopped:
        typer.echo(say("节点已停止，数据保留。", "The node has stopped; its data stay."))
    else:
        typer.echo(say("没有正在运行的节点。", "No node was running."))


@app.command(help=say("显示节点状态。", "Show the node's state."))
def status(*, as_json: AsJson = False) -> None:
    """Show whether the node runs, and where everything is."""
    from gongkai import node  # noqa: PLC0415

    _show(node.status(load_settings()), as_json=as_json)


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

    found = node.logs(load_settings(), lines)
    if as_json:
        print_json({"lines": found})
    else:
        typer.echo("\n".join(found))


def _show(found: Status, *, as_json: bool) -> None:
    if as_json:
        print_json(found)
        return
    states = {
        "running": say("运行中", "running"),
        "stopped": say("已停止", "stopped"),
        "external": say(
            "外部服务器（GONGKAI_ES_URL），本机节点未启动",
            "a server of your own (GONGKAI_ES_URL); no local node is started",
        ),
    }
    lines = (
        (say("状态", "state"), states[found.state]),
        (say("地址", "address"), found.url),
        (say("版本", "version"), found.version),
        (say("来源", "origin"), found.origin),
        (say("进程", "process"), found.pid),
        (say("程序目录", "server"), found.home),
        ("Java", found.java),
        (say("日志", "log"), found.log),
        (say("用户与密码", "users and passwords"), found.passwords),
    )
    for label, value in lines:
        if value is not None:
            typer.echo(f"{label}: {value}")
