"""Commands for who offers appointments."""

import json
from pathlib import Path

import pytest

from tests.command.conftest import Call, CallResult
from tests.living import copy_of


@pytest.fixture
def on(new_desk_file: Path, tmp_path: Path, call: Call) -> Call:
    """Calls a command on a new desk."""
    file = copy_of(new_desk_file, tmp_path)

    def called(*args: str) -> CallResult:
        return call("--banco", file, "--como", "Ana Lima", *args)

    return called


@pytest.fixture
def supplied(on: Call) -> Call:
    """A desk with a site, the shipped specialties and a professional with hours."""
    for words in (
        ("especialidades", "padrao"),
        ("locais", "incluir", "Clínica Praia", "--endereco", "Rua Um, 1", "--cidade", "Santos", "--uf", "sp"),
        (
            "profissionais",
            "incluir",
            "Bia Rocha",
            "--registro",
            "crm/sp 1234",
            "--especialidades",
            "cardiologia, pediatria",
        ),
        (
            "horarios",
            "incluir",
            "Bia Rocha",
            "--local",
            "clinica praia",
            "--horas",
            "seg, qua 8-12 13-17",
            "--vaga",
            "20",
        ),
    ):
        result = on(*words)
        assert (result.code, result.out) == (0, ""), result.err
    return on


def test_the_shipped_specialties_have_their_items_and_are_added_once(on: Call) -> None:
    assert on("especialidades", "listar").err == (
        "Não há especialidades. Inclua a lista do programa com “atendimento especialidades padrao”.\n"
    )
    assert on("especialidades", "padrao").err == "Especialidades incluídas: 41; já existiam e ficaram como estão: 0.\n"
    assert on("especialidades", "padrao").err == "Especialidades incluídas: 0; já existiam e ficaram como estão: 41.\n"
    lines = on("especialidades", "listar").out.splitlines()
    assert "Pediatria  RN 566, I: 7 dias úteis  Traga a caderneta de vacinação." in lines
    assert [each["item_rn566"] for each in json.loads(on("especialidades", "listar", "--json").out)].count("II") == 30


def test_a_professional_is_shown_with_hours_and_absences(supplied: Call) -> None:
    assert supplied("profissionais", "listar").out == "Bia Rocha  CRM/SP 1234  Pediatria, Cardiologia\n"
    done = supplied(
        "profissionais", "ausencia", "1234", "--de", "10/03/2030", "--ate", "12/03/2030", "--motivo", "férias"
    )
    assert (done.code, done.err) == (0, "Incluído.\n")
    supplied("horarios", "dia", "Bia Rocha", "1", "11/03/2030")
    lines = supplied("profissionais", "ver", "bia rocha").out.splitlines()
    assert lines[1].startswith(
        "horário 1: 08:00-12:00, toda semana: seg, qua, em Clínica Praia; vaga de 20 min, lugares: 1"
    )
    assert lines[2] == "  menos 11/03/2030"
    assert lines[3].startswith("horário 2: 13:00-17:00")
    assert lines[4] == "ausência 1: de dom 10/03/2030 00:00 até qua 13/03/2030 00:00: férias"
    found = json.loads(supplied("profissionais", "ver", "1234", "--json").out)
    assert found["horarios"][0]["regra"] == "FREQ=WEEKLY;BYDAY=MO,WE"
    assert found["horarios"][0]["menos"] == ["2030-03-11"]
    assert supplied("profissionais", "ausencia", "1234", "--retirar", "1").err == "Alterado.\n"
    assert "ausência" not in supplied("profissionais", "ver", "1234").out


def test_what_is_there_already_is_said_and_changed_by_its_name(supplied: Call) -> None:
    assert supplied("locais", "alterar", "Clínica Praia", "--cidade", "Santos").err == "Já estava assim: nada mudou.\n"
    assert supplied("locais", "alterar", "Clínica Praia", "--nome", "Clínica Mar").err == "Alterado.\n"
    assert supplied("locais", "listar").out == "Clínica Mar  Rua Um, 1  Santos/SP\n"
    assert supplied("horarios", "encerrar", "Bia Rocha", "2", "--ate", "10/03/2030").err == "Alterado.\n"
    assert "até 10/03/2030" in supplied("profissionais", "ver", "1234").out
    assert supplied("horarios", "a-remarcar").err == "Nenhum agendamento precisa ser remarcado.\n"
    assert json.loads(supplied("horarios", "a-remarcar", "--json").out) == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ("profissionais", "ver", "Ninguém"),
            "Não há cadastro do profissional “Ninguém”. Há: Bia Rocha (CRM/SP 1234).",
        ),
        (
            ("horarios", "incluir", "1234", "--local", "Clínica Praia", "--horas", "8-9", "--regra", "FREQ=HOURLY"),
            "repete dentro do dia",
        ),
        (("horarios", "encerrar", "1234", "77", "--ate", "10/03/2030"), "Bia Rocha não tem o horário 77."),
        (("locais", "incluir", "Posto", "--uf", "ZZ"), "“ZZ” não é um estado"),
        (("especialidades", "alterar", "Cardiologia", "--item-rn566", "L"), "não é um item do art. 3º"),
    ],
)
def test_a_wrong_word_is_refused_with_what_to_do(supplied: Call, words: tuple[str, ...], said: str) -> None:
    result = supplied(*words)
    assert (result.code, result.out) == (1, "")
    assert said in result.err


def test_hours_without_a_key_are_told(supplied: Call, tmp_path: Path) -> None:
    (tmp_path / "rede.csv").write_text("Id;Quem;Onde;Horas\n1;Bia Rocha;Clínica Praia;sex 8-12\n", "utf-8")
    named = 'nome = "Rede"\n[colunas]\nprofissional = "Quem"\nlocal = "Onde"\nhoras = "Horas"\n'
    for chave, is_told in (("", True), ('chave = "Id"\n', False)):
        (tmp_path / "rede.toml").write_text(named + chave, "utf-8")
        words = ("importar", "agenda", str(tmp_path / "rede.csv"), "--mapa", str(tmp_path / "rede.toml"), "--simular")
        assert ("Linhas novas sem chave: 1." in supplied(*words).err) is is_told
