"""What commands about appointments share: the ticket that is named or opened, the answers, what is told."""

import argparse
from datetime import date
from typing import TYPE_CHECKING

from atendimento_tui import contracts, outputs, services
from atendimento_tui import texts as all_texts
from atendimento_tui.cli.common import clock, print_json, protocol
from atendimento_tui.cli.streams import put, say
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.text import entered

if TYPE_CHECKING:
    from atendimento_tui.services.desk import Desk


def open_request(desk: "Desk", args: argparse.Namespace, answers: dict[str, str], request: str, slot: str = "") -> int:
    """Open the ticket for somebody whose two items are right; its id.

    Args:
        slot: The code of the slot that is asked for; empty if none is free.
    """
    person = services.appointments.identified(desk, args.beneficiario, day_typed(args.nascimento))
    channel = args.canal or all_texts.agenda.APP_CHANNEL
    asked = contracts.bookings.Appointment(slot, person.id, person.name, channel, answers)
    opened_ticket = services.appointments.ask(desk, asked, request, clock())
    say(all_texts.agenda.OPENED.format(protocol=all_texts.formats.protocol_groups(opened_ticket.protocol)))
    return opened_ticket.ticket


def tell_appointment(desk: "Desk", args: argparse.Namespace, ticket: int) -> None:
    """Say the appointment: when, with whom, where, the protocol."""
    booked, _ = services.bookings.told_appointment(desk, ticket)
    if args.json:
        print_json(outputs.agenda.booking_as_json(booked))
    else:
        put(outputs.agenda.said(booked))


def ticket_of(desk: "Desk", args: argparse.Namespace) -> int:
    """The id of the ticket that is named."""
    return services.tickets.ticket_view(desk, clock(), protocol=protocol(args)).row.key


def answers_of(args: argparse.Namespace) -> dict[str, str]:
    """The answers to fields of the process, as typed: `--campo motivo=dor`.

    Raises:
        Refused: One is no answer.
    """
    found = {}
    for each in args.campo:
        key, sign, value = entered(each).partition("=")
        if not sign:
            raise Refused("agenda_campo", typed=each)
        found[key.strip()] = value.strip()
    return found


def day_typed(typed: str) -> date:
    """A day as people write it.

    Raises:
        Refused: It is none.
    """
    return services.staff.typed_day(entered(typed))
