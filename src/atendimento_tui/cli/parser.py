"""The command line: argparse in Portuguese, and options that several commands share."""

import argparse
import re
from collections.abc import Callable, Iterator
from typing import Any, NoReturn

from atendimento_tui.cli.streams import put, say
from atendimento_tui.texts import command as texts

WRONG_USE = 2
"""Exit code of a usage error."""

Handler = Callable[[argparse.Namespace], int]
"""The function of a command; it returns the exit code."""


class Parser(argparse.ArgumentParser):
    """argparse in Portuguese. The common options are accepted before and after the command."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options, add_help=False, allow_abbrev=False)
        self._positionals.title, self._optionals.title = texts.ARGUMENTS, texts.OPTIONS
        self.add_argument("-h", "--help", action="help", help=texts.HELP)
        # Suppressed defaults: options missing after the command do not overwrite those before it.
        for option, metavar, help_text in (("--banco", "BANCO", texts.DATABASE), ("--como", "NOME", texts.ACTING_AS)):
            self.add_argument(option, metavar=metavar, default=argparse.SUPPRESS, help=help_text)

    def own_actions(self) -> Iterator[argparse.Action]:
        """Its options and arguments, without its commands."""
        return (action for action in self._actions if action.nargs != argparse.PARSER)

    def commands(self) -> list["Parser"]:
        """The parsers of its commands."""
        groups = (action for action in self._actions if action.nargs == argparse.PARSER)
        return [parser for group in groups for parser in dict(group.choices or {}).values()]

    def all_parsers(self) -> Iterator["Parser"]:
        """This parser and those of all its commands, in the order of the help."""
        yield self
        for command in self.commands():
            yield from command.all_parsers()

    def format_usage(self) -> str:
        return super().format_usage().replace("usage:", f"{texts.USAGE}:", 1)

    def format_help(self) -> str:
        return super().format_help().replace("usage:", f"{texts.USAGE}:", 1)

    def error(self, message: str) -> NoReturn:
        problem = message
        for pattern, translation in texts.USAGE_ERRORS:
            problem = re.sub(f"^{pattern}$", translation, problem)
        say(texts.USAGE_ERROR.format(problem=problem))
        say(texts.USAGE_HINT.format(program=self.prog))
        raise SystemExit(WRONG_USE)

    def _print_message(self, message: str, file: Any = None) -> None:
        """Print help and version, which are data."""
        del file
        put(message.removesuffix("\n"))


def add_command(commands: Any, name: str, help_text: str, handler: Handler) -> argparse.ArgumentParser:
    """Add a command to `commands`, with its function `handler`."""
    made: argparse.ArgumentParser = commands.add_parser(name, help=help_text, description=help_text)
    made.set_defaults(handler=handler)
    return made


def add_group(commands: Any, name: str, help_text: str) -> Any:
    """Add a command that has subcommands: `importar historico`."""
    made = commands.add_parser(name, help=help_text, description=help_text)
    return made.add_subparsers(title=texts.COMMANDS, metavar="COMANDO", required=True, parser_class=Parser)


def add_at_option(parser: argparse.ArgumentParser) -> None:
    """Add `--agora`: the instant that the command takes as the present one."""
    parser.add_argument("--agora", metavar="ISO", help=texts.AT)
