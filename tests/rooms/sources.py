"""The modules of the program as syntax trees, for the tests of this folder."""

import ast
from functools import cache
from pathlib import Path


@cache
def parsed(path: Path) -> ast.Module:
    """The tree of a module; nobody changes it. All modules take half a second of a core."""
    return ast.parse(path.read_text("utf-8"))
