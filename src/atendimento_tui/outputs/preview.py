"""A small view of an attached file for the terminal: a picture as coloured half blocks, a PDF as the text of its pages.

Pillow and pypdf read the file in a child process with limits, because a broken or hostile file can loop or take all
memory. The file goes over standard input, so that nothing of it is in the list of processes or on the disk.
"""

import json
import sys
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from types import MappingProxyType
from typing import Any

from atendimento_tui.domain.attachments import TEXT
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.outputs.child import Ended, limit_memory, run_child

MOST_LINES = 400
"""Lines of text that are shown; a picture is never higher."""

_MOST_PAGES = 5
_MOST_LETTERS = 40_000
_MOST_MEMORY = 768 * 1024 * 1024
_TIMEOUT_S = 10.0

Colour = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Preview:
    """What is shown of a file.

    Attributes:
        text: The beginning of its text; empty for a picture.
        pixels: The rows of a picture, each of pairs (upper, lower) that share a cell; empty for a text.
    """

    text: str = ""
    pixels: tuple[tuple[tuple[Colour, Colour], ...], ...] = ()


def is_previewed(kind: str) -> bool:
    """Whether a file of this media type can be previewed."""
    return kind in _READERS


def preview(kind: str, content: bytes, columns: int) -> Preview:
    """What is shown of a file. Blocks.

    Args:
        columns: Width in cells.

    Raises:
        Refused: The file is broken, too large, or takes too long.
    """
    asked = {"kind": kind, "columns": max(1, columns)}
    try:
        told = json.loads(run_child(__name__, json.dumps(asked).encode(), content, _TIMEOUT_S))
    except (Ended, ValueError):
        raise Refused("previa_impossivel") from None
    if "text" in told:
        return Preview(text=told["text"])
    width, raw = told["width"], b64decode(told["pixels"])
    cells = [(raw[at], raw[at + 1], raw[at + 2]) for at in range(0, len(raw), 3)]
    rows = [cells[at : at + width] for at in range(0, len(cells), width)]
    return Preview(pixels=tuple(tuple(zip(*pair, strict=True)) for pair in zip(rows[::2], rows[1::2], strict=True)))


def _picture(content: bytes, columns: int) -> dict[str, Any]:
    """The picture on white, scaled down to the width, in pairs of rows."""
    from PIL import Image, ImageOps  # late: only the child needs it

    with Image.open(BytesIO(content)) as opened:
        opened.draft("RGB", (columns * 2, MOST_LINES * 4))
        image = ImageOps.exif_transpose(opened).convert("RGBA")
    image.thumbnail((columns, MOST_LINES * 2))
    on_white = Image.new("RGB", (image.width, image.height + image.height % 2), "white")
    on_white.paste(image, mask=image.getchannel("A"))
    return {"width": on_white.width, "pixels": b64encode(on_white.tobytes()).decode()}


def _pdf(content: bytes, _columns: int) -> dict[str, Any]:
    from pypdf import PdfReader  # late: only the child needs it

    pages = PdfReader(BytesIO(content)).pages
    return {"text": "\n\n".join(page.extract_text() for page in pages[:_MOST_PAGES])[:_MOST_LETTERS]}


def _text(content: bytes, _columns: int) -> dict[str, Any]:
    return {"text": content[: _MOST_LETTERS * 4].decode("utf-8", "replace")[:_MOST_LETTERS]}


_PICTURES = ("image/jpeg", "image/png", "image/gif", "image/webp", "image/tiff", "image/bmp")
_READERS: Mapping[str, Any] = MappingProxyType(
    {**dict.fromkeys(_PICTURES, _picture), "application/pdf": _pdf, TEXT: _text}
)
"""Media type -> what reads it, in the child."""


def _child() -> int:
    """Read what `preview` sends and write what is shown. Any error ends the process: the file is broken."""
    sent = sys.stdin.buffer
    asked = json.loads(sent.readline())
    limit_memory(_MOST_MEMORY)
    json.dump(_READERS[asked["kind"]](sent.read(), asked["columns"]), sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(_child())
