"""Papers as PDF: what they show, in any text, and what they do not tell."""

from datetime import UTC, datetime
from io import BytesIO

import pypdf
import pypdfium2
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st

from atendimento_tui.outputs.pdf import BarCode, Paragraph, Rows, Sheet, Signatures, Table, pdf_bytes, shown
from tests.hostile import HOSTILE_STRINGS

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


def pages(sheet: Sheet) -> list[str]:
    """The text of each page."""
    return [page.extract_text() for page in pypdf.PdfReader(BytesIO(pdf_bytes(sheet, NOW))).pages]


def test_a_paper_shows_its_parts_with_accents_in_their_order() -> None:
    rows = Rows((("Protocolo", "1234"), ("Beneficiária", "Conceição Ávila")))
    table = Table(("Competência", "Valor"), (("03/2026", "R$ 1,00"), ("04/2026", "R$ 2,00")), (2, 1))
    parts = (Paragraph("Recebemos “os papéis” – não é?"), rows, table, Signatures(("Titular", "Atendente")))
    [text] = pages(Sheet("Protocolo de entrega", parts, ("Unidade Centro", "Rua [s/n]"), "Rodapé"))
    found = ["Unidade Centro", "Rua [s/n]", "Protocolo de entrega", "“os papéis” – não é?", "Conceição Ávila"]
    found += ["Competência", "04/2026", "Titular", "Atendente", "Rodapé", "página 1 de 1"]
    assert [text.index(each) for each in found] == sorted(text.index(each) for each in found)


def test_a_long_paper_has_numbered_pages_and_repeats_the_heading_of_its_table() -> None:
    table = Table(("Item", "Documento"), [(str(n), "Comprovante") for n in range(120)])
    found = pages(Sheet("Remessa", (table, Signatures(("Cadastro",)))))
    assert len(found) > 1
    for number, text in enumerate(found, start=1):
        assert f"página {number} de {len(found)}" in text
    assert all("Documento" in text for text in found if "Comprovante" in text)
    assert "Cadastro" in found[-1]


def test_a_letter_that_the_fonts_do_not_have_is_shown_as_its_code() -> None:
    assert shown("Łukasz 中 ç €") == "[U+0141]ukasz [U+4E2D] ç €"
    assert shown("antes → depois") == "antes -> depois"
    [text] = pages(Sheet("中", (Paragraph("Łukasz"),)))
    assert "[U+4E2D]" in text
    assert "[U+0141]ukasz" in text


def test_text_of_people_is_literal() -> None:
    parts = [Paragraph(each) for each in HOSTILE_STRINGS]
    parts += [Paragraph("**não é negrito** __nem sublinhado__ [link](http://x)")]
    text = "".join(pages(Sheet("{nb}", parts)))
    assert "**não é negrito** __nem sublinhado__ [link](http://x)" in text


@given(st.text(max_size=60), st.text(max_size=300))
def test_no_text_fails(short: str, text: str) -> None:
    parts = (Paragraph(text), Rows(((short, text),)), Table((short, "b"), ((text, short),)), Signatures((short,)))
    assert pdf_bytes(Sheet(short, parts, (short,), short), NOW).startswith(b"%PDF")


def test_the_metadata_is_the_same_for_every_paper() -> None:
    one, other = (pdf_bytes(Sheet(name, (Paragraph(name),)), NOW) for name in ("Ana Lima", "Bruno Castro"))
    told = [pypdf.PdfReader(BytesIO(pdf)).metadata for pdf in (one, other)]
    assert told[0] == told[1]
    assert told[0] is not None
    assert told[0].title == "Atendimento"
    assert told[0].author is None
    assert one == pdf_bytes(Sheet("Ana Lima", (Paragraph("Ana Lima"),)), NOW)


def test_a_bar_code_is_read_back_from_a_picture_of_the_page() -> None:
    digits = "99999163700000123451234567890123456789012345"
    page = pypdfium2.PdfDocument(pdf_bytes(Sheet("Boleto", (BarCode(digits),)), NOW))[0]
    [found] = zxingcpp.read_barcodes(page.render(scale=3).to_pil(), zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.ITF))
    assert found.text == digits
