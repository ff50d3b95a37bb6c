"""Fixtures for every test."""

from tests.elasticsearch_fixture import (
    docker_compose_command,
    docker_compose_file,
    docker_passwords,
    docker_setup,
    es_server,
    pytest_terminal_summary,
)

__all__ = [
    "docker_compose_command",
    "docker_compose_file",
    "docker_passwords",
    "docker_setup",
    "es_server",
    "pytest_terminal_summary",
]
