"""Settings and mapping of each kind of index, built from its fields."""

from __future__ import annotations

import hashlib
import json
from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gongkai.search.fields import report_fields

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from gongkai.search.fields import Field

#: Elasticsearch's limit on each text under a field's ``meta``.
_META_LENGTH = 50
#: A query without field names looks here and not into two hundred numbers.
_DEFAULT_FIELDS = ("title", "title.uni", "body", "body.uni", "agency.name.text")


_UNI = {"uni": {"type": "text", "analyzer": "standard"}}
_WORDS = {"type": "text", "analyzer": "chinese"}
#: Elasticsearch types of the kinds that are not called the same there.
_TYPES: dict[str, dict[str, Any]] = {
    "text": {**_WORDS, "fields": _UNI},
    "name": {"type": "keyword", "fields": {"text": _WORDS, **_UNI}},
    "message": {"type": "keyword", "index": False, "doc_values": False},
    "date": {"type": "date", "format": "strict_date"},
}


@dataclass(frozen=True)
class IndexSpec:
    """One kind of index.

    Attributes:
        name: its name without prefix: the alias is ``<prefix>-<name>``.
        version: version of its mapping.
        fields: its fields.
    """

    name: str
    version: int
    fields: Callable[[], Iterable[Field]]

    @property
    def file(self) -> str:
        """Path of the mapping file under ``mappings``."""
        return f"gongkai-{self.name}/v{self.version}.json"

    def alias(self, prefix: str) -> str:
        """Return the name that searches and writes use."""
        return f"{prefix}-{self.name}"


REPORTS = IndexSpec("reports", 1, lambda: report_fields().values())

# Neighbouring characters in pairs: what the cjk analyzer does, from parts that every server has.
_BIGRAM = {
    "type": "custom",
    "tokenizer": "standard",
    "filter": ["lowercase", "neighbours"],
}
_NEIGHBOURS = {
    "type": "shingle",
    "min_shingle_size": 2,
    "max_shingle_size": 2,
    "token_separator": "",
    "output_unigrams": False,
    "output_unigrams_if_no_shingles": True,
}
#: What the analyzer ``chinese`` is, by ``settings.analyzer``; all but the first need a plugin.
_CHINESE: dict[str, dict[str, Any]] = {
    "bigram": _BIGRAM,
    "smartcn": {"type": "custom", "tokenizer": "smartcn_tokenizer", "filter": ["lowercase"]},
    "icu": {"type": "custom", "tokenizer": "icu_tokenizer", "filter": ["icu_folding"]},
    "ik": {"type": "custom", "tokenizer": "ik_max_word", "filter": ["lowercase"]},
}


def build(spec: IndexSpec) -> dict[str, Any]:
    """Return settings and mapping of an index, as the mapping file holds them."""
    properties: dict[str, Any] = {}
    for field in spec.fields():
        *parents, name = field.path.split(".")
        level = properties
        for parent in parents:
            level = level.setdefault(parent, {"properties": {}})["properties"]
        level[name] = _property(field)
    if spec is REPORTS:
        properties["ext"] = {"properties": {}}
    index = {
        "settings": {
            "index": {
                "number_of_shards": 1,
                "auto_expand_replicas": "0-1",
                "codec": "best_compression",
                "query": {"default_field": list(_DEFAULT_FIELDS)},
            },
            "analysis": {
                "analyzer": {"chinese": _BIGRAM},
                "filter": {"neighbours": _NEIGHBOURS},
            },
        },
        "mappings": {"dynamic": "strict", "_meta": {}, "properties": properties},
    }
    built = deepcopy(index)
    built["mappings"]["_meta"] = {  # type: ignore[index] # both levels are dicts
        "gongkai": {"index": spec.name, "version": spec.version, "sha256": digest(index)}
    }
    return built


def _property(field: Field) -> dict[str, Any]:
    if field.kind == "object":  # the one kind that takes no meta
        return {"type": "object", "enabled": False}
    meta = {"label": field.label[:_META_LENGTH]}
    if field.numeric:
        meta["unit"] = field.unit
    return {**_TYPES.get(field.kind, {"type": field.kind}), "meta": meta}


def for_installation(
    content: Mapping[str, Any], analyzer: str, extensions: Mapping[str, Mapping[str, Any]]
) -> dict[str, Any]:
    """Return a mapping file's content as an index of this installation needs it.

    Args:
        content: what :func:`load` returned.
        analyzer: ``settings.analyzer``.
        extensions: fields that plugins register, by plugin name.
    """
    index: dict[str, Any] = deepcopy(dict(content))
    index["settings"]["analysis"]["analyzer"]["chinese"] = _CHINESE[analyzer]
    properties = index["mappings"]["properties"]
    if "ext" in properties:
        properties["ext"]["properties"] = {
            plugin: {"properties": deepcopy(dict(fields))} for plugin, fields in extensions.items()
        }
    installed = index["mappings"]["_meta"]["gongkai"]
    installed["analyzer"] = analyzer
    installed["extensions"] = digest(extensions)
    return index


def digest(content: Mapping[str, Any]) -> str:
    """Return the checksum of settings and mapping, their own checksum left out."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
