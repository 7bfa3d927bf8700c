"""QR codes for a terminal: two modules in a character, one above the other."""

import segno

_BORDER = 2
"""Light modules around the code. The standard asks for four; two are read as well, and fit on 24 lines."""

_BLOCKS = {(0, 0): " ", (1, 0): "▀", (0, 1): "▄", (1, 1): "█"}


def qr_lines(text: str) -> tuple[str, ...]:
    """The lines of a code; the blocks are its dark modules. They must be painted dark on a light background."""
    rows = [[int(module) for module in row] for row in segno.make_qr(text, error="l").matrix_iter(border=_BORDER)]
    if len(rows) % 2:
        rows.append([0] * len(rows[0]))
    pairs = zip(rows[::2], rows[1::2], strict=True)
    return tuple("".join(_BLOCKS[pair] for pair in zip(*each, strict=True)) for each in pairs)
