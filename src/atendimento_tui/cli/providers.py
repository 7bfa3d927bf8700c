"""Commands for who offers appointments: `profissionais`, `locais`, `especialidades`, `horarios`."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from atendimento_tui import outputs, services
from atendimento_tui import texts as all_texts
from atendimento_tui.cli.common import clock, opened, print_json, progress, say_import
from atendimento_tui.cli.parser import add_command, add_group
from atendimento_tui.cli.streams import put, say
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.texts import agenda_command as help_texts
from atendimento_tui.texts import command as command_texts

if TYPE_CHECKING:
    from atendimento_tui.contracts.providers import Changed

_ITEMS = {
    "especialidades": ("specialty", {"item_rn566": "rn566", "preparo": "preparation", "ativa": "active"}),
    "locais": (
        "site",
        {"endereco": "address", "cidade": "city", "uf": "state", "calendario": "calendar", "ativo": "active"},
    ),
    "profissionais": (
        "provider",
        {
            "registro": "registration",
            "especialidades": "specialties",
            "principal": "master",
            "encaixes": "squeeze_ins",
            "ativo": "active",
        },
    ),
}
"""Group of commands -> what it keeps, and option -> item."""

_HOURS = {
    "local": "site",
    "especialidade": "specialty",
    "horas": "hours",
    "regra": "rule",
    "desde": "since",
    "ate": "until",
    "vaga": "slot",
    "lugares": "capacity",
    "segunda": "second",
}
"""Option of `horarios incluir` -> item."""


def add_import(imports: Any) -> None:
    """Add the import to `importar`."""
    imported = add_command(imports, "agenda", help_texts.IMPORT_AGENDA, _import)
    imported.add_argument("arquivo", type=Path, metavar="ARQUIVO", help=help_texts.IMPORT_AGENDA_FILE)
    imported.add_argument("--mapa", type=Path, metavar="MAPA", help=help_texts.IMPORT_AGENDA_MAP)
    imported.add_argument("--profissional", default="", metavar="QUEM", help=help_texts.IMPORT_AGENDA_WHO)
    for option in ("local", "especialidade", "vaga"):
        imported.add_argument(f"--{option}", default="", metavar="VALOR", help=help_texts.SUPPLY_OPTIONS[option])
    imported.add_argument("--simular", action="store_true", help=command_texts.IMPORT_TRIAL)


def _import(args: argparse.Namespace) -> int:
    has_who = bool(args.profissional and args.local)
    if (args.mapa is None) != has_who:
        raise Refused("ics_sem_quem")
    with opened(args) as desk:
        if args.mapa:
            read = progress(all_texts.providers.IMPORT_PROGRESS, after_s=0.5)
            imports = services.agenda_import.import_agenda
            report = imports(desk, args.arquivo, args.mapa, clock(), read, trial=args.simular)
        else:
            report = services.agenda_import.import_calendar(
                desk,
                args.arquivo,
                clock(),
                provider=args.profissional,
                site=args.local,
                specialty=args.especialidade,
                slot=args.vaga,
                trial=args.simular,
            )
    code = say_import(report, all_texts.providers, is_trial=args.simular)
    if report.unplaced:
        form = all_texts.providers.WOULD_UNPLACE if args.simular else all_texts.providers.UNPLACED
        say(form.format(count=report.unplaced))
    if report.unkeyed:
        say(all_texts.providers.UNKEYED.format(count=report.unkeyed))
    return code


def add(commands: Any) -> None:
    """Add these commands to the parser."""
    for name, (kind, options) in _ITEMS.items():
        group = add_group(commands, name, help_texts.SUPPLY_GROUPS[name])
        listed = add_command(group, "listar", help_texts.SUPPLY_LIST, _list)
        listed.add_argument("--json", action="store_true", help=command_texts.AS_JSON)
        included = add_command(group, "incluir", help_texts.SUPPLY_ADD, _add)
        changed = add_command(group, "alterar", help_texts.SUPPLY_CHANGE, _change)
        included.add_argument("nome", metavar="NOME", help=help_texts.SUPPLY_NAME)
        changed.add_argument("qual", metavar="QUAL", help=help_texts.SUPPLY_WHICH)
        changed.add_argument("--nome", metavar="NOME", help=help_texts.SUPPLY_NEW_NAME)
        for parser in (listed, included, changed):
            parser.set_defaults(kind=kind, options=options)
        for option in options:
            for parser in (included, changed):
                parser.add_argument(_flag(option), metavar="VALOR", help=help_texts.SUPPLY_OPTIONS[option])
        if kind == "specialty":
            add_command(group, "padrao", help_texts.SUPPLY_SHIPPED, _include_shipped)
        if kind == "provider":
            _add_of_one(group)
    _add_hours(commands)


def _add_of_one(group: Any) -> None:
    shown = add_command(group, "ver", help_texts.SUPPLY_SHOW, _show)
    shown.add_argument("--json", action="store_true", help=command_texts.AS_JSON)
    absent = add_command(group, "ausencia", help_texts.SUPPLY_ABSENCE, _note_absence)
    for parser in (shown, absent):
        parser.add_argument("qual", metavar="QUEM", help=help_texts.SUPPLY_WHICH)
    absent.add_argument("--de", metavar="DIA", default="", help=help_texts.SUPPLY_ABSENT_FROM)
    absent.add_argument("--ate", metavar="DIA", default="", help=help_texts.SUPPLY_ABSENT_UNTIL)
    absent.add_argument("--motivo", metavar="TEXTO", default="", help=help_texts.SUPPLY_ABSENT_WHY)
    absent.add_argument("--retirar", metavar="N", type=int, help=help_texts.SUPPLY_ABSENT_REMOVE)


def _add_hours(commands: Any) -> None:
    group = add_group(commands, "horarios", help_texts.SUPPLY_GROUPS["horarios"])
    included = add_command(group, "incluir", help_texts.SUPPLY_HOURS_ADD, _add_one_hours)
    ended = add_command(group, "encerrar", help_texts.SUPPLY_HOURS_END, _end_hours)
    day = add_command(group, "dia", help_texts.SUPPLY_HOURS_DAY, _change_day)
    waiting = add_command(group, "a-remarcar", help_texts.SUPPLY_TO_MOVE, _list_to_move)
    waiting.add_argument("--json", action="store_true", help=command_texts.AS_JSON)
    for parser in (included, ended, day):
        parser.add_argument("qual", metavar="QUEM", help=help_texts.SUPPLY_WHICH)
    for option in _HOURS:
        included.add_argument(f"--{option}", metavar="VALOR", default="", help=help_texts.SUPPLY_OPTIONS[option])
    for parser in (ended, day):
        parser.add_argument("numero", metavar="N", type=int, help=help_texts.SUPPLY_HOURS_NUMBER)
    ended.add_argument("--ate", metavar="DIA", required=True, help=help_texts.SUPPLY_OPTIONS["ate"])
    day.add_argument("dia", metavar="DIA", help=help_texts.SUPPLY_DAY)
    day.add_argument("--incluir", action="store_true", help=help_texts.SUPPLY_DAY_ADDED)


def _flag(option: str) -> str:
    return f"--{option.replace('_', '-')}"


def _typed(args: argparse.Namespace) -> dict[str, str]:
    found = {item: getattr(args, option) for option, item in args.options.items()}
    return {item: value for item, value in {"name": args.nome, **found}.items() if value is not None}


def _list(args: argparse.Namespace) -> int:
    with opened(args) as desk:
        supply = services.providers.supply(desk)
    if args.json:
        print_json(outputs.providers.as_json(supply, args.kind))
    elif lines := outputs.providers.lines(supply, args.kind):
        put("\n".join(lines))
    else:
        say(all_texts.providers.EMPTY[args.kind])
    return 0


def _add(args: argparse.Namespace) -> int:
    with opened(args) as desk:
        _say(services.providers.add(desk, args.kind, _typed(args), clock()))
    return 0


def _change(args: argparse.Namespace) -> int:
    with opened(args) as desk:
        _say(services.providers.change(desk, args.kind, args.qual, _typed(args), clock()))
    return 0


def _include_shipped(args: argparse.Namespace) -> int:
    with opened(args) as desk:
        new, same = services.providers.include_specialties(desk, clock())
    say(all_texts.providers.SHIPPED_DONE.format(new=new, same=same))
    return 0


def _show(args: argparse.Namespace) -> int:
    with opened(args) as desk:
        view, supply = services.providers.view(desk, args.qual, clock()), services.providers.supply(desk)
        zone = desk.zone
    if args.json:
        print_json(outputs.providers.view_as_json(view, supply, zone))
    else:
        put("\n".join(outputs.providers.view_lines(view, supply, zone)))
    return 0


def _note_absence(args: argparse.Namespace) -> int:
    with opened(args) as desk:
        if args.retirar is not None:
            _say(services.availability.end_absence(desk, args.qual, args.retirar, clock()))
        else:
            _say(services.availability.add_absence(desk, args.qual, args.de, args.ate, args.motivo, clock()))
    return 0


def _add_one_hours(args: argparse.Namespace) -> int:
    typed = {"provider": args.qual, **{item: getattr(args, option) for option, item in _HOURS.items()}}
    with opened(args) as desk:
        _say(services.availability.add_hours(desk, typed, clock()))
    return 0


def _end_hours(args: argparse.Namespace) -> int:
    with opened(args) as desk:
        _say(services.availability.end_hours(desk, args.qual, [args.numero], args.ate, clock()))
    return 0


def _change_day(args: argparse.Namespace) -> int:
    with opened(args) as desk:
        done = services.availability.change_day(desk, args.qual, [args.numero], args.dia, clock(), added=args.incluir)
        _say(done)
    return 0


def _list_to_move(args: argparse.Namespace) -> int:
    with opened(args) as desk:
        found = services.agenda.to_move(desk, clock())
    if args.json:
        print_json([outputs.providers.unplaced_as_json(each) for each in found])
    elif found:
        put("\n".join(line for each in found for line in outputs.providers.unplaced_lines(each)))
    else:
        say(all_texts.agenda.NOTHING_TO_MOVE)
    return 0


def _say(done: "Changed") -> None:
    """Say what was changed, and which bookings lost their time by it."""
    say(
        all_texts.providers.ADDED
        if done.is_new
        else all_texts.providers.CHANGED
        if done.fields
        else all_texts.providers.SAME
    )
    if done.unplaced:
        say(all_texts.providers.UNPLACED.format(count=len(done.unplaced)))
