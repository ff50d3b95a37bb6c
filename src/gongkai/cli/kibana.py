"""``gongkai kibana``: the dashboards, as a bundle, installed, verified, opened or previewed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from gongkai.cli.output import (
    AsJson,
    ExitCode,
    invalid_setting,
    load_settings,
    note,
    print_json,
)
from gongkai.errors import UsageError
from gongkai.messages import say

if TYPE_CHECKING:
    from gongkai.kibana.client import KibanaClient
    from gongkai.kibana.settings import KibanaSettings

_OVERVIEW = "gongkai-overview"
_SHOWN_DIFFERENCES = 20

app = typer.Typer(
    no_args_is_help=True,
    help=say("Kibana 仪表板：生成、安装、核对、打开、预览。", "Kibana dashboards."),
)

Url = Annotated[
    str | None,
    typer.Option(
        "--url",
        help=say("Kibana 网址（GONGKAI_KIBANA_URL）。", "Kibana (GONGKAI_KIBANA_URL)."),
        show_default=False,
    ),
]
Space = Annotated[
    str | None,
    typer.Option(
        "--space",
        help=say("空间（GONGKAI_KIBANA_SPACE）。", "Space (GONGKAI_KIBANA_SPACE)."),
        show_default=False,
    ),
]


def _client(url: str | None, space: str | None) -> KibanaClient:
    from gongkai.kibana.client import KibanaClient  # noqa: PLC0415 - start-up time

    return KibanaClient(_settings(url, space), note=note)


def _settings(url: str | None, space: str | None) -> KibanaSettings:
    from pydantic import ValidationError  # noqa: PLC0415 - start-up time

    from gongkai.kibana.settings import KibanaSettings  # noqa: PLC0415

    given = {name: text for name, text in (("url", url), ("space", space)) if text is not None}
    try:
        return KibanaSettings.model_validate({**KibanaSettings().model_dump(), **given})
    except ValidationError as error:
        raise invalid_setting("GONGKAI_KIBANA_", error) from error


@app.command(help=say("生成可导入的 NDJSON 文件。", "Write the bundle that Kibana imports."))
def build(
    *,
    out: Annotated[Path, typer.Option("--out", help=say("输出文件。", "File to write."))] = Path(
        "gongkai-kibana.ndjson"
    ),
    as_json: AsJson = False,
) -> None:
    """Write the bundle."""
    from gongkai.kibana import bundle  # noqa: PLC0415 - start-up time

    if out.suffix != bundle.SUFFIX:
        raise UsageError(
            say(
                f"{out}：Kibana 只导入 .ndjson 文件。", f"{out}: Kibana imports .ndjson files only."
            ),
            hint=f"--out {out.with_suffix(bundle.SUFFIX)}",
        )
    number = bundle.write(out, load_settings().index_prefix)
    if as_json:
        print_json({"file": str(out), "objects": number})
        return
    typer.echo(say(f"已写出 {number} 个对象：{out}", f"{number} objects written: {out}"))
    note(
        say(
            "导入：gongkai kibana install，或 Stack Management > Saved Objects > Import。",
            "Import it: gongkai kibana install, or Stack Management > Saved Objects > Import.",
        )
    )


@app.command(
    help=say(
        "安装到一个空间；重复安装会恢复原样。",
        "Install into a space; again restores the originals.",
    )
)
def install(  # noqa: PLR0913 - one for each option
    *,
    url: Url = None,
    space: Space = None,
    copies: Annotated[
        bool,
        typer.Option(
            "--copy",
            help=say("另建副本，保留已有的修改。", "Add copies and keep what was edited."),
            show_default=False,
        ),
    ] = False,
    keep: Annotated[
        bool,
        typer.Option(
            "--keep",
            help=say("只补缺少的，已有的不动。", "Add what is missing and touch nothing else."),
            show_default=False,
        ),
    ] = False,
    roles: Annotated[
        bool,
        typer.Option(
            "--roles",
            help=say("同时建立三个角色（需要管理权限）。", "Create the three roles, too."),
            show_default=False,
        ),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Install the bundle."""
    from gongkai.kibana import installer  # noqa: PLC0415 - start-up time
    from gongkai.kibana.roles import put_roles  # noqa: PLC0415

    if copies and keep:
        raise UsageError(
            say("--copy 与 --keep 只能用一个。", "Give one of --copy and --keep."),
            hint="gongkai kibana install --help",
        )
    client, prefix = _client(url, space), load_settings().index_prefix
    done = installer.install(client, prefix, "copy" if copies else "keep" if keep else "replace")
    made = put_roles(client, prefix) if roles else ()
    addresses = {title: client.dashboard_url(name) for title, name in done.dashboards.items()}
    if as_json:
        print_json(
            {
                "objects": done.objects,
                "kept": done.kept,
                "dashboards": addresses,
                "roles": made,
            }
        )
        return
    typer.echo(
        say(
            f"空间 {client.space}：已安装 {done.objects - done.kept} 个对象，保留 {done.kept} 个。",
            f"Space {client.space}: {done.objects - done.kept} objects installed, "
            f"{done.kept} kept.",
        )
    )
    for name in made:
        typer.echo(say(f"角色 {name}", f"role {name}"))
    for title, address in addresses.items():
        typer.echo(f"{title}  {address}")


@app.command(
    help=say(
        "输出一个角色的 API 请求体，不发送。",
        "Print a role as the body of an API call; send nothing.",
    )
)
def role(
    name: Annotated[
        Literal["gongkai_writer", "gongkai_reader", "gongkai_dashboards"],
        typer.Argument(help=say("角色。", "The role."), show_default=False),
    ],
    *,
    taker: Annotated[
        Literal["kibana", "elasticsearch", "api-key"],
        typer.Option("--for", help=say("发给谁。", "What the call is to.")),
    ] = "kibana",
    space: Space = None,
) -> None:
    """Print a role."""
    from gongkai.kibana.roles import call  # noqa: PLC0415 - start-up time

    where, body = call(taker, name, load_settings().index_prefix, _settings(None, space).space)
    note(where)
    print_json(body)


@app.command(
    help=say(
        "安装后再导出，逐项比较（会覆盖修改）。", "Install, export, and compare; replaces edits."
    )
)
def verify(*, url: Url = None, space: Space = None, as_json: AsJson = False) -> None:
    """Prove that Kibana keeps what was sent."""
    from gongkai.kibana import installer  # noqa: PLC0415 - start-up time

    differences = installer.verify(_client(url, space), load_settings().index_prefix)
    if as_json:
        print_json({"differences": differences})
    elif not differences:
        typer.echo(say("Kibana 保存的与发送的一致。", "Kibana keeps exactly what was sent."))
    else:
        for text in differences[:_SHOWN_DIFFERENCES]:
            typer.echo(text)
        more = len(differences) - _SHOWN_DIFFERENCES
        if more > 0:
            typer.echo(say(f"另有 {more} 处。", f"{more} more."))
    if differences:
        raise typer.Exit(ExitCode.FINDINGS)


@app.command("open", help=say("在浏览器中打开总览。", "Open the overview in the browser."))
def open_(*, url: Url = None, space: Space = None) -> None:
    """Open the overview; print its address, too, for those without a browser here."""
    address = _client(url, space).dashboard_url(_OVERVIEW)
    typer.echo(address)
    typer.launch(address)


@app.command(
    help=say(
        "不用 Kibana，生成静态网页预览。", "Write a static page of the dashboards, without Kibana."
    )
)
def preview(
    *,
    out: Annotated[Path, typer.Option("--out", help=say("输出文件。", "File to write."))] = Path(
        "gongkai-dashboards.html"
    ),
    as_json: AsJson = False,
) -> None:
    """Write the preview page from the numbers in Elasticsearch."""
    from gongkai.cli.backend import backend  # noqa: PLC0415 - start-up time
    from gongkai.kibana.preview import write_page  # noqa: PLC0415

    settings = load_settings()
    with backend(settings, "reader") as client:
        size = write_page(client, settings.index_prefix, out, note)
    if as_json:
        print_json({"file": str(out), "bytes": size})
    else:
        typer.echo(say(f"已写出 {out}", f"{out} written"))
