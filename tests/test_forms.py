"""The operator's forms: filled or behind a cover, and refused when they cannot be used."""

import contextlib
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from io import BytesIO
from typing import Any, cast

import pypdf
import pypdfium2
import pytest
from fpdf import FPDF
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    TextStringObject,
)

from atendimento_tui.domain.refusals import Refused
from atendimento_tui.outputs import forms
from atendimento_tui.outputs.pdf import Paragraph, Sheet, pdf_bytes

COVER = pdf_bytes(Sheet("Pedido", (Paragraph("Protocolo 1234"),)), datetime(2026, 3, 2, tzinfo=UTC))
TEXTS = ("Novo titular", "Titular atual")


def plain(pages: int = 1) -> bytes:
    """A PDF without fields."""
    pdf = FPDF()
    pdf.set_font("Helvetica", size=14)
    for number in range(pages):
        pdf.add_page()
        pdf.cell(text=f"FORMULARIO DA OPERADORA {number + 1}")
    return bytes(pdf.output())


def form(*names: str, box: str = "", spouse: str = "") -> bytes:
    """A PDF with a text field of each name, one below the other, and a check box with the state `Marcado`."""
    writer = pypdf.PdfWriter(clone_from=BytesIO(plain()))
    font = DictionaryObject()
    font.update({NameObject("/Type"): NameObject("/Font"), NameObject("/Subtype"): NameObject("/Type1")})
    font.update({NameObject("/BaseFont"): NameObject("/Helvetica")})
    font[NameObject("/Encoding")] = NameObject("/WinAnsiEncoding")
    for number, name in enumerate((*names, *filter(None, [box]))):
        writer.add_annotation(0, _field(name, 700 - 50 * number, is_box=name == box))
    fields = ArrayObject(cast("ArrayObject", writer.pages[0]["/Annots"]))
    if spouse:  # a field of the same last name, `Cônjuge.Nome`
        writer.add_annotation(0, {NameObject("/T"): TextStringObject("Cônjuge")})
        *_, group = cast("ArrayObject", writer.pages[0]["/Annots"])
        field = _field(spouse, 500, is_box=False)
        field[NameObject("/Parent")] = group
        writer.add_annotation(0, field)
        *_, kid = cast("ArrayObject", writer.pages[0]["/Annots"])
        cast("DictionaryObject", group.get_object())[NameObject("/Kids")] = ArrayObject([kid])
        fields.append(group)
    resources = DictionaryObject({NameObject("/Font"): DictionaryObject({NameObject("/Helv"): font})})
    writer.root_object[NameObject("/AcroForm")] = DictionaryObject(
        {
            NameObject("/Fields"): fields,
            NameObject("/DR"): resources,
            NameObject("/DA"): TextStringObject("/Helv 12 Tf 0 g"),
            NameObject("/XFA"): TextStringObject("<xdp/>"),
            NameObject("/NeedAppearances"): BooleanObject(False),
        }
    )
    writer.add_metadata({"/Author": "Carla Souza"})
    return written(writer)


def _field(name: str, y: int, *, is_box: bool) -> DictionaryObject:
    right = 70 if is_box else 400
    field = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Widget"),
            NameObject("/FT"): NameObject("/Btn" if is_box else "/Tx"),
            NameObject("/T"): TextStringObject(name),
            NameObject("/Rect"): ArrayObject([FloatObject(each) for each in (50, y, right, y + 20)]),
            NameObject("/F"): FloatObject(4),
            NameObject("/DA"): TextStringObject("/Helv 12 Tf 0 g"),
        }
    )
    if is_box:
        states = DictionaryObject()
        for state, drawn in (("/Marcado", b"0 0 20 20 re f"), ("/Off", b"")):
            stream = DecodedStreamObject()
            stream.set_data(drawn)
            stream[NameObject("/BBox")] = ArrayObject([FloatObject(each) for each in (0, 0, 20, 20)])
            stream[NameObject("/Subtype")] = NameObject("/Form")
            states[NameObject(state)] = stream
        field[NameObject("/AP")] = DictionaryObject({NameObject("/N"): states})
        field[NameObject("/AS")] = NameObject("/Off")
    return field


def written(writer: pypdf.PdfWriter) -> bytes:
    made = BytesIO()
    writer.write(made)
    return made.getvalue()


def encrypted(pdf: bytes) -> bytes:
    writer = pypdf.PdfWriter(clone_from=BytesIO(pdf))
    writer.encrypt("senha", algorithm="RC4-128")
    return written(writer)


def values_of(pdf: bytes) -> dict[str, Any]:
    fields = pypdf.PdfReader(BytesIO(pdf)).get_fields() or {}
    return {name: field.value for name, field in fields.items()}


def ink(pdf: bytes, y: int) -> int:
    """How many dark points the picture of the first page has in the field at this height."""
    page = pypdfium2.PdfDocument(pdf)
    page.init_forms()
    picture = page[0].render(may_draw_forms=True).to_pil().convert("L")
    height = picture.height
    box = picture.crop((50, height - y - 20, 400, height - y))
    return sum(1 for point in box.tobytes() if point < 128)


def test_the_fields_of_a_form_are_filled_and_seen_on_the_page() -> None:
    values = {"Novo titular": "Conceição Ávila [s/n] (mãe)", "Titular atual": "José"}
    made = forms.with_form("troca.pdf", form(*TEXTS), values, COVER)
    assert values_of(made) == values
    reader = pypdf.PdfReader(BytesIO(made))
    assert len(reader.pages) == 1
    acro = cast("dict[str, object]", reader.root_object["/AcroForm"].get_object())
    assert acro["/NeedAppearances"]
    assert "/XFA" not in acro
    assert reader.metadata == {"/Title": "Atendimento"}
    assert ink(form(*TEXTS), 700) == 0
    assert ink(made, 700) > ink(made, 650) > 0


def test_a_field_of_the_same_last_name_is_not_filled_with_it() -> None:
    with_spouse = form("Nome", spouse="Nome")
    made = forms.with_form("troca.pdf", with_spouse, {"Nome": "Ana"}, COVER)
    assert (values_of(made)["Nome"], values_of(made)["Cônjuge.Nome"]) == ("Ana", "")
    both = forms.with_form("troca.pdf", with_spouse, {"Cônjuge.Nome": "José", "Nome": "Ana"}, COVER)
    assert (values_of(both)["Nome"], values_of(both)["Cônjuge.Nome"]) == ("Ana", "José")
    assert ink(made, 500) == 0 < ink(both, 500)
    with pytest.raises(Refused) as refused:  # the group of the field is no field
        forms.with_form("troca.pdf", with_spouse, {"Cônjuge": "José"}, COVER)
    assert refused.value.values["known"] == "Nome, Cônjuge.Nome"


@pytest.mark.parametrize(
    ("value", "state"), [("sim", "/Marcado"), ("marcado", "/Marcado"), ("não", "/Off"), ("", "/Off")]
)
def test_a_check_box_is_marked_by_yes_or_by_its_state(value: str, state: str) -> None:
    made = forms.with_form("troca.pdf", form("Nome", box="Falecido"), {"Falecido": value}, COVER)
    assert values_of(made)["Falecido"] == state
    assert (ink(made, 650) > 0) == (state == "/Marcado")


@pytest.mark.parametrize(("made", "values"), [(plain(2), {"Nome": "Ana"}), (form("Nome"), {})])
def test_a_form_with_nothing_to_fill_is_printed_as_it_is_behind_the_cover(made: bytes, values: dict[str, str]) -> None:
    joined = forms.with_form("troca.pdf", made, values, COVER)
    texts = [page.extract_text() for page in pypdf.PdfReader(BytesIO(joined)).pages]
    assert "Protocolo 1234" in texts[0]
    assert ["FORMULARIO DA OPERADORA" in text for text in texts] == [False] + [True] * (len(texts) - 1)
    assert len(texts) == 1 + len(pypdf.PdfReader(BytesIO(made)).pages)


BAD: Mapping[str, Callable[[], bytes]] = {
    "formulario_quebrado": lambda: b"%PDF-1.7 nada",
    "formulario_senha": lambda: encrypted(form("Nome")),
    "formulario_paginas": lambda: plain(forms.MOST_PAGES + 1),
    "formulario_grande": lambda: b"%PDF" + bytes(forms.MOST_BYTES),
    "formulario_campos": lambda: form("Nome\u202e completo"),
    "formulario_marca": lambda: form(box="Nome"),
}


@pytest.mark.parametrize("code", BAD)
def test_a_form_that_cannot_be_used_is_refused(code: str) -> None:
    with pytest.raises(Refused) as refused:
        forms.with_form("troca.pdf", BAD[code](), {"Nome": "talvez"}, COVER)
    assert refused.value.code == code
    assert refused.value.values["name"] == "troca.pdf"
    assert "\u202e" not in str(refused.value.values)


def test_a_field_that_the_form_lacks_is_named_with_those_it_has() -> None:
    with pytest.raises(Refused) as refused:
        forms.with_form("troca.pdf", form(*TEXTS), {"Titular": "Ana", "Novo titular": "Bia"}, COVER)
    assert refused.value.values["fields"] == "Titular"
    assert refused.value.values["known"] == ", ".join(TEXTS)


def test_a_form_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forms, "_TIMEOUT_S", 0.001)  # less than a process takes to begin
    with pytest.raises(Refused) as refused:
        forms.with_form("troca.pdf", plain(), {}, COVER)
    assert refused.value.code == "formulario_demorou"


def test_a_form_that_takes_too_much_memory_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forms, "_MOST_MEMORY", 16 * 1024 * 1024)  # less than pypdf itself takes
    with pytest.raises(Refused) as refused:
        forms.with_form("troca.pdf", form("Nome"), {"Nome": "Ana"}, COVER)
    assert refused.value.code == "formulario_quebrado"


@pytest.mark.parametrize("hostile", [b"[" * 200_000, b"1 0 R", b"<< /A " * 10_000])
def test_a_hostile_form_ends_in_a_refusal_or_a_form(hostile: bytes) -> None:
    pdf = form("Nome")
    bent = pdf.replace(b"/NeedAppearances false", b"/Fields " + hostile)
    assert bent != pdf
    with contextlib.suppress(Refused):
        assert forms.with_form("troca.pdf", bent, {"Nome": "Ana"}, COVER).startswith(b"%PDF")
