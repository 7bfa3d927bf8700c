"""Names, types and sizes of attached files: hostile names are harmless, and the type is that of the content."""

import io
import zipfile

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from atendimento_tui.domain.attachments import (
    KINDS,
    LONGEST_NAME,
    MIB,
    OTHER,
    attached_name,
    check_size,
    file_name,
    kind_of,
)
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.texts.attachments import KIND

HOSTILE = [
    "../../etc/passwd",
    "..\\..\\x.pdf",
    "a\x00b\x1b[31m\n.pdf",
    "n" * 300 + ".pdf",
    "fatura\u202efdp.exe",
    "..",
    "",
    "CON.pdf",
    "-rf.pdf",
]


def zipped(name: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(name, "x" * 5_000)
    return made.getvalue()


KNOWN = {
    "application/pdf": b"%PDF-1.7\nso letras, sem nada de binario\n%%EOF\n",
    "image/jpeg": b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + b"\x00" * 40,
    "image/png": b"\x89PNG\r\n\x1a\n" + b"\x00" * 40,
    "image/heif": b"\x00\x00\x00\x18ftypheic" + b"\x00" * 40,
    "text/plain": "BM é o começo de um bitmap, e isto é texto.\n".encode(),
    "text/html": b"<html><script>alert(1)</script></html>",
    "message/rfc822": b"Return-Path: <a@b.c>\nFrom: a@b.c\n\ncorpo\n",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": zipped("word/document.xml"),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": zipped("xl/workbook.xml"),
    "application/zip": zipped("nota.txt"),
    OTHER: b"\x00\x01\x02nada que se conheca",
}


@pytest.mark.parametrize("kind", KNOWN)
def test_the_type_is_that_of_the_content(kind: str) -> None:
    assert kind_of(KNOWN[kind]) == kind


@given(st.binary(max_size=200))
def test_every_content_has_a_known_type_with_words(content: bytes) -> None:
    assert kind_of(content) in KINDS.keys() & KIND.keys()


def test_every_type_has_its_words() -> None:
    assert KINDS.keys() == KIND.keys()


@given(st.text(max_size=400))
@example("../../etc/passwd")
@example("fatura\u202efdp.exe")
def test_a_stored_name_has_no_folder_no_control_and_a_limit(typed: str) -> None:
    name = attached_name(typed, "application/pdf")
    assert name.strip(".")
    assert not set("/\\\n\r\t\x00\x1b\u202e\u200b") & set(name)
    assert len(name) <= LONGEST_NAME
    assert attached_name(name, "application/pdf") == name
    name.encode()


def test_a_long_name_keeps_its_ending() -> None:
    assert attached_name("n" * 300 + ".pdf", "application/pdf").endswith("n….pdf")


@given(st.text(max_size=400), st.sampled_from(sorted(KINDS)))
def test_a_saved_name_is_harmless_and_ends_as_its_content(typed: str, kind: str) -> None:
    stem, ending = file_name(attached_name(typed, kind), kind)
    assert ending.lower() in KINDS[kind].endings
    assert not stem.startswith((".", " "))
    assert not set('/\\:*?"<>|') & set(stem)
    assert 0 < len(f"{stem}-999{ending}".encode()) < 255


@pytest.mark.parametrize("typed", HOSTILE)
def test_a_program_with_the_name_of_a_picture_is_not_saved_as_one(typed: str) -> None:
    assert file_name(attached_name(typed, OTHER), OTHER)[1] == ".bin"


def test_empty_and_large_files_are_refused_and_the_limit_itself_is_not() -> None:
    check_size(MIB, 1, "a.pdf")
    for size, code in ((0, "anexo_vazio"), (MIB + 1, "anexo_grande")):
        with pytest.raises(Refused) as refused:
            check_size(size, 1, "a.pdf")
        assert refused.value.code == code
