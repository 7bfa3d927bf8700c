"""The frame of the places that are lists."""

from atendimento_tui.actions import PLACE_ROWS
from atendimento_tui.screens.list_place import ListPlace
from atendimento_tui.screens.places import screen_class
from tests.screens.conftest import USUAL, OpenWindow, no_harm
from tests.small_desk import CELIA

LISTS = [row for row in PLACE_ROWS if row.title and issubclass(screen_class(row), ListPlace)]
"""The lists that are modes; others are opened from a row."""


def test_each_list_says_what_to_do_or_has_a_row_under_the_cursor_in_any_size(open_window: OpenWindow) -> None:
    assert len(LISTS) >= 5
    window = open_window(actor=CELIA, size=USUAL).queue()
    for row in LISTS:
        window.let(lambda mode=row.where: window.app.go(mode)).place(row.screen)  # type: ignore[misc]
        place = window.app.place
        assert isinstance(place, ListPlace)
        if place.row() is None:
            window.shows(place.table.empty_text[0])
            assert not any("{" in line for line in place.table.empty_text)
        window.resize(39, 7).shows("Aumente o terminal: 40×8 ou mais.").does_not_show("F1")
        no_harm(window.resize(*USUAL).does_not_show("Aumente").shows("F1 Ajuda"))
