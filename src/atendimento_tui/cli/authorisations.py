"""The command for guias: `guia`."""

import argparse
import hashlib
from datetime import datetime
from typing import TYPE_CHECKING, Any

from atendimento_tui import domain, outputs, services
from atendimento_tui import texts as all_texts
from atendimento_tui.cli.common import clock, opened, print_json
from atendimento_tui.cli.parser import add_command
from atendimento_tui.cli.streams import put, say
from atendimento_tui.contracts.tickets import Order
from atendimento_tui.texts import command as texts

if TYPE_CHECKING:
    from atendimento_tui.contracts.authorisations import Guia
    from atendimento_tui.services.desk import Desk


def add(commands: Any) -> None:
    """Add the command to the parser."""
    guia = add_command(commands, "guia", texts.GUIA, _guia)
    guia.add_argument("numero", nargs="+", metavar="N", help=texts.GUIA_NUMBER)
    guia.add_argument("--json", action="store_true", help=texts.AS_JSON)
    guia.add_argument("--meio", default="", metavar="MEIO", help=texts.GUIA_WAY)
    guia.add_argument("--a", default="", metavar="QUEM", dest="quem", help=texts.GUIA_WHOM)
    guia.add_argument("--so-ver", action="store_true", help=texts.GUIA_ONLY_LOOK)


def _guia(args: argparse.Namespace) -> int:
    now = clock()
    with opened(args) as desk:
        found = services.authorisations.find_guias(desk, " ".join(args.numero), now)
        if len(found) == 1 and found[0].code and not args.so_ver:
            way, to = args.meio or domain.authorisations.BY_COMMAND, args.quem.strip()
            _note(desk, found[0], way, to or all_texts.authorisations.WHO_CALLED, now)
        zone = desk.zone
    if args.json:
        print_json([outputs.authorisations.as_json(each, zone) for each in found])
    elif found:
        put("\n".join(outputs.authorisations.line(each) for each in found))
    else:
        say(all_texts.authorisations.FOUND_NONE)
    return 0


def _note(desk: "Desk", guia: "Guia", way: str, to: str, now: datetime) -> None:
    """Record that the state was told. The same one, told again on the same day in the same way, is one event."""
    ticket, actor = guia.row.key, desk.actor.person
    told = (ticket, guia.state, way, to, actor, now.astimezone(desk.zone).date().isoformat())
    request = hashlib.sha256(repr(told).encode()).hexdigest()[:32]
    services.acts.note_state_shown(desk, Order(ticket, actor, request, now), way, to)
