"""The register of protocols: `registro`."""

import argparse
from typing import Any

import atendimento_tui
from atendimento_tui import outputs, services
from atendimento_tui import texts as all_texts
from atendimento_tui.cli.common import clock, opened, print_json
from atendimento_tui.cli.parser import add_command
from atendimento_tui.cli.streams import put, say
from atendimento_tui.texts import command as texts


def add(commands: Any) -> None:
    """Add the command to the parser."""
    writing = add_command(commands, "registro", texts.REGISTER, _write)
    writing.add_argument("--simular", action="store_true", help=texts.REGISTER_TRIAL)
    writing.add_argument("--json", action="store_true", help=texts.AS_JSON)


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
