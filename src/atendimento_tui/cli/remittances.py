"""Commands for remittances: `remessas listar`, `remessas fechar`, `remessas receber`, `remessas recusar`."""

import argparse
from pathlib import Path
from typing import Any
from uuid import uuid4

from atendimento_tui import outputs, services
from atendimento_tui import texts as all_texts
from atendimento_tui.cli.common import clock, opened, print_json, protocol
from atendimento_tui.cli.parser import add_command, add_group
from atendimento_tui.cli.streams import put, say
from atendimento_tui.contracts.papers import Way
from atendimento_tui.contracts.tickets import Order
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.texts import command as texts

_ALL = "todos"


def add(commands: Any) -> None:
    """Add these commands to the parser."""
    group = add_group(commands, "remessas", texts.REMITTANCES)
    listing = add_command(group, "listar", texts.REMITTANCES_LIST, _list)
    listing.add_argument("--todas", action="store_true", help=texts.REMITTANCES_ALL)
    listing.add_argument("--json", action="store_true", help=texts.AS_JSON)
    closing = add_command(group, "fechar", texts.REMITTANCES_CLOSE, _close)
    closing.add_argument("setor", metavar="SETOR", help=texts.REMITTANCES_GROUP)
    closing.add_argument("--salvar", type=Path, metavar="PASTA", help=texts.REMITTANCES_SAVE)
    closing.add_argument("--json", action="store_true", help=texts.AS_JSON)
    for name, help_text in (("receber", texts.REMITTANCES_TAKE), ("recusar", texts.REMITTANCES_REFUSE)):
        deciding = add_command(group, name, help_text, _decide)
        deciding.add_argument("protocolo", help=texts.PROTOCOL)
        deciding.add_argument("documento", metavar="DOCUMENTO", help=texts.REMITTANCES_DOCUMENT)
        if name == "recusar":
            deciding.add_argument("motivo", metavar="MOTIVO", help=texts.REMITTANCES_REASON)
        deciding.add_argument("--disse", metavar="QUEM", default="", help=texts.REMITTANCES_SAID)


def _list(args: argparse.Namespace) -> int:
    with opened(args) as desk:
        found, items = services.remittances.listed(desk, every=args.todas)
        zone = desk.zone
    if args.json:
        print_json(outputs.remittances.as_data(found, items, zone))
    elif found:
        put("\n".join(outputs.remittances.lines(found, items)))
    else:
        say(all_texts.remittances.NOTHING)
    return 0


def _close(args: argparse.Namespace) -> int:
    with opened(args) as desk:
        row = services.remittances.close(desk, args.setor, clock())
        said = args.salvar and services.remittances.deliver_list(
            desk, row.id, Way("arquivo", folder=args.salvar), clock()
        )
        zone = desk.zone
    if args.json:
        print_json(outputs.remittances.as_data([row], [], zone)[0])
    number = outputs.remittances.number_of(row)
    say(all_texts.remittances.CLOSED_DONE.format(number=number, group=row.group, items=row.items))
    if said:
        say(said)
    return 0


def _decide(args: argparse.Namespace) -> int:
    """Each document is an act of its own: those before one that is refused stay recorded."""
    reason = getattr(args, "motivo", "")
    known = all_texts.remittances
    with opened(args) as desk:
        row = services.tickets.ticket_view(desk, clock(), protocol=protocol(args)).row
        items = services.remittances.on_the_way(desk, row.key)
        chosen = [each for each in items if args.documento == _ALL or each.document == args.documento]
        if not chosen:
            raise Refused("documento_nao_a_caminho", name=args.documento)
        for item in chosen:
            order = Order(row.key, desk.actor.person, uuid4().hex, clock())
            services.remittances.decide(desk, order, item.document, reason=reason, said_by=args.disse)
            text = known.REFUSED if reason else known.TAKEN
            protocol_shown = all_texts.formats.protocol_groups(row.protocol)
            say(outputs.as_text.one_line(text.format(name=item.name, protocol=protocol_shown)))
    return 0
