"""Only one module writes to stdout and stderr, so that no text reaches a terminal past the command's door."""

import ast
import re
from pathlib import Path

from tests.rooms.sources import parsed

SOURCE = Path(__file__).parents[2] / "src" / "atendimento_tui"
MAY_WRITE = {"cli/streams.py", "app.py", "outputs/child.py", "outputs/forms.py", "outputs/preview.py"}
"""The application tells on stderr why it left, when its screen is gone. The children that read files of anybody write
to a pipe of their parent."""


def touches(tree: ast.AST) -> bool:
    """Whether a module names `sys.stdout` or `sys.stderr`, or prints."""
    nodes = [*ast.walk(tree)]
    attributes = {node.attr for node in nodes if isinstance(node, ast.Attribute)}
    names = {node.id for node in nodes if isinstance(node, ast.Name)}
    return bool({"stdout", "stderr"} & attributes or "print" in names)


def test_only_the_streams_module_writes_to_the_streams() -> None:
    naming = [path for path in SOURCE.rglob("*.py") if re.search("stdout|stderr|print", path.read_text("utf-8"))]
    found = {str(path.relative_to(SOURCE)) for path in naming if touches(parsed(path))}
    assert found == MAY_WRITE
