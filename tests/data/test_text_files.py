"""Text files: each usual encoding is read, and invalid text is reported with its line."""

import codecs
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atendimento_tui.data import text_files
from atendimento_tui.data.text_files import encoding_of, read_text, read_toml_file
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.texts.refusals import sentence

WRITTEN = 'nome = "Contestação de cobrança – família"\r\nano = 2026\r\n'


def refused(path: Path, at_most: int = 1000) -> str:
    with pytest.raises(Refused) as raised:
        read_text(path, at_most)
    return sentence(raised.value.code, raised.value.values)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_every_encoding_is_detected(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "x.toml"
    path.write_bytes(WRITTEN.encode(encoding))
    found = read_text(path, 1000)
    assert found.content == WRITTEN
    assert found.encoding == encoding
    assert read_toml_file(path) == {"nome": "Contestação de cobrança – família", "ano": 2026}


def test_a_byte_order_mark_is_removed_in_both_byte_orders(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_bytes(codecs.BOM_UTF16_BE + WRITTEN.encode("utf-16-be"))
    assert read_text(path, 1000).content == WRITTEN


@given(
    text=st.text(st.characters(codec="cp1252", exclude_categories=["Cc"]), min_size=1),
    size=st.integers(1, 7),
)
def test_utf_8_is_detected_with_any_chunks(text: str, size: int) -> None:
    content = text.encode()
    pieces = [content[at : at + size] for at in range(0, len(content), size)]
    assert encoding_of([b"a" * 4096, *pieces]) == text_files.UTF_8


def test_a_truncated_character_at_the_end_of_the_file_is_detected() -> None:
    assert encoding_of([b"abc ", "ç".encode()[:1]]) == text_files.WINDOWS
    assert encoding_of([]) == text_files.UTF_8


def test_one_invalid_byte_does_not_change_the_accents_of_a_utf_8_file(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes("ação\nnão é\n".encode() + b"\xe7\n")
    assert encoding_of([path.read_bytes()]) == text_files.UTF_8
    assert "a linha 3 não é texto em UTF-8" in refused(path)


@pytest.mark.parametrize(
    "content", [b"nome = \x81\n", b"\xff\x00\x01\x02\x03" * 9, "olá".encode("utf-32"), b"\x89PNG\r\n\x1a\n\x00\xe7"]
)
def test_a_file_that_is_no_text_is_refused_with_advice(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.toml"
    path.write_bytes(content)
    refusal = refused(path)
    assert "escolha a codificação UTF-8" in refusal
    assert str(path) in refusal
    assert "codec" not in refusal


def test_missing_and_too_large_files_are_refused(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"a" * 1001)
    assert "mais de" in refused(tmp_path / "x")
    assert "Não foi possível ler" in refused(tmp_path / "y")
    assert "Não foi possível ler" in refused(Path("a\0b"))
    assert "Não foi possível ler" in refused(tmp_path)


def test_invalid_toml_is_reported_with_place_and_reason(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_text('a = 1\nb = "x\n', "utf-8")
    with pytest.raises(Refused) as raised:
        read_toml_file(path)
    assert "linha 2, coluna 7: o texto não fecha as aspas" in sentence(raised.value.code, raised.value.values)
