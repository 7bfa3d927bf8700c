"""The areas of the registry, one module a place. `make generated` writes the list."""

from typing import Protocol

from atendimento_tui.actions.action import Action, PlaceRow
from atendimento_tui.actions.areas import (
    agenda,
    authorisations,
    availability,
    beneficiaries,
    calendars,
    documents,
    intake,
    outbox,
    people,
    providers,
    queue,
    remittances,
    tickets,
)


class Area(Protocol):
    """What a module of this package has: the row of a place, and those of its actions."""

    @property
    def PLACE(self) -> PlaceRow: ...  # noqa: N802 - a constant of the module

    @property
    def ACTIONS(self) -> tuple[Action, ...]: ...  # noqa: N802


AREAS: tuple[Area, ...] = (
    agenda,
    authorisations,
    availability,
    beneficiaries,
    calendars,
    documents,
    intake,
    outbox,
    people,
    providers,
    queue,
    remittances,
    tickets,
)
