"""`atendimento calendarios`."""

import json
from pathlib import Path

from tests.command.conftest import Call

ANA = ("--como", "Ana Lima")
AT = ("--agora", "2026-12-01T09:00:00-03:00")


def calendars(call: Call, banco: Path, *args: object) -> str:
    result = call("--banco", banco, *ANA, "calendarios", *args)
    assert result.code == 0, result.err
    return result.out + result.err


def test_a_change_is_simulated_and_then_made(call: Call, banco: Path) -> None:
    hours = ("alterar", "expediente", "--horario", "seg-sab 8-20", "--desde", "07/12/2026", *AT)
    assert "Simulação: nada foi alterado." in calendars(call, banco, *hours, "--simular")
    assert "confirmada" in calendars(call, banco, "listar")
    assert len(json.loads(calendars(call, banco, "listar", "--json"))) == 2
    assert "vale desde" not in calendars(call, banco, "listar")
    assert "Expediente, a partir de 07/12/2026:" in calendars(call, banco, *hours)
    assert "vale desde 07/12/2026" in calendars(call, banco, "listar")
    assert "a partir de 07/12/2026: seg-sab 08:00-20:00" in calendars(call, banco, "ver", "Expediente", "--ano", "2026")


def test_holidays_are_added_shown_and_removed(call: Call, banco: Path) -> None:
    calendars(call, banco, "feriado", "incluir", "expediente", "11/12/2026", "Aniversário [/] =1+1", *AT)
    calendars(call, banco, "dia", "expediente", "24/12/2026", "8-12", *AT)
    shown = calendars(call, banco, "ver", "expediente", "--ano", "2026")
    assert "sex 11/12/2026  fechado  Aniversário [/] =1+1" in shown
    assert "qui 24/12/2026  08:00-12:00" in shown
    calendars(call, banco, "feriado", "retirar", "expediente", "11/12/2026", *AT)
    found = json.loads(calendars(call, banco, "ver", "expediente", "--ano", "2026", "--json"))
    assert "2026-12-11" not in {day["dia"] for day in found["dias"]}


def test_the_days_of_the_town_come_from_a_file(call: Call, banco: Path, tmp_path: Path) -> None:
    path = tmp_path / "feriados.csv"
    path.write_text("data,nome\n13/01/2027,Dia da cidade\n", "utf-8")
    said = calendars(call, banco, "feriado", "importar", "expediente", path, *AT)
    assert "qua 13/01/2027: 09:00-18:00 → fechado  Dia da cidade" in said


def test_tickets_whose_told_date_moved_are_listed(call: Call, banco: Path) -> None:
    assert "Nenhum prazo informado mudou sem aviso." in calendars(call, banco, "a-avisar")
    assert json.loads(calendars(call, banco, "a-avisar", "--json")) == []


def test_a_wrong_change_is_refused_in_words(call: Call, banco: Path) -> None:
    past = call("--banco", banco, *ANA, "calendarios", "feriado", "incluir", "expediente", "01/11/2026", "Luto", *AT)
    assert past.code == 1
    assert "01/11/2026 já passou" in past.err
    unknown = call("--banco", banco, *ANA, "calendarios", "ver", "Plantão")
    assert unknown.code == 1
    assert "Há: Expediente, Dias úteis." in unknown.err


def test_an_optional_day_is_closed_halved_and_opened_each_year(call: Call, banco: Path) -> None:
    def year() -> str:
        return calendars(call, banco, "ver", "expediente", "--ano", "2027")

    optional = ("feriado", "facultativo", "expediente")
    calendars(call, banco, *optional, "carnaval", "fecha", "--desde", "01/12/2026", *AT)
    calendars(call, banco, *optional, "Quarta-feira de Cinzas", "meio", "--desde", "01/12/2026", *AT)
    assert "ter 09/02/2027  fechado  Carnaval" in year()
    assert "qua 10/02/2027  14:00-18:00  Quarta-feira de Cinzas" in year()
    calendars(call, banco, *optional, "Carnaval", "abre", "--desde", "01/12/2026", *AT)
    assert "09/02/2027" not in year()
    result = call(
        "--banco", banco, *ANA, "calendarios", *optional, "Corpus Christi", "meio", "--desde", "1/12/2026", *AT
    )
    assert "Corpus Christi não tem meio expediente" in result.err
