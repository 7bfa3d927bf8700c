"""The diagnosis as lines of text and as JSON. Instants are in UTC: it may be read in another place."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from atendimento_tui.contracts.diagnosis import Part, Value
from atendimento_tui.domain.text import printable
from atendimento_tui.outputs.in_place import numbered_file
from atendimento_tui.texts import diagnosis as texts


def as_lines(parts: Iterable[Part]) -> Iterator[str]:
    """The diagnosis, readable; each part with its title."""
    yield texts.HEAD
    for part in parts:
        yield ""
        yield texts.PARTS[part.name]
        if part.problem:
            yield f"  {texts.FAILED.format(problem=part.problem)}"
        elif not part.values:
            yield f"  {texts.NOTHING}"
        for key, value in part.values.items():
            yield printable(f"  {key}: {_shown(value)}", keep="")
        if part.values.get("so_o_dono_abre") is False:
            yield f"  {texts.OTHERS_CAN_OPEN}"


def as_data(parts: Iterable[Part]) -> dict[str, Any]:
    """The diagnosis for `--json`: parts by name, and in each its values, or `erro`."""
    return {part.name: {"erro": part.problem} if part.problem else _data(part) for part in parts}


def save(folder: Path, lines: Iterable[str], at: datetime, database: Path | None) -> Path:
    """Write the diagnosis under a new name with its date and time, and return its path.

    Raises:
        OSError: It cannot be written.
    """
    return numbered_file(folder, f"diagnostico-{at:%Y%m%d-%H%M%S}", ".txt", encoded(lines), database)


def encoded(lines: Iterable[str]) -> bytes:
    """The lines as a file in UTF-8."""
    return "".join(f"{line}\n" for line in lines).encode("utf-8", "replace")


def _data(part: Part) -> dict[str, Any]:
    return {key: _plain(value) for key, value in part.values.items()}


def _plain(value: Value) -> Any:
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value


def _shown(value: Value) -> str:
    if isinstance(value, bool):
        return texts.YES if value else texts.NO
    return texts.UNKNOWN if value is None or value == "" else str(_plain(value))
