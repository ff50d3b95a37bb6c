"""``gongkai layout new``: a plugin's folder, written from pages."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from gongkai.authoring.marks import Proposal, propose
from gongkai.authoring.places import all_samples
from gongkai.authoring.templates import CI, PLUGIN, PYPROJECT, README
from gongkai.errors import GongkaiError, SourceError, UsageError
from gongkai.messages import say
from gongkai.plugins import build_plugins
from gongkai.reading import Document, Source, SourceFailure, open_sources, read
from gongkai.testing.folder import SLUG
from gongkai.testing.samples import canonical

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gongkai.settings import Settings

#: Why the page may be kept as a sample.
LICENCE = (
    "政府信息公开工作年度报告，由行政机关依《中华人民共和国政府信息公开条例》第四十九条、第五十条"
    "向社会公布；"
    "具有行政性质的官方文件，《中华人民共和国著作权法》第五条第（一）项。 / Official document, "
    "published by an administrative organ under Articles 49 and 50 of the Regulation on Open "
    "Government Information; Copyright Law of China, Article 5(1)."
)
_SUFFIXES = {"text": ".txt", "markdown": ".md", "javascript": ".js"}


@dataclass(frozen=True)
class Page:
    """A page and what the generic reading tells of it."""

    source: Source
    document: Document
    agency: str | None
    year: int | None


@dataclass(frozen=True)
class Written:
    """What was written.

    Attributes:
        folder: the plugin's folder.
        files: all files, in the order of writing.
        proposal: the proposed claim.
    """

    folder: Path
    files: tuple[Path, ...]
    proposal: Proposal


def create(  # noqa: PLR0913 - what the command takes
    slug: str,
    paths: Sequence[str],
    settings: Settings,
    *,
    package: Path | None = None,
    into: Path = Path("plugins"),
    urls: Sequence[str] = (),
) -> Written:
    """Write a plugin that already runs, with the pages as samples; edits no file that exists.

    Args:
        slug: ``province-city[-variant]``.
        paths: the pages.
        settings: for reading.
        package: write an installable package into this folder instead.
        into: the folder of plugins.
        urls: addresses of the pages, in their order, where known.

    Raises:
        UsageError: the slug is none, is taken, or a page cannot be read.
    """
    plugins = build_plugins(settings)
    folder = _free_folder(slug, package, into)
    if slug in plugins.layouts:
        raise UsageError(
            say(f"版式 {slug} 已经存在。", f"The layout {slug} exists already."),
            hint=say(
                "请换一个名称；新样本放入它的 samples 目录。",
                "Choose another name; a further sample of it goes into its folder samples.",
            ),
        )
    pages = [_page(s, settings) for s in open_sources(list(paths), settings)]
    if not pages:
        raise UsageError(say("没有给出页面。", "No pages are given: --from PAGE."))
    others = []
    for _, sample in all_samples(plugins):
        try:
            others.append(read(sample.source, settings))
        except SourceError:  # a sample that is expected to be rejected has no marks
            continue
    documents = [page.document for page in pages]
    proposal = propose(documents, others, [page.agency or "" for page in pages])
    contents = _samples(folder, pages, urls)
    contents[folder / "plugin.py"] = _plugin(slug, pages, proposal).encode()
    if package is not None:
        contents |= _package(package, folder, slug)
    for path, data in contents.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return Written(folder, tuple(contents), proposal)


def _free_folder(slug: str, package: Path | None, into: Path) -> Path:
    if not SLUG.fullmatch(slug):
        raise UsageError(
            say(
                f"{slug} 不是 省-市[-变体] 形式的小写拼音名。",
                f"{slug} is not <province>-<city>[-variant] in lower case.",
            ),
            hint=say("例如 hubei-wuhan。", "Such as hubei-wuhan."),
        )
    name = slug.replace("-", "_")
    folder = package / "src" / name if package else into / name
    taken = package if package is not None and package.exists() else folder
    if taken.exists() and any(taken.iterdir()):
        raise UsageError(
            say(f"{taken} 已经存在。", f"{taken} exists already."),
            hint=say("请换一个名称，或先移走它。", "Choose another name, or move it away first."),
        )
    return folder


def _page(source: Source | SourceFailure, settings: Settings) -> Page:
    if isinstance(source, SourceFailure):
        raise UsageError(str(source.error))
    try:
        document = read(source, settings)
    except SourceError as error:
        raise UsageError(
            str(error), hint=say("请给出可读的页面。", "Give pages that can be read.")
        ) from error
    from gongkai.layouts.generic import GenericLayout  # noqa: PLC0415 - with its tables

    try:
        report = GenericLayout().extract(document).report
    except GongkaiError:  # the layout is there to read what the generic one cannot
        return Page(source, document, None, None)
    return Page(source, document, report.agency.name, report.year)


def _samples(folder: Path, pages: Sequence[Page], urls: Sequence[str]) -> dict[Path, bytes]:
    contents: dict[Path, bytes] = {}
    for number, page in enumerate(pages):
        case = folder / "samples" / _case_name(page, number + 1)
        if case / "meta.json" in contents:
            case = case.with_name(f"{case.name}_{number + 1}")
        url = urls[number] if number < len(urls) else page.document.url or page.source.url
        fetched = page.document.fetched_on or page.source.fetched_on
        meta = {
            "agency": page.agency,
            "year": page.year,
            "url": url,
            "retrieved_on": fetched and fetched.isoformat(),
            "source_sha256": hashlib.sha256(page.source.data).hexdigest(),
            "licence": LICENCE,
        }
        known = {name: value for name, value in meta.items() if value is not None}
        contents[case / f"source{_suffix(page)}"] = page.source.data
        contents[case / "meta.json"] = canonical(known).encode()
    return contents


def _case_name(page: Page, number: int) -> str:
    stem = re.sub(r"[^a-z0-9]+", "_", Path(page.source.path).stem.lower()).strip("_")
    name = stem if re.search("[a-z]", stem) else f"page_{number}"
    year = str(page.year or "")
    return name if year in name else f"{name}_{year}"


def _suffix(page: Page) -> str:
    suffix = Path(page.source.path.rpartition("!")[2]).suffix.lower()
    known = re.fullmatch(r"\.[a-z0-9]{1,6}", suffix)
    return suffix if known else _SUFFIXES.get(page.document.format, f".{page.document.format}")


def _plugin(slug: str, pages: Sequence[Page], proposal: Proposal) -> str:
    code = [mark.code for mark in proposal.marks]
    head = []
    if any("texts" in line for line in code):
        head.append("texts = [paragraph.text.strip() for paragraph in document.paragraphs]")
    if any("rows" in line or "cells" in line for line in code):
        head.append("rows = [row for grid in document.grids for row in grid]")
    if any("cells" in line for line in code):
        head.append("cells = {cell.text.strip() for row in rows for cell in row}")
    marks = []
    for mark in proposal.marks:
        name = json.dumps(mark.name, ensure_ascii=False)
        line = f"({mark.code}, {proposal.points}, {name}),"
        if len(line) > 80:  # noqa: PLR2004 - of 100 columns, twelve are taken by the indent
            line = f"(\n    {mark.code},\n    {proposal.points},\n    {name},\n),"
        marks.append(line)
    texts = [mark.value for mark in proposal.marks if mark.is_text][:1]
    listed = "".join(f"{json.dumps(text, ensure_ascii=False)}," for text in texts)
    first = pages[0]
    seen = f"{first.agency or '?'}, {first.year or '?'}"
    return PLUGIN.format(
        slug=slug,
        name="".join(part.capitalize() for part in slug.split("-")),
        seen=f"{first.document.url} ({seen})" if first.document.url else seen,
        today=datetime.now(UTC).date().isoformat(),
        count=len(pages),
        marks=f"\n    marks = ({listed})" if listed else "",
        head="".join(f"        {line}\n" for line in head),
        claims="\n".join(" " * 12 + part for line in marks for part in line.split("\n")),
    )


def _package(package: Path, folder: Path, slug: str) -> dict[Path, bytes]:
    values = {"slug": slug, "module": folder.name}
    return {
        folder / "__init__.py": f'"""The layout {slug}, for gongkai."""\n'.encode(),
        package / "pyproject.toml": PYPROJECT.format(**values).encode(),
        package / "README.md": README.format(**values).encode(),
        package / ".github" / "workflows" / "test.yml": CI.encode(),
    }
