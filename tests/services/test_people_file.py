"""People from a CSV file: all of them or nobody, whatever program has written the file."""

from pathlib import Path

import pytest

from atendimento_tui.domain.refusals import Refused
from atendimento_tui.services import person_items, staff
from atendimento_tui.services.desk import Desk
from atendimento_tui.services.people_file import include_people
from tests.living import NOW, RECEPTION, SUPPORT

HEAD = "nome;login;papel;grupos;horario"
DORA = "Dora Núñez;dora;atendimento;Recepção, Suporte N1;seg a sex 8-12"
EDU = "Edu Sá;;Supervisão;;"


def file(folder: Path, *lines: str, encoding: str = "utf-8", separator: str = ";") -> Path:
    path = folder / "pessoas.csv"
    path.write_bytes("\r\n".join(lines).replace(";", separator).encode(encoding))
    return path


def logins(desk: Desk) -> set[str]:
    return {row.login for row in staff.staff(desk, NOW).people}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_people_of_a_file_are_added_once(desk: Desk, tmp_path: Path, encoding: str) -> None:
    path = file(tmp_path, HEAD, DORA, "", EDU, encoding=encoding)
    trial = include_people(desk, path, NOW, trial=True)
    assert (trial.new, trial.same, trial.problems) == (("Dora Núñez", "Edu Sá"), 0, ())
    assert "dora" not in logins(desk)
    assert include_people(desk, path, NOW).new == trial.new
    again = include_people(desk, path, NOW)
    assert (again.new, again.same, again.problems) == ((), 2, ())
    dora = person_items.person_named(staff.staff(desk, NOW), "dora")
    assert (dora.name, dora.role, dora.groups, dora.hours) == (
        "Dora Núñez",
        "atendente",
        (RECEPTION, SUPPORT),
        "seg a sex 8-12",
    )
    assert "edu.sa" in logins(desk)


def test_one_wrong_line_and_nobody_is_added(desk: Desk, tmp_path: Path) -> None:
    wrong = ("Eva;eva;rainha;;", "Fê;dora;atendente;;", "só um campo", "Gil;gil;atendente;Suporte N9;")
    read = include_people(desk, file(tmp_path, HEAD, DORA, *wrong), NOW)
    assert [(number, refusal.code) for number, refusal in read.problems] == [
        (3, "papel_desconhecido"),
        (4, "login_de_outro"),
        (5, "linha_incompleta"),
        (6, "grupo_desconhecido"),
    ]
    assert "dora" not in logins(desk)


@pytest.mark.parametrize("separator", [",", "\t", "|"])
def test_other_separators_are_found(desk: Desk, tmp_path: Path, separator: str) -> None:
    path = file(tmp_path, "Nome;PAPEL;Horário", "Dora;atendente;", separator=separator)
    assert include_people(desk, path, NOW).new == ("Dora",)


@pytest.mark.parametrize(
    ("head", "code"),
    [
        ("nome;login", "colunas_faltando"),
        ("", "colunas_faltando"),
        ("nome;papel;papel", "colunas_repetidas"),
        ("nome;papel;senha", "colunas_desconhecidas"),
    ],
)
def test_a_file_with_other_columns_is_refused(desk: Desk, tmp_path: Path, head: str, code: str) -> None:
    with pytest.raises(Refused, match=code):
        include_people(desk, file(tmp_path, head, "a;b;c"), NOW)


def test_an_unclosed_quote_is_told_with_its_line(desk: Desk, tmp_path: Path) -> None:
    read = include_people(desk, file(tmp_path, HEAD, 'Dora;"dora;atendente;;', EDU, EDU), NOW)
    assert read.problems[0][1].code == "aspas_abertas"
    assert read.problems[0][0] == 2
