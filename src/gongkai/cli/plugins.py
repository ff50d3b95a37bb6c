"""``gongkai plugins``: what was loaded, what was not, and why."""

from __future__ import annotations

import typer

from gongkai.cli.output import AsJson, PluginsDir, load_settings, print_json, table
from gongkai.messages import say

app = typer.Typer()


@app.command(help=say("列出插件及其状态。", "List the plugins and what became of them."))
def plugins(*, plugins_dir: PluginsDir = None, as_json: AsJson = False) -> None:
    """List all plugins that were found, with the cause where one could not be loaded."""
    from gongkai.plugins import build_plugins  # noqa: PLC0415 - start-up time

    found = build_plugins(load_settings(plugins_dir)).all
    if as_json:
        print_json(found)
        return
    states = {
        "loaded": say("已加载", "loaded"),
        "failed": say("失败", "failed"),
        "disabled": say("已停用", "disabled"),
    }
    table(
        [
            say("插件", "plugin"),
            say("版本", "version"),
            say("来源", "origin"),
            say("状态", "status"),
            say("版式", "layouts"),
            say("原因", "cause"),
        ],
        [
            [p.name, p.version, p.origin, states[p.status], ", ".join(p.layouts), p.cause]
            for p in found
        ],
    )
