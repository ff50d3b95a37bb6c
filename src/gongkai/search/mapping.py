"""Mapping files: built from the models, reviewed, frozen once released.

``mappings/<index>/v<N>.json`` is what is sent to Elasticsearch when an index is created, apart
from the two things that differ between installations: the Chinese analysis that was chosen and
the fields of plugins under ``ext``. ``mappings/released.json`` holds the checksums of released
versions; a released one never changes, a change is a new version.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gongkai.errors import MappingError
from gongkai.messages import say
from gongkai.search.schema import build, digest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gongkai.search.schema import IndexSpec

RELEASED = "released.json"


def mappings_dir() -> Path:
    """Return the folder of the mapping files: the repository's, or the installed package's."""
    package = Path(__file__).resolve().parents[1]
    installed = package / "_mappings"
    return installed if installed.is_dir() else package.parents[1] / "mappings"


def text_of(content: Mapping[str, Any]) -> str:
    """Return a mapping as its file holds it."""
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def load(spec: IndexSpec, folder: Path | None = None) -> dict[str, Any]:
    """Read the mapping file of an index.

    Raises:
        MappingError: it is missing or damaged, or its checksum is not that of its content.
    """
    path = (folder or mappings_dir()) / spec.file
    try:
        content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        meta = content["mappings"]["_meta"].pop("gongkai")
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise MappingError(
            say(f"无法读取映射文件 {path}：{error}。", f"{path} cannot be read: {error}."),
            hint=_build_hint(),
        ) from error
    if meta["sha256"] != digest(content):
        raise MappingError(
            say(f"映射文件 {path} 被手工改动。", f"{path} was edited by hand."),
            hint=_build_hint(),
        )
    content["mappings"]["_meta"]["gongkai"] = meta
    return content


def check(spec: IndexSpec, folder: Path) -> None:
    """Compare the mapping file with the models and with what was released.

    Raises:
        MappingError: the file differs from the models, or from its released version.
    """
    wanted = build(spec)
    released = released_checksums(folder).get(spec.file)
    if released not in {None, wanted["mappings"]["_meta"]["gongkai"]["sha256"]}:
        raise MappingError(
            say(
                f"{spec.file} 已发布，不得再改；模型却已不同。",
                f"{spec.file} is released and frozen, but the models differ from it.",
            ),
            hint=say(
                f"请把 IndexSpec “{spec.name}” 的版本加一，再运行 gongkai mappings build。",
                f"Raise the version of IndexSpec {spec.name!r}, then run gongkai mappings build.",
            ),
        )
    if load(spec, folder) != wanted:
        raise MappingError(
            say(f"{spec.file} 与模型不一致。", f"{spec.file} differs from the models."),
            hint=_build_hint(),
        )


def write(spec: IndexSpec, folder: Path) -> bool:
    """Write the mapping file of an index; return whether it changed.

    Raises:
        MappingError: that version is released with other content.
    """
    path = folder / spec.file
    text = text_of(build(spec))
    if path.is_file() and path.read_text(encoding="utf-8") == text:
        return False
    if spec.file in released_checksums(folder):
        check(spec, folder)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return True


def released_checksums(folder: Path) -> dict[str, str]:
    """Return the checksums of released mappings by file."""
    path = folder / RELEASED
    if not path.is_file():
        return {}
    found: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return found


def release(spec: IndexSpec, folder: Path) -> None:
    """Freeze the mapping file of an index at its present content.

    Raises:
        MappingError: it differs from the models or from what was released.
    """
    check(spec, folder)
    checksums = released_checksums(folder)
    checksums[spec.file] = load(spec, folder)["mappings"]["_meta"]["gongkai"]["sha256"]
    text = json.dumps(checksums, indent=2, sort_keys=True) + "\n"
    (folder / RELEASED).write_text(text, encoding="utf-8")


def _build_hint() -> str:
    return say("请运行 gongkai mappings build。", "Run gongkai mappings build.")
