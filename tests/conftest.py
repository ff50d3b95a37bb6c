"""Fixtures and settings for every test."""

from hypothesis import settings

from tests.elasticsearch_fixture import (
    docker_compose_command,
    docker_compose_file,
    docker_passwords,
    docker_setup,
    es_server,
    pytest_terminal_summary,
)

# Machines are noisy: no test is timed.
settings.register_profile("gongkai", deadline=None)
settings.load_profile("gongkai")

__all__ = [
    "docker_compose_command",
    "docker_compose_file",
    "docker_passwords",
    "docker_setup",
    "es_server",
    "pytest_terminal_summary",
]
