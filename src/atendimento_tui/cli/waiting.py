"""Commands of the waiting list: `agenda espera incluir`, `listar`, `oferecer`, `aceitar`, `recusar`, `sair`."""

import argparse
from typing import Any
from uuid import uuid4

from atendimento_tui import contracts, outputs, services
from atendimento_tui import texts as all_texts
from atendimento_tui.cli.appointments import answers_of, open_request, tell_appointment, ticket_of
from atendimento_tui.cli.common import clock, opened, print_json
from atendimento_tui.cli.parser import add_command, add_group
from atendimento_tui.cli.streams import put, say
from atendimento_tui.contracts.tickets import Order
from atendimento_tui.domain.text import entered
from atendimento_tui.texts import agenda_command as help_texts
from atendimento_tui.texts import command as texts


def add(commands: Any) -> None:
    """Add these commands to the group of the agenda."""
    own = help_texts.AGENDA_WAITING
    group = add_group(commands, "espera", own["espera"])
    putting = add_command(group, "incluir", own["incluir"], _put)
    putting.add_argument("protocolo", nargs="?", default="", help=own["protocolo"])
    for option in ("especialidade", "cidade", "profissional", "ate", "beneficiario", "nascimento", "canal"):
        help_text = own.get(f"--{option}") or help_texts.AGENDA_OPTIONS[option]
        putting.add_argument(f"--{option}", default="", metavar="VALOR", help=help_text)
    listing = add_command(group, "listar", own["listar"], _list)
    offering = add_command(group, "oferecer", own["oferecer"], _offer)
    offering.add_argument("vaga", nargs="?", default="", metavar="CODIGO", help=own["vaga"])
    accepting = add_command(group, "aceitar", own["aceitar"], _accept)
    refusing = add_command(group, "recusar", own["recusar"], _refuse)
    refusing.add_argument("--sair", action="store_true", help=own["--sair"])
    leaving = add_command(group, "sair", own["sair"], _leave)
    for parser in (accepting, refusing, leaving):
        parser.add_argument("protocolo", help=texts.PROTOCOL)
    for parser in (putting, accepting):
        parser.add_argument("--campo", action="append", default=[], metavar="CAMPO=VALOR", help=help_texts.AGENDA_FIELD)
    for parser in (refusing, leaving):
        parser.add_argument("--motivo", default="", metavar="TEXTO", help=help_texts.AGENDA_WHY)
    for parser in (putting, listing, offering, accepting):
        parser.add_argument("--json", action="store_true", help=texts.AS_JSON)


def _put(args: argparse.Namespace) -> int:
    """Put a ticket on the list; without one, open it first. What was opened stays if the list refuses it."""
    answers, typed = (
        answers_of(args),
        {key: entered(value) for key, value in vars(args).items() if isinstance(value, str)},
    )
    with opened(args) as desk:
        request = uuid4().hex
        if args.protocolo:
            ticket = ticket_of(desk, args)
        else:
            specialty = {services.appointments.SPECIALTY: typed["especialidade"]} if typed["especialidade"] else {}
            ticket = open_request(desk, args, {**specialty, **answers}, request)
        asked = contracts.waiting.WaitingAsked(
            typed["especialidade"], typed["cidade"], typed["profissional"], typed["ate"]
        )
        services.waiting.put(desk, Order(ticket, desk.actor.person, f"{request}:espera", clock()), asked)
        [row] = services.waiting.listed(desk, ticket)
        if args.json:
            print_json(outputs.waiting.as_json(row, desk.zone))
        else:
            say(all_texts.waiting.PUT.format(wish=outputs.waiting.wish_line(row)))
    return 0


def _list(args: argparse.Namespace) -> int:
    with opened(args) as desk:
        rows = services.waiting.listed(desk)
        if args.json:
            print_json([outputs.waiting.as_json(each, desk.zone) for each in rows])
        elif rows:
            put("\n".join(outputs.waiting.lines(rows, desk.zone)))
        else:
            say(all_texts.waiting.EMPTY)
    return 0


def _offer(args: argparse.Namespace) -> int:
    """Offer a free slot; without one, what was given back and is not offered yet."""
    with opened(args) as desk:
        if args.vaga:
            made = int(services.waiting.offer_code(desk, entered(args.vaga), clock()))
            told = all_texts.waiting.OFFER_MADE if made else all_texts.waiting.NOBODY
        else:
            made = services.waiting_offers.pass_on(desk, clock())
            told = all_texts.waiting.OFFERS_MADE.format(count=made)
    if args.json:
        print_json({"ofertas": made})
    else:
        say(told)
    return 0


def _accept(args: argparse.Namespace) -> int:
    answers = answers_of(args)
    with opened(args) as desk:
        ticket = ticket_of(desk, args)
        services.waiting.accept(desk, Order(ticket, desk.actor.person, uuid4().hex, clock()), answers)
        tell_appointment(desk, args, ticket)
    return 0


def _refuse(args: argparse.Namespace) -> int:
    with opened(args) as desk:
        order = Order(ticket_of(desk, args), desk.actor.person, uuid4().hex, clock())
        services.waiting.refuse(desk, order, entered(args.motivo), leaves=args.sair)
    say(all_texts.waiting.REFUSED)
    return 0


def _leave(args: argparse.Namespace) -> int:
    with opened(args) as desk:
        order = Order(ticket_of(desk, args), desk.actor.person, uuid4().hex, clock())
        services.waiting.leave(desk, order, entered(args.motivo))
    say(all_texts.waiting.LEFT)
    return 0
