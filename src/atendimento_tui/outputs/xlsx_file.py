"""A spreadsheet that leaves the desk: numbers as numbers, instants as dates, text as text and never as a formula.

Rows are written as they come; memory does not grow with them.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any, BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile

from atendimento_tui.domain.text import escaped

ROWS_A_SHEET = 1_048_576
"""How many rows a sheet takes, its header among them. What is more goes to further sheets."""

_LONGEST_TEXT = 32_767
_DIGITS_KEPT = 15
_WIDTH = 22
_TEXT, _INSTANT = "@", "dd/mm/yyyy hh:mm:ss"
_FIRST_YEAR = 1901
"""Spreadsheets know no earlier dates; 1900 is a leap year to them."""

_READ_AS_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


def write_xlsx(file: BinaryIO, header: Sequence[str], rows: Iterable[Sequence[object]], title: str) -> int:
    """Write a header and rows. Instants are shown in their own zone, which a spreadsheet does not keep.

    Args:
        file: Where to.
        header: The names of the columns.
        rows: Texts, numbers, instants, or nothing.
        title: The name of the sheet.

    Returns:
        How many rows there are.
    """
    from openpyxl import Workbook
    from openpyxl.writer.excel import ExcelWriter

    book = Workbook(write_only=True)
    try:
        written = _write_rows(book, header, rows, title)
        with ZipFile(
            file, "w", ZIP_DEFLATED
        ) as archive:  # not `book.save`, which leaves it open where the disk is full
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
    """Close what openpyxl has begun, in its order: what it forgets would complain of the disk on the screen."""
    for sheet in book.worksheets:
        writer = sheet._writer
        for close in (sheet._rows and sheet._rows.close, writer and writer.close, writer and writer.cleanup):
            with suppress(OSError, ValueError, RuntimeError):
                if close:
                    close()


def _sheet(book: Any, title: str, header: Sequence[str]) -> Any:
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(title)  # a title that is taken gets a number
    sheet.freeze_panes = "A2"
    for number in range(1, len(header) + 1):
        sheet.column_dimensions[get_column_letter(number)].width = _WIDTH
    sheet.append(list(_cells(sheet, header)))
    return sheet


def _cells(sheet: Any, row: Sequence[object]) -> Iterator[Any]:
    from openpyxl.cell import WriteOnlyCell

    for value in row:
        if isinstance(value, datetime) and value.year >= _FIRST_YEAR:
            cell = WriteOnlyCell(sheet, value.replace(tzinfo=None))
            cell.number_format = _INSTANT
            yield cell
        elif value in (None, "") or (isinstance(value, (int, float)) and len(str(value)) <= _DIGITS_KEPT):
            yield None if value == "" else value
        else:
            cell = WriteOnlyCell(sheet, _text(value))
            cell.data_type = "s"  # openpyxl takes what begins with = for a formula
            cell.number_format = _TEXT
            yield cell


def _text(value: object) -> str:
    said = value.isoformat() if isinstance(value, datetime) else str(value)
    text = _READ_AS_ESCAPE.sub("_x005F_", escaped(said))
    return text if len(text) <= _LONGEST_TEXT else text[: _LONGEST_TEXT - 1] + "…"
