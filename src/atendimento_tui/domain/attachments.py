"""The rules of attached files: their names, their types by content, their sizes."""

import re
import unicodedata
from dataclasses import dataclass

from puremagic import PureError, magic_string

from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.text import entered

LONGEST_NAME = 120
"""Maximum characters of a stored name."""

MIB = 1024 * 1024

_EXAMINED = 64 * 1024
_FOLDERS = re.compile(r"[/\\]")
_UNSAFE = re.compile('[/\\\\:*?"<>|]')
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_LONGEST_ENDING = 12

OTHER = "application/octet-stream"
"""The type of a content that is not recognised."""

TEXT = "text/plain"


@dataclass(frozen=True, slots=True)
class FileKind:
    """A type of file that the desk knows.

    Attributes:
        endings: The endings of its names; the first one is usual.
        is_viewed: Whether the system's viewer may open it: it is no program and runs none.
    """

    endings: tuple[str, ...]
    is_viewed: bool = True


KINDS = {
    "application/pdf": FileKind((".pdf",)),
    "image/jpeg": FileKind((".jpg", ".jpeg", ".jfif", ".jpe")),
    "image/png": FileKind((".png",)),
    "image/gif": FileKind((".gif",)),
    "image/webp": FileKind((".webp",)),
    "image/tiff": FileKind((".tif", ".tiff")),
    "image/heif": FileKind((".heic", ".heif")),
    "image/bmp": FileKind((".bmp",)),
    "audio/mpeg": FileKind((".mp3",)),
    "audio/ogg": FileKind((".ogg", ".opus", ".oga")),
    "video/mp4": FileKind((".mp4", ".m4a")),
    "message/rfc822": FileKind((".eml",), is_viewed=False),
    "text/html": FileKind((".html", ".htm"), is_viewed=False),
    "application/xml": FileKind((".xml", ".svg"), is_viewed=False),
    "application/rtf": FileKind((".rtf",), is_viewed=False),
    "application/zip": FileKind((".zip",), is_viewed=False),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": FileKind((".docx",)),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": FileKind((".xlsx",)),
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": FileKind((".pptx",)),
    "application/vnd.oasis.opendocument.text": FileKind((".odt",)),
    "application/vnd.oasis.opendocument.spreadsheet": FileKind((".ods",)),
    "application/x-ole-storage": FileKind((".doc", ".xls", ".ppt", ".msg"), is_viewed=False),
    TEXT: FileKind((".txt", ".csv", ".md", ".log", ".ret", ".rem", ".json", ".toml", ".ics", ".vcf")),
    OTHER: FileKind((".bin",), is_viewed=False),
}
"""Media type -> what the desk knows of it. Every stored type is one of these."""

_WITHIN_ZIP = (
    (b"word/document.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (b"xl/workbook.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (b"ppt/presentation.xml", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    (b"mimetypeapplication/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.text"),
    (b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "application/vnd.oasis.opendocument.spreadsheet"),
)
"""What a ZIP file has inside, as it stands in the file, where `puremagic` sees a ZIP only."""

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WRITTEN = frozenset(("application/pdf", "text/html", "application/xml", "application/rtf", "message/rfc822"))
"""Types of files that may be text to the last character."""

_ALSO_KNOWN_AS = {"text/xml": "application/xml", "image/svg+xml": "application/xml", "text/rtf": "application/rtf"}


def kind_of(content: bytes) -> str:
    """The media type of a content, one of `KINDS`. Its name does not matter."""
    if content.startswith(_ZIP):
        return next((kind for inside, kind in _WITHIN_ZIP if inside in content), "application/zip")
    if content.startswith(_OLE):
        return "application/x-ole-storage"
    found = _recognised(content[:_EXAMINED])
    if _is_text(content[:_EXAMINED]):
        return found if found in _WRITTEN else TEXT
    return found


def _recognised(head: bytes) -> str:
    try:
        candidates = magic_string(head)
    except (PureError, ValueError):  # nothing is known of it
        return OTHER
    for each in candidates:
        kind = _ALSO_KNOWN_AS.get(each.mime_type, each.mime_type)
        if kind in KINDS:
            return str(kind)
    return OTHER


def _is_text(head: bytes) -> bool:
    if _CONTROLS.search(head):
        return False
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        return len(head) == _EXAMINED and error.start > _EXAMINED - 4  # a letter that was cut
    return True


def attached_name(typed: str, kind: str) -> str:
    """The name of an attachment as it is stored: without folders, control characters and hidden ones, not too long.

    Args:
        typed: The name or the path, as it was typed.
        kind: The type, for a name that says nothing.
    """
    base = _FOLDERS.split(entered(typed))[-1]
    name = "".join(c for c in base if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Zl", "Zp")).strip()
    if not name.strip("."):
        return f"anexo{KINDS[kind].endings[0]}"
    if len(name) <= LONGEST_NAME:
        return name
    stem, ending = _split(name)
    return f"{stem[: LONGEST_NAME - len(ending) - 1]}…{ending}"


def file_name(name: str, kind: str) -> tuple[str, str]:
    """The stem and the ending under which an attachment is saved, harmless on every system.

    A name whose ending is not one of the content's type gets one, so that a program is not saved as a picture.
    """
    stem, ending = _split(unicodedata.normalize("NFC", name))
    if ending.lower() not in KINDS[kind].endings:
        stem, ending = f"{stem}{ending}", KINDS[kind].endings[0]
    stem = _UNSAFE.sub("_", entered(stem)).strip(" .") or "anexo"
    while len(stem.encode()) > 180:  # most file systems allow 255 bytes
        stem = stem[:-1]
    return stem, ending


def neutral_name(number: int, kind: str) -> tuple[str, str]:
    """The stem and the ending of a temporary file, which tell nothing of a person."""
    return f"anexo-{number}", KINDS[kind].endings[0]


def _split(name: str) -> tuple[str, str]:
    stem, dot, ending = name.rpartition(".")
    if not dot or not stem or len(ending) > _LONGEST_ENDING or not ending.isalnum():
        return name, ""
    return stem, f".{ending}"


def check_size(size: int, limit_mib: int, name: str) -> None:
    """Refuse a content that is empty or larger than the unit allows.

    Raises:
        Refused: It is.
    """
    if not size:
        raise Refused("anexo_vazio", name=name)
    if size > limit_mib * MIB:
        raise Refused("anexo_grande", name=name, size=-(-size // MIB), limit=limit_mib)
