from __future__ import annotations

import json

import pytest

from gongkai.kibana.roles import NAMES, elasticsearch_role, role
from gongkai.node.configuration import roles as node_roles

_WRITING = {"index", "create_doc", "delete", "write", "create", "manage", "all", "maintenance"}


@pytest.mark.parametrize("name", ["gongkai_writer", "gongkai_reader"])
def test_a_role_has_the_rights_that_the_local_node_gives(name: str) -> None:
    # What these rights allow and forbid is tried on a server in tests/integration/test_node.py.
    shipped, local = role(name)["elasticsearch"], node_roles("gongkai")[name]
    assert shipped["cluster"] == local["cluster"]
    (mine,) = shipped["indices"]
    theirs = json.loads(json.dumps(local["indices"]))[0]
    assert mine["names"] == theirs["names"]
    assert set(mine["privileges"]) == set(theirs["privileges"])


@pytest.mark.parametrize("name", NAMES)
def test_a_role_reaches_its_own_indices_and_space_only(name: str) -> None:
    found = role(name, "mine", "people")
    assert {n for i in found["elasticsearch"]["indices"] for n in i["names"]} == {"mine-*"}
    assert all(rights["spaces"] == ["people"] for rights in found["kibana"])
    # Kibana refuses the two together.
    assert not any("base" in r and "feature" in r for r in found["kibana"])


def test_only_the_writer_changes_documents_and_only_one_role_changes_dashboards() -> None:
    for name in NAMES:
        found = role(name)
        given = {p for i in found["elasticsearch"]["indices"] for p in i["privileges"]}
        assert bool(given & _WRITING) is (name == "gongkai_writer")
        levels = {lv for r in found["kibana"] for f in r["feature"].values() for lv in f}
        expected = {"gongkai_writer": set(), "gongkai_reader": {"read"}}.get(name, {"all"})
        assert levels == expected


def test_a_role_as_elasticsearch_takes_it_for_an_api_key() -> None:
    (rights,) = elasticsearch_role("gongkai_reader", "mine", "people")["applications"]
    assert rights == {
        "application": "kibana-.kibana",
        "privileges": ["feature_discover.read", "feature_dashboard.read", "feature_visualize.read"],
        "resources": ["space:people"],
    }
    assert elasticsearch_role("gongkai_writer")["applications"] == []
