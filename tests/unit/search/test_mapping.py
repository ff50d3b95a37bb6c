"""The mapping files and the models."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import BaseModel

from gongkai.enrichment import enrich, with_previous
from gongkai.errors import MappingError
from gongkai.form import CELLS
from gongkai.model import Report, SourceInfo
from gongkai.search import mapping, schema
from gongkai.search.fields import report_fields
from gongkai.search.indices import SPECS
from gongkai.search.schema import REPORTS, IndexSpec, for_installation

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[3]
FOLDER = ROOT / "mappings"
#: Filled by plugins and by the catalogue of indicators; mapped from those.
OPEN = {"indicators", "ext"}


def leaves(properties: dict[str, Any], above: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    for name, field in properties.items():
        if "properties" in field:
            yield from leaves(field["properties"], f"{above}{name}.")
        else:
            yield f"{above}{name}", field


def model_leaves(model: type[BaseModel], above: str = "") -> Iterator[str]:
    for name, field in model.model_fields.items():
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            yield from model_leaves(field.annotation, f"{above}{name}.")
        else:
            yield f"{above}{name}"


@pytest.fixture(scope="module")
def reports() -> dict[str, dict[str, Any]]:
    return dict(leaves(mapping.load(REPORTS, FOLDER)["mappings"]["properties"]))


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.name)
def test_the_files_agree_with_the_models(spec: IndexSpec) -> None:
    mapping.check(spec, FOLDER)


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.name)
def test_the_files_are_strict_and_say_what_they_are(spec: IndexSpec) -> None:
    found = mapping.load(spec, FOLDER)["mappings"]
    assert found["dynamic"] == "strict"
    assert found["_meta"]["gongkai"]["index"] == spec.name
    assert found["_meta"]["gongkai"]["version"] == spec.version


def test_every_field_of_the_models_is_mapped(reports: dict[str, Any]) -> None:
    wanted = {path for path in model_leaves(Report) if path.split(".")[0] not in OPEN}
    wanted |= {f"source.{name}" for name in SourceInfo.model_fields}
    added = {"period", "body", "digest.report", "digest.document", "digest.derived"}
    findings = {path for path in reports if path.startswith("findings.")}
    indicators = {path for path in reports if path.startswith("indicators.")}
    assert set(reports) == wanted | added | findings | indicators


def test_every_indicator_is_mapped(reports: dict[str, Any]) -> None:
    report = Report()
    enrich(report)
    with_previous(report, None)
    mapped = {p.removeprefix("indicators.") for p in reports if p.startswith("indicators.")}
    assert mapped == set(report.indicators)


def test_every_cell_is_a_number_with_label_and_unit(reports: dict[str, Any]) -> None:
    assert len(CELLS) == 229
    for cell in CELLS.values():
        assert reports[cell.path] == {
            "type": "double" if cell.type == "decimal" else "integer",
            "meta": {"label": cell.label, "unit": cell.unit},
        }


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.name)
def test_every_number_has_label_and_unit_that_elasticsearch_takes(spec: IndexSpec) -> None:
    fields = dict(leaves(mapping.load(spec, FOLDER)["mappings"]["properties"]))
    numbers = {
        path: field
        for path, field in fields.items()
        if field["type"] in {"integer", "short", "double", "float"}
    }
    assert numbers
    for path, field in numbers.items():
        assert set(field["meta"]) == {"label", "unit"}, path
        assert all(field["meta"].values()), path
    for path, field in fields.items():
        assert all(len(text) <= 50 for text in field.get("meta", {}).values()), path


def test_no_type_is_used_that_the_small_distribution_lacks(reports: dict[str, Any]) -> None:
    types = {field["type"] for field in reports.values()}
    assert types == {"integer", "short", "double", "float", "date", "keyword", "text", "object"}


def test_the_fields_stay_far_below_the_limit() -> None:
    def count(properties: dict[str, Any]) -> int:
        return sum(
            1 + len(field.get("fields", {})) + count(field.get("properties", {}))
            for field in properties.values()
        )

    assert count(mapping.load(REPORTS, FOLDER)["mappings"]["properties"]) < 800


def test_a_query_without_a_field_looks_at_texts_only(reports: dict[str, Any]) -> None:
    index = mapping.load(REPORTS, FOLDER)["settings"]["index"]
    for path in index["query"]["default_field"]:
        name = next(p for p in (path, path.rpartition(".")[0]) if p in reports)
        inner = reports[name] if name == path else reports[name]["fields"][path.split(".")[-1]]
        assert inner["type"] == "text"
    assert index["codec"] == "best_compression"


def test_findings_and_cells_are_flat(reports: dict[str, Any]) -> None:
    for path in ("findings.rule", "findings.severity", "findings.responsibility", "cells.blank"):
        assert reports[path]["type"] == "keyword"
    assert "nested" not in (FOLDER / REPORTS.file).read_text(encoding="utf-8")


def test_released_versions_are_frozen() -> None:
    for file, checksum in mapping.released_checksums(FOLDER).items():
        content = json.loads((FOLDER / file).read_text(encoding="utf-8"))
        content["mappings"]["_meta"].pop("gongkai")
        assert schema.digest(content) == checksum, f"{file} is released and must not change"


# --- building, checking, freezing ---------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    assert mapping.write(REPORTS, tmp_path)
    return tmp_path


def test_writing_again_changes_nothing(folder: Path) -> None:
    assert not mapping.write(REPORTS, folder)
    mapping.check(REPORTS, folder)


def test_a_file_edited_by_hand_is_refused(folder: Path) -> None:
    file = folder / REPORTS.file
    file.write_text(file.read_text("utf-8").replace('"short"', '"long"', 1), "utf-8")
    with pytest.raises(MappingError, match=r"edited by hand|手工"):
        mapping.load(REPORTS, folder)


def test_drift_is_refused(folder: Path) -> None:
    fewer = IndexSpec("reports", 1, lambda: list(report_fields().values())[:-1])
    with pytest.raises(MappingError, match="mappings build"):
        mapping.check(fewer, folder)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(MappingError, match=r"gongkai-reports/v1\.json"):
        mapping.load(REPORTS, tmp_path)


def test_a_released_version_cannot_be_rebuilt_otherwise(folder: Path) -> None:
    mapping.release(REPORTS, folder)
    before = (folder / REPORTS.file).read_text("utf-8")
    changed = IndexSpec("reports", 1, lambda: list(report_fields().values())[:-1])
    with pytest.raises(MappingError, match=r"frozen|已发布"):
        mapping.write(changed, folder)
    assert (folder / REPORTS.file).read_text("utf-8") == before
    next_version = IndexSpec("reports", 2, changed.fields)
    assert mapping.write(next_version, folder)


# --- installations ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("analyzer", "tokenizer"),
    [
        ("bigram", "standard"),
        ("smartcn", "smartcn_tokenizer"),
        ("icu", "icu_tokenizer"),
        ("ik", "ik_max_word"),
    ],
)
def test_the_analysis_is_a_setting(analyzer: str, tokenizer: str) -> None:
    built = for_installation(mapping.load(REPORTS, FOLDER), analyzer, {})
    assert built["settings"]["analysis"]["analyzer"]["chinese"]["tokenizer"] == tokenizer
    assert built["mappings"]["_meta"]["gongkai"]["analyzer"] == analyzer


def test_fields_of_plugins_go_under_their_name() -> None:
    loaded = mapping.load(REPORTS, FOLDER)
    built = for_installation(loaded, "bigram", {"demo": {"score": {"type": "float"}}})
    assert built["mappings"]["properties"]["ext"]["properties"] == {
        "demo": {"properties": {"score": {"type": "float"}}}
    }
    plain = for_installation(loaded, "bigram", {})
    assert plain["mappings"]["properties"]["ext"]["properties"] == {}
    marks = [b["mappings"]["_meta"]["gongkai"]["extensions"] for b in (built, plain)]
    assert marks[0] != marks[1]
