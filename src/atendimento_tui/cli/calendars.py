"""Commands for calendars: `calendarios`."""

import argparse
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from atendimento_tui import outputs, services
from atendimento_tui import texts as all_texts
from atendimento_tui.cli.common import clock, instant, opened, print_json, protocol
from atendimento_tui.cli.parser import add_at_option, add_command, add_group
from atendimento_tui.cli.streams import put, say
from atendimento_tui.contracts.tickets import Order
from atendimento_tui.texts import command as texts

if TYPE_CHECKING:
    from collections.abc import Callable

    from atendimento_tui.calendar.changes import CalendarChange
    from atendimento_tui.services.desk import Desk


def add(commands: Any) -> None:
    """Add these commands to the parser."""
    group = add_group(commands, "calendarios", texts.CALENDARS)
    listed = add_command(group, "listar", texts.CALENDARS_LIST, _list)
    shown = add_command(group, "ver", texts.CALENDARS_SHOW, _show)
    shown.add_argument("--ano", type=int, metavar="ANO", help=texts.CALENDARS_YEAR)
    untold = add_command(group, "a-avisar", texts.CALENDARS_UNTOLD, _list_untold)
    told = add_command(group, "avisar", texts.CALENDARS_TELL, _tell)
    told.add_argument("protocolo", help=texts.PROTOCOL)
    told.add_argument("--ja-sabe", metavar="MOTIVO", help=texts.CALENDARS_KNOWN)
    changed = add_command(group, "alterar", texts.CALENDARS_CHANGE, _change)
    day = add_command(group, "dia", texts.CALENDARS_DAY, _change_day)
    holidays = add_group(group, "feriado", texts.CALENDARS_HOLIDAYS)
    included = add_command(holidays, "incluir", texts.CALENDARS_ADD, _add_holiday)
    removed = add_command(holidays, "retirar", texts.CALENDARS_REMOVE, _remove_holiday)
    optional = add_command(holidays, "facultativo", texts.CALENDARS_OPTIONAL, _change_optional)
    taken = add_command(holidays, "importar", texts.CALENDARS_IMPORT, _import)
    for parser in (shown, changed, day, included, removed, optional, taken):
        parser.add_argument("calendario", metavar="CALENDARIO", help=texts.CALENDARS_NAME)
    changed.add_argument("--horario", metavar="H", required=True, help=texts.CALENDARS_HOURS)
    optional.add_argument("nome", metavar="NOME", help=texts.CALENDARS_OPTIONAL_NAME)
    optional.add_argument("acao", choices=("fecha", "meio", "abre"), help=texts.CALENDARS_OPTIONAL_HOW)
    for parser in (changed, optional):
        parser.add_argument("--desde", metavar="DIA", required=True, help=texts.CALENDARS_SINCE)
    for parser in (day, included, removed):
        parser.add_argument("dia", metavar="DIA", help=texts.CALENDARS_WHICH_DAY)
    day.add_argument("horas", metavar="HORAS", help=texts.CALENDARS_DAY_HOURS)
    included.add_argument("nome", metavar="NOME", help=texts.CALENDARS_HOLIDAY)
    taken.add_argument("arquivo", type=Path, metavar="CSV", help=texts.CALENDARS_FILE)
    taken.add_argument("--codigo-ibge", default="", metavar="N", help=texts.CALENDARS_IBGE)
    taken.add_argument("--aceitar-municipais", action="store_true", help=texts.CALENDARS_MANY)
    for parser in (changed, day, included, removed, optional, taken):
        parser.add_argument("--motivo", default="", metavar="TEXTO", help=texts.CALENDARS_WHY)
        parser.add_argument("--simular", action="store_true", help=texts.CALENDARS_TRIAL)
        add_at_option(parser)
    for parser in (listed, shown, untold, changed, day, included, removed, optional, taken):
        parser.add_argument("--json", action="store_true", help=texts.AS_JSON)


def _list(args: argparse.Namespace) -> int:
    with opened(args) as desk:
        found = services.calendars.calendars(desk)
    if args.json:
        print_json([outputs.calendars.version_json(version) for version in found])
    else:
        put("\n".join(outputs.calendars.version_line(version, desk.zone) for version in found))
    return 0


def _show(args: argparse.Namespace) -> int:
    with opened(args) as desk:
        version, spec, calendar = services.calendars.calendar(desk, args.calendario)
        versions = services.calendars.versions(desk, args.calendario)
    year = args.ano or instant(None).astimezone(desk.zone).year
    days = list(outputs.calendars.marked_days(calendar, date(year, 1, 1), date(year, 12, 31)))
    if args.json:
        shown = outputs.calendars.version_json(version)
        shown |= {"horario": list(outputs.calendars.week_lines(spec))}
        print_json(shown | {"ano": year, "dias": [outputs.calendars.day_json(day) for day in days]})
        return 0
    lines = [version.name, *outputs.calendars.week_lines(spec), ""]
    lines += [*(outputs.calendars.day_line(day) for day in days), ""]
    lines += [outputs.calendars.version_line(each, desk.zone) for each in versions]
    put("\n".join(lines))
    return 0


def _list_untold(args: argparse.Namespace) -> int:
    with opened(args) as desk:
        found = services.calendars.to_tell(desk)
    if args.json:
        print_json([outputs.calendars.untold_json(move) for move in found])
    elif found:
        put("\n".join(outputs.calendars.untold_line(move, desk.zone) for move in found))
    else:
        say(all_texts.calendars.TO_TELL_NONE)
    return 0


def _tell(args: argparse.Namespace) -> int:
    """Tell the requester of a ticket the moved date, with the proposed message, or note that they know it."""
    with opened(args) as desk:
        view = services.tickets.ticket_view(desk, clock(), protocol=protocol(args))
        order = Order(view.row.key, desk.actor.person, uuid4().hex, clock(), view.row.version)
        if args.ja_sabe is None:
            subject, body = outputs.as_text.new_date_message(view, desk.zone)
            services.acts.tell_new_date(desk, order, subject, body)
        else:
            services.acts.dismiss_new_date(desk, order, args.ja_sabe)
    words = all_texts.calendars
    done = words.NEW_DATE_SENT if args.ja_sabe is None else words.NEW_DATE_KEPT
    say(done.format(protocol=all_texts.formats.protocol_groups(view.row.protocol)))
    return 0


def _change(args: argparse.Namespace) -> int:
    return _do(args, lambda _: services.calendars.change_of_hours(args.horario, args.desde))


def _change_day(args: argparse.Namespace) -> int:
    return _do(args, lambda _: services.calendars.change_of_day(args.dia, hours=args.horas))


def _add_holiday(args: argparse.Namespace) -> int:
    return _do(args, lambda _: services.calendars.change_of_day(args.dia, args.nome))


def _remove_holiday(args: argparse.Namespace) -> int:
    return _do(args, lambda _: services.calendars.change_back(args.dia))


def _change_optional(args: argparse.Namespace) -> int:
    return _do(
        args,
        lambda desk: services.calendars.change_of_optional_day(desk, args.calendario, args.nome, args.acao, args.desde),
    )


def _import(args: argparse.Namespace) -> int:
    return _do(
        args,
        lambda desk: services.setup.change_of_town(
            desk, args.arquivo, instant(args.agora), ibge_code=args.codigo_ibge, take_many_days=args.aceitar_municipais
        ),
    )


def _do(args: argparse.Namespace, change_of: "Callable[[Desk], CalendarChange]") -> int:
    """Preview a change, and confirm it unless the call only asks what it would do."""
    now = instant(args.agora)
    with opened(args) as desk:
        change = change_of(desk)
        preview = services.calendars.preview(desk, args.calendario, change, now, args.motivo)
        if args.json:
            print_json(outputs.calendars.preview_json(preview))
        else:
            put("\n".join(outputs.calendars.preview_lines(preview, desk.zone)))
        if args.simular:
            say(all_texts.calendars.NOTHING_WRITTEN)
            return 0
        services.calendars.confirm(desk, args.calendario, change, preview.base.id, now, args.motivo)
        moved = services.calendar_moves.move_running_clocks(desk, now)
    say(all_texts.calendars.CHANGED.format(name=preview.base.name, moved=all_texts.formats.number(moved)))
    return 0
