"""Index generations: a concrete index per mapping, one alias for all who read and write.

``gongkai-reports-v1-20260101t120000000z`` is a generation, ``gongkai-reports`` the alias. A change
of mapping never touches a live index: a new generation is made, filled from the live one, counted,
and the alias moves in one call. The generations that the alias has left carry the alias
``gongkai-reports-retired`` and can be returned to; a generation with neither alias was never
finished and holds nothing that is not elsewhere.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal

from gongkai.errors import IndexingError
from gongkai.messages import say
from gongkai.search.client import backend_errors, missing_index
from gongkai.search.copying import copy
from gongkai.search.mapping import load
from gongkai.search.schema import for_installation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from elasticsearch import Elasticsearch

    from gongkai.search.schema import IndexSpec
    from gongkai.settings import Settings

Change = Literal["create", "replace", "unblock", "nothing"]


@dataclass(frozen=True, slots=True)
class Generation:
    """One concrete index.

    Attributes:
        index: its name.
        state: ``live`` (the alias points here), ``retired`` or ``unfinished``.
        documents: how many it holds.
        blocked: whether it refuses writes.
        meta: what it was created from: version, checksum, analyzer, extensions.
    """

    index: str
    state: Literal["live", "retired", "unfinished"]
    documents: int
    blocked: bool
    meta: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Plan:
    """What ``apply`` would do.

    Attributes:
        alias: the alias concerned.
        change: ``create``, ``replace``, ``unblock`` (an interrupted apply left the index closed to
            writes) or ``nothing``.
        live: the live generation, if any.
        differences: what differs between the live generation and what is wanted:
            name to (live, wanted).
    """

    alias: str
    change: Change
    live: Generation | None
    differences: Mapping[str, tuple[Any, Any]]


class Generations:
    """The generations of one kind of index.

    Args:
        client: a client with the rights of the role ``admin``; ``plan``, ``status`` and
            ``require_current`` read only.
        settings: prefix and analyzer.
        spec: which kind of index.
        extensions: fields that plugins register, by plugin name.
    """

    def __init__(
        self,
        client: Elasticsearch,
        settings: Settings,
        spec: IndexSpec,
        extensions: Mapping[str, Mapping[str, Any]] | None = None,
    ) -> None:
        self._client = client
        self._spec = spec
        self.alias = spec.alias(settings.index_prefix)
        self._retired = f"{self.alias}-retired"
        self._wanted = for_installation(load(spec), settings.analyzer, extensions or {})

    # --- what there is ----------------------------------------------------------------------

    def status(self) -> list[Generation]:
        """Return all generations, the newest first."""
        with backend_errors(self._client):
            found = self._client.indices.get(
                index=f"{self.alias}-v*", features=["aliases", "mappings", "settings"]
            )
            return [
                self._generation(name, found[name], self._client.count(index=name)["count"])
                for name in sorted(found, key=_stamp, reverse=True)
            ]

    def _generation(self, name: str, found: Mapping[str, Any], documents: int) -> Generation:
        state: Literal["live", "retired", "unfinished"] = "unfinished"
        if self.alias in found["aliases"]:
            state = "live"
        elif self._retired in found["aliases"]:
            state = "retired"
        return Generation(
            index=name,
            state=state,
            documents=documents,
            blocked=found["settings"]["index"].get("blocks", {}).get("write") == "true",
            meta=found["mappings"].get("_meta", {}).get("gongkai", {}),
        )

    def live(self) -> Generation | None:
        """Return the live generation, or None before the first ``apply``."""
        return next((g for g in self.status() if g.state == "live"), None)

    def plan(self) -> Plan:
        """Compare the live generation with the mapping of this installation."""
        live = self.live()
        if live is None:
            return Plan(self.alias, "create", None, {})
        wanted = self._meta()
        differences = {
            key: (live.meta.get(key), wanted[key])
            for key in wanted
            if live.meta.get(key) != wanted[key]
        }
        if differences:
            return Plan(self.alias, "replace", live, differences)
        return Plan(self.alias, "unblock" if live.blocked else "nothing", live, {})

    def require_current(self) -> Generation:
        """Return the live generation, made from the mapping of this installation.

        Raises:
            IndexingError: there is none, or it was made from another mapping.
        """
        plan = self.plan()
        if plan.live is None:
            raise missing_index(self.alias)
        if plan.change == "replace":
            changed = ", ".join(plan.differences)
            raise IndexingError(
                say(
                    f"索引 {plan.live.index} 的映射与本程序不同（{changed}）。",
                    f"Index {plan.live.index} was made from another mapping ({changed}).",
                ),
                hint=say(
                    "请运行 gongkai index plan，再运行 gongkai index apply。",
                    "Run gongkai index plan, then gongkai index apply.",
                ),
            )
        return plan.live

    def _meta(self) -> dict[str, Any]:
        meta: dict[str, Any] = self._wanted["mappings"]["_meta"]["gongkai"]
        return meta

    # --- what can be done -------------------------------------------------------------------

    def apply(self, *, empty: bool = False, progress: Callable[[], None] | None = None) -> Plan:
        """Make what ``plan`` says, and return that plan.

        The live generation takes no writes while it is copied, so that none is lost.

        Args:
            empty: do not copy documents; the sources are to be ingested again.
            progress: called for each document that is copied.

        Raises:
            IndexingError: the new mapping refuses documents, or the counts differ. The live
                generation stays as it was, the new one is removed.
        """
        plan = self.plan()
        if plan.change == "nothing":
            return plan
        if plan.change == "unblock" and plan.live is not None:
            self._block(plan.live.index, blocked=False)
            return plan
        index = self._create()
        if plan.live is None:
            self._switch(index, None)
            return plan
        with self._frozen(plan.live.index, unfinished=index):
            if not empty:
                copy(self._client, plan.live.index, index, progress)
            self._switch(index, plan.live.index)
        return plan

    def rollback(self) -> tuple[Generation, Generation]:
        """Return to the newest retired generation.

        Returns:
            The generation that was live and the one that is live now.

        Raises:
            IndexingError: there is none to return to.
        """
        found = self.status()
        live = next((g for g in found if g.state == "live"), None)
        earlier = next((g for g in found if g.state == "retired"), None)
        if live is None or earlier is None:
            raise IndexingError(
                say(f"{self.alias} 没有可退回的旧索引。", f"{self.alias} has no earlier index."),
                hint=say(
                    "apply 换过索引之后才能退回；请看 gongkai index status。",
                    "Only what apply has replaced can be returned to: gongkai index status.",
                ),
            )
        self._block(earlier.index, blocked=False)
        self._switch(earlier.index, live.index)
        return live, earlier

    def prune(self, keep: int = 1, *, dry_run: bool = False) -> list[Generation]:
        """Delete unfinished generations, and retired ones but the newest ``keep``.

        Returns:
            The generations deleted, or with ``dry_run`` those that would be.
        """
        found = self.status()
        doomed = [g for g in found if g.state == "retired"][keep:]
        doomed += [g for g in found if g.state == "unfinished"]
        if not dry_run:
            for generation in doomed:
                self._delete(generation.index)
        return doomed

    # --- steps ------------------------------------------------------------------------------

    def _create(self) -> str:
        stamp = datetime.now(UTC).strftime("%Y%m%dt%H%M%S%f")[:-3] + "z"
        index = f"{self.alias}-v{self._spec.version}-{stamp}"
        with backend_errors(self._client):
            self._client.indices.create(
                index=index, settings=self._wanted["settings"], mappings=self._wanted["mappings"]
            )
        return index

    @contextmanager
    def _frozen(self, live: str, *, unfinished: str) -> Iterator[None]:
        """Keep ``live`` as it is; if the change fails, open it again and drop the new index."""
        self._block(live, blocked=True)
        try:
            yield
        except BaseException:
            self._block(live, blocked=False)
            self._delete(unfinished)
            raise

    def _switch(self, index: str, earlier: str | None) -> None:
        actions: list[dict[str, Any]] = [
            {"add": {"index": index, "alias": self.alias, "is_write_index": True}}
        ]
        if earlier is not None:
            actions += [
                {"remove": {"index": earlier, "alias": self.alias, "must_exist": True}},
                {"add": {"index": earlier, "alias": self._retired}},
                {"remove": {"index": index, "alias": self._retired, "must_exist": False}},
            ]
        with backend_errors(self._client):
            self._client.indices.update_aliases(actions=actions)

    def _block(self, index: str, *, blocked: bool) -> None:
        with backend_errors(self._client):
            if blocked:
                self._client.indices.add_block(index=index, block="write")
            else:
                self._client.indices.put_settings(
                    index=index, settings={"index.blocks.write": None}
                )

    def _delete(self, index: str) -> None:
        with backend_errors(self._client):
            self._client.indices.delete(index=index)


def _stamp(index: str) -> str:
    """Return the time of creation, which stands after the version."""
    return index.rsplit("-", 1)[-1]
