"""Commands that open a window, and the demonstration."""

import argparse
import gc
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import atendimento_tui
from atendimento_tui import demo
from atendimento_tui import texts as all_texts
from atendimento_tui.cli.common import clock
from atendimento_tui.cli.parser import WRONG_USE, add_command
from atendimento_tui.cli.streams import put, say
from atendimento_tui.texts import command as texts

_FRAMES_VARIABLE, _FRAMES_A_SECOND = "TEXTUAL_FPS", "120"
"""Textual paints at most so often. At its own 60, what is read after a letter waits up to 17 ms for the next frame."""

if TYPE_CHECKING:
    import atendimento_tui.app  # the list of the root package has only modules that import no other one: no cycles
    import atendimento_tui.terminal
    import atendimento_tui.viewer


def add(commands: Any) -> None:
    """Add these commands to the parser."""
    demo = add_command(commands, "demo", texts.DEMO, _demo)
    demo.add_argument("--so-criar", action="store_true", help=texts.DEMO_ONLY_MAKE)


def open_screen(args: argparse.Namespace) -> int:
    """Open a window on the desk that the call names."""
    return _run_screen(atendimento_tui.paths.database(args.banco), args.como)


def _run_screen(database: str, actor: str | None) -> int:
    if reason := atendimento_tui.terminal.refuse_without_terminal():
        named = {"term": "TERM", "driver": "TEXTUAL_DRIVER", "colors": "TEXTUAL_COLOR_SYSTEM"}
        say(all_texts.refusals.sentence(reason, {key: os.environ.get(name) for key, name in named.items()}))
        return WRONG_USE
    os.environ.setdefault(_FRAMES_VARIABLE, _FRAMES_A_SECOND)  # read when Textual is imported
    gc.disable()  # until the desk is open (`DeskWindow`): what is imported and created until then stays
    try:
        return atendimento_tui.app.run(database, actor)
    finally:
        gc.enable()
        atendimento_tui.viewer.forget_files(atendimento_tui.paths.viewed_folder(), clock())


def _demo(args: argparse.Namespace) -> int:
    now = clock()
    chosen = atendimento_tui.paths.chosen_database(args.banco)
    database = shown = chosen or str(atendimento_tui.paths.demo_database(now.astimezone().date()))
    if chosen:
        with demo.create.create_demo(database, now) as desk:
            shown = desk.name
    elif not Path(database).exists():
        demo.create.create_daily_demo(Path(database), now, lambda: say(texts.DEMO_WAITING))
    if args.so_criar:
        put(shown)
        return 0
    say(texts.DEMO_READY.format(path=shown))
    return _run_screen(database, args.como)
