"""CSV that leaves the desk: UTF-8 with BOM, comma, header; instants with offset, decimal point; never a formula."""

import csv
import os
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
    """Write the file whole or not at all.

    Returns:
        How many rows it has.
    """
    partial = path.with_name(path.name + ".parcial")
    written = 0
    try:
        with partial.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(header)
            for row in rows:
                writer.writerow([_cell(value) for value in row])
                written += 1
        os.replace(partial, path)
    finally:
        partial.unlink(missing_ok=True)
    return written


def _cell(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, str) and value.startswith(_FORMULA_STARTS):
        return f"'{value}"
    return "" if value is None else value
