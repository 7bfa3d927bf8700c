"""A list that people keep is read by the map of its columns."""

from pathlib import Path

import pytest

from atendimento_tui.data.logs import File
from atendimento_tui.data.mapped_csv import mapped_lines
from atendimento_tui.domain.refusals import Refused

COLUMNS = {"nome": "Nome", "mes": "Competência"}


def lines(folder: Path, text: str) -> list[tuple[int, dict[str, str], str]]:
    path = folder / "lista.csv"
    path.write_text(text, "utf-8")
    found = mapped_lines(path, File(), COLUMNS, lambda *_: None)
    return [(line.number, dict(line.values), line.problem.code if line.problem else "") for line in found]


@pytest.mark.parametrize("header", ["Nome;Competência", "x;COMPETENCIA ; nome", '"Nome"\t"competência"'])
def test_columns_are_found_in_any_order_case_and_accent(tmp_path: Path, header: str) -> None:
    separator = "\t" if "\t" in header else ";"
    cells = ["Ana", "03/2026"] if header[0] != "x" else ["", "03/2026", "Ana"]
    assert lines(tmp_path, f"{header}\n{separator.join(cells)}\n") == [(2, {"nome": "Ana", "mes": "03/2026"}, "")]


def test_the_exact_name_comes_before_one_without_accents(tmp_path: Path) -> None:
    assert lines(tmp_path, "nome;Competencia;Nome;Competência\na;b;c;d\n") == [(2, {"nome": "c", "mes": "d"}, "")]


def test_empty_lines_are_skipped_and_a_short_one_is_an_error_of_its_line(tmp_path: Path) -> None:
    found = lines(tmp_path, "Nome;Competência\n\n;;;\nsó um campo\nAna;03/2026\n")
    assert found == [(4, {}, "linha_incompleta"), (5, {"nome": "Ana", "mes": "03/2026"}, "")]


def test_a_missing_column_is_named_with_those_that_are_there(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        lines(tmp_path, "Nome;Valor\nAna;1\n")
    assert refused.value.refusal.code == "colunas_faltando"
    assert refused.value.refusal.values["missing"] == "Competência"
    assert refused.value.refusal.values["found"] == "Nome, Valor"
