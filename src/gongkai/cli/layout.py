"""``gongkai layout``: add a portal's layout, look at it, review it, list what there is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gongkai.cli.output import (
    AsJson,
    ExitCode,
    Paths,
    PluginsDir,
    console,
    load_settings,
    note,
    print_json,
    progress,
    table,
)
from gongkai.errors import UsageError
from gongkai.messages import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gongkai.authoring.trial import Trial
    from gongkai.reading import Source, SourceFailure

app = typer.Typer(
    no_args_is_help=True,
    help=say(
        "编写来源版式：待办、新建、试读、审定、列表。",
        "Add a portal's layout: todo, new, try, bless, list.",
    ),
)

Name = Annotated[
    str,
    typer.Argument(
        metavar="LAYOUT", help=say("slug 或插件目录。", "A slug, or the plugin's folder.")
    ),
]


@app.command(
    help=say(
        "按页面骨架归并尚未被证明的页面，多者在前。",
        "Group the pages that no layout proves by their skeletons, most first.",
    )
)
def todo(
    paths: Paths,
    *,
    limit: Annotated[
        int, typer.Option("--limit", min=1, help=say("最多显示的组数。", "Groups to show."))
    ] = 20,
    plugins_dir: PluginsDir = None,
    as_json: AsJson = False,
) -> None:
    """Show the work list; nothing is indexed."""
    from gongkai.authoring.worklist import work_list  # noqa: PLC0415 - start-up time
    from gongkai.pipeline import Pipeline  # noqa: PLC0415
    from gongkai.plugins import build_plugins  # noqa: PLC0415
    from gongkai.reading import open_sources  # noqa: PLC0415

    settings = load_settings(plugins_dir)
    pipeline = Pipeline(build_plugins(settings), settings)
    with progress(say("读取", "reading")) as step:

        def counted() -> Iterator[Source | SourceFailure]:
            for source in open_sources(paths, settings):
                yield source
                step()

        found = work_list(pipeline, counted())
    if as_json:
        print_json(found)
        return
    if found.groups:
        table(
            [
                say("页数", "pages"),
                say("骨架", "skeleton"),
                say("版式", "layout"),
                say("问题", "what fails"),
                say("例", "for example"),
            ],
            [
                [
                    str(len(group.paths)),
                    group.skeleton,
                    ", ".join(group.layouts),
                    ", ".join(f"{rule} {n}" for rule, n in group.fails.most_common(4)),
                    group.paths[0],
                ]
                for group in found.groups[:limit]
            ],
        )
    left = sum(len(group.paths) for group in found.groups)
    unread = "".join(f"; {reason} {n}" for reason, n in sorted(found.unread.items()))
    typer.echo(
        say(
            f"已证明 {found.proved}，报告自身矛盾 {found.own_errors}，"
            f"待办 {left}（{len(found.groups)} 组）{unread}",
            f"{found.proved} proved, {found.own_errors} that contradict themselves, "
            f"{left} to do in {len(found.groups)} groups{unread}",
        )
    )


@app.command(
    help=say(
        "由页面新建版式插件；不改动已有文件。",
        "Write a layout plugin from pages; changes no file that exists.",
    )
)
def new(  # noqa: PLR0913 - one parameter an option
    slug: Annotated[str, typer.Argument(help="<province>-<city>[-variant]")],
    pages: Annotated[
        list[str] | None,
        typer.Argument(metavar="[PAGE]...", help=say("更多页面。", "Further pages.")),
    ] = None,
    *,
    from_: Annotated[
        list[str] | None,
        typer.Option("--from", metavar="PAGE...", help=say("页面。", "Pages of the layout.")),
    ] = None,
    url: Annotated[
        list[str] | None,
        typer.Option("--url", help=say("页面地址，依次对应。", "Their addresses, in order.")),
    ] = None,
    into: Annotated[
        Path, typer.Option("--into", help=say("插件所在目录。", "The folder of plugins."))
    ] = Path("plugins"),
    package: Annotated[
        Path | None,
        typer.Option(
            "--package",
            help=say("改为写成可安装的包。", "Write an installable package here instead."),
            show_default=False,
        ),
    ] = None,
    plugins_dir: PluginsDir = None,
) -> None:
    """Write the plugin and its samples."""
    from gongkai.authoring.scaffold import create  # noqa: PLC0415 - start-up time

    written = create(
        slug,
        [*(from_ or ()), *(pages or ())],
        load_settings(plugins_dir),
        package=package,
        into=into,
        urls=url or (),
    )
    for path in written.files:
        typer.echo(str(path))
    typer.echo(
        say("认领特征：", "Marks: ") + "; ".join(mark.name for mark in written.proposal.marks)
    )
    if not written.proposal.clear:
        note(
            say(
                "这些特征不足以与其他版式区分：请在 claim 中写明本版式的特征。",
                "These marks do not tell the layout from others: say in claim what it differs by.",
            )
        )
    typer.echo(say("下一步：", "Next: ") + f"gongkai layout try {written.folder}")


@app.command(
    "try",
    help=say(
        "试读样本：认领矩阵、各表与出处、须人工核对之处。",
        "Read the samples: claim matrix, tables with places, what a person must look at.",
    ),
)
def try_(
    layout: Name,
    *,
    html: Annotated[
        Path | None,
        typer.Option(
            "--html",
            help=say("另写成网页，标出每个单元格。", "Write a page with every cell marked, too."),
            show_default=False,
        ),
    ] = None,
    plugins_dir: PluginsDir = None,
) -> None:
    """Show what the layout makes of its samples."""
    from gongkai.authoring.places import plugin_folder  # noqa: PLC0415 - start-up time
    from gongkai.authoring.trial import run  # noqa: PLC0415

    folder = plugin_folder(layout)
    trial = run(folder, load_settings(plugins_dir))
    _show_matrix(trial)
    _show_samples(trial)
    if html is not None:
        from gongkai.authoring.page import page  # noqa: PLC0415

        html.write_text(page(trial), encoding="utf-8")
        typer.echo(say("网页：", "Page: ") + str(html))
    next_step = f"gongkai layout bless {layout} --reviewed-by NAME"
    typer.echo(say("核对无误后：", "When it agrees with the page: ") + next_step)
    if not all(row.clear for row in trial.matrix):
        raise typer.Exit(ExitCode.FINDINGS)


def _show_matrix(trial: Trial) -> None:
    slug = trial.layout.slug
    rows = []
    for row in trial.matrix:
        for claimant, claim in row.claims.items():
            mark = "→" if claimant == row.owner else ""
            rows.append([row.sample, mark, claimant, str(claim.score), "; ".join(claim.evidence)])
        if slug == row.owner and slug not in row.claims:
            rows.append([row.sample, "✗", slug, "0", say("未认领", "does not claim it")])
    table(
        [say("样本", "sample"), "", say("版式", "layout"), say("分数", "score"), say("依据", "by")],
        rows,
    )
    typer.echo(
        say(
            f"询问了 {trial.asked} 个版式；{slug} 另看了其他版式的 {trial.others} 份样本。",
            f"{trial.asked} layouts were asked; {slug} was asked about {trial.others} samples of "
            "others.",
        )
    )
    for row in trial.matrix:
        if not row.clear:
            note(
                say(
                    f"{row.sample}：{row.owner} 未以 10 分之差胜出。",
                    f"{row.sample}: {row.owner} does not win by 10 points.",
                )
            )


def _show_samples(trial: Trial) -> None:
    from rich.text import Text  # noqa: PLC0415 - start-up time

    from gongkai.authoring.trial import to_look_at  # noqa: PLC0415
    from gongkai.cli.explain import show_findings, show_metadata, show_tables  # noqa: PLC0415

    out = console()
    for shown in trial.samples:
        out.rule(shown.sample.folder.name)
        if shown.reading is not None:
            show_metadata(shown.reading.report)
            show_tables(shown.reading, shown.findings)
            if shown.findings:
                show_findings(shown.findings)
            quality = shown.reading.report.quality
            out.print(
                Text(
                    f"{quality.verdict}  {quality.read}/{quality.cells}",
                    style="bold green" if quality.verdict == "proved" else "bold red",
                )
            )
        lines = list(to_look_at(shown))
        out.print(
            say("须人工核对：", "A person must look at:")
            + ("" if lines else say("元数据与正文。", " the metadata and the narrative."))
        )
        for line in lines:
            out.print(Text(f"  {line}", style="red" if line.startswith("critical") else "yellow"))


@app.command(
    help=say(
        "人工核对后写入 expected.json；这是唯一的写入方式。",
        "Write expected.json after a person's review; nothing else writes it.",
    )
)
def bless(
    sample: Annotated[
        Path,
        typer.Argument(help=say("样本目录，或插件目录。", "A sample's folder, or a plugin's.")),
    ],
    *,
    reviewed_by: Annotated[
        str, typer.Option("--reviewed-by", help=say("核对者。", "Who compared it with the page."))
    ],
    accept_findings: Annotated[
        str,
        typer.Option(
            "--accept-findings",
            help=say("页面自身不成立的规则，逗号分隔。", "Rules that the page itself breaks."),
            show_default=False,
        ),
    ] = "",
    plugins_dir: PluginsDir = None,
) -> None:
    """Show the difference and write it."""
    from rich.text import Text  # noqa: PLC0415 - start-up time

    from gongkai.authoring.bless import UnacceptedError, candidates  # noqa: PLC0415
    from gongkai.authoring.bless import bless as write  # noqa: PLC0415

    if not reviewed_by.strip():
        raise UsageError(say("请写明核对者。", "Say who reviewed it: --reviewed-by NAME."))
    if not sample.exists():
        from gongkai.authoring.places import plugin_folder  # noqa: PLC0415

        sample = plugin_folder(str(sample))
    accepted = [rule.strip() for rule in accept_findings.split(",") if rule.strip()]
    colours = {"+": "green", "-": "red", "@": "cyan"}
    out, refused = console(), False
    for candidate in candidates(sample, load_settings(plugins_dir)):
        name = candidate.sample.folder.name
        # All of a first expectation would be new, and bury what follows.
        for line in candidate.diff if candidate.sample.expected is not None else ():
            out.print(Text(line, style=colours.get(line[0], "")), soft_wrap=True)
        if not candidate.changed and candidate.sample.meta.get("reviewed_by"):
            typer.echo(f"{name}: {say('没有变化', 'unchanged')}")
            continue
        try:
            write(candidate, reviewed_by.strip(), accepted)
        except UnacceptedError as error:
            note(str(error))
            refused = True
        else:
            typer.echo(f"{name}: {say('已写入', 'written')}")
    if refused:
        raise typer.Exit(ExitCode.FINDINGS)


@app.command("list", help=say("列出所有版式及其样本。", "List the layouts and their samples."))
def list_(
    *,
    docs: Annotated[
        Path | None,
        typer.Option("--docs", help=say("写成文档页。", "Write this page."), show_default=False),
    ] = None,
    check: Annotated[
        bool,
        typer.Option(
            "--check",
            help=say("只检查该页是否最新。", "Only say whether the page is up to date."),
            show_default=False,
        ),
    ] = False,
    plugins_dir: PluginsDir = None,
    as_json: AsJson = False,
) -> None:
    """List the layouts; the page holds those that come with gongkai and no others."""
    from gongkai.authoring.listing import layouts, render  # noqa: PLC0415 - start-up time
    from gongkai.plugins import build_plugins  # noqa: PLC0415

    settings = load_settings(plugins_dir)
    if docs is None:
        listed = layouts(build_plugins(settings), settings)
        if as_json:
            print_json(listed)
            return
        table(
            [
                say("版式", "layout"),
                say("名称", "title"),
                say("样本", "samples"),
                say("年度", "years"),
                say("版本", "version"),
                say("模块", "module"),
                say("证明", "proved"),
            ],
            [one.texts for one in listed],
        )
        return
    settings.plugins_dir = ()
    text = render(layouts(build_plugins(settings, load_entry_points=False), settings))
    if not check:
        docs.write_text(text, encoding="utf-8")
    elif not docs.is_file() or docs.read_text("utf-8") != text:
        note(say(f"{docs} 已过时：make generate", f"{docs} is out of date: run make generate"))
        raise typer.Exit(ExitCode.FINDINGS)
