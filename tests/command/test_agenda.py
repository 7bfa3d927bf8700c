"""Commands of the agenda: free slots, booking as the operator's app does, moving, cancelling, the list of a day."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import icalendar
import pytest
from pypdf import PdfReader

from tests.command.conftest import Call, CallResult
from tests.command.test_providers import on, supplied

__all__ = ["on", "supplied"]

CPF, BORN = "529.982.247-25", "12/03/1980"


@pytest.fixture
def agenda(supplied: Call, tmp_path: Path) -> Call:
    """A desk with free slots and a beneficiary."""
    file, file_map = tmp_path / "base.csv", tmp_path / "mapa.toml"
    file.write_text(f"nome;cpf;nascimento\nConceição D'Ávila [B];{CPF};{BORN}\n", "utf-8")
    file_map.write_text('[colunas]\nnome = "nome"\ncpf = "cpf"\nnascimento = "nascimento"\n', "utf-8")
    result = supplied("importar", "beneficiarios", str(file), "--mapa", str(file_map))
    assert result.code == 0, result.err
    return supplied


def slots(agenda: Call, *more: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = json.loads(agenda("agenda", "vagas", "--json", *more).out)["vagas"]
    return found


def book(agenda: Call, slot: str, *more: str) -> CallResult:
    about = ("--beneficiario", CPF, "--nascimento", BORN, "--campo", "motivo=Dor [no] peito", "--campo", "aviso=lida")
    return agenda("agenda", "reservar", slot, *about, *more)


def booked(result: CallResult) -> dict[str, str]:
    assert result.code == 0, result.err
    found: dict[str, str] = json.loads(result.out)
    return found


def test_free_slots_are_listed_with_their_codes_and_the_limit(agenda: Call) -> None:
    lines = agenda("agenda", "vagas", "--cidade", "sant", "--especialidade", "cardio").out.splitlines()
    assert lines[0].startswith("RN 566, II: até ")
    first = slots(agenda, "--especialidade", "cardio")[0]
    assert lines[1].endswith(first["codigo"])
    assert "Bia Rocha  Cardiologia  Clínica Praia  Santos" in lines[1]
    assert agenda("agenda", "vagas", "--cidade", "recife").out.startswith("Nenhuma vaga livre")


def test_a_month_is_a_line_a_day_figures_or_a_picture(agenda: Call, tmp_path: Path) -> None:
    slot = slots(agenda, "--especialidade", "cardio")[-1]["codigo"]
    day = date.fromisoformat(slot.partition("@")[2][:10])
    about = ("--especialidade", "cardio", "--mes", f"{day:%m/%Y}")

    def of_day() -> dict[str, Any]:
        month = json.loads(agenda("agenda", "mes", *about, "--json").out)
        assert (month["mes"], month["profissionais"], month["limite"]["item"]) == (f"{day:%Y-%m}", ["Bia Rocha"], "II")
        found: dict[str, Any] = next(each for each in month["dias"] if each["dia"] == day.isoformat())
        return found

    before = of_day()
    booked(book(agenda, slot, "--json"))
    after = of_day()
    assert after == before | {"ocupados": before["ocupados"] + 1, "livres": before["livres"] - 1}
    lines = agenda("agenda", "mes", *about).out.splitlines()
    assert lines[0].endswith(f"de {day.year} · Bia Rocha · Cardiologia · Santos")
    assert lines[1].startswith("RN 566, II: até ")
    said = f"{day:%d/%m/%Y} · {after['livres']} de {after['vagas']} vagas livres"
    assert [line for line in lines if said in line]
    picture = tmp_path / "mes.svg"
    result = agenda("agenda", "mes", *about, "--svg", str(picture))
    assert (result.code, result.out, result.err) == (0, "", f"Imagem gravada em {picture}.\n")
    drawn = [each.text or "" for each in ElementTree.fromstring(picture.read_text("utf-8")).iter()]
    assert f"{after['livres']}/{after['vagas']} livres" in drawn
    assert any(each.endswith("Bia Rocha · Cardiologia · Santos") for each in drawn)
    assert agenda("agenda", "mes", "--svg", str(picture)).code != 0, "an existing file stays"


def test_the_app_books_is_told_and_never_books_twice(agenda: Call) -> None:
    slot = slots(agenda, "--especialidade", "cardio")[0]["codigo"]
    done = booked(book(agenda, slot, "--pedido", "app-1", "--json"))
    assert (done["estado"], done["nome"], done["canal"]) == ("agendado", "Conceição D'Ávila [B]", "aplicativo")
    assert slot not in [each["codigo"] for each in slots(agenda, "--especialidade", "cardio")]
    again = booked(book(agenda, slot, "--pedido", "app-1", "--json"))
    assert again["protocolo"] == done["protocolo"]
    lost = book(agenda, slot)
    assert lost.code != 0
    assert "Pedido aberto com o protocolo" in lost.err
    assert "foi mais rápido. Livres: " in lost.err


def test_who_is_not_identified_by_two_items_books_nothing(agenda: Call) -> None:
    slot = slots(agenda)[0]["codigo"]
    result = agenda("agenda", "reservar", slot, "--beneficiario", CPF, "--nascimento", "13/03/1980")
    assert result.code != 0
    assert "data de nascimento" in result.err
    assert json.loads(agenda("fila", "--json").out) == []


def test_an_appointment_is_moved_listed_and_cancelled(agenda: Call) -> None:
    first, second = [each["codigo"] for each in slots(agenda, "--especialidade", "cardio")[:2]]
    protocol = booked(book(agenda, first, "--json"))["protocolo"]
    moved = booked(agenda("agenda", "remarcar", protocol, second, "--campo", "aviso=lida", "--json"))
    assert moved["codigo"] == second
    day = date.fromisoformat(second.partition("@")[2][:10])
    listed = agenda("agenda", "dia", f"{day:%d/%m/%Y}", "--local", "praia")
    assert "Bia Rocha  Clínica Praia  Conceição D'Ávila [B]  agendado" in listed.out
    assert len(json.loads(agenda("agenda", "dia", f"{day:%d/%m/%Y}", "--json").out)) == 1
    assert (
        agenda("agenda", "cancelar", protocol, "--motivo", "Viajou").err == "Consulta desmarcada; a vaga está livre.\n"
    )
    assert agenda("agenda", "dia", f"{day:%d/%m/%Y}").err == "Nenhuma consulta nesse dia.\n"
    assert agenda("agenda", "cancelar", protocol, "--motivo", "Viajou").code != 0


def event(agenda: Call, protocol: str, folder: Path) -> tuple[icalendar.Event, bytes]:
    result = agenda("agenda", "ics", protocol, "--salvar", str(folder))
    assert result.code == 0, result.err
    content = Path(result.out.strip()).read_bytes()
    calendar = icalendar.Calendar.from_ical(content)
    assert (calendar["METHOD"], calendar["VERSION"]) == ("PUBLISH", "2.0")
    [found] = calendar.walk("VEVENT")
    assert isinstance(found, icalendar.Event)
    return found, content


def test_the_calendar_file_follows_the_appointment_and_tells_nothing_else(agenda: Call, tmp_path: Path) -> None:
    first, second = [each["codigo"] for each in slots(agenda, "--especialidade", "cardio")[:2]]
    long = "Traga exames; documentos, e \\ jejum de água há 8 h. " * 3
    assert agenda("especialidades", "alterar", "Cardiologia", "--preparo", long).code == 0
    done = booked(book(agenda, first, "--json"))
    protocol, folder = done["protocolo"], tmp_path / "pasta"
    once, content = event(agenda, protocol, folder)
    assert once.decoded("DTSTART") == datetime.fromisoformat(done["inicio"])
    assert content.count(b"Z\r\n") == 3  # DTSTAMP, DTSTART, DTEND
    assert (once["SUMMARY"], once["STATUS"], once["SEQUENCE"]) == (
        "Consulta de Cardiologia com Bia Rocha",
        "CONFIRMED",
        0,
    )
    assert once["LOCATION"] == "Clínica Praia, Rua Um, 1, Santos/SP"
    assert f"Preparo: {done['preparo']}\nProtocolo " in str(once["DESCRIPTION"])
    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    assert not [word for word in ("Conceição", "peito", CPF) if word.encode() in content.replace(b"\r\n ", b"")]
    assert agenda("agenda", "remarcar", protocol, second, "--campo", "aviso=lida").code == 0
    moved, _ = event(agenda, protocol, folder)
    assert moved.decoded("DTSTART") == datetime.fromisoformat(second.partition("@")[2])
    assert (moved["UID"], moved["SEQUENCE"]) == (once["UID"], 1)
    assert agenda("agenda", "cancelar", protocol, "--motivo", "Viajou").code == 0
    gone, _ = event(agenda, protocol, folder)
    assert (gone["UID"], gone["SEQUENCE"], gone["STATUS"]) == (once["UID"], 2, "CANCELLED")
    assert len(list(folder.iterdir())) == 3


def test_nothing_free_in_time_for_a_request_is_recorded_in_it(agenda: Call) -> None:
    taken, free = [each["codigo"] for each in slots(agenda, "--especialidade", "cardio")[:2]]
    booked(book(agenda, taken, "--json"))
    lost = book(agenda, taken)
    [number] = [word for word in lost.err.split() if word.count(".") == 3 or len(word.strip(".")) > 14][:1]
    asked = ("agenda", "vagas", "--especialidade", "cardio", "--protocolo", number.strip("."))
    assert (agenda(*asked).err, free in agenda(*asked).out) == ("", True)
    assert (
        agenda(
            "profissionais", "ausencia", "Bia Rocha", "--de", "01/01/2026", "--ate", "31/12/2035", "--motivo", "férias"
        ).code
        == 0
    )
    assert agenda(*asked).err == "Registrado no atendimento: nada livre no prazo da RN 566.\n"
    assert agenda(*asked, "--json").err == ""
    assert "procurou e não há vaga no prazo" in agenda("ver", number.strip(".")).out
    assert agenda("agenda", "vagas", "--protocolo", "999").code != 0


def test_the_list_of_a_day_is_saved_as_a_paper(agenda: Call, tmp_path: Path) -> None:
    slot = slots(agenda, "--especialidade", "cardio")[0]["codigo"]
    booked(book(agenda, slot, "--json"))
    day = date.fromisoformat(slot.partition("@")[2][:10])
    result = agenda("agenda", "dia", f"{day:%d/%m/%Y}", "--local", "praia", "--salvar", str(tmp_path / "pasta"))
    assert result.code == 0, result.err
    [file] = (tmp_path / "pasta").iterdir()
    assert file.name == f"consultas-{day}.pdf"
    text = " ".join(PdfReader(file).pages[0].extract_text().split())
    assert [word for word in (f"Consultas de {day:%d/%m/%Y}", "Bia Rocha", "D'Ávila [B]") if word not in text] == []


def test_the_list_of_a_day_is_printed(agenda: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    slot = slots(agenda, "--especialidade", "cardio")[0]["codigo"]
    booked(book(agenda, slot, "--json"))
    day = date.fromisoformat(slot.partition("@")[2][:10])
    lp = tmp_path / "lp"
    lp.write_text(f'#!/bin/sh\ncat > "{tmp_path}/received"\necho "$@" > "{tmp_path}/arguments"\n', "utf-8")
    lp.chmod(0o700)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    result = agenda("agenda", "dia", f"{day:%d/%m/%Y}", "--imprimir", "balcao")
    assert (result.code, result.err) == (0, "Lista impressa em balcao.\n")
    assert (tmp_path / "arguments").read_text("utf-8").startswith("-d balcao -n 1")
    assert "Bia Rocha" in PdfReader(tmp_path / "received").pages[0].extract_text()
    lp.write_text("#!/bin/sh\nexit 1\n", "utf-8")
    assert agenda("agenda", "dia", f"{day:%d/%m/%Y}", "--imprimir", "balcao").code != 0


def test_an_open_request_is_booked_by_its_protocol(agenda: Call) -> None:
    taken, free = [each["codigo"] for each in slots(agenda, "--especialidade", "cardio")[:2]]
    booked(book(agenda, taken, "--json"))
    lost = book(agenda, taken)
    [number] = [word for word in lost.err.split() if word.count(".") == 3 or len(word.strip(".")) > 14][:1]
    done = agenda("agenda", "reservar", free, "--protocolo", number.strip("."), "--campo", "aviso=lida")
    assert done.code == 0, done.err
    assert "com Bia Rocha, Cardiologia, em Clínica Praia: Rua Um, 1, Santos." in done.out


MAP = """nome = "App"
[colunas]
chave = "id"
profissional = "crm"
local = "local"
inicio = "inicio"
minutos = "min"
nome = "quem"
cpf = "cpf"
"""


def test_the_apps_bookings_come_in_and_a_conflict_is_moved_or_cancelled(agenda: Call, tmp_path: Path) -> None:
    first, second, third = slots(agenda, "--especialidade", "cardio")[:3]
    file, file_map = tmp_path / "app.csv", tmp_path / "app.toml"
    file_map.write_text(MAP, "utf-8")
    at = first["inicio"]
    file.write_text(
        f"id;crm;local;inicio;min;quem;cpf\na;CRM/SP 1234;Clínica Praia;{at};20;Ivo [b];\n"
        f"b;1234;Clínica Praia;{at};20;Eva;\n"
        f"c;Bia Rocha;Clínica Praia;{at};20;;{CPF}\nd;Bia Rocha;Clínica Praia;amanhã;20;;\n",
        "utf-8",
    )
    words = ("importar", "agendamentos", str(file), "--mapa", str(file_map))
    tried = agenda(*words, "--simular")
    assert (tried.code, "Seriam novos: 3." in tried.err) == (1, True)
    done = agenda(*words, "--json")
    report = json.loads(done.out)
    assert (done.code, report["novos"], report["conflitos"], report["linhas_de_fora"]) == (1, 3, 2, 1)
    assert report["problemas"][0]["linha"] == 5
    again = agenda(*words)
    assert "linha 5: “amanhã” não é dia e hora" in again.err
    assert "Como estavam: 3." in again.err
    assert "Em conflito (o horário ou a pessoa já estava ocupada): 2." in again.err
    eva, known = json.loads(agenda("horarios", "a-remarcar", "--json").out)
    assert (eva["nome"], eva["conflito"], eva["importado"]) == ("Eva", True, True)
    day = date.fromisoformat(at[:10])
    assert "Eva  conflito  nº" in agenda("agenda", "dia", f"{day:%d/%m/%Y}").out
    number = str(known["numero"])
    moved = booked(book(agenda, second["codigo"], "--no-lugar-de", number, "--json"))
    assert (moved["codigo"], moved["nome"]) == (second["codigo"], "Conceição D'Ávila [B]")
    assert book(agenda, third["codigo"], "--no-lugar-de", number).code != 0
    gone = agenda("agenda", "cancelar", "--importado", str(eva["numero"]), "--motivo", "Não vem")
    assert (gone.code, gone.err) == (0, "Consulta desmarcada; a vaga está livre.\n")
    assert agenda("horarios", "a-remarcar").err == "Nenhum agendamento precisa ser remarcado.\n"
    assert agenda("agenda", "cancelar", "--motivo", "x").code != 0
    assert agenda("agenda", "cancelar", "--importado", "99", "--motivo", "x").code != 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("vagas", "--data", "ontem"), "ontem"),
        (("mes", "--mes", "13/2026"), "“13/2026” não é um mês"),
        (("reservar", "x", "--protocolo", "1"), "1"),
        (
            ("reservar", "1.1.1@2026-01-01T10:00-03:00", "--beneficiario", CPF, "--nascimento", BORN, "--campo", "x"),
            "“x”",
        ),
        (("reservar", "vaga", "--beneficiario", CPF, "--nascimento", BORN, "--campo", "a=b"), "“vaga”"),
    ],
)
def test_what_is_mistyped_is_refused_in_words(agenda: Call, words: tuple[str, ...], said: str) -> None:
    result = agenda("agenda", *words)
    assert (result.code != 0, result.out) == (True, "")
    assert said in result.err
