"""What the program says of itself: `manual`, `diagnostico`, and its completion for shells (`completar`)."""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import atendimento_tui
from atendimento_tui import __version__, domain, outputs, services
from atendimento_tui import texts as all_texts
from atendimento_tui.cli.common import clock
from atendimento_tui.cli.parser import Parser, add_command
from atendimento_tui.cli.streams import put, say, writes_unicode
from atendimento_tui.texts import command as texts

if TYPE_CHECKING:
    from atendimento_tui.outputs.man_page import Command, Item

SHELLS = ("bash", "zsh", "fish")

_FILES = ("BANCO", "ORIGEM", "DESTINO")
"""Arguments that may name a file and are no `Path`, because they may also be URLs."""


def add(commands: Any) -> None:
    """Add these commands to the parser."""
    completing = add_command(commands, "completar", texts.COMPLETE, _complete)
    completing.add_argument("shell", metavar="SHELL", choices=SHELLS, help=texts.COMPLETE_SHELL)
    completing.add_argument("--instalar", action="store_true", help=texts.COMPLETE_INSTALL)
    diagnosing = add_command(commands, "diagnostico", texts.DIAGNOSIS, _diagnose)
    diagnosing.add_argument("--json", action="store_true", help=texts.AS_JSON)
    diagnosing.add_argument("--salvar", metavar="ARQUIVO", type=Path, help=texts.DIAGNOSIS_FILE)
    manual = add_command(commands, "manual", texts.MANUAL, _manual)
    manual.add_argument("--roff", action="store_true", help=texts.MANUAL_ROFF)


def completion(parser: Parser, shell: str) -> str:
    """The completion script of a shell. The parser parses no calls afterwards."""
    actions = [action for each in parser.all_parsers() for action in each.own_actions()]
    for action in actions:
        if action.metavar == "PAPEL":
            action.choices = domain.access.PEOPLE_ROLES
    files = [action for action in actions if action.type is Path or action.metavar in _FILES]
    return outputs.shell_completion.script(parser, shell, files) + "\n"


def manual_page(parser: Parser) -> str:
    """The manual page, in roff."""
    return outputs.man_page.as_roff(__version__, _usage(parser), _commands(parser), _items(parser))


def _complete(args: argparse.Namespace) -> int:
    text = completion(args.parser, args.shell)
    if not args.instalar:
        put(text.removesuffix("\n"))
        say(texts.COMPLETE_HOW.format(shell=args.shell))
        return 0
    path = atendimento_tui.paths.completion_file(args.shell)
    path.parent.mkdir(parents=True, exist_ok=True)
    with outputs.in_place.new_file(path, replace=True) as file:
        file.write(text.encode())
    say(texts.COMPLETE_DONE.format(path=path))
    say(texts.COMPLETE_NEXT[args.shell].format(path=path, folder=path.parent))
    return 0


def _diagnose(args: argparse.Namespace) -> int:
    database = atendimento_tui.paths.database(args.banco)
    parts = services.diagnosis.diagnose(database, clock())
    shown = outputs.diagnosis
    if args.json:
        text = outputs.as_json.written(shown.as_data(parts), in_ascii=not args.salvar and not writes_unicode())
    else:
        text = "\n".join(shown.as_lines(parts))
    if args.salvar is None:
        put(text)
        return 0
    with outputs.in_place.new_file(args.salvar) as file:
        file.write(shown.encoded([text]))
    say(all_texts.diagnosis.SAVED.format(path=args.salvar))
    return 0


def _manual(args: argparse.Namespace) -> int:
    parser: Parser = args.parser
    if args.roff:
        put(manual_page(parser).removesuffix("\n"))
    else:
        put(outputs.man_page.as_text(_usage(parser), _commands(parser), _items(parser)))
    return 0


def _commands(parser: Parser) -> Iterator["Command"]:
    """The commands that do something; a group's own help says no more than those in it."""
    common = {action.dest for action in parser.own_actions()}
    for each in parser.all_parsers():
        if each is not parser and not each.commands():
            yield outputs.man_page.Command(
                each.prog, _usage(each, common), each.description or "", _items(each, common)
            )


def _items(parser: Parser, without: Any = ()) -> tuple["Item", ...]:
    return tuple(
        outputs.man_page.Item(_written(action, ", "), action.help or "")
        for action in parser.own_actions()
        if action.dest not in without
    )


def _usage(parser: Parser, without: Any = ()) -> str:
    """One line: the options, then the arguments, then the command if one follows."""
    own = [action for action in parser.own_actions() if action.dest not in without]
    own.sort(key=lambda action: not action.option_strings)
    words = [_optional(action, _written(action, "|")) for action in own]
    return " ".join((parser.prog, *words, *([f"[{all_texts.manual.COMMAND_WORDS}]"] if parser.commands() else [])))


def _optional(action: argparse.Action, written: str) -> str:
    is_needed = action.required and action.nargs != "?"
    return written if is_needed else f"[{written}]"


def _written(action: argparse.Action, between: str) -> str:
    """An argument as it is typed: `--banco BANCO`, `-h, --help`, `PROTOCOLO`."""
    value = str(action.metavar or action.dest.upper())
    if not action.option_strings:
        return value
    names = between.join(action.option_strings)
    return names if action.nargs == 0 else f"{names} {value}"
