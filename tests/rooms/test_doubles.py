"""The list of tests that run on PostgreSQL only in full names tests that exist."""

import ast
from pathlib import Path

from tests.full import on_server_in_full

ROOT = Path(__file__).parents[2]


def functions_of(path: Path) -> set[str]:
    """The functions of a file, those of classes after the name of the class."""
    found = set()
    for node in ast.parse(path.read_text("utf-8")).body:
        members = node.body if isinstance(node, ast.ClassDef) else [node]
        prefix = f"{node.name}::" if isinstance(node, ast.ClassDef) else ""
        found |= {f"{prefix}{each.name}" for each in members if isinstance(each, ast.FunctionDef)}
    return found


def test_each_listed_test_exists() -> None:
    """Rename or remove its line with the test, or let `python -m tests.doubles` write the list anew."""
    listed = {tuple(each.split("::", 1)) for each in on_server_in_full()}
    existing = {(file, name) for file in {file for file, _ in listed} for name in functions_of(ROOT / file)}
    assert sorted(listed - existing) == []
    assert len(listed) > 200
