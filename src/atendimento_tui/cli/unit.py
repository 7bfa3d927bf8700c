"""Commands for the settings of the unit and for its other systems: `unidade`, `sistemas`."""

import argparse
from pathlib import Path
from typing import Any

from atendimento_tui import outputs, services
from atendimento_tui import texts as all_texts
from atendimento_tui.cli.common import clock, opened, print_json
from atendimento_tui.cli.parser import add_command, add_group
from atendimento_tui.cli.streams import put, say
from atendimento_tui.texts import command as texts


def add(commands: Any) -> None:
    """Add these commands to the parser."""
    unit = add_group(commands, "unidade", texts.UNIT)
    shown = add_command(unit, "ver", texts.UNIT_SHOW, _show)
    shown.add_argument("--json", action="store_true", help=texts.AS_JSON)
    changed = add_command(unit, "alterar", texts.UNIT_CHANGE, _change)
    changed.add_argument("ajuste", metavar="AJUSTE", help=texts.UNIT_SETTING)
    changed.add_argument("valor", metavar="VALOR", help=texts.UNIT_VALUE)
    systems = add_group(commands, "sistemas", texts.SYSTEMS)
    add_command(systems, "ver", texts.SYSTEMS_SHOW, _show_systems)
    given = add_command(systems, "alterar", texts.SYSTEMS_CHANGE, _change_systems)
    given.add_argument("arquivo", metavar="ARQUIVO", type=Path, help=texts.SYSTEMS_FILE)


def _show(args: argparse.Namespace) -> int:
    with opened(args) as desk:
        values = services.settings.unit_settings(desk).values
    if args.json:
        print_json(dict(values))
    else:
        put("\n".join(outputs.as_text.one_line(f"{key:20}{value}") for key, value in values.items()))
    return 0


def _change(args: argparse.Namespace) -> int:
    with opened(args) as desk:
        value = services.settings.change_setting(desk, args.ajuste, args.valor, clock())
    label = all_texts.settings.LABEL[args.ajuste.strip().lower()]
    say(all_texts.settings.CHANGED.format(label=label, value=value if value != "" else all_texts.settings.EMPTY_VALUE))
    return 0


def _show_systems(args: argparse.Namespace) -> int:
    with opened(args) as desk:
        put(services.external.systems_text(desk).rstrip("\n"))
    return 0


def _change_systems(args: argparse.Namespace) -> int:
    with opened(args) as desk:
        names = [each.name for each in services.external.change_systems(desk, args.arquivo, clock())]
    known = all_texts.external
    many = {0: known.CHANGED_NONE, 1: known.CHANGED_ONE}.get(len(names), known.CHANGED)
    say(many.format(count=len(names), names=", ".join(names)))
    return 0
