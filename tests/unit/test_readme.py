"""The documents say what is true: commands exist, links lead somewhere, transcripts are real."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import typer

from gongkai.cli.output import ExitCode
from gongkai.errors import Reason
from gongkai.model import CellStates, Extracted, Finding, Quality, Report, Sections, SourceInfo

if TYPE_CHECKING:
    from pydantic import BaseModel

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("*/README.md")])
READMES = [ROOT / "README.md", ROOT / "README.zh-CN.md"]
CHINESE = [document for document in DOCUMENTS if document.name.endswith(".zh-CN.md")]
RECORDS = sorted(ROOT.glob("docs/adr/0*.md"))
BLOCK = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def commands(document: Path) -> list[str]:
    """Return the commands of a document's console blocks, without their comments."""
    blocks = BLOCK.findall(document.read_text(encoding="utf-8"))
    lines = re.sub(r"\\\n\s*", "", "".join(blocks)).splitlines()
    return [line[2:].split("  #")[0].strip() for line in lines if line.startswith("$ ")]


def subcommand(words: list[str]) -> Any:  # noqa: ANN401 - a click command
    """Return the command that ``words`` call.

    Raises:
        KeyError: there is none.
    """
    from gongkai.cli import app  # noqa: PLC0415 - the other tests do not need it

    found: Any = typer.main.get_command(app)
    for word in words:
        if not hasattr(found, "commands"):
            break
        found = found.commands[word]
    return found


@pytest.mark.parametrize("document", DOCUMENTS, ids=name)
def test_commands_exist(document: Path) -> None:
    targets = set(
        re.findall(r"^([a-z0-9-]+)(?: [a-z-]+)*:", (ROOT / "Makefile").read_text(), re.MULTILINE)
    )
    for command in commands(document):
        words = shlex.split(command)
        if words[0] == "make":
            assert words[1] in targets, command
        elif words[0] == "gongkai":
            called = subcommand(words[1:])
            options = {o for p in called.params for o in (*p.opts, *p.secondary_opts)}
            used = {word.split("=")[0] for word in words if word.startswith("--")}
            assert used <= options, command


def test_make_calls_only_what_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    modules = re.findall(r"-m (tests[a-z._]+)", makefile)
    assert modules
    assert [m for m in modules if not (ROOT / f"{m.replace('.', '/')}.py").is_file()] == []
    for command in re.findall(r"^\t@?\$\(BIN\)/gongkai ([a-z -]+)", makefile, re.MULTILINE):
        assert subcommand(command.split()), command


@pytest.mark.parametrize("document", DOCUMENTS, ids=name)
def test_links_lead_somewhere(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", text):
        if "://" not in target:
            assert (document.parent / target).exists(), target


@pytest.mark.parametrize("chinese", CHINESE, ids=name)
def test_both_languages_say_the_same(chinese: Path) -> None:
    english = chinese.with_name(chinese.name.replace(".zh-CN", ""))
    assert commands(english) == commands(chinese)
    # Headings, and the first cells of tables where they are code: commands, variables, roles.
    for shape in (r"^(#+) ", r"^\| (`[^`]+`)", r"^(- |\d\. )", r"^(!\[)"):
        found = [re.findall(shape, d.read_text("utf-8"), re.MULTILINE) for d in (english, chinese)]
        assert found[0] == found[1]


def test_readme_has_the_two_commands_and_a_transcript() -> None:
    accounts = "read 5 = indexed 5 + unchanged 0 + rejected 0", "读取 5 = 入库 5 + 未变 0 + 拒收 0"
    for readme, account in zip(READMES, accounts, strict=True):
        assert commands(readme)[:2] == ["make demo", "make test"]
        assert account in readme.read_text(encoding="utf-8")


@pytest.mark.parametrize("record", RECORDS, ids=name)
def test_decision_records_are_short_and_listed(record: Path) -> None:
    text = record.read_text(encoding="utf-8")
    assert len(text.splitlines()) < 60
    headings = re.findall(r"^## (.+)$", text, re.MULTILINE)
    assert headings == ["Context", "Options", "Decision", "Consequences"]
    assert text.startswith(f"# {record.name[:4]} ")
    assert record.name in (ROOT / "docs/adr/README.md").read_text(encoding="utf-8")


def test_decision_records_are_numbered_in_turn() -> None:
    assert [int(record.name[:4]) for record in RECORDS] == list(range(1, len(RECORDS) + 1))


@pytest.mark.parametrize("page", ["reasons.md", "reasons.zh-CN.md"])
def test_every_reason_is_explained_and_no_other(page: str) -> None:
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    explained = re.findall(r"^\| `([a-z_]+)` \|", text, re.MULTILINE)
    assert explained == [reason.value for reason in Reason]


@pytest.mark.parametrize(
    ("model", "heading"),
    [
        (Extracted, "## The line"),
        (SourceInfo, "## `source`"),
        (Report, "## `report`"),
        (CellStates, "### `cells`"),
        (Quality, "### `quality`"),
        (Finding, "## `findings`"),
    ],
)
def test_every_field_of_the_output_is_documented(model: type[BaseModel], heading: str) -> None:
    text = (ROOT / "docs/output.md").read_text(encoding="utf-8")
    table = text.split(f"\n{heading}\n")[1].split("\n#")[0]
    rows = re.findall(r"^\| (`[^|]+) \|", table, re.MULTILINE)
    documented = [field for row in rows for field in re.findall(r"`([a-z0-9_]+)`", row)]
    assert sorted(documented) == sorted(model.model_fields)


def test_every_section_is_documented() -> None:
    text = (ROOT / "docs/output.md").read_text(encoding="utf-8")
    (row,) = re.findall(r"^\| `sections` \|.*$", text, re.MULTILINE)
    assert [f for f in re.findall(r"`([a-z]+)`", row) if f != "sections"] == list(
        Sections.model_fields
    )


def test_every_exit_code_is_documented() -> None:
    text = (ROOT / "docs/output.md").read_text(encoding="utf-8").split("## Exit codes")[1]
    assert re.findall(r"^\| ([0-9]+) \|", text, re.MULTILINE) == [f"{code:d}" for code in ExitCode]
