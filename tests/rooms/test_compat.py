"""Private names of Textual stand in compat.py, each with its reason, and Textual still has them."""

import ast
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
import textual

from atendimento_tui import compat
from tests.rooms.sources import parsed, statements

SOURCE = Path(compat.__file__).parent
TEXTUAL = Path(textual.__file__).parent
BASES = (
    "app",
    "screen",
    "widget",
    "dom",
    "message_pump",
    "scroll_view",
    "driver",
    "widgets/_input",
    "widgets/_text_area",
)
OVERRIDES = (
    ("textual.app", "App"),
    ("textual.screen", "Screen"),
    ("textual.widget", "Widget"),
    ("textual.widgets", "Input"),
    ("textual.widgets", "TextArea"),
    ("textual._xterm_parser", "XTermParser"),
)


def is_private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__")


@pytest.fixture(scope="module")
def theirs() -> set[str]:
    """What its widgets, screens and applications call their own."""
    names = set()
    for base in BASES:
        for node in ast.walk(ast.parse((TEXTUAL / f"{base}.py").read_text("utf-8"))):
            match node:
                case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                    names.add(name)
                case ast.Attribute(value=ast.Name(id="self"), attr=name, ctx=ast.Store()):
                    names.add(name)
    return {name for name in names if is_private(name)}


def widget_classes(tree: ast.Module) -> Iterator[ast.ClassDef]:
    """Classes of a module that may be Textual's by descent."""
    yield from (node for node in statements(tree) if isinstance(node, ast.ClassDef) and node.bases)


def test_no_other_module_uses_a_private_name_of_textual(theirs: set[str]) -> None:
    found = []
    for path in sorted(SOURCE.rglob("*.py")):
        if path == Path(compat.__file__) or "textual" not in path.read_text("utf-8"):
            continue
        tree, here = parsed(path), str(path.relative_to(SOURCE))
        modules = {node.module or "" for node in statements(tree) if isinstance(node, ast.ImportFrom)}
        found += [f"{here} imports {module}" for module in modules if re.match(r"textual\._|textual\..*\._", module)]
        for owner in widget_classes(tree):
            methods = {node.name for node in owner.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}
            used = {node.attr for node in ast.walk(owner) if isinstance(node, ast.Attribute)}
            names = ((methods | used) & theirs) - set(compat.OVERRIDDEN)
            found += [f"{here} {owner.name}.{name}" for name in sorted(names)]
    assert found == []


def test_textual_still_has_what_is_overridden() -> None:
    known = {name for module, owner in OVERRIDES for name in dir(getattr(import_module(module), owner))}
    assert set(compat.OVERRIDDEN) <= known
    assert all(compat.OVERRIDDEN.values())
