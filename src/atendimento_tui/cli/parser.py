"""How a call is read: argparse in Portuguese, and what the groups of commands share of it."""

import argparse
import re
from collections.abc import Callable
from typing import Any, NoReturn

from atendimento_tui.cli.streams import put, say
from atendimento_tui.texts import command as texts

WRONG_USE = 2
"""Exit code of a call that cannot be read."""

Handler = Callable[[argparse.Namespace], int]
"""What carries out a command; it returns the exit code."""


class Parser(argparse.ArgumentParser):
    """argparse, in Portuguese. Every command takes the options that all have, before it and behind it."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options, add_help=False, allow_abbrev=False)
        self._positionals.title, self._optionals.title = texts.ARGUMENTS, texts.OPTIONS
        self.add_argument("-h", "--help", action="help", help=texts.HELP)
        # Suppressed: a command behind which they do not stand says nothing of them, and leaves what was said before it.
        for option, metavar, help_text in (("--banco", "BANCO", texts.DATABASE), ("--como", "NOME", texts.ACTING_AS)):
            self.add_argument(option, metavar=metavar, default=argparse.SUPPRESS, help=help_text)

    def format_usage(self) -> str:
        return super().format_usage().replace("usage:", f"{texts.USAGE}:", 1)

    def format_help(self) -> str:
        return super().format_help().replace("usage:", f"{texts.USAGE}:", 1)

    def error(self, message: str) -> NoReturn:
        problem = message
        for pattern, said in texts.USAGE_ERRORS:
            problem = re.sub(f"^{pattern}$", said, problem)
        say(texts.USAGE_ERROR.format(problem=problem))
        say(texts.USAGE_HINT.format(program=self.prog))
        raise SystemExit(WRONG_USE)

    def _print_message(self, message: str, file: Any = None) -> None:
        """Help and version, which are what was asked for: data."""
        del file
        put(message.removesuffix("\n"))


def add_command(commands: Any, name: str, help_text: str, handler: Handler) -> argparse.ArgumentParser:
    """A command under `commands`, carried out by `handler`."""
    made: argparse.ArgumentParser = commands.add_parser(name, help=help_text, description=help_text)
    made.set_defaults(handler=handler)
    return made


def add_group(commands: Any, name: str, help_text: str) -> Any:
    """A word under which further commands stand: `importar historico`."""
    made = commands.add_parser(name, help=help_text, description=help_text)
    return made.add_subparsers(title=texts.COMMANDS, metavar="COMANDO", required=True, parser_class=Parser)


def add_at_option(parser: argparse.ArgumentParser) -> None:
    """`--agora`: the instant that the command takes for the present one."""
    parser.add_argument("--agora", metavar="ISO", help=texts.AT)
