"""Spreadsheet output: numbers as numbers, instants as dates, text as text. No cell is a formula.

Rows are streamed; memory does not grow with them.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any, BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile

from atendimento_tui.domain.text import escaped

ROWS_A_SHEET = 1_048_576
"""Maximum rows of a sheet, with its header. Further rows go to further sheets."""

_LONGEST_TEXT = 32_767
_DIGITS_KEPT = 15
_WIDTH = 22
_TEXT, _INSTANT = "@", "dd/mm/yyyy hh:mm:ss"
_FIRST_YEAR = 1901
"""Spreadsheets have no earlier dates, and treat 1900 as a leap year."""

_READ_AS_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


def write_xlsx(file: BinaryIO, header: Sequence[str], rows: Iterable[Sequence[object]], title: str) -> int:
    """Write a header and rows. Instants are shown in their own zone, which a spreadsheet does not store.

    Args:
        file: The open file.
        header: The names of the columns.
        rows: Texts, numbers, instants or None.
        title: The name of the sheet.

    Returns:
        The number of rows.
    """
    from openpyxl import Workbook  # late: slow, and only spreadsheets need it
    from openpyxl.writer.excel import ExcelWriter  # late: slow, and only spreadsheets need it

    book = Workbook(write_only=True)
    try:
        written = _write_rows(book, header, rows, title)
        with ZipFile(file, "w", ZIP_DEFLATED) as archive:  # not `book.save`, which leaves it open when the disk is full
            ExcelWriter(book, archive).save()
    except BaseException:
        _give_up(book)
        raise
    return written


def _write_rows(book: Any, header: Sequence[str], rows: Iterable[Sequence[object]], title: str) -> int:
    written, sheet = 0, _sheet(book, title, header)
    for written, row in enumerate(rows, start=1):
        if written > 1 and (written - 1) % (ROWS_A_SHEET - 1) == 0:
            sheet = _sheet(book, title, header)
        sheet.append(list(_cells(sheet, row)))
    return written


def _give_up(book: Any) -> None:
    """Close the files that openpyxl has open, which would otherwise print errors when they are collected."""
    for sheet in book.worksheets:
        writer = sheet._writer  # noqa: SLF001 - openpyxl closes it only where saving ends well
        rows = sheet._rows  # noqa: SLF001 - as above
        for close in (rows and rows.close, writer and writer.close, writer and writer.cleanup):
            with suppress(OSError, ValueError, RuntimeError):
                if close:
                    close()


def _sheet(book: Any, title: str, header: Sequence[str]) -> Any:
    from openpyxl.utils import get_column_letter  # late: slow, and only spreadsheets need it

    sheet = book.create_sheet(title)  # openpyxl numbers repeated titles
    sheet.freeze_panes = "A2"
    for number in range(1, len(header) + 1):
        sheet.column_dimensions[get_column_letter(number)].width = _WIDTH
    sheet.append(list(_cells(sheet, header)))
    return sheet


def _cells(sheet: Any, row: Sequence[object]) -> Iterator[Any]:
    from openpyxl.cell import WriteOnlyCell  # late: slow, and only spreadsheets need it

    for value in row:
        if isinstance(value, datetime) and value.year >= _FIRST_YEAR:
            cell = WriteOnlyCell(sheet, value.replace(tzinfo=None))
            cell.number_format = _INSTANT
            yield cell
        elif value in (None, "") or (isinstance(value, (int, float)) and len(str(value)) <= _DIGITS_KEPT):
            yield None if value == "" else value
        else:
            cell = WriteOnlyCell(sheet, _text(value))
            cell.data_type = "s"  # openpyxl would make a formula of a text that begins with =
            cell.number_format = _TEXT
            yield cell


def _text(value: object) -> str:
    raw = value.isoformat() if isinstance(value, datetime) else str(value)
    text = _READ_AS_ESCAPE.sub("_x005F_", escaped(raw))
    return text if len(text) <= _LONGEST_TEXT else text[: _LONGEST_TEXT - 1] + "…"
