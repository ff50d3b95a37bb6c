"""A real server, and what each of its users may do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from elasticsearch import AuthenticationException, AuthorizationException, Elasticsearch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.elasticsearch_fixture import Server

pytestmark = pytest.mark.es


@pytest.fixture
def index(es_server: Server) -> Iterator[str]:
    name = f"{es_server.prefix}-rights"
    with es_server.client("admin") as admin:
        admin.indices.create(
            index=name,
            settings={"number_of_replicas": 0},
            mappings={"dynamic": "strict", "properties": {"n": {"type": "integer"}}},
        )
        yield name
        admin.indices.delete(index=name)


@pytest.fixture(autouse=True)
def _three_users(es_server: Server) -> None:
    if not es_server.separate_roles:
        pytest.fail(
            "GONGKAI_ES_URL has one user for every role: set GONGKAI_TEST_WRITER and "
            "GONGKAI_TEST_READER (user:password), or run these with GONGKAI_TEST_ES=node"
        )


def test_the_writer_changes_documents_and_no_index(es_server: Server, index: str) -> None:
    with es_server.client("writer") as writer:
        writer.index(index=index, id="1", document={"n": 1})
        writer.bulk(operations=[{"index": {"_index": index, "_id": "2"}}, {"n": 2}])
        writer.indices.refresh(index=index)
        assert writer.count(index=index)["count"] == 2
        writer.delete(index=index, id="2", refresh=True)
        assert writer.count(index=index)["count"] == 1
        writer.create(index=index, id="3", document={"n": 3})
        attempts: list[Callable[[], object]] = [
            lambda: writer.indices.create(index=f"{es_server.prefix}-mine"),
            lambda: writer.index(index=f"{es_server.prefix}-mine", document={"n": 1}),
            lambda: writer.indices.delete(index=index),
            lambda: writer.indices.put_settings(index=index, settings={"refresh_interval": -1}),
            lambda: writer.index(index="elsewhere", document={"n": 1}),
            writer.cluster.health,
        ]
        for forbidden in attempts:
            with pytest.raises(AuthorizationException):
                forbidden()


def test_the_reader_searches_and_changes_nothing(es_server: Server, index: str) -> None:
    with es_server.client("writer") as writer:
        writer.index(index=index, id="1", document={"n": 1}, refresh=True)
    with es_server.client("reader") as reader:
        assert reader.search(index=index)["hits"]["total"]["value"] == 1
        assert "n" in reader.indices.get_mapping(index=index)[index]["mappings"]["properties"]
        attempts: list[Callable[[], object]] = [
            lambda: reader.index(index=index, document={"n": 2}),
            lambda: reader.delete(index=index, id="1"),
            lambda: reader.indices.delete(index=index),
            lambda: reader.search(index="elsewhere"),
        ]
        for forbidden in attempts:
            with pytest.raises(AuthorizationException):
                forbidden()


def test_the_admin_manages_its_own_indices_only(es_server: Server, index: str) -> None:
    alias = f"{es_server.prefix}-alias"
    with es_server.client("admin") as admin:
        admin.indices.update_aliases(actions=[{"add": {"index": index, "alias": alias}}])
        assert admin.indices.exists_alias(name=alias)
        with pytest.raises(AuthorizationException):
            admin.indices.create(index="elsewhere")
        with pytest.raises(AuthorizationException):
            admin.cluster.put_settings(persistent={"action.destructive_requires_name": False})


def test_nobody_else_is_let_in(es_server: Server) -> None:
    url = es_server.connection().url
    with Elasticsearch(url) as stranger, pytest.raises(AuthenticationException):
        stranger.cluster.health()
    with (
        Elasticsearch(url, basic_auth=("gongkai_admin", "wrong")) as guesser,
        pytest.raises(AuthenticationException),
    ):
        guesser.cluster.health()
