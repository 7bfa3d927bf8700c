"""Commands of the agenda: `vagas`, `mes`, `reservar`, `remarcar`, `cancelar`, `dia`, `ics`; `waiting` has `espera`."""

import argparse
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from atendimento_tui import contracts, outputs, services
from atendimento_tui import texts as all_texts
from atendimento_tui.cli import waiting
from atendimento_tui.cli.appointments import answers_of, day_typed, open_request, tell_appointment, ticket_of
from atendimento_tui.cli.common import clock, opened, print_json
from atendimento_tui.cli.parser import add_command, add_group
from atendimento_tui.cli.streams import put, say
from atendimento_tui.contracts.tickets import Order
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.text import entered
from atendimento_tui.texts import agenda_command as help_texts
from atendimento_tui.texts import command as texts

if TYPE_CHECKING:
    from atendimento_tui.contracts.bookings import BookingRow
    from atendimento_tui.services.desk import Desk


def add(commands: Any) -> None:
    """Add these commands to the parser."""
    group = add_group(commands, "agenda", help_texts.AGENDA)
    slots = add_command(group, "vagas", help_texts.AGENDA_SLOTS, _slots)
    for option in ("cidade", "especialidade", "profissional", "data"):
        slots.add_argument(f"--{option}", default="", metavar="VALOR", help=help_texts.AGENDA_OPTIONS[option])
    slots.add_argument("--protocolo", metavar="N", help=help_texts.AGENDA_FOR_TICKET)
    month = add_command(group, "mes", help_texts.AGENDA_MONTH, _month)
    month.add_argument("--mes", default="", metavar="MM/AAAA", help=help_texts.AGENDA_WHICH_MONTH)
    for option in ("cidade", "especialidade", "profissional"):
        month.add_argument(f"--{option}", default="", metavar="VALOR", help=help_texts.AGENDA_OPTIONS[option])
    month.add_argument("--svg", type=Path, metavar="ARQUIVO", help=help_texts.AGENDA_MONTH_PICTURE)
    booking = add_command(group, "reservar", help_texts.AGENDA_BOOK, _book)
    booking.add_argument("vaga", metavar="CODIGO", help=help_texts.AGENDA_SLOT)
    booking.add_argument("--protocolo", metavar="N", help=help_texts.AGENDA_OF_TICKET)
    for option in ("beneficiario", "nascimento", "canal"):
        booking.add_argument(f"--{option}", default="", metavar="VALOR", help=help_texts.AGENDA_OPTIONS[option])
    booking.add_argument("--no-lugar-de", type=int, metavar="N", help=help_texts.AGENDA_INSTEAD)
    booking.add_argument("--pedido", metavar="ID", help=help_texts.AGENDA_REQUEST)
    moving = add_command(group, "remarcar", help_texts.AGENDA_MOVE, _move)
    moving.add_argument("protocolo", help=texts.PROTOCOL)
    moving.add_argument("vaga", metavar="CODIGO", help=help_texts.AGENDA_SLOT)
    for parser in (booking, moving):
        parser.add_argument("--campo", action="append", default=[], metavar="CAMPO=VALOR", help=help_texts.AGENDA_FIELD)
    cancelling = add_command(group, "cancelar", help_texts.AGENDA_CANCEL, _cancel)
    which = cancelling.add_mutually_exclusive_group(required=True)
    which.add_argument("protocolo", nargs="?", help=texts.PROTOCOL)
    which.add_argument("--importado", type=int, metavar="N", help=help_texts.AGENDA_IMPORTED)
    cancelling.add_argument("--motivo", required=True, metavar="TEXTO", help=help_texts.AGENDA_WHY)
    waiting.add(group)
    filing = add_command(group, "ics", help_texts.AGENDA_ICS, _file)
    filing.add_argument("protocolo", help=texts.PROTOCOL)
    filing.add_argument("--salvar", type=Path, required=True, metavar="PASTA", help=help_texts.AGENDA_ICS_FOLDER)
    listing = add_command(group, "dia", help_texts.AGENDA_DAY, _day)
    listing.add_argument("dia", metavar="DIA", nargs="?", default="", help=help_texts.AGENDA_WHICH_DAY)
    for option in ("local", "profissional"):
        listing.add_argument(f"--{option}", default="", metavar="VALOR", help=help_texts.AGENDA_OPTIONS[option])
    listing.add_argument("--imprimir", metavar="IMPRESSORA", help=help_texts.AGENDA_DAY_PRINTER)
    listing.add_argument("--salvar", type=Path, metavar="PASTA", help=help_texts.AGENDA_DAY_FOLDER)
    for parser in (slots, month, booking, moving, listing):
        parser.add_argument("--json", action="store_true", help=texts.AS_JSON)


def _slots(args: argparse.Namespace) -> int:
    now = clock()
    with opened(args) as desk:
        city, specialty, doctor = (entered(each) for each in (args.cidade, args.especialidade, args.profissional))
        first, ticket = day_typed(args.data) if args.data else None, ticket_of(desk, args) if args.protocolo else None
        asked = contracts.agenda.AgendaFilter(city, specialty, doctor, first, ticket=ticket)
        page = services.agenda.lookup(desk, asked, now)
        if args.json:
            print_json(outputs.agenda.as_json(page))
        else:
            put("\n".join(outputs.agenda.lines(page)))
        if services.limits.note_missed(desk, asked, page, now):
            say(all_texts.agenda.LIMIT_TOLD)
    return 0


def _month(args: argparse.Namespace) -> int:
    now = clock()
    with opened(args) as desk:
        city, specialty, doctor = (entered(each) for each in (args.cidade, args.especialidade, args.profissional))
        first = _month_typed(args.mes) if args.mes else now.astimezone(desk.zone).date()
        asked = contracts.agenda.AgendaFilter(city, specialty, doctor)
        found = services.agenda.month(desk, asked, first, now)
        if args.svg:
            with outputs.in_place.new_file(args.svg, database=desk.file) as file:
                file.write(outputs.agenda_month.svg(found).encode())
            say(all_texts.agenda.MONTH_SAVED.format(path=args.svg))
    if args.json:
        print_json(outputs.agenda_month.as_json(found))
    elif not args.svg:
        put("\n".join(outputs.agenda_month.lines(found)))
    return 0


def _book(args: argparse.Namespace) -> int:
    """Open a ticket, unless one is named, and book. A ticket that was opened stays if the slot is lost."""
    answers, now = answers_of(args), clock()
    with opened(args) as desk:
        request = args.pedido or uuid4().hex
        ticket = ticket_of(desk, args) if args.protocolo else open_request(desk, args, answers, request, args.vaga)
        order = Order(ticket, desk.actor.person, f"{request}:vaga", now)
        services.appointments.book_code(desk, order, args.vaga, answers, instead_of=args.no_lugar_de)
        tell_appointment(desk, args, ticket)
    return 0


def _move(args: argparse.Namespace) -> int:
    answers = answers_of(args)
    with opened(args) as desk:
        ticket = ticket_of(desk, args)
        order = Order(ticket, desk.actor.person, uuid4().hex, clock())
        services.appointments.book_code(desk, order, args.vaga, answers)
        tell_appointment(desk, args, ticket)
    return 0


def _cancel(args: argparse.Namespace) -> int:
    with opened(args) as desk:
        if args.importado is not None:
            services.imported_bookings.cancel(desk, args.importado, entered(args.motivo), clock())
        else:
            order = Order(ticket_of(desk, args), desk.actor.person, uuid4().hex, clock())
            services.appointments.cancel(desk, order, entered(args.motivo))
    say(all_texts.agenda.CANCELLED)
    return 0


def _file(args: argparse.Namespace) -> int:
    with opened(args) as desk:
        booked, changes = services.bookings.told_appointment(desk, ticket_of(desk, args))
        stem = all_texts.agenda.EVENT_FILE.format(protocol=booked.protocol)
        data = outputs.calendar_file.written(booked, changes, desk.unit, clock())
        path = outputs.in_place.numbered_file(args.salvar, stem, outputs.calendar_file.ENDING, data, desk.file)
        put(str(path))
    return 0


def _day(args: argparse.Namespace) -> int:
    with opened(args) as desk:
        today = clock().astimezone(desk.zone).date()
        day = day_typed(args.dia) if args.dia else today
        rows = services.bookings.day(desk, day, entered(args.local), entered(args.profissional))
        if rows and (args.salvar or args.imprimir):
            _day_on_paper(desk, args, day, rows)
    if args.json:
        print_json([outputs.agenda.booking_as_json(each) for each in rows])
    elif rows:
        put("\n".join(outputs.agenda.booking_line(each) for each in rows))
    else:
        say(all_texts.agenda.EMPTY_DAY)
    return 0


def _day_on_paper(desk: "Desk", args: argparse.Namespace, day: date, rows: "list[BookingRow]") -> None:
    pdf = outputs.pdf.pdf_bytes(outputs.agenda.day_sheet(desk.unit, day, rows), clock().astimezone(desk.zone))
    if args.salvar:
        stem = all_texts.agenda.DAY_FILE.format(day=day)
        path = outputs.in_place.numbered_file(args.salvar, stem, ".pdf", pdf, desk.file)
        say(all_texts.agenda.DAY_SAVED.format(path=path))
    if args.imprimir:
        outputs.printing.print_pdf(pdf, args.imprimir)
        say(all_texts.agenda.DAY_PRINTED.format(printer=args.imprimir))


def _month_typed(typed: str) -> date:
    try:
        return datetime.strptime(entered(typed), "%m/%Y").date()  # noqa: DTZ007 - a month
    except ValueError:
        raise Refused("agenda_mes", typed=typed) from None
