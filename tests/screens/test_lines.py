"""Lines to read: where they break, and that only what is seen is painted."""

from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.strip import Strip
from textual.widgets import Input

from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.text import WRITTEN_AT_MOST
from atendimento_tui.widgets.line_input import LONGEST
from atendimento_tui.widgets.lines import Lines, breaks
from atendimento_tui.widgets.many_lines import SHOWN_AT_MOST, ManyLines
from atendimento_tui.widgets.text import safe
from tests.screens.conftest import NARROW, USUAL, WIDE, OpenWindow
from tests.small_desk import ANA, SmallDesk

LINES = st.text(st.sampled_from("ab çã—漢字👍 "), max_size=60).map(safe)


@given(LINES, st.integers(2, 30))
def test_every_letter_is_in_a_row_and_no_row_is_too_wide(line: str, width: int) -> None:
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
def test_it_breaks_between_words_where_it_can(line: str, rows: list[str]) -> None:
    assert [line[start:end] for start, end in breaks(line, 9)] == rows


class TestLongTexts:
    """One that is stored already, by a version that knew no limit or by an import."""

    LONG = "palavra à toa " * 80_000  # more than a mebibyte

    @pytest.fixture
    def stored(self, others: SmallDesk, tickets: dict[str, str]) -> SmallDesk:
        with patch("atendimento_tui.domain.text.WRITTEN_AT_MOST", len(self.LONG) * 2):
            others.comment(ANA, tickets["critical"], f"começo {self.LONG} fim_de_tudo")
        return others

    @pytest.mark.parametrize("size", [WIDE, USUAL, NARROW], ids=str)
    @pytest.mark.usefixtures("stored")
    def test_is_read_to_its_end_and_only_what_is_seen_is_painted(
        self, open_window: OpenWindow, size: tuple[int, int]
    ) -> None:
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
def test_a_text_that_is_too_long_is_refused_with_its_size_and_kept(
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
def test_of_a_paste_of_a_mebibyte_the_beginning_is_laid_out_and_the_whole_is_kept(open_window: OpenWindow) -> None:
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
def test_a_paste_in_the_middle_keeps_both_sides_where_it_does_not_fit(open_window: OpenWindow) -> None:
    window = open_window().queue().press("fila.comentar").dialog("CommentDialog").paste("antes depois")
    window.press_key(*["left"] * len("depois")).paste("x" * SHOWN_AT_MOST)
    area = window.app.screen.query_one(ManyLines)
    assert area.value == f"antes {'x' * SHOWN_AT_MOST}depois"
    window.paste("y")
    assert area.value == f"antes {'x' * (SHOWN_AT_MOST - 6)}y{'x' * 6}depois"


@pytest.mark.usefixtures("tickets")
def test_a_line_that_does_not_fit_leaves_the_field_as_it_was(open_window: OpenWindow) -> None:
    window = open_window().queue().press("fila.filtrar").paste("água").paste("x" * LONGEST)
    window.shows("O campo ficou como estava")
    assert window.app.screen.query_one("FilterInput", Input).value == "água"
