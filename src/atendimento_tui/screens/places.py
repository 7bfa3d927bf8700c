"""The places of the program, one row for each. Modes, style sheets and what is imported early are derived from it."""

from importlib import import_module
from typing import Any, NamedTuple

from atendimento_tui.actions import Where


class PlaceRow(NamedTuple):
    """One place.

    Attributes:
        where: Its name in the registry of actions, and that of its mode.
        area: Its folder in `screens/`, with `screen.py` and `screen.tcss`.
        screen: Its class in `screen.py`.
        is_mode: Whether a key goes to it from everywhere. An open ticket is shown above the place that opened it.
    """

    where: Where
    area: str
    screen: str
    is_mode: bool = True


PLACE_ROWS = (
    PlaceRow(Where.QUEUE, "queue", "QueueScreen"),
    PlaceRow(Where.INTAKE, "intake", "IntakeScreen"),
    PlaceRow(Where.TICKET, "tickets", "TicketScreen", is_mode=False),
)


def screen_class(row: PlaceRow) -> type[Any]:
    """The class of a place, imported when it is first used."""
    found: type[Any] = getattr(import_module(f"atendimento_tui.screens.{row.area}.screen"), row.screen)
    return found
