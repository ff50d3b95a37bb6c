from __future__ import annotations

import json
import traceback
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import SecretStr
from tests.certificates import issue
from tests.unit.kibana.stand_in import API_KEY, PASSWORD, USER, State, stand_in

from gongkai.errors import BackendError, UsageError
from gongkai.kibana import installer
from gongkai.kibana.client import KibanaClient
from gongkai.kibana.dataviews import SPECS
from gongkai.kibana.objects import saved_objects
from gongkai.kibana.roles import NAMES, put_roles
from gongkai.kibana.settings import KibanaSettings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_OBJECTS = len(saved_objects())


@pytest.fixture
def state() -> State:
    return State()


@pytest.fixture
def address(state: State) -> Iterator[str]:
    with stand_in(state) as found:
        yield found


def _client(address: str, **options: Any) -> KibanaClient:  # noqa: ANN401 - any setting
    given = {"user": USER, "password": SecretStr(PASSWORD), "wait": 0, **options}
    return KibanaClient(KibanaSettings(url=address, **given), sleep=lambda _: None)


def test_an_installation_makes_the_space_and_every_object(address: str, state: State) -> None:
    done = installer.install(_client(address), "gongkai")
    assert done.space_created
    assert done.objects == len(state.objects) == _OBJECTS
    assert {space for space, _, _ in state.objects} == {"gongkai"}
    assert done.dashboards["政府信息公开年报 · 总览"] == "gongkai-overview"


def test_a_second_installation_leaves_the_same_objects(address: str, state: State) -> None:
    installer.install(_client(address), "gongkai")
    before = dict(state.objects)
    state.objects["gongkai", "dashboard", "gongkai-overview"] = {"edited": True}
    done = installer.install(_client(address), "gongkai")
    assert not done.space_created
    assert state.objects == before


def test_copies_leave_the_edited_objects_alone(address: str, state: State) -> None:
    installer.install(_client(address), "gongkai")
    state.objects["gongkai", "dashboard", "gongkai-overview"] = {"edited": True}
    done = installer.install(_client(address), "gongkai", existing="copy")
    assert state.objects["gongkai", "dashboard", "gongkai-overview"] == {"edited": True}
    assert len(state.objects) == 2 * _OBJECTS
    name = done.dashboards["政府信息公开年报 · 总览"]
    assert name.startswith("copy-")
    assert ("gongkai", "dashboard", name) in state.objects


def test_keeping_adds_what_is_missing_and_touches_nothing_else(address: str, state: State) -> None:
    installer.install(_client(address), "gongkai")
    state.objects["gongkai", "dashboard", "gongkai-overview"] = {"edited": True}
    del state.objects["gongkai", "search", "gongkai-text"]
    done = installer.install(_client(address), "gongkai", existing="keep")
    assert done.kept == _OBJECTS - 1
    assert state.objects["gongkai", "dashboard", "gongkai-overview"] == {"edited": True}
    assert ("gongkai", "search", "gongkai-text") in state.objects


def test_keeping_still_tells_other_errors(address: str, state: State) -> None:
    installer.install(_client(address), "gongkai")
    del state.versions["tag"]
    with pytest.raises(BackendError, match="unsupported_type"):
        installer.install(_client(address), "gongkai", existing="keep")


def test_the_default_space_needs_no_prefix_and_is_not_made(address: str, state: State) -> None:
    installer.install(_client(address, space="default"), "gongkai")
    assert {space for space, _, _ in state.objects} == {"default"}
    assert not any("/s/" in line or "/api/spaces" in line for line in state.seen)


def test_an_api_key_serves_as_well(address: str, state: State) -> None:
    client = _client(address, user=None, password=None, api_key=SecretStr(API_KEY))
    installer.install(client, "gongkai")
    assert len(state.objects) == _OBJECTS


def test_the_index_prefix_reaches_the_data_views(address: str, state: State) -> None:
    installer.install(_client(address), "mine")
    titles = {
        item["attributes"]["title"]
        for (_, kind, _), item in state.objects.items()
        if kind == "index-pattern"
    }
    assert titles == {f"mine-{name}" for name in SPECS}


@pytest.mark.parametrize(
    "credentials",
    [
        {"password": SecretStr("wrong")},
        {"user": None, "password": None, "api_key": SecretStr("d3Jvbmc=")},
        {"user": None, "password": None},
    ],
    ids=["password", "key", "none"],
)
def test_wrong_credentials_are_told_and_never_shown(
    address: str, state: State, credentials: dict[str, Any]
) -> None:
    with pytest.raises(BackendError) as error:
        installer.install(_client(address, **credentials), "gongkai")
    assert "401" in str(error.value)
    assert "GONGKAI_KIBANA_API_KEY" in error.value.hint
    assert "wrong" not in str(error.value)
    assert "d3Jvbmc" not in str(error.value)
    assert not state.objects


@pytest.mark.parametrize(
    ("forbidden", "hint"),
    [
        ("/api/spaces/", "space gongkai"),
        ("/_import", "role gongkai_dashboards"),
        ("/api/security/", "manage_security"),
    ],
)
def test_what_the_user_may_not_do_names_who_may(
    address: str, state: State, monkeypatch: pytest.MonkeyPatch, forbidden: str, hint: str
) -> None:
    monkeypatch.setenv("GONGKAI_LANG", "en")
    state.forbidden = forbidden
    call = put_roles if "security" in forbidden else installer.install
    with pytest.raises(BackendError, match="403") as error:
        call(_client(address), "gongkai")
    assert hint in error.value.hint


def test_it_waits_until_kibana_is_available(address: str, state: State) -> None:
    state.starting = 3
    installer.install(_client(address, wait=30), "gongkai")
    assert state.starting == 0
    assert len(state.objects) == _OBJECTS


def test_it_waits_no_longer_than_told(address: str, state: State) -> None:
    state.starting = 1000
    with pytest.raises(BackendError, match="503"):
        installer.install(_client(address, wait=10), "gongkai")
    assert 1000 - state.starting == 6  # at once, and every two seconds


def test_nobody_there_is_told_with_the_address() -> None:
    with pytest.raises(BackendError, match=r"127\.0\.0\.1:9"):
        installer.install(_client("http://127.0.0.1:9"), "gongkai")


def test_nobody_is_waited_for_only_when_asked() -> None:
    slept: list[float] = []
    for wait, pauses in ((None, 0), (4, 2)):
        slept.clear()
        client = KibanaClient(
            KibanaSettings(url="http://127.0.0.1:9", wait=wait), sleep=slept.append
        )
        with pytest.raises(BackendError) as raised:
            client.wait_until_available()
        assert len(slept) == pauses
        assert "GONGKAI_KIBANA_WAIT" in raised.value.hint


def test_an_error_behind_status_200_is_an_error(address: str, state: State) -> None:
    del state.versions["tag"]
    with pytest.raises(BackendError) as error:
        installer.install(_client(address), "gongkai")
    assert f"{_OBJECTS - 1}" in str(error.value)
    assert "tag gongkai-tag: unsupported_type" in str(error.value)


def test_missing_references_are_named(
    address: str, monkeypatch: pytest.MonkeyPatch, state: State
) -> None:
    lacking = [item for item in saved_objects() if item["id"] != "gongkai-cells"]
    monkeypatch.setattr(installer, "saved_objects", lambda _: lacking)
    with pytest.raises(BackendError, match="missing_references index-pattern gongkai-cells"):
        installer.install(_client(address), "gongkai")
    assert ("gongkai", "search", "gongkai-search") in state.objects


def test_an_older_kibana_refuses_later_objects(address: str, state: State) -> None:
    state.versions["dashboard"] = "10.1.0"
    with pytest.raises(BackendError, match="more recent version of Kibana"):
        installer.install(_client(address), "gongkai")


def test_verify_finds_nothing_where_all_is_kept(address: str) -> None:
    assert installer.verify(_client(address), "gongkai") == []


def test_verify_tells_what_was_changed_and_lost(address: str, state: State) -> None:
    def alter(item: dict[str, Any]) -> dict[str, Any]:
        changed: dict[str, Any] = json.loads(json.dumps(item))
        if item["id"] == "gongkai-overview":
            changed["attributes"]["timeRestore"] = False
            panels = json.loads(changed["attributes"]["panelsJSON"])
            panels[3]["gridData"]["w"] = 1
            panels[4]["added"] = "by a later version"
            changed["attributes"]["panelsJSON"] = json.dumps(panels)
        if item["id"] == "gongkai-search" and item["type"] == "search":
            del changed["attributes"]["columns"]
        if item["type"] == "tag":
            changed["references"] = [{"type": "tag", "id": "x", "name": "y"}]
        return changed

    state.alter = alter
    assert installer.verify(_client(address), "gongkai") == [
        "tag gongkai-tag: references: 0 items, not 1",
        "search gongkai-search: attributes.columns: missing",
        "dashboard gongkai-overview: attributes.panelsJSON[3].gridData.w: 12, not 1",
        "dashboard gongkai-overview: attributes.timeRestore: True, not False",
    ]


def test_roles_are_put_for_the_space_and_prefix(address: str, state: State) -> None:
    assert put_roles(_client(address, space="people"), "mine") == NAMES
    assert set(state.roles) == set(NAMES)
    reader = state.roles["gongkai_reader"]
    assert reader["elasticsearch"]["indices"][0]["names"] == ["mine-*"]
    assert reader["kibana"][0]["spaces"] == ["people"]


def test_tls_with_an_authority_with_a_fingerprint_and_with_neither(
    tmp_path: Path, state: State
) -> None:
    files = issue(tmp_path)
    with stand_in(state, files.key_and_chain) as address:
        installer.install(_client(address, ca=files.authority), "gongkai")
        installer.install(_client(address, fingerprint=files.fingerprint), "gongkai")
        with pytest.raises(BackendError, match=r"(?i)certificate"):
            installer.install(_client(address), "gongkai")
        with pytest.raises(BackendError, match=r"(?i)fingerprint"):
            installer.install(_client(address, fingerprint="00" * 32), "gongkai")


def test_a_certificate_that_is_not_trusted_is_not_waited_for(tmp_path: Path, state: State) -> None:
    files = issue(tmp_path)
    slept: list[float] = []
    with stand_in(state, files.key_and_chain) as address:
        settings = KibanaSettings(url=address, fingerprint="00" * 32, wait=100)
        with pytest.raises(BackendError, match="GONGKAI_KIBANA_FINGERPRINT"):
            KibanaClient(settings, sleep=slept.append).wait_until_available()
    assert not slept


@pytest.mark.parametrize(
    "url",
    ["kibana:5601", "ftp://x", "http://", "http://a:b@c:1", "http://a:b/@c:1", "http://a:b#@c:1"],
)
def test_an_address_that_is_none_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(UsageError) as error:
        _client(url)
    assert "a:b" not in "".join(traceback.format_exception(error.value))


def test_a_missing_authority_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="nowhere"):
        _client("https://x", ca=tmp_path / "nowhere.pem")
