"""``gongkai layout``: what each command writes, shows and refuses."""

from __future__ import annotations

import hashlib
import json
import random
import shutil
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.testbed.reports import make_report
from tests.testbed.styles import STYLES
from tests.unit.authoring.portal import write_pages

from gongkai.authoring.marks import propose
from gongkai.authoring.skeleton import skeleton
from gongkai.layouts.base import Claim
from gongkai.reading import Source, read
from gongkai.settings import Settings
from gongkai.testing.samples import Sample, canonical

if TYPE_CHECKING:
    from tests.unit.authoring.conftest import Run

    from gongkai.reading import Document

CASE = "office_0_2024"


def files(folder: Path) -> set[str]:
    return {str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file()}


def case_of(folder: Path) -> Path:
    """Return the plugin's first sample."""
    return min((folder / "samples").iterdir())


# -- new ----------------------------------------------------------------------------------------


def test_new_writes_the_plugin_and_its_samples_and_nothing_else(
    run: Run, pages: list[Path], tmp_path: Path
) -> None:
    before = {page: page.read_bytes() for page in pages}
    result = run("new", "hubei-qingshan", "--from", *pages, "--url", "http://a.example/1")
    written = files(tmp_path) - {page.name for page in pages}
    assert {Path(line).name for line in result.stdout.splitlines()[:7]} == {
        "plugin.py", "meta.json", "source.html",
    }  # fmt: skip
    assert {name.split("/samples/")[0] for name in written} == {
        "plugins/hubei_qingshan/plugin.py",
        "plugins/hubei_qingshan",
    }
    assert len(written) == 7
    assert {page: page.read_bytes() for page in pages} == before
    first = case_of(tmp_path / "plugins/hubei_qingshan")
    meta = json.loads((first / "meta.json").read_text(encoding="utf-8"))
    assert (first / "source.html").read_bytes() == before[pages[0]]
    assert meta["source_sha256"] == hashlib.sha256(before[pages[0]]).hexdigest()
    assert meta["url"] == "http://a.example/1"
    assert str(meta["year"]) in first.name
    assert meta["agency"]


def test_a_package_has_what_an_installation_needs(
    run: Run, pages: list[Path], tmp_path: Path
) -> None:
    result = run("new", "hubei-qingshan", "--from", *pages, "--package", tmp_path / "mine")
    assert result.exit_code == 0, result.output
    assert {name for name in files(tmp_path / "mine") if "samples" not in name} == {
        ".github/workflows/test.yml",
        "README.md",
        "pyproject.toml",
        "src/hubei_qingshan/__init__.py",
        "src/hubei_qingshan/plugin.py",
    }
    project = tomllib.loads((tmp_path / "mine/pyproject.toml").read_text())["project"]
    assert project["entry-points"]["gongkai"] == {"hubei-qingshan": "hubei_qingshan.plugin"}
    assert not (tmp_path / "plugins").exists()
    assert run("try", tmp_path / "mine").exit_code == 0


@pytest.mark.parametrize("slug", ["Hubei-Qingshan", "hubei", "hubei_qingshan", "../hubei-x"])
def test_new_refuses_what_is_no_slug(run: Run, pages: list[Path], slug: str) -> None:
    result = run("new", slug, "--from", *pages)
    assert result.exit_code == 2
    assert "<province>-<city>" in result.stderr
    assert not Path("plugins").exists()


def test_new_refuses_a_slug_that_is_taken(run: Run, folder: Path, pages: list[Path]) -> None:
    before = (folder / "plugin.py").read_bytes()
    assert run("new", "hubei-qingshan", "--from", *pages).exit_code == 2
    assert (folder / "plugin.py").read_bytes() == before
    assert run("new", "shandong-linyi", "--from", *pages).exit_code == 2
    assert not Path("plugins/shandong_linyi").exists()


def test_new_refuses_pages_that_cannot_be_read(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty.html").write_bytes(b"")
    result = run("new", "hubei-qingshan", "--from", tmp_path / "empty.html")
    assert result.exit_code == 2
    assert "empty.html" in result.stderr
    assert not Path("plugins").exists()


# -- marks --------------------------------------------------------------------------------------


def documents(style: str, count: int = 3) -> list[tuple[Document, str]]:
    found = []
    for number in range(count):
        report = make_report(random.Random(number), variant="2021")
        page = STYLES[style].page(report, number)
        document = read(Source(page.name, page.data), Settings(_env_file=None))
        found.append((document, report.who.agency))
    return found


@pytest.mark.parametrize("style", STYLES)
def test_proposed_marks_are_met_by_every_page_of_the_style(style: str) -> None:
    pages, agencies = zip(*documents(style), strict=True)
    other = [document for document, _ in documents("html-one-table", 1)]
    proposal = propose(pages, other, agencies)
    for page, agency in zip(pages, agencies, strict=True):
        known = {
            "document": page,
            "texts": [paragraph.text.strip() for paragraph in page.paragraphs],
            "rows": [row for grid in page.grids for row in grid],
            "cells": {cell.text.strip() for grid in page.grids for row in grid for cell in row},
        }
        assert all(eval(mark.code, {}, known) for mark in proposal.marks)  # noqa: S307 - as a plugin runs it
        assert not any(agency in mark.value for mark in proposal.marks)
    assert Claim.of(*((True, proposal.points, mark.name) for mark in proposal.marks))


def test_what_other_samples_have_is_no_clear_mark() -> None:
    pages, agencies = zip(*documents("html-bare"), strict=True)
    assert propose(pages, [], agencies).clear
    assert not propose(pages, pages[:1], agencies).clear


# -- try ----------------------------------------------------------------------------------------


def test_try_shows_claims_tables_places_and_what_fails(run: Run, folder: Path) -> None:
    result = run("try", folder)
    assert result.exit_code == 0, result.output
    assert "→" in result.stdout
    assert "generic" in result.stdout
    assert "T2R" in result.stdout  # places beside the numbers
    assert "A person must look at" in result.stdout
    assert "unreadable" in result.stdout or "not printed" in result.stdout


def test_try_says_when_the_layout_does_not_win(run: Run, folder: Path) -> None:
    code = (folder / "plugin.py").read_text(encoding="utf-8")
    (folder / "plugin.py").write_text(code.replace("return Claim.of(", "return Claim(3) or ("))
    result = run("try", folder)
    assert result.exit_code == 1
    assert "does not win by 10 points" in result.stderr


def test_try_says_when_the_layout_claims_pages_of_another(run: Run, folder: Path) -> None:
    code = (folder / "plugin.py").read_text(encoding="utf-8")
    (folder / "plugin.py").write_text(code.replace("return Claim.of(", "return Claim(95) or ("))
    result = run("try", folder)
    assert result.exit_code == 1
    assert "shandong-linyi/hedong_commerce_2023: shandong-linyi does not win" in result.stderr


def test_the_page_marks_each_cell_with_its_value(run: Run, finished: Path, tmp_path: Path) -> None:
    assert run("try", finished, "--html", tmp_path / "x.html").exit_code == 0
    page = (tmp_path / "x.html").read_text(encoding="utf-8")
    report = json.loads(canonical(Sample(case_of(finished)).meta))
    assert report["agency"] in page
    assert page.count('class="read"') > 3 * 150
    assert "requests.received.total = " in page
    assert "<script" not in page


def test_a_plugin_that_does_not_load_is_told(run: Run, folder: Path) -> None:
    (folder / "plugin.py").write_text("1 / 0  # gongkai_register_layouts")
    result = run("try", folder)
    assert result.exit_code == 2
    assert "ZeroDivisionError" in result.stderr


# -- bless --------------------------------------------------------------------------------------


def test_bless_writes_the_expectation_and_who_reviewed_it(run: Run, finished: Path) -> None:
    case = case_of(finished)
    result = run("bless", case, "--reviewed-by", "王")
    assert result.exit_code == 0, result.output
    assert result.stdout == "office_0_2022: written\n"
    sample = Sample(case)
    assert sample.expected is not None
    assert sample.expected["quality"]["verdict"] == "proved"
    assert sample.expected_path.read_text("utf-8") == canonical(sample.expected)
    assert sample.meta["reviewed_by"] == "王"
    assert len(sample.meta["reviewed_on"]) == len("2026-01-01")
    others = set((finished / "samples").glob("*/expected.json"))
    assert others == {sample.expected_path}


def test_bless_shows_the_difference(run: Run, finished: Path) -> None:
    case = case_of(finished)
    run("bless", case, "--reviewed-by", "王")
    sample = Sample(case)
    assert sample.expected is not None
    total = sample.expected["requests"]["received"]["total"]
    sample.expected["requests"]["received"]["total"] = 987654
    sample.expected_path.write_text(canonical(sample.expected), encoding="utf-8")
    result = run("bless", case, "--reviewed-by", "李")
    changed = [line.strip() for line in result.stdout.splitlines() if line[:1] in "+-"][2:]
    assert [line.rstrip(",") for line in changed] == [
        '-      "total": 987654',
        f'+      "total": {total}',
    ]
    assert Sample(case).meta["reviewed_by"] == "李"
    assert "unchanged" in run("bless", case, "--reviewed-by", "周").stdout


def spoil(case: Path) -> None:
    """Let the page contradict itself: a total that is not the sum."""
    page = case / "source.html"
    sample = Sample(case)
    text = page.read_text(encoding="utf-8")
    at = text.index("本年新收政府信息公开申请数量")
    end = text.index("</tr>", at)
    row = text[at:end]
    head, _, tail = row.rpartition("</td>")
    text = text[:at] + head + "7</td>" + tail + text[end:]
    page.write_text(text, encoding="utf-8")
    meta = {**sample.meta, "source_sha256": hashlib.sha256(page.read_bytes()).hexdigest()}
    (case / "meta.json").write_text(json.dumps(meta, ensure_ascii=False))


def test_bless_refuses_failing_identities_unless_they_are_named(run: Run, finished: Path) -> None:
    case = case_of(finished)
    spoil(case)
    result = run("bless", case, "--reviewed-by", "王")
    assert result.exit_code == 1
    assert not (case / "expected.json").exists()
    rules = result.stderr.split("--accept-findings ")[1].split(" ")[0].rstrip(";,")
    assert rules.startswith("T3.")
    one = rules.split(",")[0]
    if one != rules:
        assert run("bless", case, "--reviewed-by", "王", "--accept-findings", one).exit_code == 1
    assert run("bless", case, "--reviewed-by", "王", "--accept-findings", rules).exit_code == 0
    assert Sample(case).meta["accepted_findings"] == rules.split(",")


def test_bless_refuses_another_page_than_the_meta_names(run: Run, finished: Path) -> None:
    case = case_of(finished)
    (case / "source.html").write_bytes(b"<p>" + (case / "source.html").read_bytes())
    result = run("bless", case, "--reviewed-by", "王")
    assert result.exit_code == 2
    assert "source_sha256" in result.stderr
    assert not (case / "expected.json").exists()


def test_bless_needs_a_person(run: Run, finished: Path) -> None:
    case = case_of(finished)
    assert run("bless", case).exit_code == 2
    assert run("bless", case, "--reviewed-by", " ").exit_code == 2
    assert not (case / "expected.json").exists()


# -- list ---------------------------------------------------------------------------------------


def test_list_holds_every_layout_with_its_samples(run: Run, finished: Path) -> None:
    result = run("list", "--plugins-dir", finished, "--json")
    listed = {one["slug"]: one for one in json.loads(result.stdout)}
    assert listed["hubei-qingshan"]["samples"] == 3
    assert listed["hubei-qingshan"]["proved"] == 1.0
    assert listed["hubei-qingshan"]["title"] == "青山：表二行名为俗称"
    assert listed["shandong-linyi"]["years"] == [2023]
    assert listed["shandong-linyi"]["module"] == "plugins/shandong_linyi"
    assert listed["generic"]["samples"] == 0
    assert "hubei-qingshan" in run("list", "--plugins-dir", finished).stdout


def test_the_page_of_layouts_is_written_and_checked(run: Run, tmp_path: Path) -> None:
    page = tmp_path / "layouts.md"
    assert run("list", "--docs", page, "--check").exit_code == 1
    assert run("list", "--docs", page).exit_code == 0
    assert run("list", "--docs", page, "--check").exit_code == 0
    assert page.read_text("utf-8") == (Path(__file__).parents[3] / "docs/layouts.md").read_text(
        "utf-8"
    )
    page.write_text(page.read_text("utf-8") + " ", encoding="utf-8")
    assert run("list", "--docs", page, "--check").exit_code == 1


# -- todo ---------------------------------------------------------------------------------------


def test_todo_groups_by_skeleton_most_pages_first(run: Run, tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    write_pages(pages, 3)
    report = make_report(random.Random(1), variant="2021")
    good = STYLES["html-bare"].page(report, 1).data
    (pages / "good.html").write_bytes(good)
    (pages / "other.html").write_bytes(good.replace("行政许可".encode(), "办证".encode()))
    (pages / "nothing.html").write_bytes(b"<p>hello</p>")
    result = run("todo", pages, "--json")
    found = json.loads(result.stdout)
    assert [len(group["paths"]) for group in found["groups"]] == [3, 1]
    assert found["groups"][1]["paths"] == [str(pages / "other.html")]
    assert all(group["fails"] for group in found["groups"])
    assert found["proved"] == 1
    assert sum(found["unread"].values()) == 1
    assert "4 to do in 2 groups" in run("todo", pages).stdout
    shutil.rmtree(pages)


def test_a_skeleton_is_the_templates_and_not_the_reports() -> None:
    one, two, three = (skeleton(document) for document, _ in documents("html-cms"))
    assert one == two == three
    assert one != skeleton(documents("html-divs", 1)[0][0])
