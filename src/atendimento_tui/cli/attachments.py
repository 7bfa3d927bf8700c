"""Commands for files and documents of tickets: `anexar`, `anexos`, `documentos`."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from atendimento_tui import domain, outputs, services
from atendimento_tui import texts as all_texts
from atendimento_tui.cli.common import clock, opened, print_json, protocol
from atendimento_tui.cli.parser import add_command
from atendimento_tui.cli.streams import put, say
from atendimento_tui.contracts.tickets import Order
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.texts import command as texts

if TYPE_CHECKING:
    from atendimento_tui.contracts.attachments import AttachmentRow
    from atendimento_tui.services.desk import Desk

_STDIN = "-"


def add(commands: Any) -> None:
    """Add these commands to the parser."""
    attaching = add_command(commands, "anexar", texts.ATTACH, _attach)
    attaching.add_argument("protocolo", help=texts.PROTOCOL)
    attaching.add_argument("arquivo", nargs="+", metavar="ARQUIVO", help=texts.ATTACH_FILE)
    attaching.add_argument("--nome", metavar="NOME", help=texts.ATTACH_NAME)
    listing = add_command(commands, "anexos", texts.ATTACHMENTS, _list)
    listing.add_argument("protocolo", help=texts.PROTOCOL)
    listing.add_argument("--json", action="store_true", help=texts.AS_JSON)
    listing.add_argument("--salvar", type=Path, metavar="PASTA", help=texts.ATTACHMENTS_SAVE)
    listing.add_argument("--numero", type=int, metavar="N", help=texts.ATTACHMENTS_NUMBER)
    documents = add_command(commands, "documentos", texts.DOCUMENTS, _documents)
    documents.add_argument("protocolo", nargs="?", help=texts.DOCUMENTS_OF)
    documents.add_argument("--json", action="store_true", help=texts.AS_JSON)


def _documents(args: argparse.Namespace) -> int:
    """The documents of a ticket; without one, all tickets that wait for documents."""
    with opened(args) as desk:
        zone = desk.zone
        if args.protocolo is None:
            rows = services.documents.waiting(desk)
            if args.json:
                print_json([outputs.as_json.waiting_ticket(row, zone) for row in rows])
            elif rows:
                put("\n".join(outputs.as_text.waiting_line(row, zone) for row in rows))
            else:
                say(all_texts.documents.EMPTY[0][0])
            return 0
        view = services.tickets.ticket_view(desk, clock(), protocol=protocol(args))
    if args.json:
        print_json([outputs.as_json.document(each, zone) for each in view.documents])
    elif view.documents:
        put("\n".join(outputs.as_text.document_line(each, zone) for each in view.documents))
    else:
        say(all_texts.tickets.NO_DOCUMENTS_NEEDED)
    return 0


def _attach(args: argparse.Namespace) -> int:
    """Each file is an act of its own: those before one that is refused stay attached."""
    with opened(args) as desk:
        row = services.tickets.ticket_view(desk, clock(), protocol=protocol(args)).row
        for given in args.arquivo:
            order = Order(row.key, desk.actor.person, uuid4().hex, clock())
            if given == _STDIN:
                at_most = desk.unit.attachment_mib * domain.attachments.MIB
                content = sys.stdin.buffer.read(at_most + 1)
                done = services.attachments.attach(desk, order, args.nome or "", content)
            else:
                done = services.attachments.attach_file(desk, order, Path(given), args.nome)
            last = services.attachments.attachments_of(desk, ticket_id=done.ticket)[-1]
            say(all_texts.attachments.ATTACHED.format(name=outputs.as_text.one_line(last.name), number=last.number))
    return 0


def _list(args: argparse.Namespace) -> int:
    with opened(args) as desk:
        number = protocol(args)
        rows = services.attachments.attachments_of(desk, protocol=number)
        if args.numero is not None:
            rows = [row for row in rows if row.number == args.numero]
            if not rows:
                raise Refused("anexo_numero", protocol=number, number=args.numero)
        if args.salvar:
            return _save(desk, rows, args.salvar)
        zone = desk.zone
    if args.json:
        print_json([outputs.as_json.attachment(row, zone) for row in rows])
    elif rows:
        put("\n".join(outputs.as_text.attachment_line(row, zone) for row in rows))
    else:
        say(all_texts.attachments.NONE)
    return 0


def _save(desk: "Desk", rows: "list[AttachmentRow]", folder: Path) -> int:
    for row in rows:
        _, content = services.attachments.read(desk, row.id)
        stem, ending = domain.attachments.file_name(row.name, row.kind)
        put(str(outputs.in_place.numbered_file(folder, stem, ending, content, desk.file)))
    return 0
