"""The register of protocols: `registro`."""

import argparse
from typing import TYPE_CHECKING, Any

import atendimento_tui
from atendimento_tui import outputs, services
from atendimento_tui import texts as all_texts
from atendimento_tui.cli.common import clock, opened, print_json
from atendimento_tui.cli.parser import add_command
from atendimento_tui.cli.streams import put, say
from atendimento_tui.texts import command as texts

if TYPE_CHECKING:
    from atendimento_tui.services.desk import Desk


def add(commands: Any) -> None:
    """Add the command to the parser."""
    writing = add_command(commands, "registro", texts.REGISTER, _write)
    writing.add_argument("--simular", action="store_true", help=texts.REGISTER_TRIAL)
    writing.add_argument("--json", action="store_true", help=texts.AS_JSON)


def register_of_the_day(desk: "Desk") -> None:
    """Write the register if it is due and the settings name one. A failure is only said: the next run tries again."""
    try:
        layout = services.register.layout_if_any(atendimento_tui.paths.settings_file())
        run = services.register.write_if_due(desk, layout, clock()) if layout else None
    except Exception as error:
        refusal = services.refusals.refusal_of(error)
        if refusal is None:
            raise
        say(all_texts.refusals.sentence(*refusal))
    else:
        if run:
            say(all_texts.register.sentence(run))


def _write(args: argparse.Namespace) -> int:
    layout = services.register.layout_of(atendimento_tui.paths.settings_file())
    with opened(args) as desk:
        run = services.register.write_register(desk, layout, clock(), trial=args.simular)
    if args.json:
        print_json(outputs.as_json.register_run(run))
    else:
        for row in run.written:
            put(outputs.as_text.one_line(f"{row.number}  {all_texts.formats.protocol_groups(row.protocol)}"))
    say(all_texts.register.sentence(run, trial=args.simular))
    return 0
