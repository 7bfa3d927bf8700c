"""Commands for the whole desk: `migrar`, `varrer`, `separar`, `caminhos`."""

import argparse
from typing import Any

import atendimento_tui
from atendimento_tui import services
from atendimento_tui.cli.common import clock, instant, opened, progress
from atendimento_tui.cli.outbox import say_sent, smtp_password
from atendimento_tui.cli.parser import add_at_option, add_command
from atendimento_tui.cli.register import register_of_the_day
from atendimento_tui.cli.safekeeping import copy_of_the_day, print_schedule
from atendimento_tui.cli.streams import put, say
from atendimento_tui.domain.text import printable, without_password
from atendimento_tui.texts import command as texts


def add(commands: Any) -> None:
    """Add these commands to the parser."""
    moving = add_command(commands, "migrar", texts.MIGRATE, _migrate)
    moving.add_argument("origem", metavar="ORIGEM", help=texts.MIGRATE_SOURCE)
    moving.add_argument("destino", metavar="DESTINO", help=texts.MIGRATE_TARGET)
    sweeping = add_command(commands, "varrer", texts.SWEEP, _sweep)
    add_at_option(sweeping)
    sweeping.add_argument("--agendar", action="store_true", help=texts.SCHEDULE)
    add_command(commands, "separar", texts.SET_ASIDE, _set_aside)
    add_command(commands, "caminhos", texts.PATHS, _paths)


def _migrate(args: argparse.Namespace) -> int:
    moved = services.migrate.migrate(args.origem, args.destino, progress(texts.COPIED), progress(texts.CHECKED))
    say(texts.MOVED.format(target=moved.target, tickets=moved.tickets, rows=moved.rows))
    if moved.lost:
        say(texts.MOVED_LOST.format(count=moved.lost))
    say(texts.MOVED_NEXT.format(source=moved.source))
    say(texts.MOVED_HELD)
    return 0


def _sweep(args: argparse.Namespace) -> int:
    if args.agendar:
        print_schedule(args)
        return 0
    now = instant(args.agora)
    with opened(args, is_upkeep=True) as desk:
        count = services.sweep.sweep(desk, now)
        put(str(count))
        say(texts.SWEPT.get(count) or texts.SWEPT_MANY.format(count=count))
        if args.agora is None:
            services.digests.make_if_due(desk, now)
            register_of_the_day(desk)
            copy_of_the_day(desk)
            say_sent(services.delivery.deliver(desk, smtp_password, clock))
    return 0


def _set_aside(args: argparse.Namespace) -> int:
    database = atendimento_tui.paths.database(args.banco)
    moved = services.setup.set_aside(database, clock())
    say(texts.ASIDE.format(path=database, aside=moved.path))
    say(texts.ASIDE_COPY.format(copy=moved.copy, path=database) if moved.copy else texts.ASIDE_NO_COPY)
    return 0


def _paths(args: argparse.Namespace) -> int:
    places = {
        "dados": atendimento_tui.paths.data_folder(),
        "banco": atendimento_tui.paths.database(args.banco),
        "demonstracao": atendimento_tui.paths.demo_database(clock().astimezone().date()),
        "config": atendimento_tui.paths.settings_file(),
        "smtp_senha": atendimento_tui.paths.smtp_password_file(),
        "registro": atendimento_tui.paths.log_file(),
        "rascunhos": atendimento_tui.paths.drafts_folder(),
    }
    for key, place in places.items():
        put(printable(f"{texts.PATH_LABELS[key]}\t{without_password(str(place))}", keep="\t"))
    return 0
