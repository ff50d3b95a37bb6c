from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from tests.unit.kibana.lint import lint
from tests.unit.kibana.stand_in import PASSWORD, USER, State, stand_in
from typer.testing import CliRunner

from gongkai.cli import app
from gongkai.kibana.roles import NAMES, Name, Taker, call

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGKAI_LANG", "en")
    monkeypatch.setenv("GONGKAI_KIBANA_USER", USER)
    monkeypatch.setenv("GONGKAI_KIBANA_PASSWORD", PASSWORD)
    monkeypatch.setenv("GONGKAI_KIBANA_WAIT", "0")


@pytest.fixture
def state(monkeypatch: pytest.MonkeyPatch) -> Iterator[State]:
    kept = State()
    with stand_in(kept) as address:
        monkeypatch.setenv("GONGKAI_KIBANA_URL", address)
        yield kept


def _run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["kibana", *arguments])
    return result.exit_code, result.output


def test_build_writes_a_bundle_without_problems(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GONGKAI_INDEX_PREFIX", "mine")
    file = tmp_path / "mine.ndjson"
    code, output = _run("build", "--out", str(file))
    assert code == 0
    assert "15 objects" in output
    text = file.read_text(encoding="utf-8")
    assert lint(text) == []
    assert '"title":"mine-reports"' in text


def test_build_writes_only_what_kibana_imports(tmp_path: Path) -> None:
    code, output = _run("build", "--out", str(tmp_path / "mine.json"))
    assert code == 2
    assert "mine.ndjson" in output
    assert not list(tmp_path.iterdir())


def test_install_tells_where_the_dashboards_are(state: State) -> None:
    code, output = _run("install", "--space", "people", "--roles")
    assert code == 0
    assert "/s/people/app/dashboards#/view/gongkai-overview" in output
    assert len(state.objects) == 15
    assert set(state.roles) == {"gongkai_writer", "gongkai_reader", "gongkai_dashboards"}


def test_install_as_json(state: State) -> None:
    code, output = _run("install", "--json")
    found = json.loads(output)
    assert code == 0
    assert found["objects"] == len(state.objects)
    assert len(found["dashboards"]) == 5
    assert found["roles"] == []


def test_copies_have_addresses_of_their_own(state: State) -> None:
    _run("install")
    code, output = _run("install", "--copy")
    assert code == 0
    assert "view/copy-" in output
    assert len(state.objects) == 30


def test_keep_leaves_everything_that_is_there(state: State) -> None:
    _run("install")
    before = dict(state.objects)
    code, output = _run("install", "--keep")
    assert code == 0
    assert "0 objects installed, 15 kept" in output
    assert state.objects == before
    assert _run("install", "--keep", "--copy")[0] == 2


def test_who_waits_is_told_what_for(state: State, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGKAI_KIBANA_WAIT", "5")
    monkeypatch.setattr("gongkai.kibana.client._PAUSE", 0.01)
    state.starting = 3
    code, output = _run("install")
    assert code == 0
    assert output.count("waiting for Kibana http://127.0.0.1:") == 1


def test_wrong_credentials_end_with_the_backend_code(
    state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GONGKAI_KIBANA_PASSWORD", "not this one")
    code, output = _run("install")
    assert code == 4
    assert "401" in output
    assert "not this one" not in output
    assert not state.objects


def test_verify_ends_with_findings_where_something_differs(state: State) -> None:
    assert _run("verify")[0] == 0
    state.alter = lambda item: {**item, "references": []}
    code, output = _run("verify")
    assert code == 1
    assert "dashboard gongkai-overview: references" in output


def test_a_setting_that_is_none_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGKAI_KIBANA_SPACE", "Not A Space")
    code, output = _run("install")
    assert code == 2
    assert "GONGKAI_KIBANA_SPACE" in output


@pytest.mark.parametrize(
    ("name", "value"),
    [("GONGKAI_KIBANA_API_KEY", "gehe\nim"), ("GONGKAI_ES_API_KEY", "geheim 密")],
)
def test_a_secret_that_is_none_is_named_and_not_shown(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    result = CliRunner().invoke(app, ["--debug", "kibana", "install"])
    assert result.exit_code == 2
    assert name in result.output
    assert "Traceback" in result.output
    assert "gehe" not in result.output


def test_open_prints_the_address(state: State, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr("typer.launch", opened.append)
    code, output = _run("open")
    assert code == 0
    assert opened == [output.strip()]
    assert opened[0].endswith("/s/gongkai/app/dashboards#/view/gongkai-overview")
    assert not state.seen


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    ("taker", "where"),
    [
        ("kibana", "PUT /api/security/role/"),
        ("elasticsearch", "PUT /_security/role/"),
        ("api-key", "POST /_security/api_key"),
    ],
)
def test_a_role_is_printed_as_the_body_of_a_call(
    monkeypatch: pytest.MonkeyPatch, name: Name, taker: Taker, where: str
) -> None:
    monkeypatch.setenv("GONGKAI_INDEX_PREFIX", "mine")
    words = ["kibana", "role", name, "--for", taker, "--space", "people"]
    result = CliRunner().invoke(app, words)
    assert result.exit_code == 0
    assert result.stderr.startswith(where)
    assert json.loads(result.stdout) == call(taker, name, "mine", "people")[1]
    assert "mine-*" in result.stdout
    assert ("people" in result.stdout) is (name != "gongkai_writer")


def test_a_role_that_is_none_is_refused() -> None:
    assert _run("role", "superuser")[0] == 2
