"""The shipped roles, API keys and TLS on a real server, through gongkai's own settings."""

from __future__ import annotations

import base64
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

import pytest
from tests.certificates import issue
from tests.integration.tls_node import tls_node
from typer.testing import CliRunner

from gongkai.cli import app
from gongkai.kibana.roles import NAMES, call, elasticsearch_role

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from elasticsearch import Elasticsearch
    from tests.integration.tls_node import TlsNode
    from typer.testing import Result

    from gongkai.kibana.roles import Name

pytestmark = pytest.mark.es

ROOT = Path(__file__).parents[2]
SAMPLE, OTHER = sorted(ROOT.glob("plugins/*/samples/*/source.txt"))[:2]
PREFIX, SPACE = "gongkai-secured", "people"


@pytest.fixture(scope="module")
def node() -> Iterator[TlsNode]:
    # pytest's own folders cannot be entered by the server's user.
    with tempfile.TemporaryDirectory(dir="/tmp", prefix="gongkai-tls-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        (folder / "certificates").mkdir()
        with tls_node(folder, issue(folder / "certificates")) as started:
            yield started


@pytest.fixture(scope="module")
def admin(node: TlsNode) -> Iterator[Elasticsearch]:
    with node.client() as client:
        yield client


@pytest.fixture(scope="module")
def keys(node: TlsNode, admin: Elasticsearch) -> dict[Name, str]:
    """Return an API key for each role, as Elasticsearch encodes it; one report is indexed."""
    made: dict[Name, str] = {}
    for name in NAMES:
        _, body = call("api-key", name, PREFIX, SPACE)
        made[name] = str(admin.security.create_api_key(**body)["encoded"])
    whole = str(admin.security.create_api_key(name="whole")["encoded"])
    applied = gongkai(node, "index", "apply", key=whole)
    assert applied.exit_code == 0, applied.stderr
    ingested = gongkai(node, "ingest", SAMPLE, key=made["gongkai_writer"])
    assert ingested.exit_code == 0, ingested.stderr
    return made


def gongkai(
    node: TlsNode,
    *words: object,
    key: str | None = None,
    ca: bool = True,
    variables: Mapping[str, object] = MappingProxyType({}),
) -> Result:
    """Run a command as a user would; no secret may be in what it prints.

    Args:
        node: the server.
        words: of the command.
        key: API key.
        ca: whether the authority is named.
        variables: further ones of the environment.
    """
    unset: dict[str, str | None] = {k: None for k in os.environ if k.startswith("GONGKAI_")}
    given: dict[str, object] = {
        "GONGKAI_ES_URL": node.url,
        "GONGKAI_INDEX_PREFIX": PREFIX,
        "GONGKAI_STATE_DIR": node.certificates.key.parent / "state",
        "GONGKAI_LANG": "en",
        **({"GONGKAI_ES_CA": node.certificates.authority} if ca else {}),
        **({"GONGKAI_ES_API_KEY": key} if key else {}),
        **variables,
    }
    environment = unset | {name: str(value) for name, value in given.items()}
    done = CliRunner().invoke(app, list(map(str, words)), env=environment)
    for secret in (key, key and base64.b64decode(key).decode().partition(":")[2], node.password):
        assert not secret or secret not in done.output
    return done


def refused(done: Result, *told: str) -> None:
    """Assert that a command ended as one that the backend refused, and what it told."""
    assert done.exit_code == 4
    for text in told:
        assert text in done.stderr
    assert "Traceback" not in done.stderr


# --- roles and keys ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_a_role_is_taken_and_read_back_as_it_is_shipped(admin: Elasticsearch, name: Name) -> None:
    method, path = call("elasticsearch", name, PREFIX, SPACE)[0].split()
    body = elasticsearch_role(name, PREFIX, SPACE)
    headers = {"accept": "application/json", "content-type": "application/json"}
    admin.perform_request(method, path, headers=headers, body=body)
    kept = admin.security.get_role(name=name)[name]
    assert kept["cluster"] == body["cluster"]
    assert [(i["names"], i["privileges"]) for i in kept["indices"]] == [
        (i["names"], i["privileges"]) for i in body["indices"]
    ]
    assert kept["applications"] == body["applications"]
    assert kept["run_as"] == []


@pytest.mark.usefixtures("keys")
def test_a_user_with_a_role_is_held_to_it(node: TlsNode, admin: Elasticsearch) -> None:
    name: Name = "gongkai_reader"
    admin.security.put_role(name=name, **elasticsearch_role(name, PREFIX, SPACE))
    admin.security.put_user(username="li", password="zhang-san-8", roles=[name])  # noqa: S106
    account = {"GONGKAI_ES_USER": "li", "GONGKAI_ES_PASSWORD": "zhang-san-8"}
    assert '"total":1' in gongkai(node, "search", "--json", variables=account).stdout
    denied = gongkai(node, "ingest", OTHER, variables=account)
    refused(denied, "403", "bulk", "li")
    assert "zhang-san-8" not in denied.stderr


def test_the_key_of_the_reader_reads_and_changes_nothing(
    node: TlsNode, keys: dict[Name, str]
) -> None:
    key = keys["gongkai_reader"]
    found = gongkai(node, "search", "--json", key=key)
    assert found.exit_code == 0, found.stderr
    assert '"total":1' in found.stdout
    refused(gongkai(node, "ingest", OTHER, key=key), node.url, "403", "bulk", "privilege")
    refused(gongkai(node, "delete", "--where", "year>=2000", "--yes", key=key), "403")
    assert '"total":1' in gongkai(node, "search", "--json", key=key).stdout


def test_the_key_of_the_dashboards_reads_and_changes_nothing(
    node: TlsNode, keys: dict[Name, str]
) -> None:
    key = keys["gongkai_dashboards"]
    assert '"total":1' in gongkai(node, "search", "--json", key=key).stdout
    refused(gongkai(node, "ingest", OTHER, key=key), "403", "bulk")
    refused(
        gongkai(node, "search", key=key, variables={"GONGKAI_INDEX_PREFIX": "others"}),
        "403",
        "others",
    )


def test_the_key_of_the_writer_writes_and_manages_no_index(
    node: TlsNode, keys: dict[Name, str]
) -> None:
    key = keys["gongkai_writer"]
    deleted = gongkai(node, "delete", "--where", "year>=2000", "--yes", "--json", key=key)
    assert deleted.exit_code == 0, deleted.stderr
    assert '"reports":1' in deleted.stdout
    again = gongkai(node, "ingest", SAMPLE, key=key)
    assert again.exit_code == 0, again.stderr
    denied = gongkai(
        node, "index", "apply", key=key, variables={"GONGKAI_INDEX_PREFIX": f"{PREFIX}-new"}
    )
    refused(denied, "403", "create_index")


@pytest.fixture(scope="module")
def _privileges_of_kibana(admin: Elasticsearch) -> None:
    """Register what Kibana registers at its start; a role's privilege has no effect before."""
    names = {
        privilege
        for name in NAMES
        for rights in elasticsearch_role(name)["applications"]
        for privilege in rights["privileges"]
    }
    admin.security.put_privileges(
        privileges={"kibana-.kibana": {name: {"actions": [f"ui:{name}"]} for name in names}}
    )


@pytest.mark.usefixtures("_privileges_of_kibana")
@pytest.mark.parametrize(
    ("name", "granted"),
    [
        ("gongkai_writer", set()),
        ("gongkai_reader", {"feature_dashboard.read"}),
        ("gongkai_dashboards", {"feature_dashboard.all", "feature_indexPatterns.all"}),
    ],
)
def test_a_key_has_the_rights_in_kibana_that_its_role_has(
    node: TlsNode, keys: dict[Name, str], name: Name, granted: set[str]
) -> None:
    asked = ["feature_dashboard.read", "feature_dashboard.all", "feature_indexPatterns.all"]
    spaces = [f"space:{SPACE}", "space:another"]
    question = {"application": "kibana-.kibana", "privileges": asked, "resources": spaces}
    with node.client() as client:
        answer = client.options(api_key=keys[name]).security.has_privileges(application=[question])
    mine, other = (answer["application"]["kibana-.kibana"][space] for space in spaces)
    assert {right for right, has in mine.items() if has} == granted
    assert not any(other.values())


def test_a_key_that_is_wrong_or_revoked_is_told(
    node: TlsNode, admin: Elasticsearch, keys: dict[Name, str]
) -> None:
    identity, _, secret = base64.b64decode(keys["gongkai_reader"]).decode().partition(":")
    wrong = base64.b64encode(f"{identity}:{secret[::-1]}".encode()).decode()
    refused(gongkai(node, "search", key=wrong), node.url, "401", "GONGKAI_ES_API_KEY")

    _, body = call("api-key", "gongkai_reader", PREFIX, SPACE)
    made = admin.security.create_api_key(**body)
    assert gongkai(node, "search", key=made["encoded"]).exit_code == 0
    admin.security.invalidate_api_key(ids=[made["id"]])
    refused(gongkai(node, "search", key=made["encoded"]), node.url, "401", "GONGKAI_ES_API_KEY")


def test_not_even_the_log_of_a_failure_shows_a_secret(node: TlsNode, keys: dict[Name, str]) -> None:
    key, account = keys["gongkai_reader"], "somebody:geheim-5@"
    for address, secret, status in (
        (node.url, key, "403"),
        (node.url.replace("//", f"//{account}"), "geheim-5", "401"),
    ):
        variables = {
            **{k: v for k, v in os.environ.items() if not k.startswith("GONGKAI_")},
            "GONGKAI_ES_URL": address,
            "GONGKAI_ES_CA": str(node.certificates.authority),
            "GONGKAI_INDEX_PREFIX": "others",
            **({"GONGKAI_ES_API_KEY": key} if status == "403" else {}),
        }
        # In a process of its own, because pytest takes the log of this one.
        program = "from gongkai.cli import main; main()"
        done = subprocess.run(
            [sys.executable, "-c", program, "--debug", "search"],
            env=variables,
            capture_output=True,
            text=True,
            check=False,
        )
        assert "DEBUG" in done.stderr
        assert status in done.stderr
        assert secret not in done.stdout + done.stderr


# --- TLS -----------------------------------------------------------------------------------------


def test_an_authority_or_either_fingerprint_is_enough(node: TlsNode, keys: dict[Name, str]) -> None:
    key = keys["gongkai_reader"]
    assert gongkai(node, "search", key=key).exit_code == 0
    found = node.certificates
    with_colons = ":".join(found.fingerprint[n : n + 2].upper() for n in range(0, 64, 2))
    for fingerprint in (found.fingerprint, with_colons, found.authority_fingerprint):
        done = gongkai(
            node, "search", key=key, ca=False, variables={"GONGKAI_ES_FINGERPRINT": fingerprint}
        )
        assert done.exit_code == 0, done.stderr


def test_a_server_that_is_not_trusted_gets_no_request(
    node: TlsNode, keys: dict[Name, str], tmp_path: Path
) -> None:
    key, settings = keys["gongkai_reader"], ("GONGKAI_ES_CA", "GONGKAI_ES_FINGERPRINT")
    refused(gongkai(node, "search", key=key, ca=False), node.url, "certificate", *settings)
    other = gongkai(node, "search", key=key, variables={"GONGKAI_ES_CA": issue(tmp_path).authority})
    refused(other, node.url, "certificate", *settings)
    wrong = gongkai(
        node, "search", key=key, ca=False, variables={"GONGKAI_ES_FINGERPRINT": "00" * 32}
    )
    refused(wrong, node.url, "Fingerprints did not match", *settings)
    empty = tmp_path / "empty.pem"
    empty.write_text("no certificate")
    refused(gongkai(node, "search", key=key, variables={"GONGKAI_ES_CA": empty}), *settings)
    # The certificate is for the number, not for the name.
    named = gongkai(
        node, "search", key=key, variables={"GONGKAI_ES_URL": f"https://localhost:{node.port}"}
    )
    refused(named, "localhost", "ostname", *settings)


def test_plain_http_to_a_server_with_tls_names_https(node: TlsNode, keys: dict[Name, str]) -> None:
    key, plain = keys["gongkai_reader"], f"http://127.0.0.1:{node.port}"
    refused(
        gongkai(node, "search", key=key, ca=False, variables={"GONGKAI_ES_URL": plain}),
        plain,
        "https://",
    )
    # Whoever names an authority wants TLS.
    done = gongkai(node, "search", key=key, variables={"GONGKAI_ES_URL": plain})
    assert done.exit_code == 2
    assert "https" in done.stderr
