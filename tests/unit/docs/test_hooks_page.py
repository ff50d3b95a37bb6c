"""docs/hooks.md says of each hook what the specification says, and no more."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs/hooks.md").read_text(encoding="utf-8")
SPECS = {
    node.name: node
    for node in ast.parse((ROOT / "src/gongkai/hookspecs.py").read_text(encoding="utf-8")).body
    if isinstance(node, ast.FunctionDef)
}
PARTS = dict(re.findall(r"^## `(\w+)`\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL))


def test_every_hook_has_its_part_in_the_order_of_the_specifications() -> None:
    assert len(SPECS) > 5
    assert list(PARTS) == list(SPECS)


@pytest.mark.parametrize("name", SPECS)
def test_the_signature_is_exact(name: str) -> None:
    spec = SPECS[name]
    assert spec.returns is not None
    signature = f"def {name}({ast.unparse(spec.args)}) -> {ast.unparse(spec.returns)}"
    assert re.findall(r"```python\n(.*?)\n```", PARTS[name], re.DOTALL) == [signature]


@pytest.mark.parametrize("name", SPECS)
def test_the_kind_is_told(name: str) -> None:
    words = PARTS[name].split("```")[2]
    first = "firstresult=True" in ast.unparse(SPECS[name].decorator_list[0])
    assert ("The first plugin" in words) is first
    observes = ast.unparse(SPECS[name].returns or ast.Constant(0)) == "None" and "app" not in {
        argument.arg for argument in SPECS[name].args.args
    }
    assert ("Observer:" in words) is observes


@pytest.mark.parametrize("name", SPECS)
def test_the_example_implements_the_hook(name: str) -> None:
    (link,) = re.findall(r"Example: \[\w+\]\((examples/\w+)\)", PARTS[name])
    (code,) = (ROOT / "docs" / link).glob("*.py")
    functions = [
        n for n in ast.parse(code.read_text("utf-8")).body if isinstance(n, ast.FunctionDef)
    ]
    (hook,) = (f for f in functions if f.name == name)
    assert [ast.unparse(d) for d in hook.decorator_list] == ["hookimpl"]
