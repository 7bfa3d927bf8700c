"""Records of a CSV file: they agree with Python's reader, and every unclosed quote is reported."""

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from atendimento_tui.data.csv_records import Record, records

WIDTH = 3
text = st.text(st.sampled_from(list('ab";,\n\r ')), max_size=6)


def is_row(fields: list[str]) -> bool:
    """As in a log: three fields, the second one a known word."""
    return len(fields) == WIDTH and fields[1] == "Fila"


def read(content: str, *, longest_field: int = 1000, longest_record: int = 5000) -> list[Record]:
    file = io.StringIO(content, newline="")
    return list(
        records(file, ",", WIDTH, is_row, longest_field=longest_field, longest_record=longest_record),
    )


def numbered(content: str, **limits: int) -> list[tuple[int, list[str], str]]:
    return [(record.number, record.fields, record.problem) for record in read(content, **limits)]


@given(st.lists(st.tuples(text, text, text), max_size=8))
def test_a_valid_file_is_read_back(rows: list[tuple[str, str, str]]) -> None:
    file = io.StringIO(newline="")
    csv.writer(file).writerows(rows)
    assert [(record.fields, record.problem) for record in read(file.getvalue())] == [(list(row), "") for row in rows]


@given(st.text(st.sampled_from(list('ab",\n\0')), max_size=60))
def test_any_file_is_read_to_its_end(content: str) -> None:
    for record in read(content, longest_field=7, longest_record=20):
        assert record.fields
        assert record.number >= 2
        assert record.problem in ("", "aspas_abertas", "campo_longo", "linha_longa")


def test_a_record_has_the_number_of_its_first_line() -> None:
    assert numbered('a,"b\nb",c\n\nd,e,f\n') == [(2, ["a", "b\nb", "c"], ""), (5, ["d", "e", "f"], "")]


def test_quotes_within_one_line_are_accepted() -> None:
    assert numbered('a,b"b"b,"c"d\n') == [(2, ["a", 'b"b"b', "cd"], "")]


def included(content: str, **limits: int) -> list[tuple[int, str, str, list[str]]]:
    """For each invalid record: line, code, its first field, and the first field of each included line."""
    return [
        (record.number, record.problem, record.fields[0], [fields[0] for fields in record.included])
        for record in read(content, **limits)
        if record.problem
    ]


def test_a_quote_that_the_next_one_seems_to_close_is_reported_where_it_opens() -> None:
    content = 'a,Fila,"x\nb,Fila,y\nc,Fila,"z"\nd,Fila,w\n'
    assert included(content) == [(2, "aspas_abertas", "a", ["b", "c"])]
    assert read(content)[-1].fields == ["d", "Fila", "w"]


def test_an_unclosed_quote_is_reported_where_it_opens() -> None:
    assert included('a,Fila,"x\nb,Fila,y\nc,Fila,z\n') == [(2, "aspas_abertas", "a", ["b", "c"])]
    assert included('a,Fila,"x') == [(2, "aspas_abertas", "a", [])]
    assert included('"a,Fila,x\nb,Fila,y') == [(2, "aspas_abertas", "a", ["b"])]


def test_an_unclosed_quote_after_a_text_of_several_lines_is_reported_where_it_opens() -> None:
    assert included('a,"x\nx","y\nb,Fila,"z"\n') == [(3, "aspas_abertas", "a", ['x"', "b"])]


def test_an_accidentally_closed_quote_is_recognised_by_a_complete_row_in_it() -> None:
    assert included('a,Fila,"x\nb,Fila,y"\nc,Fila,z\n') == [(2, "aspas_abertas", "a", ["b"])]


def test_a_record_of_several_lines_with_too_few_fields_is_an_open_quote() -> None:
    assert included('a,"x\ny"\nb,Fila,z\n') == [(2, "aspas_abertas", "a", ['y"'])]


def test_an_unclosed_quote_ends_at_the_limit_and_the_rest_is_read() -> None:
    lines = [f"{number},Fila,y\n" for number in range(1, 101)]
    content = 'a,Fila,"x\n' + "".join(lines)
    [(number, problem, case, taken_in)] = included(content, longest_record=200)
    assert (number, problem, case) == (2, "aspas_abertas", "a")
    rest = [record.fields[0] for record in read(content, longest_record=200) if not record.problem]
    assert len(taken_in) < 30
    assert taken_in + rest == [str(number) for number in range(1, 101)]


def test_a_field_that_is_too_long_is_reported_as_such_and_the_rest_is_read() -> None:
    for long in ("x" * 50, '"' + "x" * 50 + '"', '"' + "x y\n" * 50 + '"', '"' + "x" * 9_000 + '"'):
        content = f"a,Fila,{long}\nb,Fila,y\n"
        problem = "campo_longo" if len(long) != 202 else "linha_longa"
        assert included(content, longest_field=30, longest_record=150) == [(2, problem, "a", [])]
        assert read(content, longest_field=30, longest_record=150)[-1].fields == ["b", "Fila", "y"]


def test_a_long_unclosed_text_is_reported_as_an_open_quote() -> None:
    content = 'a,Fila,"' + "nada\n" * 100 + "b,Fila,y\nc,Fila,z\n"
    assert included(content, longest_record=150)[0][:3] == (2, "aspas_abertas", "a")
    assert included(content, longest_record=150)[0][3][-1] == "b"
    assert read(content, longest_record=150)[-1].fields == ["c", "Fila", "z"]


def test_python_s_limit_of_a_field_is_accepted() -> None:
    content = 'a,Fila,"' + "x\n" * 100_000 + '"\nb,Fila,y\n'
    assert included(content, longest_field=131_072, longest_record=1 << 20) == [(2, "campo_longo", "a", [])]
    assert read(content, longest_field=131_072, longest_record=1 << 20)[-1].fields == ["b", "Fila", "y"]
