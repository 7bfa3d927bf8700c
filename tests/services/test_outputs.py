"""Written files: they replace nothing else, are complete or missing, and are readable by their owner only."""

import os
import resource
import socket
import sqlite3
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import openpyxl
import pytest

from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.text import escaped
from atendimento_tui.outputs import xlsx_file
from atendimento_tui.outputs.in_place import new_file, write_again
from atendimento_tui.outputs.picture import save_picture
from atendimento_tui.outputs.table import write_table
from tests.hostile import HOSTILE_STRINGS

CASES = tomllib.loads((Path(__file__).parents[1] / "cases.toml").read_text("utf-8"))["exportado"]
NOW = datetime(2026, 3, 2, 9, 30, 15, tzinfo=ZoneInfo("America/Sao_Paulo"))


def refusal(path: Path, *, replace: bool = True, database: Path | None = None) -> str:
    """Why a file is not written there."""
    with pytest.raises(Refused) as refused, new_file(path, replace=replace, database=database) as file:
        file.write(b"destroyed")
    return refused.value.code


def database_at(path: Path) -> Path:
    """A SQLite file with its write-ahead log beside it, while it is open."""
    with closing(sqlite3.connect(path)) as made:
        made.execute("PRAGMA journal_mode = WAL")
        made.execute("CREATE TABLE t (x)")
    return path


def links(path: Path) -> dict[str, Path]:
    """The database by other names."""
    hard, soft, chain = path.with_name("hard.csv"), path.with_name("soft.csv"), path.with_name("chain.csv")
    hard.hardlink_to(path)
    soft.symlink_to(path)
    chain.symlink_to(soft)
    around = path.parent / "x" / ".." / path.name
    (path.parent / "x").mkdir()
    return {"itself": path, "hard link": hard, "symbolic link": soft, "chain": chain, "another way": around}


@pytest.mark.parametrize("name", ["itself", "hard link", "symbolic link", "chain", "another way"])
@pytest.mark.parametrize("is_open", [True, False], ids=["the desk's own", "another one"])
def test_a_database_is_never_replaced(tmp_path: Path, name: str, is_open: bool) -> None:
    path = database_at(tmp_path / "x.db")
    before = path.read_bytes()
    target = links(path)[name]
    assert refusal(target, database=path if is_open else None) == "saida_no_banco"
    assert path.read_bytes() == before
    assert not list(tmp_path.glob(".*"))


@pytest.mark.parametrize("ending", ["-wal", "-shm", "-journal"])
@pytest.mark.parametrize("is_open", [True, False], ids=["the desk's own", "another one"])
def test_files_of_sqlite_beside_a_database_are_not_replaced(tmp_path: Path, ending: str, is_open: bool) -> None:
    path = database_at(tmp_path / "x.db")
    beside = tmp_path / f"x.db{ending}"
    assert refusal(beside, database=path if is_open else None) == "saida_no_banco"
    beside.touch()
    assert refusal(beside, database=path if is_open else None) == "saida_no_banco"


@pytest.mark.parametrize("begins", ["377f0682", "377f0683", "d9d505f920a163d7", "53514c69746520666f726d6174203300"])
def test_a_file_with_the_header_of_sqlite_is_never_replaced(tmp_path: Path, begins: str) -> None:
    (kept := tmp_path / "saved").write_bytes(bytes.fromhex(begins) + bytes(100))
    assert refusal(kept) == "saida_no_banco"


def test_the_locks_on_an_open_database_are_kept(tmp_path: Path) -> None:
    """SQLite loses its locks if its process closes any descriptor of the file, so the program does not open it."""
    path = database_at(tmp_path / "x.db")
    with closing(sqlite3.connect(path, isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        for target in links(path).values():
            assert refusal(target, database=path) == "saida_no_banco"
        for ending in ("-wal", "-shm"):
            assert refusal(Path(f"{path}{ending}"), database=path) == "saida_no_banco"
        second = "import sqlite3, sys; sqlite3.connect(sys.argv[1], timeout=0).execute('BEGIN IMMEDIATE')"
        done = subprocess.run([sys.executable, "-c", second, path], capture_output=True, text=True, check=False)
        assert "database is locked" in done.stderr


def test_an_existing_file_is_replaced_only_on_request(tmp_path: Path) -> None:
    (path := tmp_path / "out.csv").write_text("mine")
    assert refusal(path, replace=False) == "saida_existe"
    assert path.read_text() == "mine"
    with new_file(path, replace=True) as file:
        file.write(b"new")
    assert path.read_text() == "new"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("has_links", [True, False])
def test_a_file_created_meanwhile_is_not_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, has_links: bool
) -> None:
    def no_links(*_: object) -> None:
        raise PermissionError(1, "no links here")

    if not has_links:
        monkeypatch.setattr(os, "link", no_links)
    path = tmp_path / "out.csv"

    def writing() -> None:
        with new_file(path) as file:
            file.write(b"new")
            path.write_text("theirs")

    with pytest.raises(Refused, match="saida_existe"):
        writing()
    assert path.read_text() == "theirs"
    with new_file(tmp_path / "other.csv") as file:
        file.write(b"new")
    assert sorted(found.name for found in tmp_path.iterdir()) == ["other.csv", "out.csv"]


def test_a_database_created_meanwhile_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"

    def writing() -> None:
        with new_file(path, replace=True) as file:
            file.write(b"new")
            database_at(path)

    with pytest.raises(Refused, match="saida_no_banco"):
        writing()
    assert path.read_bytes().startswith(b"SQLite format 3")


def test_a_symbolic_link_is_followed_and_stays_one(tmp_path: Path) -> None:
    (folder := tmp_path / "reports").mkdir()
    (link := tmp_path / "out.csv").symlink_to(folder / "real.csv")
    with new_file(link) as file:
        file.write(b"new")
    assert link.is_symlink()
    assert (folder / "real.csv").read_text() == "new"
    assert refusal(link, replace=False) == "saida_existe"
    (loop := tmp_path / "loop.csv").symlink_to(loop)
    with pytest.raises(OSError, match="loop"), new_file(loop, replace=True):
        pass
    assert loop.is_symlink()


def test_only_a_file_is_replaced_by_a_file(tmp_path: Path) -> None:
    os.mkfifo(fifo := tmp_path / "fifo")
    with closing(socket.socket(socket.AF_UNIX)) as listening:
        listening.bind(str(plug := tmp_path / "socket"))
        for path in (fifo, plug, Path("/dev/null")):
            assert refusal(path) == "saida_nao_e_arquivo"
    for folder in (tmp_path, Path("/")):
        with pytest.raises(IsADirectoryError), new_file(folder, replace=True):
            pass
    assert refusal(tmp_path / "nowhere" / "out.csv") == "saida_sem_pasta"


@pytest.mark.parametrize("replace", [True, False])
def test_a_written_file_is_readable_by_its_owner_only(tmp_path: Path, replace: bool) -> None:
    path = tmp_path / "out.csv"
    if replace:
        path.touch(0o644)
    with new_file(path, replace=replace):
        [partial] = tmp_path.glob(".*")
        assert partial.stat().st_mode & 0o777 == 0o600
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_name_of_the_greatest_length_is_written(tmp_path: Path) -> None:
    with new_file(tmp_path / ("x" * 251 + ".csv")) as file:
        file.write(b"new")
    with pytest.raises(OSError, match="xxx"), new_file(tmp_path / ("x" * 252 + ".csv")):
        pass
    assert len(list(tmp_path.iterdir())) == 1


@contextmanager
def full_disk() -> Iterator[None]:
    """Nothing longer than a few letters fits into a file."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (16, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


Writer = Callable[[Path], Any]
WRITERS: dict[str, Writer] = {
    "csv": lambda path: write_table(path, "x", ("a",), [("word" * 9,)] * 9, replace=True),
    "xlsx": lambda path: write_table(path.with_suffix(".xlsx"), "x", ("a",), [("word" * 9,)] * 9, replace=True),
    "xlsx of many rows": lambda path: write_table(path.with_suffix(".xlsx"), "x", ("a",), [(9,)] * 9999, replace=True),
    "draft": lambda path: write_again(path, path.with_suffix(".tmp"), b"word" * 9),
    "picture": lambda path: save_picture(path.parent, "<svg>" * 9, NOW, None),
}


@pytest.mark.parametrize("kind", WRITERS)
def test_a_full_disk_leaves_the_former_file_and_no_partial_one(tmp_path: Path, kind: str) -> None:
    for name in ("out.csv", "out.xlsx"):
        (tmp_path / name).write_text("mine")
    with full_disk(), pytest.raises(OSError, match=str(tmp_path)) as error:
        WRITERS[kind](tmp_path / "out.csv")
    assert str(error.value.filename).startswith(str(tmp_path / ("tela" if kind == "picture" else "out")))
    assert {path.read_text() for path in tmp_path.iterdir() if path.suffix in (".csv", ".xlsx")} == {"mine"}
    assert not list(tmp_path.glob("*.svg")) + list(tmp_path.glob("*.parcial"))


def test_two_pictures_in_one_second_are_two_files(tmp_path: Path) -> None:
    taken = [save_picture(tmp_path / "new", f"<svg>{number}</svg>", NOW, None) for number in range(3)]
    assert [path.name for path in taken] == [
        "tela-20260302-093015.svg",
        "tela-20260302-093015-2.svg",
        "tela-20260302-093015-3.svg",
    ]
    assert [path.read_text() for path in taken] == ["<svg>0</svg>", "<svg>1</svg>", "<svg>2</svg>"]
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o700


# Spreadsheets.


def sheet_of(path: Path) -> list[list[Any]]:
    """The cells of a spreadsheet's first sheet."""
    book = openpyxl.load_workbook(path)
    with closing(book):
        return [list(row) for row in book.worksheets[0].iter_rows()]


def written(tmp_path: Path, rows: Sequence[Sequence[object]], name: str = "out.xlsx") -> list[list[Any]]:
    """The cells of these rows, written and read again."""
    assert write_table(tmp_path / name, "prazos", ("a", "b"), rows) == len(rows)
    return sheet_of(tmp_path / name)


@pytest.mark.parametrize("text", [*HOSTILE_STRINGS, "-2", "=1+1", "#N/A", "1e9", "12345620260302000001", "\uffff", ""])
def test_text_in_a_spreadsheet_is_text_and_none_is_lost(tmp_path: Path, text: str) -> None:
    _, [cell, number] = written(tmp_path, [(text, 1)])
    assert (cell.value or "") == escaped(text)
    assert (number.value, number.data_type) == (1, "n")
    if text:
        assert (cell.data_type, cell.number_format) == ("s", "@")


@pytest.mark.parametrize("case", CASES)
def test_csv_opens_in_a_spreadsheet_with_its_content(tmp_path: Path, case: dict[str, str]) -> None:
    _, [cell, _] = written(tmp_path, [(case["valor"], 1)])
    assert (cell.value, cell.data_type, cell.number_format) == (case["mostra"], "s", "@")


def test_numbers_are_numbers_and_instants_are_dates(tmp_path: Path) -> None:
    head, *rows = written(tmp_path, [(-1800, 1.5), (NOW, None), (12345678901234567890, NOW.replace(year=1))], "X.XLSX")
    assert [cell.value for cell in head] == ["a", "b"]
    assert [[cell.value for cell in row] for row in rows] == [
        [-1800, 1.5],
        [datetime(2026, 3, 2, 9, 30, 15), None],  # noqa: DTZ001 - a spreadsheet keeps no zone
        ["12345678901234567890", NOW.replace(year=1).isoformat()],
    ]
    assert rows[1][0].number_format == "dd/mm/yyyy hh:mm:ss"


def test_a_text_that_looks_like_an_escape_is_read_back_unchanged(tmp_path: Path) -> None:
    """Spreadsheets read `_x0041_` as A."""
    _, [cell, _] = written(tmp_path, [("_x0041_ _x41_", 1)])
    assert cell.value == "_x005F_x0041_ _x41_"


def test_a_text_that_is_too_long_for_a_cell_is_visibly_cut(tmp_path: Path) -> None:
    _, [fits, longer] = written(tmp_path, [("x" * 32767, "y" * 32768)])
    assert fits.value == "x" * 32767
    assert longer.value == "y" * 32766 + "…"


def test_rows_beyond_the_limit_of_a_sheet_are_in_the_next_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_file, "ROWS_A_SHEET", 4)
    path = tmp_path / "out.xlsx"
    assert write_table(path, "prazos", ("a",), [(number,) for number in range(7)]) == 7
    with closing(openpyxl.load_workbook(path)) as book:
        sheets = {sheet.title: [row[0] for row in sheet.iter_rows(values_only=True)] for sheet in book.worksheets}
    assert sheets == {"prazos": ["a", 0, 1, 2], "prazos1": ["a", 3, 4, 5], "prazos2": ["a", 6]}


def test_a_failed_spreadsheet_leaves_the_former_file(tmp_path: Path) -> None:
    (path := tmp_path / "out.xlsx").write_text("mine")

    def broken() -> Any:
        yield ("two",)
        raise RuntimeError("pulled")

    with pytest.raises(RuntimeError, match="pulled"):
        write_table(path, "x", ("a",), broken(), replace=True)
    assert path.read_text() == "mine"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("separator", [",", ";", "|", "\t"])
def test_the_separator_of_columns_can_be_chosen(tmp_path: Path, separator: str) -> None:
    path = tmp_path / "out.csv"
    write_table(path, "x", ("a", "b"), [(f"x{separator}y", 1.5)], separator=separator)
    assert path.read_bytes().decode("utf-8-sig") == f'a{separator}b\r\n"x{separator}y"{separator}1.5\r\n'
    with pytest.raises(Refused, match="planilha_sem_separador"):
        write_table(tmp_path / "out.xlsx", "x", ("a",), [], separator=separator)
