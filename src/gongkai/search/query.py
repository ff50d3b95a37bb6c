"""One query: words and numbers together, facets, order and columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gongkai.errors import UsageError
from gongkai.messages import say
from gongkai.search import conditions, facets, paging
from gongkai.search.client import backend_errors
from gongkai.search.fields import report_fields
from gongkai.search.names import FieldNames
from gongkai.search.results import Hit, SearchResult, fragments
from gongkai.search.words import split_words, text_path, text_query

if TYPE_CHECKING:
    from collections.abc import Mapping

    from elasticsearch import Elasticsearch

    from gongkai.search.facets import Facet
    from gongkai.search.fields import Field
    from gongkai.search.words import Word

#: Where words are looked for; ``body`` holds all sections.
_WEIGHTS = {"title": 3, "agency.name": 2, "body": 1}
#: Characters of a highlighted fragment, and how many of a field are shown.
_FRAGMENT, _FRAGMENTS = 60, 2
#: Columns that are shown unless others are asked for.
DEFAULT_COLUMNS = (
    "year",
    "agency.name",
    "title",
    "requests.received.total",
    "quality.verdict",
)
#: Settles the order of hits that are otherwise equal.
_TIE = ("agency.name", "source.path")


@dataclass(frozen=True)
class SearchRequest:
    """What to search for.

    Attributes:
        words: words and quoted phrases; all must be found.
        where: conditions; all must hold.
        facets: facets, as :func:`gongkai.search.facets.parse` reads them.
        sort: paths or labels, ``-`` in front for descending order.
        columns: paths or labels of the fields to return, or the paths of groups of fields
            (``region``); empty: the whole document.
        size: hits to return.
        facet_size: values of a facet to return.
        marks: what to put before and after a found word.
    """

    words: str = ""
    where: tuple[str, ...] = ()
    facets: tuple[str, ...] = ()
    sort: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    size: int = 10
    facet_size: int = 20
    marks: tuple[str, str] = ("<em>", "</em>")


class Search:
    """Searches on the reports.

    Args:
        extensions: fields that plugins register, by path.
    """

    def __init__(self, extensions: Mapping[str, Field] | None = None) -> None:
        self.fields: dict[str, Field] = {**report_fields(), **(extensions or {})}
        self.names = FieldNames(self.fields)

    def body(self, request: SearchRequest) -> dict[str, Any]:
        """Return the request in Elasticsearch's query DSL; nothing is sent.

        Its size is what one answer can hold; :meth:`run` fetches the rest.

        Raises:
            UsageError: a condition, facet, order or column cannot be carried out.
        """
        if request.size < 0:
            raise UsageError(say("--size 不能为负。", "--size is 0 or more."))
        words = split_words(request.words)
        if request.words.strip() and not words:
            raise UsageError(
                say(
                    f"“{request.words}”没有可检索的字词。",
                    f"“{request.words}” holds nothing that can be searched for.",
                ),
                hint=say("请写出文字，或只用 --where。", "Give words, or --where alone."),
            )
        body: dict[str, Any] = {
            "query": self._query(words, request.where),
            "sort": self._sort(request.sort, by_score=bool(words)),
            "size": min(request.size, paging.MAX_SIZE),
            "track_total_hits": True,
        }
        if request.columns:
            body["_source"] = [field.path for field in self.columns(request)]
        if words:
            body["highlight"] = self._highlight(words, request.marks)
        if request.facets:
            body["aggs"] = self._aggregations(request)
        return body

    def run(self, client: Elasticsearch, index: str, request: SearchRequest) -> SearchResult:
        """Search.

        Raises:
            UsageError: the request cannot be carried out.
            BackendError: the server cannot be reached, refuses the user, or answered in part only.
            IndexingError: the index does not exist.
        """
        body, words = self.body(request), split_words(request.words)
        with backend_errors(client):
            answer = paging.search(client, index, body, request.size)
        return SearchResult(
            total=answer["hits"]["total"]["value"],
            hits=tuple(
                Hit(
                    h["_id"],
                    h["_score"],
                    h["_source"],
                    fragments(h.get("highlight", {}), words, request.marks),
                )
                for h in answer["hits"]["hits"]
            ),
            facets={
                facet.field.path: facet.counts(answer["aggregations"])
                for facet in self.facets(request)
            },
        )

    def columns(self, request: SearchRequest) -> list[Field]:
        """Return the fields that a request wants to see, groups of them unfolded."""
        found: dict[str, Field] = {}
        for name in request.columns:
            group = f"{name.strip()}."
            inside = [field for path, field in self.fields.items() if path.startswith(group)]
            found |= {field.path: field for field in inside or [self.names.find(name)]}
        return list(found.values())

    def facets(self, request: SearchRequest) -> list[Facet]:
        """Return the facets of a request."""
        return [facets.parse(text, self.names, request.facet_size) for text in request.facets]

    # --- parts of the body ------------------------------------------------------------------

    def _query(self, words: list[Word], where: tuple[str, ...]) -> dict[str, Any]:
        weights = {self.fields[path]: weight for path, weight in _WEIGHTS.items()}
        parts: dict[str, Any] = {}
        if words:
            parts["must"] = [text_query(weights, word) for word in words]
        if where:
            parts["filter"] = [conditions.parse(text, self.names) for text in where]
        return {"bool": parts} if parts else {"match_all": {}}

    def _aggregations(self, request: SearchRequest) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for facet in self.facets(request):
            path = facet.field.path
            if path in found:
                raise UsageError(
                    say(f"“{path}”重复分面。", f"“{path}” is a facet twice."),
                    hint=say("请只写一次。", "Name it once."),
                )
            found |= facet.aggregations()
        return found

    def _sort(self, sort: tuple[str, ...], *, by_score: bool) -> list[Any]:
        order: dict[str, str] = {}
        for text in sort:
            name, direction = text.strip(), "asc"
            if name[:1] in {"-", "+", "－", "＋"}:
                direction = "desc" if name[0] in "-－" else "asc"
                name = name[1:]
            field = self.names.find(name)
            if not field.aggregatable:
                raise UsageError(
                    say(
                        f"“{field.path}”是文本，不能排序。",
                        f"“{field.path}” is text and has no order.",
                    ),
                    hint=say(
                        "请用数、日期或名称，例如 -year。",
                        "Take a number, date or name, such as -year.",
                    ),
                )
            order.setdefault(field.path, direction)
        first: list[Any] = [] if order or not by_score else ["_score"]
        if not order:
            order["year"] = "desc"
        for path in _TIE:
            order.setdefault(path, "asc")
        return first + [
            {path: {"order": direction, "missing": "_last"}} for path, direction in order.items()
        ]

    def _highlight(self, words: list[Word], marks: tuple[str, str]) -> dict[str, Any]:
        shown = [
            field
            for field in self.fields.values()
            if field.path == "title" or field.path.startswith("sections.")
        ]
        paths = [text_path(field, word) for field in shown for word in words]
        return {
            "pre_tags": [marks[0]],
            "post_tags": [marks[1]],
            "fragment_size": _FRAGMENT,
            "number_of_fragments": _FRAGMENTS,
            "order": "score",
            # The words were found in body; their places are shown in the sections.
            "require_field_match": False,
            "highlight_query": {
                "bool": {"should": [text_query(dict.fromkeys(shown, 1), word) for word in words]}
            },
            "fields": {
                path: {"number_of_fragments": 0} if path.startswith("title") else {}
                for path in dict.fromkeys(paths)
            },
        }
