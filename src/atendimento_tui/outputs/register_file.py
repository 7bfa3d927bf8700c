"""The operator's workbook of protocols: rows are appended to it, and nothing else of it changes.

This is the exception to the rule that an output replaces nothing. The workbook is locked meanwhile, copied before, and
replaced whole or not at all. One that has something that openpyxl would lose (macros, charts, pictures...) is refused.
"""

import fcntl
import os
import re
import shutil
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from atendimento_tui.contracts.register import CellValue, RegisterRow
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.register import NUMBER, PROTOCOL, Layout
from atendimento_tui.domain.text import escaped
from atendimento_tui.outputs.in_place import new_file

BACKUPS = "copias-do-registro"
"""The folder beside the workbook in which a copy of each day stands."""

_OPEN_MARKS = ("~${name}", ".~lock.{name}#")
"""The files by which Excel and LibreOffice mark an open workbook."""

_KEPT = re.compile(
    r"\[Content_Types\]\.xml|(.*/)?_rels/[^/]*\.rels|docProps/[^/]+"
    r"|xl/(workbook|styles|sharedStrings|calcChain|comments[0-9]*|metadata)\.xml"
    r"|xl/(worksheets/sheet[0-9]*|theme/theme[0-9]*|tables/table[0-9]*|comments/comment[0-9]*)\.xml"
    r"|xl/(drawings/)?(vmlDrawing|commentsDrawing)[0-9]*\.vml|xl/drawings/commentsDrawing[0-9]*\.vml"
    r"|xl/printerSettings/[^/]+"
)
"""Parts of a workbook that openpyxl keeps, or that the spreadsheet program writes again by itself."""

_LOST_IN_SHEET = re.compile(rb"<(extLst|legacyDrawingHF|picture|oleObjects|controls)\b")
"""Elements of a sheet that openpyxl does not write again."""

_NOT_DIGITS = re.compile("[^0-9]")
_DATE, _TEXT = "dd/mm/yyyy", "@"
_LONGEST_TEXT = 32_767


@dataclass
class Workbook:
    """The open workbook, locked until it is closed.

    Attributes:
        last_number: The last number in the column of numbers; 0 if there is none.
        protocols: The digits of the protocols that stand in it.
    """

    layout: Layout
    last_number: int
    protocols: Collection[str]
    _book: Any
    _sheet: Any
    _last_row: int
    _seen: tuple[int, int]
    _database: Path | None

    def append(self, rows: Sequence[RegisterRow], today: date) -> Path:
        """Append rows below the last one, in its style, and replace the file.

        Returns:
            The path of the copy that was made before.

        Raises:
            Refused: Somebody has changed or opened the file meanwhile; it is unchanged by this program.
            OSError: It cannot be written.
        """
        path = self.layout.file
        for number, row in enumerate(rows, start=self._last_row + 1):
            self._write(number, row)
        self._stretch(self._last_row + len(rows))
        content = BytesIO()
        self._book.save(content)
        _refuse_open(path)
        if _state(path) != self._seen:
            raise Refused("registro_mudou", file=str(path))
        backup = _back_up(path, today)
        mode = path.stat().st_mode
        with new_file(path, replace=True, database=self._database) as file:
            os.fchmod(file.fileno(), mode)
            file.write(content.getvalue())
        return backup

    def _write(self, number: int, row: RegisterRow) -> None:
        styled = self._last_row if self.protocols else None
        for column in range(1, self._sheet.max_column + 1) if styled else ():
            cell, model = self._sheet.cell(number, column), self._sheet.cell(styled, column)
            if model.has_style:
                cell._style = copy(model._style)  # noqa: SLF001 - openpyxl has no public way to copy a style
        for letter, value in row.cells.items():
            _set(self._sheet[f"{letter}{number}"], value)

    def _stretch(self, last: int) -> None:
        """Make tables and the filter that end at the former last row end at the new one."""
        for table in self._sheet.tables.values():
            table.ref = _stretched(table.ref, self._last_row, last)
            if table.autoFilter:
                table.autoFilter.ref = _stretched(table.autoFilter.ref, self._last_row, last)
        if self._sheet.auto_filter.ref:
            self._sheet.auto_filter.ref = _stretched(self._sheet.auto_filter.ref, self._last_row, last)


@contextmanager
def opened(layout: Layout, database: Path | None = None) -> Iterator[Workbook]:
    """Open the workbook and keep others who use this program out of it.

    Raises:
        Refused: There is no such file or sheet; it is open elsewhere, is no workbook, or has what would be lost.
        OSError: It cannot be read.
    """
    path = layout.file
    if not path.is_file():
        raise Refused("registro_inexistente", file=str(path))
    with path.with_name(f".{path.name}.trava").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Refused("registro_em_uso", file=str(path)) from error
        _refuse_open(path)
        seen, content = _state(path), path.read_bytes()
        _refuse_losses(path, content)
        yield _read(layout, content, seen, database)


def _read(layout: Layout, content: bytes, seen: tuple[int, int], database: Path | None) -> Workbook:
    from openpyxl import load_workbook  # late: slow, and only spreadsheets need it

    book = load_workbook(BytesIO(content), rich_text=True)
    if layout.sheet and layout.sheet not in book.sheetnames:
        raise Refused("registro_sem_planilha", sheet=layout.sheet, known=", ".join(book.sheetnames))
    sheet: Any = book[layout.sheet] if layout.sheet else book.worksheets[0]
    numbers = [cell.value for cell in sheet[layout.column_of(NUMBER)]]
    protocols = {_NOT_DIGITS.sub("", str(cell.value or "")) for cell in sheet[layout.column_of(PROTOCOL)]} - {""}
    filled = [
        number
        for letter in layout.columns
        for number, cell in enumerate(sheet[letter], start=1)
        if cell.value is not None
    ]
    whole = [each for each in numbers if isinstance(each, int)]
    return Workbook(layout, max(whole, default=0), protocols, book, sheet, max(filled, default=0), seen, database)


def _set(cell: Any, value: CellValue) -> None:
    if isinstance(value, str):
        cell.value = escaped(value)[:_LONGEST_TEXT]
        cell.data_type = "s"  # openpyxl would make a formula of a text that begins with =
        if cell.number_format == "General":
            cell.number_format = _TEXT
        return
    cell.value = value
    if isinstance(value, date) and not cell.is_date:
        cell.number_format = _DATE


def _stretched(reference: str, last: int, to: int) -> str:
    start, _, end = reference.partition(":")
    found = re.fullmatch(r"(\$?[A-Z]+\$?)([0-9]+)", end)
    return f"{start}:{found[1]}{to}" if found and int(found[2]) == last else reference


def _state(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_mtime_ns, found.st_size


def _refuse_open(path: Path) -> None:
    for mark in _OPEN_MARKS:
        if path.with_name(mark.replace("{name}", path.name)).exists():
            raise Refused("registro_aberto", file=str(path))


def _refuse_losses(path: Path, content: bytes) -> None:
    """Refuse a workbook with parts that openpyxl would not write again; it names them."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            parts = archive.namelist()
            lost = [part for part in parts if not part.endswith("/") and not _KEPT.fullmatch(part)]
            sheets = [part for part in parts if part.startswith("xl/worksheets/sheet")]
            lost += [part for part in sheets if _LOST_IN_SHEET.search(archive.read(part))]
    except BadZipFile as error:
        raise Refused("registro_nao_planilha", file=str(path)) from error
    if "xl/workbook.xml" not in parts:
        raise Refused("registro_nao_planilha", file=str(path))
    if lost:
        raise Refused("registro_perderia", file=str(path), parts=", ".join(lost[:5]))


def _back_up(path: Path, today: date) -> Path:
    """Copy the workbook as it is before the first run of the day."""
    folder = path.with_name(BACKUPS)
    folder.mkdir(exist_ok=True, mode=0o700)
    backup = folder / f"{path.stem} {today.isoformat()}{path.suffix}"
    if not backup.exists():
        partial = backup.with_name(f".{backup.name}.parcial")
        shutil.copy2(path, partial)
        os.replace(partial, backup)
    return backup
