"""A plugin's own fields are mapped, indexed and searched as all others are."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from tests.testbed.reports import make_report
from tests.testbed.styles import STYLES
from tests.unit.docs.installed import install

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.elasticsearch_fixture import Server

pytestmark = pytest.mark.es


@pytest.fixture
def environment(es_server: Server, tmp_path: Path) -> Iterator[dict[str, str]]:
    """Return the environment of a machine where the example enricher is installed."""
    install(tmp_path / "site", "enricher")
    kept = {k: v for k, v in os.environ.items() if not k.startswith("GONGKAI_")}
    prefix = f"{es_server.prefix}-fields"
    yield {
        **kept,
        **es_server.environment("admin"),
        "GONGKAI_INDEX_PREFIX": prefix,
        "GONGKAI_STATE_DIR": str(tmp_path / "state"),
        "GONGKAI_LANG": "en",
        "PYTHONPATH": str(tmp_path / "site"),
    }
    es_server.clean(f"{prefix}*")


def test_the_facts_of_an_installed_enricher_are_searched(
    environment: dict[str, str], tmp_path: Path
) -> None:
    def gongkai(*arguments: object) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "gongkai.cli", *map(str, arguments)],
            env=environment,
            check=False,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    truth = {}
    for seed in range(4):
        report = make_report(random.Random(seed), variant="2021", scale="small")
        page = tmp_path / f"page-{seed}.html"
        page.write_bytes(STYLES["html-bare"].page(report, seed).data)
        truth[str(page)] = report.cells["requests.received.total"] or 0
    gongkai("index", "apply")
    gongkai("ingest", *truth)
    middle = sorted(truth.values())[1]

    def found(condition: str) -> set[str]:
        lines = gongkai("search", "--where", condition, "--json").splitlines()
        hits = [hit for line in lines for hit in json.loads(line)["hits"]]
        return {hit["source"]["path"] for hit in hits}

    more = {path for path, received in truth.items() if received > middle}
    assert more
    assert found(f"ext.workload.requests>{middle}") == more
    calm = {path for path, received in truth.items() if 1 <= received < 100}
    assert calm
    assert found("ext.workload.level=calm") == calm
