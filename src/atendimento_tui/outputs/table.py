"""A table as a file: a spreadsheet if its name ends in `.xlsx`, else CSV."""

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
    """Write the file completely or not at all.

    Args:
        path: The file; a name that ends in `.xlsx` is a spreadsheet.
        title: The name of the sheet.
        header: The names of the columns.
        rows: Texts, numbers, instants or None.
        separator: Separator of the columns of a CSV file; by default a comma.
        replace: Whether an existing file is replaced.
        database: The SQLite file that is open, if any.

    Returns:
        The number of rows.

    Raises:
        Refused: The file exists or is a database, or a separator is given for a spreadsheet.
        OSError: It cannot be written.
    """
    if is_spreadsheet(path) and separator is not None:
        raise Refused("planilha_sem_separador", path=str(path))
    with new_file(path, replace=replace, database=database) as file:
        if is_spreadsheet(path):
            return write_xlsx(file, header, rows, title)
        return write_csv(file, header, rows, separator or ",")
