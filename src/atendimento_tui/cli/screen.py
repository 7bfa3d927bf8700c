"""Commands that open a window, and the demonstration."""

import argparse
import os
from pathlib import Path
from typing import Any

from atendimento_tui.cli.common import clock
from atendimento_tui.cli.parser import WRONG_USE, add_command
from atendimento_tui.cli.streams import put, say
from atendimento_tui.texts import command as texts


def add(commands: Any) -> None:
    """Add these commands to the parser."""
    demo = add_command(commands, "demo", texts.DEMO, _demo)
    demo.add_argument("--so-criar", action="store_true", help=texts.DEMO_ONLY_MAKE)


def open_screen(args: argparse.Namespace) -> int:
    """Open a window on the desk that the call names."""
    from atendimento_tui import paths

    return _run_screen(paths.database(args.banco), args.como)


def _run_screen(database: str, actor: str | None) -> int:
    from atendimento_tui.terminal import refuse_without_terminal
    from atendimento_tui.texts.refusals import sentence

    if reason := refuse_without_terminal():
        named = {"term": "TERM", "driver": "TEXTUAL_DRIVER", "colors": "TEXTUAL_COLOR_SYSTEM"}
        say(sentence(reason, {key: os.environ.get(name) for key, name in named.items()}))
        return WRONG_USE
    from atendimento_tui.app import run

    return run(database, actor)


def _demo(args: argparse.Namespace) -> int:
    from atendimento_tui import paths

    now = clock()
    chosen = paths.chosen_database(args.banco)
    database = shown = chosen or str(paths.demo_database(now.astimezone().date()))
    if chosen:
        from atendimento_tui.demo.create import create_demo

        with create_demo(database, now) as desk:
            shown = desk.name
    elif not Path(database).exists():
        from atendimento_tui.demo.create import create_daily_demo

        create_daily_demo(Path(database), now, lambda: say(texts.DEMO_WAITING))
    if args.so_criar:
        put(shown)
        return 0
    say(texts.DEMO_READY.format(path=shown))
    return _run_screen(database, args.como)
