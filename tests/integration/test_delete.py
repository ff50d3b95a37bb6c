"""``gongkai delete`` on a real server: all three indices, and never without a yes."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from tests.integration.test_ingest import Setup
from tests.search_samples import extracted

from gongkai.enrichment import enrich
from gongkai.errors import BackendError
from gongkai.search import deletion
from gongkai.search.client import connect
from gongkai.search.deletion import delete_reports
from gongkai.search.deriving import Derived, Deriver
from gongkai.search.documents import document_id
from gongkai.search.sink import ReportSink

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from elasticsearch import Elasticsearch
    from tests.elasticsearch_fixture import Server

    from gongkai.model import Extracted
    from gongkai.settings import Settings

pytestmark = pytest.mark.es

YEARS = (2021, 2022, 2023)


@pytest.fixture
def filled(es_server: Server, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Setup]:
    """Return an index with two agencies' reports on three years, everything derived."""
    prefix = f"{es_server.prefix}-{abs(hash(request.node.name)):x}"
    made = Setup(es_server, prefix, tmp_path)
    done = made.run("index", "apply", role="admin")
    assert done.returncode == 0, done.stderr
    with connect(settings_of(made)) as client:
        items = [report(agency, year) for agency in ("甲局", "乙局") for year in YEARS]
        results = ReportSink(client, settings_of(made)).write(items)
        assert [result.status for result in results] == ["indexed"] * 6
        assert Deriver(client, settings_of(made)).run().derived == 6
    yield made
    es_server.clean(f"{prefix}*")


def settings_of(setup: Setup) -> Settings:
    own = {"index_prefix": setup.prefix}
    return setup.server.settings("writer").model_copy(update=own)


def report(agency: str, year: int) -> Extracted:
    one = extracted(agency, year, path=f"{agency}{year}.txt", received=year)
    assert one.report is not None
    enrich(one.report)
    return one


def kept(client: Elasticsearch, setup: Setup) -> dict[str, set[tuple[str, int]]]:
    """Return agency and year of the documents of each index."""
    found: dict[str, set[tuple[str, int]]] = {}
    for name in ("reports", "cells", "checks"):
        alias = f"{setup.prefix}-{name}"
        client.indices.refresh(index=alias)
        hits = client.search(index=alias, size=1000)["hits"]["hits"]
        found[name] = {(h["_source"]["agency"]["name"], h["_source"]["year"]) for h in hits}
    return found


def of_2023(client: Elasticsearch, setup: Setup) -> dict[str, Any]:
    found: dict[str, Any] = client.get(
        index=f"{setup.prefix}-reports", id=document_id(report("甲局", 2023))
    )["_source"]["indicators"]
    return found


def test_a_report_goes_with_its_cells_and_checks_and_next_year_is_compared_anew(
    filled: Setup,
) -> None:
    with filled.server.client() as client:
        assert of_2023(client, filled)["received_previous"] == 2022
        command = ("delete", "--where", "agency.name=甲局", "-w", "year=2022", "--yes", "--json")
        done = filled.run(*command)
        assert done.returncode == 0, done.stderr
        told = json.loads(done.stdout)
        assert told["reports"] == 1
        assert told["cells"] >= 1
        assert told["ids"] == [document_id(report("甲局", 2022))]
        left = {(agency, year) for agency in ("甲局", "乙局") for year in YEARS} - {("甲局", 2022)}
        found = kept(client, filled)
        assert found["reports"] == found["cells"] == left
        assert found["checks"] <= left
        assert "received_previous" not in {k for k, v in of_2023(client, filled).items() if v}
        again = filled.run(*command)
        assert json.loads(again.stdout) == {"reports": 0, "cells": 0, "checks": 0, "ids": []}
    with connect(settings_of(filled)) as client:
        assert Deriver(client, settings_of(filled)).run() == Derived(seen=5, derived=0)


def test_without_a_terminal_and_without_yes_nothing_is_deleted(filled: Setup) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "gongkai.cli", "delete", "--where", "year=2022"],
        env=filled.environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 2
    assert "2 reports" in done.stderr
    assert "--yes" in done.stderr
    assert len(filled.paths()) == 6


@pytest.mark.parametrize(("answer", "left", "code"), [("n", 6, 1), ("", 6, 1), ("y", 4, 0)])
def test_the_answer_at_the_terminal_counts(
    filled: Setup, answer: str, left: int, code: int
) -> None:
    ours, theirs = pty.openpty()
    try:
        with subprocess.Popen(
            [sys.executable, "-m", "gongkai.cli", "delete", "--where", "year=2022"],
            env=filled.environment(),
            stdin=theirs,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        ) as process:
            os.write(ours, f"{answer}\n".encode())
            out, err = process.communicate(timeout=60)
    finally:
        os.close(ours)
        os.close(theirs)
    assert process.returncode == code, err
    assert "甲局" in err
    assert ("Deleted: 2 reports" in out) == (answer == "y")
    assert len(filled.paths()) == left


def test_a_condition_is_needed_and_has_to_be_readable(filled: Setup) -> None:
    assert filled.run("delete", "--yes").returncode == 2
    assert filled.run("delete", "--where", "nothing=1", "--yes").returncode == 2
    assert len(filled.paths()) == 6


def test_a_reader_may_not_delete(filled: Setup) -> None:
    if not filled.server.separate_roles:
        pytest.skip("this server has one user in every role")
    done = filled.run("delete", "--where", "year=2022", "--yes", role="reader")
    assert done.returncode == 4
    assert len(filled.paths()) == 6


def test_a_deletion_that_breaks_off_is_repaired(
    filled: Setup, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings, real = settings_of(filled), deletion.delete

    def breaks(client: Elasticsearch, alias: str, ids: list[str]) -> list[str]:
        if alias.endswith("-reports"):
            raise BackendError("gone")
        return real(client, alias, ids)

    monkeypatch.setattr(deletion, "delete", breaks)
    with connect(settings) as client:
        with pytest.raises(BackendError):
            list(delete_reports(client, settings, [document_id(report("甲局", 2022))]))
        assert ("甲局", 2022) not in kept(client, filled)["cells"]
        assert Deriver(client, settings).run(only_unmarked=True).derived == 2
        found = kept(client, filled)
        assert ("甲局", 2022) in found["cells"]
        assert of_2023(client, filled)["received_previous"] == 2022
