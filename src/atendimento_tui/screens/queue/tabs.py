"""The tabs of the queue as pieces of a bar. Pure."""

from collections.abc import Mapping

from atendimento_tui.contracts.queue import Tab
from atendimento_tui.texts import formats
from atendimento_tui.texts import queue as texts
from atendimento_tui.widgets.bars import Piece

TABS = tuple(Tab)

_NOT_COUNTED = "…"


def tab_pieces(here: Tab, counts: Mapping[Tab, int], width: int) -> list[Piece]:
    """The tabs with their numbers of tickets.

    Args:
        here: The tab that is shown.
        counts: Tickets of each tab; a missing one is not counted yet.
        width: Width of the bar, in cells. Names are shortened, then left out, if they do not fit.
    """
    numbers = {tab: formats.number(counts[tab]) if tab in counts else _NOT_COUNTED for tab in TABS}
    only_here = {tab: texts.TABS_SHORT[tab] if tab is here else "" for tab in TABS}
    for names in (texts.TABS, texts.TABS_SHORT, only_here):
        labels = [f" {at} {names[tab]} {numbers[tab]} ".replace("  ", " ") for at, tab in enumerate(TABS, 1)]
        if len("".join(labels)) <= width:
            break
    return [
        Piece(label, "reverse bold" if tab is here else "", f"screen.do('fila.aba_{at}')")
        for at, (tab, label) in enumerate(zip(TABS, labels, strict=True), 1)
    ]


def found_piece(total: int | None, *, filtered: bool) -> Piece:
    """How many tickets the filter has found, or the tab has; None while they are not counted."""
    text = texts.FILTER_COUNT if filtered else texts.FILTER_ALL
    return Piece(text.format(count=_NOT_COUNTED if total is None else formats.number(total)))
