"""The modules of the program as syntax trees, for the tests of this folder."""

import ast
from collections import deque
from collections.abc import Iterator
from functools import cache
from pathlib import Path


@cache
def parsed(path: Path) -> ast.Module:
    """The tree of a module; nobody changes it. All modules take half a second of a core."""
    return ast.parse(path.read_text("utf-8"))


def statements(tree: ast.AST) -> Iterator[ast.AST]:
    """A tree and the statements in it, in the order of `ast.walk`, without their expressions: a tenth of its nodes."""
    found = deque([tree])
    while found:
        node = found.popleft()
        yield node
        for part in ("body", "handlers", "orelse", "finalbody", "cases"):
            found.extend(getattr(node, part, ()))
