"""Each kind of event that a service writes of people, groups and the unit has words for its reader."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from atendimento_tui import services
from atendimento_tui.data.queries import access as access_queries
from atendimento_tui.domain import trail
from atendimento_tui.texts import beneficiaries, people, settings
from tests.rooms.sources import parsed, statements

_NAMED = {"ENTERED": access_queries.ENTERED, "WAY_IN": access_queries.WAY_IN, "JUMP": trail.JUMP}
"""Constants that name a kind."""


def _functions(area: str) -> Iterator[ast.FunctionDef]:
    """All functions of an area, which is a module or a package."""
    folder = Path(str(services.__file__)).parent
    for path in (*folder.glob(f"{area}.py"), *folder.glob(f"{area}/*.py")):
        for node in statements(parsed(path)):
            if isinstance(node, ast.FunctionDef):
                yield node


def _kinds(area: str) -> set[str]:
    found = set[str]()
    for function in _functions(area):
        assigned = {
            target.id: node.value
            for node in ast.walk(function)
            if isinstance(node, ast.Assign)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        for node in ast.walk(function):
            if isinstance(node, ast.Call) and _name(node.func) in ("record", "revoke"):
                for argument in node.args[1:4]:
                    found.update(_constants(assigned.get(_name(argument), argument)))
    return found


def _name(node: ast.expr) -> str:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def _constants(node: ast.expr) -> Iterator[str]:
    match node:
        case ast.Constant(value=str(kind)):
            yield kind
        case ast.IfExp(body=body, orelse=otherwise):
            yield from (*_constants(body), *_constants(otherwise))
        case ast.Name() | ast.Attribute() if _name(node) in _NAMED:
            yield _NAMED[_name(node)]


@pytest.mark.parametrize(
    ("module", "words", "example"),
    [
        ("access", people.EVENT, "bloqueio"),
        ("staff", people.EVENT, "incluida"),
        ("absences", people.EVENT, "ausencia"),
        ("groups", people.EVENT, "membro_saiu"),
        ("beneficiaries", beneficiaries.EVENT, "revelado"),
        ("settings", settings.EVENT, "alterada"),
        ("safekeeping", settings.EVENT, "envio_liberado"),
        ("restore", settings.EVENT, "salto"),
    ],
)
def test_each_kind_of_event_has_words(module: str, words: dict[str, str], example: str) -> None:
    kinds = _kinds(module)
    assert example in kinds, "the source is read"
    assert kinds <= words.keys()
