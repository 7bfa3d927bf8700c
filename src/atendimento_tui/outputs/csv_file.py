"""CSV output: UTF-8 with BOM, header, ISO instants with offset, decimal point. No cell is a formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import BinaryIO

from atendimento_tui.domain.text import escaped

SEPARATORS = {",": ",", ";": ";", "|": "|", "tab": "\t"}
"""Value of `--separador` -> the separator."""

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def write_csv(file: BinaryIO, header: Sequence[str], rows: Iterable[Sequence[object]], separator: str = ",") -> int:
    """Write a header and rows.

    Returns:
        The number of rows.
    """
    written = 0
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    try:
        writer = csv.writer(text, delimiter=separator)
        writer.writerow(header)
        for row in rows:
            writer.writerow([_cell(value) for value in row])
            written += 1
        text.flush()
    finally:
        _let_go(text)
    return written


def _let_go(text: io.TextIOWrapper) -> None:
    """Detach the wrapper, which would otherwise close the caller's file."""
    text.detach()


def _cell(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, str):
        text = escaped(value)
        return f"'{text}" if text.startswith(_FORMULA_STARTS) else text
    return "" if value is None else value
