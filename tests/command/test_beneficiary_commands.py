"""The commands of beneficiaries: finding, showing, ages, import; nothing personal is complete."""

import json
from pathlib import Path

import pytest

from atendimento_tui.services import beneficiaries
from atendimento_tui.services.desk import open_desk
from tests.command.conftest import Call
from tests.living import ANA, NAMES, NOW, copy_of

MAP = '[colunas]\nnome = "NOME"\ncpf = "CPF"\ncidade = "CIDADE"\n'
HIDDEN = ("529.982.247-25", "52998224725", "98765")


@pytest.fixture
def desk_file(new_desk_file: Path, tmp_path: Path) -> str:
    file = copy_of(new_desk_file, tmp_path)
    with open_desk(file, NOW) as desk:
        beneficiaries.add_beneficiary(
            desk, NOW, name="Maria D'Ávila", cpf="529.982.247-25", card="9001", phone="(11) 98765-4321", city="Santos"
        )
        beneficiaries.add_beneficiary(
            desk, NOW, name="Téo D'Ávila", born_on="01/01/1990", holder="9001", relation="filho(a)"
        )
    return str(file)


@pytest.mark.parametrize("command", [("buscar", "avila"), ("ver", "529.982.247-25"), ("ver", "maria")])
def test_people_are_found_and_shown_masked(call: Call, desk_file: str, command: tuple[str, ...]) -> None:
    who = ("--banco", desk_file, "--como", NAMES[ANA], "beneficiarios", *command)
    plain, as_json = call(*who), call(*who, "--json")
    assert (plain.code, as_json.code) == (0, 0)
    assert not any(hidden in f"{plain.out}{as_json.out}" for hidden in HIDDEN)
    assert "***.982.247-**" in plain.out
    found = json.loads(as_json.out)
    assert (found[0] if isinstance(found, list) else found)["nome"] == "Maria D'Ávila"


def test_who_is_not_one_person_is_said(call: Call, desk_file: str) -> None:
    who = ("--banco", desk_file, "--como", NAMES[ANA], "beneficiarios")
    several = call(*who, "ver", "avila")
    assert (several.code, several.out) == (1, "")
    assert "mais de um" in several.err
    assert call(*who, "ver", "zuleika").code == 1
    assert "Ninguém" in call(*who, "buscar", "zuleika").err
    assert "Nenhum dependente" in call(*who, "idades").err
    assert call(*who, "idades", "--dias", "-1").code == 2


def test_a_file_is_tried_imported_and_changes_nothing_again(call: Call, desk_file: str, tmp_path: Path) -> None:
    (tmp_path / "mapa.toml").write_text(MAP, "utf-8")
    lines = ["NOME;CPF;CIDADE", "Maria D'Ávila;529.982.247-25;Campinas", "Rui;111.444.777-35;", "Ana;123;"]
    (tmp_path / "base.csv").write_text("\n".join(lines), "utf-8")
    who: tuple[str, ...] = (
        "--banco",
        desk_file,
        "--como",
        NAMES[ANA],
        "importar",
        "beneficiarios",
        str(tmp_path / "base.csv"),
    )
    who += ("--mapa", str(tmp_path / "mapa.toml"))
    tried = call(*who, "--simular")
    assert tried.code == 1
    assert tried.out.splitlines()[0] == "linha 2: mudaria: Cidade"
    assert "linha 4: “123” não é um CPF" in tried.out
    assert "Seriam novos: 1. Mudados: 1. Iguais: 0. Recusados: 1. Nada foi gravado." in tried.err
    assert "Novos: 1. Mudados: 1. Iguais: 0. Recusados: 1." in call(*who).err
    assert "Novos: 0. Mudados: 0. Iguais: 2. Recusados: 1." in call(*who).err


def test_a_hold_for_another_reason_is_not_replaced_but_ended_first(call: Call, desk_file: str) -> None:
    who = ("--banco", desk_file, "--como", NAMES[ANA], "dados-pessoais")
    assert [call(*who, "reter", "Téo", "--motivo", "ação 1").code for _ in range(2)] == [0, 0]
    refused = call(*who, "reter", "Téo", "--motivo", "ação 2")
    assert refused.code == 1
    assert "já estão retidos por outro motivo: ação 1. Nada foi alterado." in refused.err
    assert [call(*who, *words).code for words in (("liberar", "Téo"), ("reter", "Téo", "--motivo", "ação 2"))] == [0, 0]
