"""Reading text files that other programs wrote, whatever encoding they chose.

Every file that the product reads goes through here, so that no other place guesses an encoding.
"""

import codecs
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from atendimento_tui.domain.process.toml import TomlError, read_toml
from atendimento_tui.domain.refusals import Refused

UTF_8, MARKED, WINDOWS = "utf-8", "utf-8-sig", "cp1252"
UTF_16, UTF_16_LE, UTF_16_BE = "utf-16", "utf-16-le", "utf-16-be"
"""The encodings that are found out, by their names for `codecs`. `MARKED` and `UTF_16` take a byte order mark away."""

LONGEST_TOML = 256 * 1024
"""Bytes of a settings file, a map or a process; some fifteen times the longest that is known."""

_MARKS = ((codecs.BOM_UTF8, MARKED), (codecs.BOM_UTF16_LE, UTF_16), (codecs.BOM_UTF16_BE, UTF_16))
_SAMPLE = 4096
"""Bytes by which UTF-16 without a mark is known."""

_UTF_8_LETTER = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Text:
    """What stands in a file.

    Attributes:
        content: The text, without a byte order mark.
        encoding: The encoding that it was read in, one of those of this module.
    """

    content: str
    encoding: str


def read_text(path: Path, at_most: int) -> Text:
    """The text in a file, in whichever of UTF-8, UTF-16 and Windows-1252 it is written.

    Args:
        path: The file.
        at_most: The size in bytes from which a file is refused, so that nothing fills the memory.

    Raises:
        Refused: The file cannot be opened, is too large, or is no text in any of these encodings.
    """
    try:
        with path.open("rb") as file:
            content = file.read(at_most + 1)
    except (OSError, ValueError) as error:  # a path with a NUL in it is a ValueError
        raise Refused("arquivo_ilegivel", path=str(path), detail=getattr(error, "errno", None)) from error
    if len(content) > at_most:
        raise Refused("arquivo_grande", path=str(path), limit=at_most // 1024)
    return decoded(content, path)


def decoded(content: bytes, path: Path) -> Text:
    """The text that bytes are.

    Raises:
        Refused: They are none in any of the encodings. The line and the file's name are told, and how to save it.
    """
    encoding = encoding_of([content])
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise Refused("arquivo_sem_codificacao", path=str(path), line=line) from error
    if encoding not in (UTF_8, MARKED) and (control := _CONTROLS.search(text)):
        line = text.count("\n", 0, control.start()) + 1
        raise Refused("arquivo_sem_codificacao", path=str(path), line=line)
    return Text(text, encoding)


def encoding_of(chunks: Iterable[bytes]) -> str:
    """The encoding of a file that is handed in piece by piece, the first piece being 4 KiB or more.

    It is UTF-8 where all of it can be read as UTF-8, or nearly all: a single broken byte does not make every accent
    of a UTF-8 file two wrong letters. Everything that is neither UTF-8 nor UTF-16 is taken for Windows-1252, in which
    five bytes mean nothing.
    """
    pieces = iter(chunks)
    first = next(pieces, b"")
    for mark, encoding in _MARKS:
        if first.startswith(mark):
            return encoding
    return _unmarked_utf_16(first[:_SAMPLE]) or (UTF_8 if _is_utf_8(first, pieces) else WINDOWS)


def _unmarked_utf_16(sample: bytes) -> str | None:
    """Of letters of our languages, one byte of two is zero."""
    half = len(sample) // 2
    if half and sample[1::2].count(0) > half * 0.6 and sample[::2].count(0) < half * 0.1:
        return UTF_16_LE
    if half and sample[::2].count(0) > half * 0.6 and sample[1::2].count(0) < half * 0.1:
        return UTF_16_BE
    return None


def _is_utf_8(first: bytes, others: Iterator[bytes]) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    piece = first
    try:
        while piece:
            decoder.decode(piece)
            piece = next(others, b"")
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        found = _UTF_8_LETTER.findall(piece)
        others_count = sum(byte >= 0x80 for byte in piece) - sum(map(len, found))
        return len(found) > others_count
    return True


def read_toml_file(path: Path) -> dict[str, Any]:
    """The tables in a TOML file.

    Raises:
        Refused: The file cannot be read, or is no TOML: with line, column and reason.
    """
    try:
        return read_toml(read_text(path, LONGEST_TOML).content)
    except TomlError as error:
        raise Refused(
            "toml_invalido", path=str(path), line=error.line, column=error.column, toml=error.reason
        ) from error
