"""The files in ``docker/`` say what the code says, and no password has a default."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from gongkai.kibana.roles import elasticsearch_role
from gongkai.node.configuration import roles
from gongkai.settings import Settings

DOCKER = Path(__file__).parents[3] / "docker"
COMPOSE = (DOCKER / "compose.yaml").read_text(encoding="utf-8")


def test_the_roles_are_the_shipped_ones_and_that_of_the_local_nodes_admin() -> None:
    lines = (DOCKER / "elasticsearch/roles.yml").read_text(encoding="utf-8").splitlines()
    expected = roles("gongkai")
    expected["gongkai_reader"]["applications"] = elasticsearch_role("gongkai_reader")[
        "applications"
    ]
    expected["gongkai_dashboards"] = elasticsearch_role("gongkai_dashboards")
    assert lines[1:] == [f"{name}: {json.dumps(role)}" for name, role in expected.items()]


def test_every_secret_comes_from_the_environment_and_has_no_default() -> None:
    secrets = re.findall(r"^ +\w*(?:PASSWORD|KEY): (.*)$", COMPOSE, flags=re.MULTILINE)
    assert len(secrets) == 11
    for value in secrets:
        assert re.fullmatch(r"\$\{[A-Z_]+:\?[^}]+\}", value), value


def test_the_example_names_every_secret_and_sets_none() -> None:
    example = (DOCKER / "example.env").read_text(encoding="utf-8")
    empty = set(re.findall(r"^([A-Z_]+)=$", example, flags=re.MULTILINE))
    assert empty == set(re.findall(r"\$\{([A-Z_]+):\?", COMPOSE))


def test_the_version_is_the_one_of_the_local_node() -> None:
    versions = set(re.findall(r"\$\{ES_VERSION:-([\d.]+)\}", COMPOSE))
    assert versions == {Settings.model_fields["es_version"].default}


def test_every_port_is_bound_to_loopback() -> None:
    for file in (COMPOSE, (DOCKER / "test.compose.yaml").read_text(encoding="utf-8")):
        ports = re.findall(r'ports:\n +- "([^"]+)"', file)
        assert ports
        assert all(port.startswith("127.0.0.1:") for port in ports)


@pytest.mark.parametrize("command", ["docker compose", "docker-compose"])
def test_compose_takes_the_file_without_a_word(command: str, tmp_path: Path) -> None:
    words = command.split()
    if shutil.which(words[0]) is None or _run(*words, "version").returncode:
        pytest.skip(f"there is no {command}")
    example = (DOCKER / "example.env").read_text(encoding="utf-8")
    filled = tmp_path / "filled.env"
    filled.write_text(re.sub(r"^([A-Z_]+)=$", r"\1=a-secret", example, flags=re.MULTILINE))
    file = ("--file", str(DOCKER / "compose.yaml"))
    done = _run(*words, "--env-file", str(filled), *file, "config")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("a-secret") == len(re.findall(r":\?", COMPOSE))
    missing = _run(*words, "--env-file", str(DOCKER / "example.env"), *file, "config")
    assert missing.returncode
    assert "ELASTIC_PASSWORD" in missing.stderr


def _run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, check=False)
