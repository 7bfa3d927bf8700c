"""The command for guias: `guia`."""

import argparse
from typing import Any

from atendimento_tui import outputs, services
from atendimento_tui import texts as all_texts
from atendimento_tui.cli.common import clock, opened, print_json
from atendimento_tui.cli.parser import add_command
from atendimento_tui.cli.streams import put, say
from atendimento_tui.texts import command as texts


def add(commands: Any) -> None:
    """Add the command to the parser."""
    guia = add_command(commands, "guia", texts.GUIA, _guia)
    guia.add_argument("numero", nargs="+", metavar="N", help=texts.GUIA_NUMBER)
    guia.add_argument("--json", action="store_true", help=texts.AS_JSON)


def _guia(args: argparse.Namespace) -> int:
    with opened(args) as desk:
        found = services.authorisations.find_guias(desk, " ".join(args.numero), clock())
    if args.json:
        print_json([outputs.authorisations.as_json(each) for each in found])
    elif found:
        put("\n".join(outputs.authorisations.line(each) for each in found))
    else:
        say(all_texts.authorisations.FOUND_NONE)
    return 0
