"""Reads text files of other programs and detects their encoding.

All files are read by this module, so that the detection is in one place.
"""

import codecs
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from atendimento_tui.domain import process
from atendimento_tui.domain.refusals import Refused

UTF_8, MARKED, WINDOWS = "utf-8", "utf-8-sig", "cp1252"
UTF_16, UTF_16_LE, UTF_16_BE = "utf-16", "utf-16-le", "utf-16-be"
"""The encodings that are detected, by their names in `codecs`. `MARKED` and `UTF_16` remove a byte order mark."""

LONGEST_TOML = 256 * 1024
"""Maximum bytes of a settings file, a map or a process: about fifteen times the longest known one."""

_MARKS = ((codecs.BOM_UTF8, MARKED), (codecs.BOM_UTF16_LE, UTF_16), (codecs.BOM_UTF16_BE, UTF_16))
_SAMPLE = 4096
"""Bytes that are examined to detect UTF-16 without a byte order mark."""

_UTF_8_LETTER = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Text:
    """The content of a text file.

    Attributes:
        content: The text, without a byte order mark.
        encoding: The detected encoding, one of those of this module.
    """

    content: str
    encoding: str


def read_text(path: Path, at_most: int) -> Text:
    """The text in a file in UTF-8, UTF-16 or Windows-1252.

    Args:
        path: The file.
        at_most: Maximum size in bytes, so that a large file does not fill the memory.

    Raises:
        Refused: The file cannot be opened, is too large, or is not text in any of these encodings.
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
    """The bytes as text.

    Raises:
        Refused: They are not text in any of the encodings. It has the file and the line.
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
    """The encoding of a file, given in chunks of which the first has at least 4 KiB.

    It is UTF-8 if all or nearly all of the file is valid UTF-8, so that a single invalid byte does not cause all
    accents to be read wrongly. Everything that is neither UTF-8 nor UTF-16 is read as Windows-1252, which has five
    undefined bytes.
    """
    pieces = iter(chunks)
    first = next(pieces, b"")
    for mark, encoding in _MARKS:
        if first.startswith(mark):
            return encoding
    return _unmarked_utf_16(first[:_SAMPLE]) or (UTF_8 if _is_utf_8(first, pieces) else WINDOWS)


def _unmarked_utf_16(sample: bytes) -> str | None:
    """Detect UTF-16 without a byte order mark: in Latin letters, every second byte is zero."""
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
    """The data of a TOML file.

    Raises:
        Refused: The file cannot be read, or is not TOML; with line, column and reason.
    """
    try:
        return process.toml.read_toml(read_text(path, LONGEST_TOML).content)
    except process.toml.TomlError as error:
        raise Refused(
            "toml_invalido", path=str(path), line=error.line, column=error.column, toml=error.reason
        ) from error


def settings_folder(settings: Path, section: str, word: str, code: str) -> Path | None:
    """A folder that the user's settings file names; None if it names none.

    Args:
        settings: The settings file; it may not exist.
        section, word: Where the folder is named.
        code: The refusal for what is no absolute path.

    Raises:
        Refused: The file cannot be read, or the folder is not an absolute path.
    """
    if not settings.exists():
        return None
    found = read_toml_file(settings).get(section)
    if found is None:
        return None
    folder = found.get(word) if isinstance(found, dict) else None
    path = Path(folder).expanduser() if isinstance(folder, str) and "\0" not in folder else None
    if path is None or not path.is_absolute():
        raise Refused(code, path=str(settings))
    return path
