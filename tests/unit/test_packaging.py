"""What is shipped: the lock, the wheel, and words that have no place in the repository."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
import zipfile
from functools import cache
from importlib.metadata import packages_distributions
from itertools import chain, pairwise
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
PINNED = re.compile(r"^(?P<name>[a-z0-9-]+)==(?P<version>\S+)(?: ; .+?)? \\$")


def pyproject() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def locked() -> dict[str, set[str]]:
    """Return the versions by package: markers may lock more than one."""
    found: dict[str, set[str]] = {}
    for line in LOCK.splitlines():
        if match := PINNED.match(line):
            found.setdefault(match["name"], set()).add(match["version"])
    return found


def requirements() -> list[Requirement]:
    data = pyproject()
    groups = data["dependency-groups"].values()
    extras = data["project"].get("optional-dependencies", {}).values()
    lists = [data["project"]["dependencies"], data["build-system"]["requires"], *groups, *extras]
    return [Requirement(text) for texts in lists for text in texts if isinstance(text, str)]


@pytest.mark.parametrize("requirement", requirements(), ids=str)
def test_lock_satisfies_what_is_declared(requirement: Requirement) -> None:
    versions = locked()[canonicalize_name(requirement.name)]
    assert all(requirement.specifier.contains(version) for version in versions)


def test_lock_holds_versions_and_hashes_and_no_addresses() -> None:
    lines = LOCK.splitlines()
    hashed = re.compile(r"^    --hash=sha256:[0-9a-f]{64}(?: \\)?$")
    assert [line for line in lines if not PINNED.match(line) and not hashed.match(line)] == []
    # Every pin is followed by a hash of its own.
    following = [after for line, after in pairwise(lines) if PINNED.match(line)]
    assert following
    assert all(hashed.match(line) for line in following)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Return the names in a wheel that is built from this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (file,) = folder.glob("*.whl")
    with zipfile.ZipFile(file) as archive:
        return archive.namelist()


def test_wheel_ships_every_plugin_and_mapping(wheel: list[str]) -> None:
    plugins = [p.relative_to(ROOT / "plugins") for p in ROOT.glob("plugins/*/plugin.py")]
    mappings = [p.relative_to(ROOT / "mappings") for p in ROOT.glob("mappings/**/*.json")]
    assert plugins
    assert mappings
    wanted = [f"gongkai/_plugins/{p}" for p in plugins]
    wanted += [f"gongkai/_mappings/{p}" for p in mappings]
    assert sorted(set(wanted) - set(wheel)) == []


def test_wheel_ships_code_types_and_licence(wheel: list[str]) -> None:
    code = {f"gongkai/{p.relative_to(ROOT / 'src/gongkai')}" for p in ROOT.glob("src/**/*.py")}
    assert sorted((code | {"gongkai/py.typed"}) - set(wheel)) == []
    assert any(name.endswith("licenses/LICENSE") for name in wheel)


def test_wheel_ships_no_samples_and_no_tests(wheel: list[str]) -> None:
    assert [n for n in wheel if "samples/" in n or n.startswith("tests/")] == []


# --- words ------------------------------------------------------------------------------------

#: Package registries; written in pieces, so that this file does not hold them.
REGISTRIES = [
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("files", "pythonhosted", "org"),
        ("repo1", "maven", "org"),
        ("repo", "maven", "apache", "org"),
        ("registry", "npmjs", "org"),
        ("deb", "debian", "org"),
        ("archive", "ubuntu", "com"),
        ("proxy", "golang", "org"),
        ("crates", "io"),
    )
]
#: Folders of one machine.
MACHINE = ["/" + "work/", "/" + "opt/wheels", "/" + "root/", "/" + "Users/"]

#: The repository speaks of the product alone, not of tools or trackers that helped to make it.
MAKING = [
    "Cl" + "aude",
    "Anth" + "ropic",
    "Open" + "AI",
    "Chat" + "GPT",
    "Copi" + "lot",
    "far" + "m-",
]


@cache
def tracked() -> dict[str, str]:
    """Return the tracked text files; sources of samples are evidence and may say anything."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout.split("\0")
    texts = {}
    for name in filter(None, listed):
        file = ROOT / name
        if not file.is_file() or ("/samples/" in name and file.stem == "source"):
            continue
        try:
            texts[name] = file.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # pictures and made documents
    return texts


@pytest.mark.parametrize("word", REGISTRIES + MACHINE + MAKING)
def test_no_tracked_file_speaks_of_where_it_was_made(word: str) -> None:
    assert "pyproject.toml" in tracked()
    assert [name for name, text in tracked().items() if word in text] == []


def test_no_file_that_a_machine_makes_is_tracked() -> None:
    made = re.compile(
        r"(^|/)(__pycache__|\.venv|uv\.lock|\.env|node_modules)(/|$)|\.(pyc|whl|log)$"
    )
    assert [name for name in tracked() if made.search(name)] == []


# --- dependencies -----------------------------------------------------------------------------


def imported(folder: Path) -> set[str]:
    """Return the top-level names of all modules that the code in ``folder`` imports."""
    found = set()
    for file in folder.glob("**/*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found.add(node.module.split(".")[0])
    return found - sys.stdlib_module_names - {"gongkai"}


def distributions(modules: set[str]) -> set[str]:
    providers = packages_distributions()
    found = {str(canonicalize_name(name)) for module in modules for name in providers[module]}
    return found - {"pydantic-core"}  # pydantic's other half, pinned by it


def test_every_import_is_a_declared_dependency_and_every_dependency_is_imported() -> None:
    used = distributions(imported(ROOT / "src") | imported(ROOT / "plugins"))
    project = pyproject()["project"]
    extras = project.get("optional-dependencies", {}).values()
    texts = chain(project["dependencies"], *extras)
    declared = {str(canonicalize_name(Requirement(text).name)) for text in texts}
    assert sorted(used - declared) == []
    assert sorted(declared - used) == []
