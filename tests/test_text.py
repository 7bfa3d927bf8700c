"""Text: what is stored, how it is searched, what is shown."""

import asyncio
import json
import re
import unicodedata
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.text import Text
from textual.app import App, ComposeResult
from textual.widgets import Button, DataTable, OptionList, Static
from textual.widgets.option_list import Option

from atendimento_tui.domain.text import entered, escaped, folded, printable, without_password
from atendimento_tui.widgets.text import cell, fit, plain, safe
from tests.hostile import HOSTILE, HOSTILE_IDS, HOSTILE_STRINGS

# The plain strategy leaves surrogates out, and seldom draws the characters that matter here.
TRICKY = st.sampled_from("\x00\t\n\r\x1b\x7f\x85\x9b\u200d\u202e\u0301\u0323\u0489\ufe0f\ud800\u2028ßİº👨漢 aãA[/]")
TEXTS = st.one_of(st.text(), st.text(TRICKY), st.sampled_from(HOSTILE_STRINGS))

hostile = pytest.mark.parametrize("text", HOSTILE_STRINGS, ids=HOSTILE_IDS)


class TestEntered:
    @pytest.mark.parametrize(
        ("typed", "kept"),
        [
            ("João da Silva", "João da Silva"),
            ("  espaços ficam  ", "  espaços ficam  "),
            ("\x1b[31mvermelho", "[31mvermelho"),
            ("\x9b31m", "31m"),
            ("a\x00b\x7fc", "abc"),
            ("a\ud800b", "ab"),
            ("linha 1\r\nlinha 2\tfim", "linha 1 linha 2 fim"),
            ("a\u2028b", "a b"),
            ("fatura\u202egpj", "fatura\u202egpj"),
            ("[/foo]", "[/foo]"),
        ],
    )
    def test_a_single_line(self, typed: str, kept: str) -> None:
        assert entered(typed) == kept

    def test_lines_keep_line_ends_and_tabs(self) -> None:
        assert entered("a\r\nb\rc\nd\te\x0b\x1b", multiline=True) == "a\nb\nc\nd\te"

    def test_input_is_not_normalised(self) -> None:
        assert entered(HOSTILE["decomposed"]) == HOSTILE["decomposed"]

    @given(TEXTS, st.booleans())
    def test_controls_and_surrogates_are_removed(self, text: str, multiline: bool) -> None:
        kept = entered(text, multiline=multiline)
        allowed = {"\n", "\t"} if multiline else set()
        assert all(unicodedata.category(c) not in ("Cc", "Cs") for c in set(kept) - allowed)
        assert kept.encode().decode() == kept

    @given(TEXTS, st.booleans())
    def test_entered_is_idempotent(self, text: str, multiline: bool) -> None:
        once = entered(text, multiline=multiline)
        assert entered(once, multiline=multiline) == once

    @given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"])))
    def test_other_characters_are_unchanged(self, text: str) -> None:
        assert entered(text) == text


class TestFolded:
    @pytest.mark.parametrize(
        ("text", "found_as"),
        [
            ("CERTIDÃO nº 2", "certidao no 2"),
            ("1ª via", "1a via"),
            (HOSTILE["decomposed"], "joao conceicao"),
            ("Straße", "strasse"),
            ("Jo\u200bão", "joao"),
            ("", ""),
        ],
    )
    def test_accents_and_case_do_not_matter(self, text: str, found_as: str) -> None:
        assert folded(text) == found_as

    @given(TEXTS)
    def test_forms_and_repetition_do_not_matter(self, text: str) -> None:
        once = folded(text)
        assert folded(once) == once
        assert folded(unicodedata.normalize("NFC", text)) == folded(unicodedata.normalize("NFD", text)) == once

    @given(st.text("aáAÁçÇõÕzZ 0º-"))
    def test_case_does_not_matter(self, text: str) -> None:
        assert folded(text.upper()) == folded(text.lower()) == folded(text)


class TestSafe:
    @pytest.mark.parametrize(
        ("text", "shown"),
        [
            ("Rua [/", "Rua [/"),
            ("\x1b[31m", "␛[31m"),
            ("a\x00b\x7f", "a␀b␡"),
            ("\x9b31m", "�31m"),
            ("a\nb\tc", "a␊b␉c"),
            ("x\u202egpj", "x�gpj"),
            ("a\ud800b", "a�b"),
            ("a\u00adb\u200b", "a�b�"),
            (HOSTILE["decomposed"], "João Conceição"),
            ("z" + "\u0301" * 9, "ź\u0301\u0301"),
            ("\u0301início", "início"),
            ("👨\u200d👩", "👨👩"),
            ("a\u200db", "a�b"),
            ("漢字", "漢字"),
        ],
    )
    def test_what_is_shown(self, text: str, shown: str) -> None:
        assert safe(text) == shown

    def test_several_lines(self) -> None:
        assert safe("a\nb\tc\r\x1b", multiline=True) == "a\nb    c␍␛"

    def test_a_mark_at_the_start_does_not_join_the_text_before(self) -> None:
        assert safe("a\n\u0301b", multiline=True) == "a\nb"

    @given(TEXTS, st.booleans())
    def test_no_control_character_is_left(self, text: str, multiline: bool) -> None:
        shown = safe(text, multiline=multiline)
        left = {unicodedata.category(c) for c in shown if not (multiline and c == "\n")}
        assert not left & {"Cc", "Cf", "Cs", "Zl", "Zp"}

    @given(TEXTS)
    def test_no_letter_has_more_than_two_marks(self, text: str) -> None:
        runs = "".join("m" if unicodedata.category(c) in ("Mn", "Me") else "." for c in safe(text))
        assert not re.search("mmm|^m", runs)

    @given(TEXTS, st.booleans())
    def test_safe_is_idempotent(self, text: str, multiline: bool) -> None:
        once = safe(text, multiline=multiline)
        assert safe(once, multiline=multiline) == once

    @given(st.text("ABCXYZ abcxyz áéíóúãõçÁÉÍÓÚÃÕÇ ºª§€–“”[]{}$%/\\0123456789"))
    def test_portuguese_passes_unchanged(self, text: str) -> None:
        assert safe(text) == text


def test_thousands_of_marks_are_cut_before_normalization(monkeypatch: pytest.MonkeyPatch) -> None:
    """Canonical ordering is quadratic in the marks of a letter: 80,000 of them blocked the window for six seconds."""
    longest = 0
    normalize = unicodedata.normalize

    def spied(form: Literal["NFC", "NFD", "NFKC", "NFKD"], text: str) -> str:
        nonlocal longest
        longest = max(longest, len(text))
        return normalize(form, text)

    monkeypatch.setattr(unicodedata, "normalize", spied)
    flood = "z" + "\u0301\u0323" * 40_000
    assert [len(safe(flood)), safe(flood)[0]] == [3, "ẓ"]
    assert folded(flood) == "z"
    assert longest < 100


class TestShownText:
    @hostile
    def test_widgets_show_text_not_markup(self, text: str) -> None:
        assert plain(text).plain == cell(text).plain == safe(text)
        assert not plain(text).spans

    def test_a_style_is_applied(self) -> None:
        assert plain("[/]", "bold").plain == "[/]"
        assert str(cell("[/]", "bold").style) == "bold"
        assert plain("a\nb", multiline=True).plain == "a\nb"

    @given(TEXTS, st.integers(-1, 30))
    def test_a_fitted_text_has_exactly_the_width(self, text: str, width: int) -> None:
        assert cell_len(fit(text, width)) == max(width, 0)

    def test_a_cut_text_ends_in_an_ellipsis(self) -> None:
        assert fit("Conceição", 12) == "Conceição   "
        assert fit("Conceição", 6) == "Conce…"
        assert fit("漢字漢字", 4) == "漢 …"
        assert fit("漢字", 1) == "…"


class HostileApp(App[None]):
    """Shows all hostile texts in all kinds of widgets."""

    def compose(self) -> ComposeResult:
        yield DataTable[Text]()
        yield OptionList(*(Option(plain(text)) for text in HOSTILE_STRINGS))
        for text in HOSTILE_STRINGS:
            yield Static(plain(text, multiline=True))
            yield Button(plain(text), tooltip=plain(text))

    def on_mount(self) -> None:
        table = self.query_one(DataTable)
        table.add_columns(*map(cell, HOSTILE_STRINGS[:5]))
        for text in HOSTILE_STRINGS:
            table.add_row(*[cell(text)] * 5, height=1)
            self.notify(safe(text), title=safe(text), markup=False)
        self.screen.border_title = plain(HOSTILE["markup-unclosed"])


def test_widgets_paint_hostile_texts_without_controls() -> None:
    async def drawn() -> str:
        app = HostileApp()
        async with app.run_test(size=(100, 600), notifications=True, tooltips=True) as pilot:
            await pilot.pause()
            return "".join(strip.text for strip in app.screen._compositor.render_strips())  # noqa: SLF001 - Textual has no public name for it

    screen = asyncio.run(drawn())
    assert all(text in screen for text in ("Rua [/", "[@click=app.quit]Clique aqui[/]", "␛[31mvermelho"))
    assert {unicodedata.category(c) for c in screen}.isdisjoint({"Cc", "Cf", "Cs"})


@given(TEXTS)
def test_printed_text_has_no_control_characters(s: str) -> None:
    shown = printable(s)
    assert len(shown) == len(s)
    assert all(c.isprintable() or c in "\n\t" for c in shown)
    assert all(a == b or not b.isprintable() for a, b in zip(shown, s, strict=True))


@given(TEXTS)
def test_json_reads_an_escape_as_the_character(s: str) -> None:
    shown = escaped(s)
    assert not any(unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"} and c not in "\n\t" for c in shown)
    if "\\" not in s and '"' not in s:
        assert json.loads(f'"{escaped(s, keep="")}"') == s


def test_names_are_unchanged_and_hidden_characters_shown() -> None:
    assert escaped("José D’Ávila\u00a0😀\n") == "José D’Ávila\u00a0😀\n"
    assert escaped("fatura\u202egpj.exe\x1b\x7f\U000e0001") == r"fatura\u202egpj.exe\u001b\u007f\udb40\udc01"


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("postgresql+psycopg://ana:x@host:5432/desk", "postgresql+psycopg://ana:***@host:5432/desk"),
        ("postgresql://ana:a/b:c@d@host/desk", "postgresql://ana:***@host/desk"),
        ("postgresql://:x@host/desk", "postgresql://:***@host/desk"),
        (
            "postgresql://host/d?user=a&password=x&sslpassword=y",
            "postgresql://host/d?user=a&password=***&sslpassword=***",
        ),
        ("em PGPASSWORD=x postgresql://a:b@c/d, e", "em PGPASSWORD=*** postgresql://a:***@c/d, e"),
        ("postgresql://ana@host/desk", "postgresql://ana@host/desk"),
        (
            "https://exemplo.com.br: escreva a ana@exemplo.com.br",
            "https://exemplo.com.br: escreva a ana@exemplo.com.br",
        ),
        ("/home/ana/desk.db", "/home/ana/desk.db"),
    ],
)
def test_an_address_is_shown_without_its_password(address: str, shown: str) -> None:
    assert without_password(address) == shown
