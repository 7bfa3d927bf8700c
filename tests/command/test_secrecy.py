"""No command tells anybody but the committee of a secret ticket: a walk over the commands of the parser."""

import argparse
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from atendimento_tui import cli
from atendimento_tui.domain.access import PEOPLE_ROLES, Role
from atendimento_tui.domain.text import folded
from tests.command.conftest import Call
from tests.full import some
from tests.living import ANA, BRUNO, CELIA, NAMES, Living, audited, copy_of
from tests.secret import WORDS, Secret, open_secret, set_groups, set_role

NOT_CALLED = {"demo", "iniciar", "migrar", "separar", "restaurar", "importar", "entrar", "sair"}
"""Commands that make another desk, put this one aside, or ask for a password."""


def leaves(parser: argparse.ArgumentParser, *words: str) -> Iterator[tuple[tuple[str, ...], argparse.ArgumentParser]]:
    """Every command, as its words."""
    groups = [each for each in parser._actions if isinstance(each, argparse._SubParsersAction)]  # noqa: SLF001
    for group in groups:
        for name, inner in group.choices.items():
            yield from leaves(inner, *words, name)
    if not groups and words:
        yield words, parser


COMMANDS = {words: parser for words, parser in leaves(cli.command_parser()) if words[0] not in NOT_CALLED}


def call_of(words: tuple[str, ...], secret: Secret, folder: Path) -> list[str]:
    """The command about the secret ticket, as far as it is about one."""
    given = {
        "protocolo": secret.protocol,
        "arquivo": str(folder / f"{uuid4().hex}.csv"),
        "pessoa": NAMES[CELIA],
        "grupo": "Comitê de Integridade",
    }
    values = []
    for each in COMMANDS[words]._actions:  # noqa: SLF001
        is_needed = not each.option_strings and each.nargs not in ("?", "*")
        if is_needed and each.dest != "help":
            values.append(given.get(each.dest, "x"))
    return [*words, *values]


@pytest.fixture
def desk_file(new_desk_file: Path, tmp_path: Path) -> Path:
    return copy_of(new_desk_file, tmp_path)


@pytest.fixture
def secret(desk_file: Path) -> Secret:
    with audited(desk_file) as desk:
        opened = open_secret(Living(desk))
        set_groups(desk, ANA, 1)
        set_groups(desk, BRUNO, 1, 2)
        return opened


def everything(call: Call, desk_file: Path, who: list[str], secret: Secret, folder: Path) -> dict[str, str]:
    """What each command prints and writes, without the protocol that it was asked for in the call."""
    found = {}
    for words in COMMANDS:
        given = call_of(words, secret, folder)
        result = call("--banco", desk_file, *who, *given)
        written = [Path(each).read_text("utf-8-sig") for each in given if each.endswith(".csv") and Path(each).exists()]
        found[" ".join(words)] = folded("\n".join([result.out, result.err, *written]))
    return found


def test_the_commands_are_found() -> None:
    assert {("fila",), ("ver",), ("explicar",), ("varrer",), ("exportar", "prazos")} <= COMMANDS.keys()


def test_a_member_is_told(call: Call, desk_file: Path, secret: Secret, tmp_path: Path) -> None:
    told = everything(call, desk_file, ["--como", NAMES[CELIA]], secret, tmp_path)
    assert {name for name, text in told.items() if secret.protocol[-6:] in text} >= {"fila", "ver", "explicar"}
    assert [word for word in WORDS if word not in told["ver"]] == []
    assert secret.protocol in told["exportar prazos"]


@pytest.mark.parametrize("role", some([None, *PEOPLE_ROLES], 0, 1, 5, 8))
def test_no_command_tells_anybody_else(
    call: Call, desk_file: Path, secret: Secret, tmp_path: Path, role: Role | None
) -> None:
    if role:
        with audited(desk_file) as desk:
            set_role(desk, BRUNO, role)
    told = everything(call, desk_file, ["--como", NAMES[BRUNO]] if role else [], secret, tmp_path)
    for name, text in told.items():
        asked = name in ("ver", "explicar")  # a refusal repeats the protocol that was asked for
        words = WORDS if asked else (*WORDS, secret.protocol, f".{secret.protocol[-6:]}")
        assert [word for word in words if word in text] == [], (name, text)
