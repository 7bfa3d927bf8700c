"""Previews of attached files: read in a child with limits; a hostile file is refused in words."""

from collections.abc import Callable
from io import BytesIO

import pypdf
import pytest
from fpdf import FPDF
from PIL import Image

from atendimento_tui.domain.attachments import KINDS, TEXT
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.outputs import preview
from atendimento_tui.texts.refusals import sentence

RED, WHITE = (255, 0, 0), (255, 255, 255)


def picture(image: Image.Image, form: str = "PNG") -> bytes:
    found = BytesIO()
    image.save(found, form)
    return found.getvalue()


def test_two_rows_of_a_picture_share_a_line_and_the_clear_is_white() -> None:
    image = Image.new("RGBA", (2, 3), (255, 0, 0, 255))
    image.putpixel((1, 1), (0, 0, 0, 0))
    found = preview.preview("image/png", picture(image), 40)
    assert found.pixels == (((RED, RED), (RED, WHITE)), ((RED, WHITE), (RED, WHITE)))


def test_a_large_picture_is_scaled_to_the_width() -> None:
    found = preview.preview("image/jpeg", picture(Image.new("RGB", (1600, 800), RED), "JPEG"), 40)
    assert {len(row) for row in found.pixels} == {40}
    assert len(found.pixels) == 10


def test_the_first_pages_of_a_pdf_are_text() -> None:
    pdf = FPDF()
    pdf.set_font("Helvetica", size=14)
    for number in range(8):
        pdf.add_page()
        pdf.cell(text=f"Laudo da página {number + 1}")
    text = preview.preview("application/pdf", bytes(pdf.output()), 40).text
    assert "Laudo da página 1" in text
    assert "página 6" not in text


def test_a_text_is_its_beginning() -> None:
    found = preview.preview(TEXT, "Olá [b]mundo[/b]\n".encode() * 100_000, 40)
    assert found.text.startswith("Olá [b]mundo[/b]\n")
    assert len(found.text) == 40_000


def encrypted() -> bytes:
    writer, found = pypdf.PdfWriter(), BytesIO()
    writer.add_blank_page(100, 100)
    writer.encrypt("senha", algorithm="RC4-128")
    writer.write(found)
    return found.getvalue()


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("image/png", lambda: picture(Image.new("1", (20_000, 20_000)))),  # a small file of 400 million points
        ("image/png", lambda: picture(Image.new("RGB", (10, 10)))[:40]),
        ("application/pdf", lambda: b"%PDF-1.7 broken"),
        ("application/pdf", encrypted),
    ],
    ids=["bomb", "cut", "broken", "encrypted"],
)
def test_what_cannot_be_read_is_refused_in_words(kind: str, content: Callable[[], bytes]) -> None:
    with pytest.raises(Refused) as raised:
        preview.preview(kind, content(), 40)
    assert "Nada se perdeu" in sentence(raised.value.code, raised.value.values)


def test_only_what_has_a_view_is_offered() -> None:
    assert {kind for kind in KINDS if preview.is_previewed(kind)} == {
        *("application/pdf", "image/jpeg", "image/png", "image/gif", "image/webp", "image/tiff", "image/bmp", TEXT)
    }
