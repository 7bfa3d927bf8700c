"""A table that leaves the desk as a file: a spreadsheet where its name says so, else CSV."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from atendimento_tui.domain.refusals import Refused
from atendimento_tui.outputs.csv_file import write_csv
from atendimento_tui.outputs.in_place import new_file
from atendimento_tui.outputs.xlsx_file import write_xlsx

SPREADSHEET = ".xlsx"


def is_spreadsheet(path: Path) -> bool:
    """Whether a file of this name is written as a spreadsheet."""
    return path.suffix.lower() == SPREADSHEET


def write_table(
    path: Path,
    title: str,
    header: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    separator: str | None = None,
    replace: bool = False,
    database: Path | None = None,
) -> int:
    """Write the file whole or not at all.

    Args:
        path: The file; a name that ends in `.xlsx` is a spreadsheet.
        title: What the table is about, the name of its sheet.
        header: The names of the columns.
        rows: Texts, numbers, instants, or nothing.
        separator: What stands between the columns of a CSV file; a comma where nothing is said.
        replace: Whether a file that is there is replaced.
        database: The SQLite file that is open, if there is one.

    Returns:
        How many rows it has.

    Raises:
        Refused: There is a file already, the place is a database's, or a spreadsheet is to have separators.
        OSError: It cannot be written.
    """
    if is_spreadsheet(path) and separator is not None:
        raise Refused("planilha_sem_separador", path=str(path))
    with new_file(path, replace=replace, database=database) as file:
        if is_spreadsheet(path):
            return write_xlsx(file, header, rows, title)
        return write_csv(file, header, rows, separator or ",")
