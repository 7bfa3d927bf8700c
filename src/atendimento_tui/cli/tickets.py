"""Commands for tickets: `fila`, `ver`, `explicar`, `tempos`."""

import argparse
import sys
from typing import Any

from atendimento_tui import outputs, services
from atendimento_tui.cli.common import instant, opened, print_json, protocol
from atendimento_tui.cli.parser import add_at_option, add_command
from atendimento_tui.cli.streams import put, say
from atendimento_tui.texts import command as texts

_DAYS = 90
"""How many days back the times of attendances are computed, unless told otherwise."""

_MOST = sys.maxsize - 1
"""Limit of a number of rows: one more is read, and a database takes none above `sys.maxsize`."""


def add(commands: Any) -> None:
    """Add these commands to the parser."""
    queue = add_command(commands, "fila", texts.QUEUE, _queue)
    queue.add_argument("--limite", type=_count, default=50, metavar="N", help=texts.LIMIT)
    queue.add_argument("--filtro", default="", metavar="T", help=texts.FILTER)
    one_ticket = [
        add_command(commands, "ver", texts.SHOW, _show),
        add_command(commands, "explicar", texts.EXPLAIN, _explain),
    ]
    for parser in one_ticket:
        parser.add_argument("protocolo", help=texts.PROTOCOL)
    times = add_command(commands, "tempos", texts.TIMES, _times)
    times.add_argument("--dias", type=_count, default=_DAYS, metavar="N", help=texts.TIMES_DAYS)
    for parser in (queue, *one_ticket, times):
        parser.add_argument("--json", action="store_true", help=texts.AS_JSON)
        add_at_option(parser)


def _count(written: str) -> int:
    if (number := int(written)) < 1:
        raise ValueError
    return number


def _queue(args: argparse.Namespace) -> int:
    now = instant(args.agora)
    with opened(args) as desk:
        zone = desk.zone
        found = services.queue.listed(desk, args.filtro, min(args.limite, _MOST) + 1, now)
        rows = found[: args.limite]
        terms = [(row, desk.calendar(row.term.calendar) if row.term else None) for row in rows]
        if args.json:
            print_json([outputs.as_json.queue_row(row, calendar, now, zone) for row, calendar in terms])
        elif rows:
            put("\n".join(outputs.as_text.queue_line(row, calendar, now) for row, calendar in terms))
        else:
            say(texts.EMPTY_QUEUE)
        if len(found) > len(rows):
            say(texts.MORE_IN_QUEUE.format(count=len(rows)))
    return 0


def _show(args: argparse.Namespace) -> int:
    now = instant(args.agora)
    with opened(args) as desk:
        zone = desk.zone
        view = services.tickets.ticket_view(desk, now, protocol=protocol(args))
        calendar = desk.calendar(view.row.term.calendar) if view.row.term else None
        if args.json:
            print_json(outputs.as_json.ticket(view, calendar, now, zone))
        else:
            put("\n".join(outputs.as_text.ticket(view, now, zone)))
    return 0


def _times(args: argparse.Namespace) -> int:
    with opened(args) as desk:
        times = services.process_times.typical_times(desk, instant(args.agora), args.dias)
    if args.json:
        print_json([outputs.as_json.typical_time(each) for each in times])
    elif times:
        put("\n".join(outputs.as_text.typical_times(times)))
    else:
        say(texts.NO_TIMES)
    return 0


def _explain(args: argparse.Namespace) -> int:
    now = instant(args.agora)
    with opened(args) as desk:
        zone = desk.zone
        explained = services.tickets.explain(desk, now, protocol=protocol(args))
        if args.json:
            print_json(outputs.as_json.explanation(explained, zone))
        else:
            put("\n".join(outputs.as_text.explanation(explained, now, zone)))
    return 0
