"""The bookings whose time was closed: a list from which the message to each beneficiary is copied."""

from typing import TYPE_CHECKING

from atendimento_tui import outputs, services
from atendimento_tui.screens import dialogs
from atendimento_tui.screens.keeping import Keeping
from atendimento_tui.texts import agenda as texts

if TYPE_CHECKING:
    from atendimento_tui.contracts.providers import Unplaced


def show_to_move(place: Keeping) -> None:
    """List the bookings whose time was closed; choosing one copies the message to its beneficiary.

    Args:
        place: The place that asks.
    """

    def copy(one: "Unplaced") -> None:
        place.app.copy_to_clipboard(outputs.providers.unplaced_message(one))
        phone = one.phone or texts.TO_MOVE_NO_PHONE
        place.desk_app.show_message(texts.TO_MOVE_COPIED.format(phone=phone))

    def show(found: "list[Unplaced]") -> None:
        if not found:
            place.desk_app.show_message(texts.NOTHING_TO_MOVE)
            return
        choices = [dialogs.choose.Choice(one, outputs.providers.unplaced_line(one), one.channel) for one in found]
        place.choose(texts.TO_MOVE_TITLE, choices, copy)

    place.ask("to_move", lambda desk, now: services.agenda.to_move(desk, now), show)
