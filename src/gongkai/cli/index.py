"""``gongkai index``: generations of the indices."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from gongkai.cli.output import AsJson, load_settings, print_json, progress
from gongkai.messages import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gongkai.node.state import Role
    from gongkai.search.generations import Generation, Generations, Plan

app = typer.Typer(
    no_args_is_help=True,
    help=say(
        "索引世代：计划、应用、状态、回退、清理。",
        "Generations of the indices: plan, apply, status, rollback, prune.",
    ),
)

Only = Annotated[
    list[str] | None,
    typer.Option("--index", help=say("只限此索引（可重复）。", "Only this index (repeatable).")),
]


@app.command(help=say("显示 apply 将做什么。", "Show what apply would do."))
def plan(*, only: Only = None, as_json: AsJson = False) -> None:
    """Compare the live indices with the mappings of this installation."""
    with _opened("reader", only) as opened:
        _show_plans([generations.plan() for generations in opened], as_json=as_json, done=False)


@app.command(help=say("建立新索引、复制、核对、切换别名。", "Create, fill, verify, switch."))
def apply(
    *,
    empty: Annotated[
        bool,
        typer.Option(
            "--empty",
            help=say("不复制文档，随后重新 ingest。", "Copy no documents; ingest them again."),
        ),
    ] = False,
    only: Only = None,
    as_json: AsJson = False,
) -> None:
    """Make what ``plan`` shows."""
    with _opened("admin", only) as opened, progress(say("复制", "copying")) as step:
        plans = [generations.apply(empty=empty, progress=step) for generations in opened]
    _show_plans(plans, as_json=as_json, done=True)


@app.command(help=say("列出各世代。", "List the generations."))
def status(*, only: Only = None, as_json: AsJson = False) -> None:
    """List all generations, the newest first."""
    with _opened("reader", only) as opened:
        found = [generation for generations in opened for generation in generations.status()]
    _show_generations(found, as_json=as_json)


@app.command(help=say("退回上一世代。", "Return to the generation before."))
def rollback(
    index: Annotated[str, typer.Argument(help=say("索引，如 reports。", "E.g. reports."))],
    *,
    as_json: AsJson = False,
) -> None:
    """Let the alias point to the newest retired generation again."""
    with _opened("admin", [index]) as (generations,):
        left, now = generations.rollback()
    if as_json:
        print_json({"left": left.index, "live": now.index})
        return
    typer.echo(
        say(
            f"{generations.alias}：{left.index}（{left.documents} 份）→ "
            f"{now.index}（{now.documents} 份）",
            f"{generations.alias}: {left.index} ({left.documents} documents) → "
            f"{now.index} ({now.documents} documents)",
        )
    )


@app.command(help=say("删除旧世代与未完成的世代。", "Delete old and unfinished generations."))
def prune(
    *,
    keep: Annotated[
        int, typer.Option("--keep", min=0, help=say("保留几个旧世代。", "Old ones to keep."))
    ] = 1,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=say("只列出，不删。", "List, delete nothing."))
    ] = False,
    only: Only = None,
    as_json: AsJson = False,
) -> None:
    """Delete unfinished generations, and retired ones but the newest ``keep``."""
    with _opened("admin", only) as opened:
        doomed = [g for generations in opened for g in generations.prune(keep, dry_run=dry_run)]
    _show_generations(doomed, as_json=as_json)


@app.command(
    help=say(
        "由报告派生 cells、checks 与上年对比；只做有变化的。",
        "Derive cells, checks and comparisons with last year from the reports that changed.",
    )
)
def derive(*, as_json: AsJson = False) -> None:
    """Bring the side indices up to date with the reports."""
    from gongkai.cli.backend import backend, extensions  # noqa: PLC0415 - start-up time
    from gongkai.plugins import build_plugins  # noqa: PLC0415
    from gongkai.search.deriving import Deriver  # noqa: PLC0415

    settings = load_settings()
    fields = extensions(build_plugins(settings))
    with backend(settings, "writer") as client, progress(say("派生", "deriving")) as step:
        done = Deriver(client, settings, fields).run(step)
    if as_json:
        print_json(done)
        return
    typer.echo(
        say(
            f"看过 {done.seen} 份报告，派生 {done.derived} 份，推迟 {done.postponed} 份。",
            f"{done.seen} reports seen, {done.derived} derived, {done.postponed} postponed.",
        )
    )


# --- what they share ----------------------------------------------------------------------------


@contextmanager
def _opened(role: Role, only: list[str] | None) -> Iterator[list[Generations]]:
    from gongkai.cli.backend import backend, extensions  # noqa: PLC0415 - start-up time
    from gongkai.plugins import build_plugins  # noqa: PLC0415
    from gongkai.search.generations import Generations  # noqa: PLC0415
    from gongkai.search.indices import specs_named  # noqa: PLC0415

    settings = load_settings()
    specs = specs_named(only or [])
    fields = extensions(build_plugins(settings))
    with backend(settings, role) as client:
        yield [Generations(client, settings, spec, fields) for spec in specs]


def _show_plans(plans: list[Plan], *, as_json: bool, done: bool) -> None:
    if as_json:
        shown = [
            {
                "alias": plan.alias,
                "change": plan.change,
                "live": plan.live.index if plan.live else None,
                "documents": plan.live.documents if plan.live else 0,
                "differences": plan.differences,
            }
            for plan in plans
        ]
        print_json(shown)
        return
    planned = {
        "create": say("建立新索引", "create it"),
        "replace": say("建新索引、复制文档、切换", "create a new one, copy, switch"),
        "unblock": say("解除写保护", "open it for writes again"),
        "nothing": say("无需变更", "nothing to do"),
    }
    made = {
        "create": say("已建立", "created"),
        "replace": say("已切换到新索引", "switched to a new index"),
        "unblock": say("已解除写保护", "open for writes again"),
        "nothing": say("无需变更", "nothing to do"),
    }
    for plan in plans:
        typer.echo(f"{plan.alias}: {(made if done else planned)[plan.change]}")
        for name, (live, wanted) in plan.differences.items():
            typer.echo(f"  {name}: {_short(live)} → {_short(wanted)}")
        if plan.change == "replace" and plan.live is not None:
            count = plan.live.documents
            typer.echo(say(f"  文档：{count} 份", f"  documents: {count}"))


def _short(value: object) -> str:
    """Return a checksum's beginning: the whole is too long to compare by eye."""
    text = str(value)
    return text[:12] if len(text) > 32 else text  # noqa: PLR2004 - anything but a checksum


def _show_generations(found: list[Generation], *, as_json: bool) -> None:
    if as_json:
        from dataclasses import asdict  # noqa: PLC0415

        shown = [{**asdict(generation), "meta": dict(generation.meta)} for generation in found]
        print_json(shown)
        return
    if not found:
        typer.echo(say("没有。", "None."))
    states = {
        "live": say("使用中", "live"),
        "retired": say("已退役", "retired"),
        "unfinished": say("未完成", "unfinished"),
    }
    for generation in found:
        blocked = say("，只读", ", read only") if generation.blocked else ""
        typer.echo(
            f"{generation.index}  {states[generation.state]}{blocked}  "
            + say(f"{generation.documents} 份", f"{generation.documents} documents")
        )
