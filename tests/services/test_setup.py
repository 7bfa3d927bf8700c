"""Creating a desk: the first-run answers are accepted or refused, and a refusal creates nothing."""

import stat
import tomllib
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from atendimento_tui.data.engine import DatabaseUnavailable, writing
from atendimento_tui.data.repositories.calendars import store_calendar
from atendimento_tui.domain.places import ZONE_OF_UF
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.services import setup
from atendimento_tui.services.desk import Desk
from atendimento_tui.services.setup import NewDesk, create_desk, new_desk
from atendimento_tui.texts.refusals import sentence
from tests.living import NOW, answers, audited, rows

USUAL: dict[str, Any] = {
    "name": "Unidade",
    "city": "Recife",
    "uf": "PE",
    "hours": "seg-sex 09:00-18:00",
    "supervisor": "Ana",
}


def refused(**answers_: Any) -> Refused:
    with pytest.raises(Refused) as raised:
        new_desk(**USUAL | answers_)
    assert "{" not in sentence(raised.value.code, raised.value.values)
    return raised.value


def built(path: Path, **answers_: Any) -> Desk:
    return create_desk(path / "desk.db", new_desk(**USUAL | answers_), NOW)


def test_a_new_desk_has_its_people_its_calendars_and_no_ticket(desk: Desk) -> None:
    unit = desk.unit
    assert (unit.name, unit.city, unit.uf, unit.tz) == ("Unidade Centro", "São Paulo", "SP", "America/Sao_Paulo")
    assert (unit.ans_registration, unit.is_demo) == ("123456", False)
    assert rows(desk, "SELECT name, role, active FROM person ORDER BY id") == [
        ("Ana Lima", "supervisor", 1),
        ("Bruno Castro", "atendente", 1),
        ("Célia Prado", "atendente", 1),
    ]
    assert rows(desk, "SELECT count(*) FROM ticket") == [(0,)]
    hours, legal = desk.calendar(unit.hours_calendar), desk.calendar(unit.legal_calendar)
    revolution = date(2026, 7, 9)  # a holiday of the state
    assert not hours.is_business_day(revolution)
    assert not legal.is_business_day(revolution)
    assert hours.is_open(datetime(2026, 3, 2, 12, tzinfo=UTC))
    assert legal.is_open(datetime(2026, 3, 2, 4, tzinfo=UTC))


def test_the_file_is_readable_by_its_owner_only(tmp_path: Path) -> None:
    built(tmp_path / "new" / "folder").close()
    assert stat.S_IMODE((tmp_path / "new" / "folder" / "desk.db").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "new" / "folder").stat().st_mode) == 0o700


@pytest.mark.parametrize("uf", sorted(ZONE_OF_UF))
def test_every_state_has_its_zone(uf: str) -> None:
    assert new_desk(**USUAL | {"uf": uf.lower()}).hours.tz == ZONE_OF_UF[uf]


def test_hours_in_usual_forms(tmp_path: Path) -> None:
    desk = built(tmp_path, hours="seg-sex 09:00-12:00; seg-sex 13:00-18:00; sáb 9:00-13:00")
    calendar = desk.calendar(desk.unit.hours_calendar)
    desk.close()
    noons = {day: calendar.is_open(datetime(2026, 3, day, 15, 30, tzinfo=UTC)) for day in (2, 7, 8)}
    assert noons == {2: False, 7: True, 8: False}  # half past twelve: lunch, Saturday, Sunday
    assert calendar.is_open(datetime(2026, 3, 2, 13, tzinfo=UTC))  # the morning was not lost to the afternoon
    assert calendar.is_open(datetime(2026, 3, 2, 17, tzinfo=UTC))


@pytest.mark.parametrize(
    ("hours", "code", "says"),
    [
        ("", "never_open", "não abre em hora nenhuma"),
        ("seg-sex", "never_open", "não abre em hora nenhuma"),
        ("9 às 18", "value_error", "não é válido: faltam os dias da semana antes de “09:00”."),
        ("dia 09:00-18:00", "value_error", "“dia” não é um dia da semana"),
        ("seg 9 18", "value_error", "“09:00” não é um intervalo como 09:00-18:00"),
        ("seg 9-", "value_error", "falta a hora em que fecha"),
        ("seg de manhã", "value_error", "“manha” não é um dia da semana"),
        ("seg 8-12 (almoço) 13-18", "value_error", "“(almoco)” não é um dia da semana nem uma hora"),
        ("seg 09:00-25:00", "value_error", "uma hora que não existe"),
        ("seg 18:00-09:00", "inverted_interval", "segunda-feira: o intervalo 18:00-09:00 termina antes de começar"),
        ("seg 09:00-09:00", "empty_interval", "está vazio"),
        ("seg 09:00-12:00 11:00-18:00", "overlapping_intervals", "cai sobre o anterior"),
        ("seg 13:00-18:00 09:00-12:00", "unsorted_intervals", "vem depois de um mais tarde"),
        ("seg-sex 09:00-18:00; sex 09:00-17:00", "value_error", "“sex” aparece duas vezes"),
    ],
)
def test_invalid_hours_are_refused_with_a_sentence(hours: str, code: str, says: str) -> None:
    refusal = refused(hours=hours)
    assert refusal.code == "horario_invalido"
    problem = refusal.values["problem"]
    assert isinstance(problem, tuple)
    assert problem[0] == code
    assert "““" not in sentence(refusal.code, refusal.values)
    assert ": :" not in sentence(refusal.code, refusal.values)
    assert says in sentence(refusal.code, refusal.values)


def test_invalid_answers_are_refused() -> None:
    assert refused(uf="XX").code == "uf_desconhecida"
    for number in ("12345", "1234567", "12345a", "١٢٣٤٥٦"):
        assert refused(ans_registration=number).code == "registro_ans_invalido"
    for blank in ("", "  ", "\x1b"):
        assert refused(name=blank).refusal.beside == {"name": ("nome_vazio", {"which": "unidade"})}
        assert refused(supervisor=blank).refusal.beside == {"supervisor": ("nome_vazio", {"which": "supervisor"})}
    refusal = refused(optional_days=["Dia do Gato"])
    assert refusal.code == "facultativo_desconhecido"
    assert "“Dia do Gato” não é um ponto facultativo conhecido" in sentence(refusal.code, refusal.values)


def test_all_invalid_answers_are_refused_together() -> None:
    refusal = refused(name="", uf="XX", hours="sempre", ans_registration="1", supervisor="A")
    assert {key: each.code for key, each in refusal.refusal.beside.items()} == {
        "name": "nome_vazio",
        "uf": "uf_desconhecida",
        "hours": "horario_invalido",
        "ans_registration": "registro_ans_invalido",
        "supervisor": "nome_curto",
    }
    for each in refusal.refusal.beside.values():
        assert sentence(*each) in sentence(refusal.code, refusal.values)


def test_names_have_a_minimum_and_a_maximum_length() -> None:
    for which in ("name", "supervisor", "city"):
        assert refused(**{which: "A"}).code == "nome_curto"
        assert refused(**{which: "A."}).code == "nome_curto"
        assert refused(**{which: "a" * 101}).code == "nome_longo"
        assert new_desk(**USUAL | {which: "a" * 100})
        assert new_desk(**USUAL | {which: "Íó"})
    assert refused(attendants=["Bruno", "C"]).code == "nome_curto"
    assert refused(attendants=["b" * 5000]).code == "nome_longo"
    assert refused(hours="seg 9-18 " * 10_000).code == "texto_longo"


def test_a_supervisor_named_twice_stays_supervisor() -> None:
    actual = new_desk(**USUAL, attendants=[" Ana ", "Bruno", "", "Bruno", "C\x1b[31mélia"])
    assert actual.people == {"Ana": "supervisor", "Bruno": "atendente", "C[31mélia": "atendente"}
    assert actual.groups == {"Unidade": ("Ana", "Bruno", "C[31mélia")}


def test_days_of_the_town_and_optional_days_are_closed(tmp_path: Path) -> None:
    days = tmp_path / "days.csv"
    days.write_text("data,nome\n16/07/2026,Nossa Senhora do Carmo\n", "utf-8")
    desk = built(tmp_path, municipal_file=days, optional_days=["Carnaval"])
    calendar = desk.calendar(desk.unit.hours_calendar)
    desk.close()
    assert not calendar.is_business_day(date(2026, 7, 16))
    assert not calendar.is_business_day(date(2026, 2, 17))


CASES = tomllib.loads((Path(__file__).parents[1] / "cases.toml").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES["municipais"])
def test_of_a_file_of_all_towns_only_days_of_the_town_are_used(tmp_path: Path, case: dict[str, Any]) -> None:
    days = tmp_path / "todas.csv"
    days.write_text("\n".join(case["linhas"]) + "\n", "utf-8")
    new = new_desk(**USUAL | {"city": case["cidade"], "uf": case["uf"]}, municipal_file=days)
    assert [day.isoformat() for day in sorted(new.hours.municipal_days)] == case["fica"]
    by_code = new_desk(**USUAL | {"city": "Outra", "uf": "SP"}, municipal_file=days, ibge_code="3509502")
    assert by_code.hours.municipal_days == new.hours.municipal_days


def of_all_towns(folder: Path, town: str, count: int) -> Path:
    """A file without a header: one day of each of many towns, and so many of one."""
    lines = [f"{1 + n % 28:02}/{1 + n % 12:02}/2026,Feriado,MUNICIPAL,,AC,{1200013 + n}" for n in range(300)]
    lines += [f"{1 + n:02}/03/2026,Feriado {n},MUNICIPAL,,PE,{town}" for n in range(count)]
    path = folder / "todas.csv"
    path.write_text("\n".join(lines), "utf-8")
    return path


def test_unusually_many_days_need_confirmation(tmp_path: Path) -> None:
    assert len(new_desk(**USUAL, municipal_file=of_all_towns(tmp_path, "2611606", 15)).hours.municipal_days) == 15
    many = of_all_towns(tmp_path, "2611606", 16)
    refusal = refused(municipal_file=many)
    assert refusal.code == "municipais_demais"
    text = sentence(refusal.code, refusal.values)
    assert "tem 16 feriados de Recife em 2026:\n  01/03/2026 Feriado 0\n" in text
    assert text.count("\n  ") == 16
    assert "repita com --aceitar-municipais" in text
    new = new_desk(**USUAL, municipal_file=many, take_many_days=True)
    assert len(new.hours.municipal_days) == 16


def test_a_file_without_a_day_of_the_town_is_refused(tmp_path: Path) -> None:
    days = of_all_towns(tmp_path, "2611606", 1)
    for answers_, says in (
        ({"city": "Olinda"}, "não tem feriado nenhum de Olinda (PE). Confira"),
        ({"city": "Recifi"}, "não tem feriado nenhum de Recifi (PE). Seria “Recife”?"),
        ({"ibge_code": "3550308"}, "não tem feriado nenhum de Recife"),
    ):
        refusal = refused(municipal_file=days, **answers_)
        assert refusal.code == "municipais_sem_cidade"
        assert says in sentence(refusal.code, refusal.values)
    assert refused(ibge_code="12").code == "codigo_ibge_invalido"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("dia\n16/07/2026\n", "a linha 1; é preciso uma coluna “data”"),
        ("data\n2026-07-16\n", "na linha 2, “2026-07-16” não é"),
        ("16/07/2026,Carmo\nsem dia,x\n", "na linha 2, “sem dia” não é"),
    ],
)
def test_an_invalid_file_of_days_is_reported_with_its_line(tmp_path: Path, content: str, says: str) -> None:
    days = tmp_path / "days.csv"
    days.write_text(content, "utf-8")
    refusal = refused(municipal_file=days)
    assert refusal.code == "municipais_invalidos"
    assert says in sentence(refusal.code, refusal.values)
    assert str(days) in sentence(refusal.code, refusal.values)
    assert refused(municipal_file=tmp_path / "nowhere.csv").code == "arquivo_ilegivel"


# Where it is created.


def refused_at(path: Path, new: NewDesk | None = None) -> DatabaseUnavailable:
    with pytest.raises(DatabaseUnavailable) as raised:
        create_desk(path, new or answers(), NOW)
    return raised.value


def test_a_desk_is_never_created_over_something(tmp_path: Path, new_desk_file: Path) -> None:
    kept = new_desk_file.read_bytes()
    assert refused_at(new_desk_file).code == "ja_existe"
    assert new_desk_file.read_bytes() == kept
    (tmp_path / "notes.txt").write_text("não apague", "utf-8")
    assert refused_at(tmp_path / "notes.txt").code == "ja_existe"
    assert (tmp_path / "notes.txt").read_text("utf-8") == "não apague"
    assert refused_at(tmp_path).code == "banco_e_pasta"


def test_a_failed_creation_leaves_no_file(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").touch()
    assert refused_at(tmp_path / "notes.txt" / "desk.db").code == "banco_nao_abre"
    assert refused_at(tmp_path / ("x" * 300)).code == "banco_nao_abre"
    assert list(tmp_path.iterdir()) == [tmp_path / "notes.txt"]


def test_a_desk_that_could_not_be_filled_is_deleted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def pulled(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(setup, "_fill", pulled)
    with pytest.raises(KeyboardInterrupt):
        create_desk(tmp_path / "desk.db", answers(), NOW)
    assert list(tmp_path.iterdir()) == []


def test_a_desk_whose_calendar_fails_is_not_created(tmp_path: Path) -> None:
    new = answers()
    never = new.hours.model_copy(update={"week": {}})
    with pytest.raises(ValueError, match="no open interval"):
        create_desk(tmp_path / "desk.db", NewDesk(new.name, new.city, new.uf, never), NOW)
    assert list(tmp_path.iterdir()) == []


def test_the_same_calendar_is_one_version(tmp_path: Path) -> None:
    new = new_desk(**USUAL)
    create_desk(tmp_path / "desk.db", new, NOW).close()
    with audited(tmp_path / "desk.db") as desk, writing(desk.engine) as connection:
        assert store_calendar(connection, new.hours, NOW + timedelta(days=900)) == desk.unit.hours_calendar
        assert rows(desk, "SELECT id, name FROM calendar ORDER BY id") == [(1, "Expediente"), (2, "Dias úteis")]
