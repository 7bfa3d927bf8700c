"""Wrapped lines: where they break, and that only visible rows are painted."""

from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.content import Content
from textual.geometry import Size
from textual.strip import Strip
from textual.widgets import Input

from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.text import WRITTEN_AT_MOST
from atendimento_tui.widgets.line_input import LONGEST
from atendimento_tui.widgets.lines import Lines, breaks, indented_breaks
from atendimento_tui.widgets.many_lines import SHOWN_AT_MOST, ManyLines
from atendimento_tui.widgets.text import safe
from tests.full import some
from tests.screens.conftest import NARROW, USUAL, WIDE, OpenWindow
from tests.small_desk import ANA, SmallDesk

LINES = st.text(st.sampled_from("ab çã—漢字👍 "), max_size=60).map(safe)


@given(LINES, st.integers(2, 30))
def test_rows_contain_all_letters_and_fit_the_width(line: str, width: int) -> None:
    rows = [line[start:end] for start, end in breaks(line, width)]
    assert "".join(rows).replace(" ", "") == line.replace(" ", "")
    assert all(cell_len(row) <= width for row in rows)


@pytest.mark.parametrize(
    ("line", "rows"),
    [
        ("um dois três quatro cinco", ["um dois", "três", "quatro", "cinco"]),
        ("  recuo aqui e lá", ["  recuo", "aqui e lá"]),
        ("otorrinolaringologista", ["otorrinol", "aringolog", "ista"]),
        ("", [""]),
    ],
)
def test_lines_break_between_words_if_possible(line: str, rows: list[str]) -> None:
    assert [line[start:end] for start, end in breaks(line, 9)] == rows


@given(LINES, st.integers(2, 30), st.integers(0, 9))
def test_an_indented_line_keeps_its_letters_and_fits_the_width(line: str, width: int, indent: int) -> None:
    text = " " * indent + line
    lines = Lines([Content(text)])
    rows = [lines.row(y).plain for y in range(lines.get_content_height(Size(), Size(), width))]
    assert "".join(rows).replace(" ", "") == line.replace(" ", "")
    assert all(cell_len(row) <= width for row in rows)
    assert [end for _, end in indented_breaks(text, width)] == sorted(end for _, end in indented_breaks(text, width))


def test_further_rows_are_indented_as_the_first_one() -> None:
    lines = Lines([Content("  um dois três quatro cinco"), Content("seis sete oito nove dez")])
    rows = [lines.row(y).plain for y in range(lines.get_content_height(Size(), Size(), 14))]
    assert rows == ["  um dois três", "  quatro cinco", "seis sete oito", "nove dez"]


class TestLongTexts:
    """A text that was stored without a limit, by an older version or an import."""

    LONG = "palavra à toa " * 80_000  # more than a mebibyte

    @pytest.fixture
    def stored(self, others: SmallDesk, tickets: dict[str, str]) -> SmallDesk:
        with patch("atendimento_tui.domain.text.WRITTEN_AT_MOST", len(self.LONG) * 2):
            others.comment(ANA, tickets["critical"], f"começo {self.LONG} fim_de_tudo")
        return others

    @pytest.mark.parametrize("size", some([WIDE, USUAL, NARROW], 2), ids=str)
    @pytest.mark.usefixtures("stored")
    def test_only_visible_rows_of_a_long_text_are_painted(self, open_window: OpenWindow, size: tuple[int, int]) -> None:
        painted = set[int]()
        paint = Lines.render_line

        def painting(lines: Lines, y: int) -> Strip:
            painted.add(y)
            return paint(lines, y)

        with patch.object(Lines, "render_line", painting):
            window = open_window(size=size).queue().press("fila.abrir").place("TicketScreen").shows("fim_de_tudo")
            window.press_key("home").does_not_show("fim_de_tudo").press_key("end").shows("fim_de_tudo")
        assert len(painted) < 20 * size[1]


@pytest.mark.parametrize("letter", ["a", "ã"])
def test_a_text_above_the_limit_is_refused_and_kept(
    open_window: OpenWindow, others: SmallDesk, tickets: dict[str, str], letter: str
) -> None:
    text = letter * (WRITTEN_AT_MOST // len(letter.encode()))
    others.comment(ANA, tickets["critical"], text)
    with pytest.raises(Refused, match="texto_longo"):
        others.comment(ANA, tickets["critical"], f"{text}b")
    window = open_window().queue().press("fila.comentar").dialog("CommentDialog").paste(f"{text}b")
    window.press_key("ctrl+s").shows("O texto tem 65 KiB e cabem 64 KiB").dialog("CommentDialog")
    window.press_key("escape").no_dialog().press("fila.comentar").dialog("CommentDialog")
    assert window.app.screen.query_one(ManyLines).value == f"{text}b"


@pytest.mark.usefixtures("tickets")
def test_a_paste_of_a_mebibyte_is_kept_and_its_beginning_shown(open_window: OpenWindow) -> None:
    text = "começo " + "uma linha qualquer\n" * (2**20 // 19) + "fim"
    window = open_window().queue().press("fila.comentar").dialog("CommentDialog").paste(text)
    window.shows("O texto tem 1025 KiB")
    area = window.app.screen.query_one(ManyLines)
    assert len(area.text) == SHOWN_AT_MOST
    assert area.value == text
    window.press_key("ctrl+s").shows("cabem 64 KiB").dialog("CommentDialog")
    window.press_key("escape").no_dialog().press("fila.comentar").dialog("CommentDialog")
    area = window.app.screen.query_one(ManyLines)
    assert (len(area.text), area.value) == (SHOWN_AT_MOST, text)
    window.press_key("f7", "delete").type("curto")
    assert area.value == "curto"
    window.press_key("ctrl+s").no_dialog()


@pytest.mark.usefixtures("tickets")
def test_a_long_paste_in_the_middle_keeps_both_sides(open_window: OpenWindow) -> None:
    window = open_window().queue().press("fila.comentar").dialog("CommentDialog").paste("antes depois")
    window.press_key(*["left"] * len("depois")).paste("x" * SHOWN_AT_MOST)
    area = window.app.screen.query_one(ManyLines)
    assert area.value == f"antes {'x' * SHOWN_AT_MOST}depois"
    window.paste("y")
    assert area.value == f"antes {'x' * (SHOWN_AT_MOST - 6)}y{'x' * 6}depois"


@pytest.mark.usefixtures("tickets")
def test_a_line_above_the_limit_does_not_change_the_field(open_window: OpenWindow) -> None:
    window = open_window().queue().press("fila.filtrar").paste("água").paste("x" * LONGEST)
    window.shows("O campo ficou como estava")
    assert window.app.screen.query_one("FilterInput", Input).value == "água"
