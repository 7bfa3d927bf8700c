"""The file of a town's holidays: of one town or of all, with a header or without."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atendimento_tui.calendar import SpecError
from atendimento_tui.calendar.town_days import Town, town_days

HEADER = "data,nome,tipo,descricao,uf,codigo_ibge\n"
SAO_PAULO = Town("São Paulo", "SP", "3550308")
MANY = (
    "25/01/2026,Aniversário,MUNICIPAL,,SP,3550308\r\n"
    '08/12/2026,,MUNICIPAL,"com, vírgula",SP,3550308\n'
    "08/12/2026,Padroeira,MUNICIPAL,,SP,3550308\n"
    "28/10/2026,Servidor,FACULTATIVO,,SP,3550308\n\n"
    "15/08/2026,Outra cidade,MUNICIPAL,,MG,3106200\n"
    "01/01/2026,Confraternização,NACIONAL,,,\n"
)


def test_the_days_of_a_town_are_read_from_a_file_of_many() -> None:
    assert town_days(HEADER + MANY, SAO_PAULO) == {
        date(2026, 1, 25): "Aniversário",
        date(2026, 12, 8): "Feriado municipal; Padroeira",
    }
    assert {date(2026, 8, 15), date(2026, 1, 1)} <= town_days(HEADER + MANY).keys()


def test_a_file_without_a_header_is_read_by_its_content() -> None:
    assert town_days(MANY, SAO_PAULO) == {
        date(2026, 1, 25): "Aniversário",
        date(2026, 12, 8): "com, vírgula; Padroeira",
    }
    moved = "SP;3550308;Aniversário;25/01/2026\nMG;3106200;Outra;15/08/2026\n"
    assert town_days(moved, SAO_PAULO) == {date(2026, 1, 25): "Aniversário"}


@pytest.mark.parametrize(
    "text",
    [
        "data;nome;municipio;uf\n25/01/2026;Aniversário;SAO PAULO;sp\n01/02/2026;x;Santos;SP\n3/2/2026;y;São Paulo;RJ",
        "25/01/2026\tAniversário\tSão Paulo\tSP\n01/02/2026\tx\tSantos\tSP\n03/02/2026\ty\tSão Paulo\tRJ\n",
        "data,nome,cidade\n25/01/2026,Aniversário,sao-paulo\n01/02/2026,x,Santos\n",
    ],
)
@pytest.mark.parametrize("code", ["3550308", ""])
def test_a_town_is_also_found_by_name_and_state(text: str, code: str) -> None:
    assert town_days(text, Town("São Paulo", "SP", code)) == {date(2026, 1, 25): "Aniversário"}


def test_without_its_code_a_town_is_not_found_in_a_file_of_codes() -> None:
    assert town_days(HEADER + MANY, Town("Lugar Nenhum", "SP")) == {}


def test_in_a_file_without_towns_every_line_of_the_state_is_used() -> None:
    assert town_days("data,nome\n25/01/2026,a\n", SAO_PAULO) == {date(2026, 1, 25): "a"}
    assert town_days("data,nome,uf\n25/01/2026,a,SP\n26/01/2026,b,MG\n", SAO_PAULO) == {date(2026, 1, 25): "a"}


@pytest.mark.parametrize(
    "content",
    [
        "data;nome\n25/01/2026;Fundação\n",
        "DATA,Nome\r\n25/01/2026,Fundação\r\n",
        "nome, data\nFundação, 25/01/2026",
        "data,nome,tipo\n25/01/2026,Fundação\n",
        "25/01/2026,Fundação",
    ],
)
def test_separator_and_order_do_not_matter(content: str) -> None:
    assert town_days(content) == town_days(content, SAO_PAULO) == {date(2026, 1, 25): "Fundação"}


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (HEADER + "25/01/2026,a,,,,\n31/02/2026,b,,,,\n", 3),
        (HEADER + "2026-01-25,a,,,,\n", 2),
        ("nome,uf\na,SP\n", 1),
        ("", 1),
        ("data,nome\n25/01/2026," + "x" * 200_000 + "\n", 2),
        ("25/01/2026,a\nb,c\n", 2),
        ("25/01/2026,a\n31/02/2026,c\n", 2),
    ],
)
def test_an_invalid_line_is_reported(content: str, line: int) -> None:
    with pytest.raises(SpecError, match=f"line {line}:") as refused:
        town_days(content)
    assert refused.value.values["line"] == line


TOWNS = [SAO_PAULO, Town("Campinas", "SP", "3509502"), Town("Rio Branco", "AC", "1200401")]


@given(
    st.lists(st.tuples(st.sampled_from(TOWNS), st.dates(date(2020, 1, 1), date(2030, 12, 31))), min_size=1),
    st.booleans(),
)
def test_no_day_of_another_town_is_used(lines: list[tuple[Town, date]], has_header: bool) -> None:
    written = [f"{day:%d/%m/%Y},Feriado,MUNICIPAL,,{town.uf},{town.code}" for town, day in lines]
    text = (HEADER if has_header else "") + "\n".join(written)
    for town in TOWNS:
        assert town_days(text, town).keys() == {day for of, day in lines if of == town}
    assert town_days(text).keys() == {day for _, day in lines}
