"""`atendimento pessoas` and `atendimento grupos`."""

import json
import re
from pathlib import Path

from tests.command.conftest import Call

ANA = ("--como", "Ana Lima")


def test_people_are_added_listed_changed_and_leave(call: Call, banco: Path) -> None:
    def people(*args: str) -> str:
        result = call("--banco", banco, *ANA, "pessoas", *args)
        assert result.code == 0, result.err
        return result.out + result.err

    said = people("incluir", "Dora Nunes", "--papel", "atendimento", "--grupo", "Recepção", "--horario", "seg-sex 8-12")
    assert "login dora.nunes" in said
    [listed] = [line for line in people("listar").splitlines() if "dora.nunes" in line]
    assert "Dora Nunes    atendimento  " in listed
    assert "horário" in listed
    people("alterar", "dora.nunes", "--nome", "Dora Sá", "--sem-grupos")
    people("ausencia", "Dora Sá", "--de", "01/01/2020", "--ate", "02/01/2020", "--motivo", "férias")
    people("ausencia", "Dora Sá", "--retirar", "1/1/2020")
    people("desativar", "dora.nunes")
    assert "Dora" not in people("listar")
    [left] = [line for line in people("listar", "--todos").splitlines() if "Dora Sá" in line]
    assert left.split() == ["dora.nunes", "Dora", "Sá", "atendimento", "saiu", "—"]
    assert people("listar", "--em-servico") == ""
    people("reativar", "dora.nunes")
    listed = json.loads(call("--banco", banco, *ANA, "pessoas", "listar", "--json").out)
    [dora] = [row for row in listed if row["login"] == "dora.nunes"]
    assert (dora["nome"], dora["papel"], dora["grupos"], dora["horario"]) == (
        "Dora Sá",
        "atendente",
        [],
        "seg-sex 8-12",
    )


def test_who_leaves_says_who_gets_the_tickets(call: Call, banco: Path) -> None:
    leave = ("--banco", banco, *ANA, "pessoas", "desativar", "Bruno Castro")
    result = call(*leave)
    assert result.code == 1
    assert "Bruno Castro tem atendimentos em aberto (1): diga a quem passam" in result.err
    assert "Atendimentos a repassar: 1." in call(*leave, "--a-fila", "--simular").err
    assert "um destino só" in call(*leave, "--a-fila", "--para", "Ana Lima").err
    result = call(*leave, "--para", "celia prado", "--motivo", "Foi para Recife.")
    assert result.code == 0
    assert "Bruno Castro não atende mais. Atendimentos repassados: 1." in result.err
    shown = json.loads(call("--banco", banco, *ANA, "pessoas", "listar", "--todos", "--json").out)
    assert {row["nome"]: (row["ativa"], row["em_aberto"]) for row in shown} == {
        "Ana Lima": (True, 0),
        "Bruno Castro": (False, 0),
        "Célia Prado": (True, 1),
    }


def test_a_file_with_a_wrong_line_names_it(call: Call, banco: Path, tmp_path: Path) -> None:
    path = tmp_path / "pessoas.csv"
    path.write_text("nome,papel\nDora,atendente\nEva,rainha\n", "utf-8")
    include = ("--banco", banco, *ANA, "pessoas", "incluir", "--de", path)
    result = call(*include)
    assert (result.code, result.out) == (1, "")
    assert "linha 3: “rainha” não é um papel." in result.err
    path.write_text("nome,papel\nDora,atendente\n", "utf-8")
    assert call(*include, "--simular").err.endswith("Pessoas que seriam incluídas: 1. Já estão: 0.\n")
    assert call(*include).out == "Dora\n"
    assert call(*include).err.endswith("Pessoas incluídas: 0. Já estavam: 1.\n")


def test_groups_are_added_renamed_filled_and_left(call: Call, banco: Path) -> None:
    def groups(*args: str) -> str:
        result = call("--banco", banco, *ANA, "grupos", *args)
        assert result.code == 0, result.err
        return result.out + result.err

    groups("incluir", "Cobrança")
    groups("alterar", "cobranca", "--nome", "Convênios", "--incluir", "Bruno Castro", "--incluir", "Célia Prado")
    groups("alterar", "Convênios", "--retirar", "Célia Prado")
    assert "Convênios" in groups("listar")
    groups("desativar", "Convênios")
    assert "Convênios" not in groups("listar")
    groups("reativar", "Convênios")
    [row] = [each for each in json.loads(groups("listar", "--json")) if each["nome"] == "Convênios"]
    assert row == {"nome": "Convênios", "ativo": True, "pessoas": ["Bruno Castro"], "em_aberto": 0, "email": None}


def test_without_the_right_the_answer_says_who_has_it(call: Call, banco: Path) -> None:
    result = call("--banco", banco, "--como", "Bruno Castro", "pessoas", "incluir", "Dora", "--papel", "atendente")
    assert result.code == 1
    assert "Quem pode: supervisão, administração." in result.err


def test_the_unit_is_shown_and_changed(call: Call, banco: Path) -> None:
    unit = ("--banco", banco, *ANA, "unidade")
    result = call(*unit, "alterar", "telefones", "11 3333-4444")
    assert (result.code, result.err) == (0, "Telefones: (11) 3333-4444\n")
    assert call(*unit, "alterar", "copias_dias", "0").code == 1
    assert "telefones           (11) 3333-4444\n" in call(*unit, "ver").out
    shown = json.loads(call(*unit, "ver", "--json").out)
    assert (shown["telefones"], shown["copias_dias"], shown["bloqueio_minutos"]) == ("(11) 3333-4444", 7, 10)
    assert "Há: nome, registro_ans" in call(*unit, "alterar", "senha", "x").err


def test_a_line_of_a_file_is_not_told_what_is_true_of_a_dialog(call: Call, banco: Path, tmp_path: Path) -> None:
    path = tmp_path / "pessoas.csv"
    path.write_text("nome,papel,login\nDora,atendente,ana.lima\n,atendente,x y\n", "utf-8")
    result = call("--banco", banco, *ANA, "pessoas", "incluir", "--de", path)
    assert result.code == 1
    assert "linha 2: O login “ana.lima” já é de Ana Lima: escolha outro.\n" in result.err
    assert "linha 3: Falta o nome da pessoa" in result.err
    assert "Nada foi" not in result.err
    assert "digitou" not in result.err


def test_groups_are_listed_in_columns(call: Call, banco: Path) -> None:
    lines = call("--banco", banco, *ANA, "grupos", "listar").out.splitlines()
    assert len(lines) > 1
    assert len({re.match(r".*?\S  +(?=\S)", line).end() for line in lines}) == 1  # type: ignore[union-attr]
