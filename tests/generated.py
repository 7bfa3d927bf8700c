"""Lists that follow from the folders and the registry: what `make generated` writes.

A package that imports its modules late, or exports its tables, names them for mypy and import-linter, which read
sources and run nothing: mypy does not see what a module `__getattr__` imports.
"""

import ast
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import atendimento_tui
from atendimento_tui.cli import command_parser
from atendimento_tui.cli.shell import manual_page
from tests.keys_table import keys_table
from tests.rights_table import rights_table

SRC = Path(atendimento_tui.__file__).parent
KEYS = SRC.parents[1] / "docs" / "keys.md"
RIGHTS = KEYS.with_name("rights.md")
MANUAL = KEYS.with_name("atendimento.1")
TABLES = SRC / "data" / "tables" / "__init__.py"
ACTIONS = SRC / "actions" / "areas" / "__init__.py"

LINE = 120
"""Characters of a line, as `pyproject.toml` says."""

_PYTHON_NAMES = {"help"}
"""Modules with the name of a built-in function, which ruff reports."""


def lazy_packages() -> list[Path]:
    """The folders of the packages that import their modules when they are used; the first is the root package."""
    return sorted(path.parent for path in SRC.rglob("__init__.py") if "submodules(__name__)" in path.read_text("utf-8"))


def generated() -> dict[Path, str]:
    """What the generated files contain."""
    lists = {folder / "__init__.py": _with_modules(folder) for folder in lazy_packages() if folder != SRC}
    documents = {KEYS: keys_table(), RIGHTS: rights_table(), MANUAL: manual_page(command_parser())}
    written = {TABLES: _with_tables, ACTIONS: _with_areas}
    return documents | lists | {path: write(path.read_text("utf-8")) for path, write in written.items()}


def modules_of(folder: Path) -> list[str]:
    """The names of a package's modules and packages."""
    modules = {path.stem for path in folder.glob("*.py")} - {"__init__"}
    return sorted(modules | {path.parent.name for path in folder.glob("*/__init__.py")})


def name_of(folder: Path) -> str:
    """The name of the package in a folder."""
    return ".".join(("atendimento_tui", *folder.relative_to(SRC).parts))


def _with_modules(folder: Path) -> str:
    text = (folder / "__init__.py").read_text("utf-8")
    head, rest = _around(text, "if TYPE_CHECKING:\n", "else:\n")
    lines = [
        f"    from {name_of(folder)} import {each} as {each}"
        + ("  # noqa: A004 - the name of the module" if each in _PYTHON_NAMES else "")
        for each in modules_of(folder)
    ]
    return "\n".join((head, *lines, rest))


def _with_tables(text: str) -> str:
    head, _ = _around(text, '"""\n\n', "__all__")
    tables = list(_tables())
    imports = [
        _import(f"data.tables.{module}", [name for _, name in group])
        for module, group in groupby(tables, key=lambda table: table[0])
    ]
    names = [f'    "{name}",' for name in sorted(name for _, name in tables)]
    return "\n".join((head, "", *imports, "", "__all__ = [", *names, "]", ""))


def _with_areas(text: str) -> str:
    areas = modules_of(ACTIONS.parent)
    head, rest = _around(text, "import Action, PlaceRow\n", "\n\nclass Area")
    body, _ = _around(rest, "AREAS: tuple[Area, ...] = (\n", ")")
    return "\n".join((head, _import("actions.areas", areas), body, *(f"    {each}," for each in areas), ")", ""))


def _import(package: str, names: list[str]) -> str:
    """The import as ruff writes it: on several lines if it is long."""
    head = f"from atendimento_tui.{package} import "
    line = head + ", ".join(names)
    return line if len(line) <= LINE else "\n".join((f"{head}(", *(f"    {name}," for name in names), ")"))


def _tables() -> Iterator[tuple[str, str]]:
    """Module and name of each table."""
    for module in modules_of(TABLES.parent):
        tree = ast.parse((TABLES.parent / f"{module}.py").read_text("utf-8"))
        for each in sorted((each for each in tree.body if isinstance(each, ast.ClassDef)), key=lambda each: each.name):
            if any(word.arg == "table" for word in each.keywords):
                yield module, each.name


def _around(text: str, before: str, after: str) -> tuple[str, str]:
    """The text up to the end of `before`, and from `after` on."""
    start = text.index(before) + len(before)
    return text[:start].rstrip("\n"), text[text.index(after, start) :]


if __name__ == "__main__":
    for path, text in generated().items():
        path.write_text(text, "utf-8")
