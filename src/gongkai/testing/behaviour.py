"""Rules about what a layout does: shown on each of its samples."""

from __future__ import annotations

import random
import time
from typing import TYPE_CHECKING, Any

from gongkai import checks
from gongkai.errors import GongkaiError, SourceError
from gongkai.form import CELLS
from gongkai.hookspecs import gongkai_enrich_report, gongkai_register_mappings
from gongkai.layouts.registry import MARGIN
from gongkai.model import Extracted, SourceInfo
from gongkai.reading import Source, read
from gongkai.reading.document import Document, Paragraph, Place
from gongkai.search.documents import report_document
from gongkai.search.mapping import load
from gongkai.search.schema import REPORTS, for_installation
from gongkai.tables.assemble import convert
from gongkai.tables.numbers import read_cell
from gongkai.testing.purity import pure
from gongkai.testing.samples import canonical, expectation

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from gongkai.layouts.base import Layout
    from gongkai.model import Finding
    from gongkai.plugins import Plugins
    from gongkai.reading.document import Block
    from gongkai.settings import Settings
    from gongkai.tables.reading import Reading
    from gongkai.testing.samples import Sample

#: CPU seconds for one claim and one extraction of a sample; both are far above what is needed.
CLAIM_BUDGET = 0.02
EXTRACT_BUDGET = 1.0
_NOISE = 20


class Shown:
    """A sample and what the layout makes of it, computed once for all rules.

    Args:
        sample: the sample.
        layout: the layout that owns it.
        plugins: all plugins there are, with all layouts.
        settings: for reading.
    """

    def __init__(
        self, sample: Sample, layout: Layout, plugins: Plugins, settings: Settings
    ) -> None:
        self.sample = sample
        self.layout = layout
        self.layouts = plugins.layouts
        self.plugins = plugins
        self.settings = settings
        self.error: GongkaiError | None = None
        self.reading: Reading | None = None
        self.findings: list[Finding] = []
        self.document = Document([], "unread")
        try:
            self.document = read(sample.source, settings)
            self.reading = layout.extract(self.document)
            self.findings = checks.run(self.reading)
        except GongkaiError as error:
            self.error = error

    @property
    def result(self) -> dict[str, Any]:
        """What ``expected.json`` should hold."""
        if isinstance(self.error, SourceError):
            return {"rejected": str(self.error.reason)}
        if self.reading is None:
            return {}
        return expectation(self.reading.report, self.findings)


def differences(shown: Shown, group: str) -> Iterable[str]:
    """The group of fields equals the expectation, value for value, nothing missing or extra."""
    expected = shown.sample.expected
    if expected is None or "rejected" in expected:
        return
    yield from _differences(expected.get(group), shown.result.get(group), group)


def _differences(expected: object, got: object, path: str) -> Iterable[str]:
    if isinstance(expected, dict) and isinstance(got, dict):
        for name in {**expected, **got}:
            yield from _differences(expected.get(name), got.get(name), f"{path}.{name}")
    elif expected != got:
        yield f"{path}: expected {expected!r}, got {got!r}"


def is_read(shown: Shown) -> Iterable[str]:
    """The sample is read, or rejected with the reason that is expected."""
    expected = (shown.sample.expected or {}).get("rejected")
    got = shown.result.get("rejected")
    if expected != got:
        yield (
            f"expected rejection {expected}, got {got}: {shown.error}"
            if got
            else f"expected rejection {expected}, but a report was read"
        )
    elif shown.error is not None and not isinstance(shown.error, SourceError):
        yield str(shown.error)


def sample_hash(shown: Shown) -> Iterable[str]:
    """The page is the one that was reviewed."""
    stated = shown.sample.meta.get("source_sha256")
    if stated != shown.sample.sha256:
        yield f"meta.json: source_sha256 is {stated}, the page's is {shown.sample.sha256}"


def expected_is_canonical(shown: Shown) -> Iterable[str]:
    """``expected.json`` is there and spelt as ``gongkai layout bless`` writes it."""
    path = shown.sample.expected_path
    if shown.sample.expected is None:
        yield (
            "no expected.json: look with `gongkai layout try`, then write it with "
            f"`gongkai layout bless {path.parent}`"
        )
    elif path.read_text(encoding="utf-8") != canonical(shown.sample.expected):
        yield "expected.json is not in its canonical spelling: write it with `gongkai layout bless`"


def claims_its_own(shown: Shown) -> Iterable[str]:
    """The owner claims its sample with the margin, and no other layout claims as high."""
    scores = {}
    for slug, layout in shown.layouts.items():
        claim = layout.claim(shown.document)
        scores[slug] = claim.score if claim is not None else 0
    own = scores.pop(shown.layout.slug, 0)
    if not own:
        yield f"{shown.layout.slug} does not claim its own sample"
    for slug, score in scores.items():
        if score > own - MARGIN:
            yield f"{slug} claims this sample with {score}, {shown.layout.slug} with {own}"


def survives_noise(shown: Shown) -> Iterable[str]:
    """A claim never raises: not on nothing, not on noise, not on pieces of a page."""
    rng = random.Random(shown.sample.sha256)  # noqa: S311 - repeatable noise
    blocks = shown.document.blocks
    slices = []
    for _ in range(_NOISE):
        low = rng.randrange(len(blocks) + 1)
        slices.append(blocks[low : low + rng.randrange(1, 40)])
    noise = "".join(map(chr, (rng.randrange(32, 0x9FFF) for _ in range(500))))
    parts: list[list[Block]] = [[], [Paragraph(noise, Place(line=1))], *slices]
    for part in parts:
        try:
            shown.layout.claim(Document(part, shown.document.format))
        except Exception as error:  # noqa: BLE001 - any exception breaks the rule
            yield f"claim raised {type(error).__name__}: {error}"
            return


def cut_pages_are_noticed(shown: Shown) -> Iterable[str]:
    """A page that ends early never gives a shorter report without a critical finding."""
    if shown.reading is None:
        return
    whole = set(shown.reading.values)
    data = shown.sample.source.data
    for share in (0.2, 0.35, 0.5, 0.65):
        cut = Source(path=shown.sample.source.path, data=data[: int(len(data) * share)])
        try:
            reading = shown.layout.extract(read(cut, shown.settings))
        except SourceError:
            continue
        findings = checks.run(reading)
        lost = whole - set(reading.values)
        if lost and not any(f.severity == "critical" for f in findings):
            yield f"cut at {share:.0%}, {len(lost)} cells are lost and no critical finding says so"


def numbers_stand_where_they_say(shown: Shown) -> Iterable[str]:
    """Every number re-reads from its place in the document."""
    if shown.reading is None:
        return
    inferred = set(shown.reading.report.cells.inferred)
    for path, value in shown.reading.values.items():
        place = shown.reading.place(path)
        if place is None:
            yield f"{path} has no place"
            continue
        try:
            printed = shown.document.text_at(place)
        except KeyError:
            yield f"{path}: nothing stands at {place}"
            continue
        if path not in inferred and convert(CELLS[path], read_cell(printed))[0] != value:
            yield f"{path} is {value}, but {place} holds {printed!r}"


def is_pure(shown: Shown) -> Iterable[str]:
    """Claim and extraction touch nothing but the document, and repeat equally."""
    if shown.reading is None:
        return
    document = read(shown.sample.source, shown.settings)
    try:
        with pure():
            shown.layout.claim(document)
            reading = shown.layout.extract(document)
    except AssertionError as error:
        yield str(error)
        return
    again = expectation(reading.report, checks.run(reading))
    if again != shown.result:
        yield "a second extraction gave another report"


def is_quick(shown: Shown) -> Iterable[str]:
    """Claim and extraction stay within their CPU budgets (the best of three runs counts)."""
    if shown.reading is None:
        return
    for name, call, budget in (
        ("claim", shown.layout.claim, CLAIM_BUDGET),
        ("extract", shown.layout.extract, EXTRACT_BUDGET),
    ):
        spent = min(_cpu(call, shown.document) for _ in range(3))
        if spent > budget:
            yield f"{name} took {spent:.3f} s of CPU, {budget} s at the most"


def _cpu(call: Any, document: Document) -> float:  # noqa: ANN401 - a bound method
    start = time.process_time()
    call(document)
    return time.process_time() - start


def fits_the_mapping(shown: Shown) -> Iterable[str]:
    """The report's document has no field that the strict mapping does not know."""
    if shown.reading is None:
        return
    report = shown.reading.report.model_copy()
    report.ext = {
        plugin.name: dict(facts)
        for plugin, facts in shown.plugins.call_each(gongkai_enrich_report, report=report)
    }
    fields = {p.name: f for p, f in shown.plugins.call_each(gongkai_register_mappings)}
    source = SourceInfo(path=shown.sample.source.path, sha256=shown.sample.sha256)
    extracted = Extracted(source=source, status="extracted", report=report, findings=shown.findings)
    known = for_installation(load(REPORTS), shown.settings.analyzer, fields)
    yield from _unknown(report_document(extracted), known["mappings"]["properties"], "")


def _unknown(document: Mapping[str, Any], known: Mapping[str, Any], path: str) -> Iterable[str]:
    for name, value in document.items():
        field = known.get(name)
        if field is None:
            yield f"the mapping has no field {path}{name}"
        elif isinstance(value, dict) and "properties" in field:
            yield from _unknown(value, field["properties"], f"{path}{name}.")
