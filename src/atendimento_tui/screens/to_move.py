"""The bookings that are to be moved: a list, and what is done with one of them."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from atendimento_tui import outputs, services
from atendimento_tui.domain.access import Permission
from atendimento_tui.screens import dialogs
from atendimento_tui.screens.keeping import Keeping
from atendimento_tui.texts import agenda as texts

if TYPE_CHECKING:
    from atendimento_tui.contracts.providers import Unplaced
    from atendimento_tui.screens.dialogs.write import Words
    from atendimento_tui.services.desk import Desk

COPY, SHOW, MOVE, CANCEL = "copy", "show", "move", "cancel"
"""What can be done with a booking."""


def show_to_move(place: Keeping, look: "Callable[[Unplaced], None] | None" = None) -> None:
    """List the bookings that are to be moved, and ask what to do with the chosen one.

    Args:
        place: The place that asks.
        look: Looks for a slot instead of an imported booking, where the place can.
    """

    def ask(one: "Unplaced") -> None:
        may_book = place.role_forbids(Permission.BOOK) is None
        acts = acts_of(one, may_book=may_book, can_look=look is not None)
        choices = [dialogs.choose.Choice(act, texts.TO_MOVE_ACTS[act]) for act in acts]
        place.choose(outputs.providers.unplaced_line(one), choices, lambda act: do(one, act))

    def do(one: "Unplaced", act: str) -> None:
        if act == COPY:
            place.app.copy_to_clipboard(outputs.providers.unplaced_message(one))
            place.desk_app.show_message(texts.TO_MOVE_COPIED.format(phone=one.phone or texts.TO_MOVE_NO_PHONE))
        elif act == SHOW and one.ticket is not None:
            place.desk_app.show_ticket(one.ticket)
        elif act == MOVE and look:
            look(one)
        elif act == CANCEL:
            cancel_imported(place, one)

    def show(found: "list[Unplaced]") -> None:
        if not found:
            place.desk_app.show_message(texts.NOTHING_TO_MOVE)
            return
        choices = [dialogs.choose.Choice(one, outputs.providers.unplaced_line(one), one.channel) for one in found]
        place.choose(texts.TO_MOVE_TITLE, choices, ask)

    place.ask("to_move", lambda desk, now: services.agenda.to_move(desk, now), show)


def acts_of(one: "Unplaced", *, may_book: bool, can_look: bool) -> Iterator[str]:
    """What can be done with a booking. One with a ticket is moved there; an imported one has none."""
    yield COPY
    if one.ticket is not None:
        yield SHOW
    elif one.is_imported and may_book:
        yield from (MOVE, CANCEL) if can_look else (CANCEL,)


def cancel_imported(place: Keeping, one: "Unplaced") -> None:
    """Ask for the reason, and cancel an imported booking."""

    def work(desk: "Desk", now: datetime, given: "Words", _request: str) -> None:
        services.imported_bookings.cancel(desk, one.booking, given["reason"], now)

    place.keep(
        texts.TO_MOVE_CANCEL_TITLE,
        {"reason": dialogs.keep.Item(texts.TO_MOVE_CANCEL_WHY)},
        work,
        lambda _: place.changed(texts.CANCELLED),
        draft=("desmarcar importado", str(one.booking)),
        above=[outputs.providers.unplaced_line(one)],
    )
