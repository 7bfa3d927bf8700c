"""From an ended ticket to the intake of a service that continues it, filled in and linked."""

from datetime import datetime
from typing import TYPE_CHECKING

from atendimento_tui import services
from atendimento_tui.actions.areas.intake import PLACE as INTAKE
from atendimento_tui.screens import dialogs
from atendimento_tui.screens.base import Place
from atendimento_tui.texts import formats
from atendimento_tui.texts import intake as texts

if TYPE_CHECKING:
    from atendimento_tui.contracts.beneficiaries import BeneficiaryRow
    from atendimento_tui.contracts.intake import NextService
    from atendimento_tui.services.desk import Desk

    Following = tuple[BeneficiaryRow | None, list[NextService]]


def offer_next(place: Place, ticket: int, protocol: str) -> None:
    """Let the person choose the service that continues an ended ticket, and begin its intake.

    Args:
        ticket: The id of the ended ticket.
    """

    def read(desk: "Desk", _now: datetime) -> "Following":
        return services.next_services.next_services(desk, ticket)

    def offer(found: "Following") -> None:
        about, following = found
        if not following:
            place.desk_app.show_message(texts.NEXT_NONE, warning=True)
            return

        def begin(service: "NextService | None") -> None:
            if service:
                place.desk_app.about, place.desk_app.next_service = about, service
                place.desk_app.go(INTAKE.where)

        choices = [dialogs.choose.Choice(each, each.name, each.link) for each in following]
        title = texts.NEXT_TITLE.format(protocol=formats.protocol_groups(protocol))
        place.app.push_screen(dialogs.choose.ChooseDialog(title, choices, texts.NEXT_PLACEHOLDER), begin)

    place.ask(("continuar", ticket), read, offer)
