"""The `atendimento` command: parses the call, calls a service, prints the result. Imports late, to start fast.

Each group of commands is a module with `add(commands)` and a function for each command. Data goes to stdout, messages
to stderr; exit codes are 0, 1 (refused, with the reason), 2 (usage error).
"""

import atexit
import gc
import sys
from collections.abc import Sequence

import atendimento_tui
from atendimento_tui import __version__, services
from atendimento_tui import texts as all_texts
from atendimento_tui.cli.parser import Handler, Parser
from atendimento_tui.cli.screen import open_screen
from atendimento_tui.cli.streams import drop_data, finish, prepare, say
from atendimento_tui.texts import command as texts

REFUSED, INTERRUPTED = 1, 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command.

    Returns:
        The exit code.
    """
    prepare()
    atexit.register(gc.freeze)  # collecting garbage at exit takes a tenth of a second
    try:
        code = _called(argv)
        finish()
        return code
    except BrokenPipeError:  # `atendimento fila | head` is not an error
        drop_data()
        return 0
    except KeyboardInterrupt:
        say(texts.INTERRUPTED)
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001 - distinguished below: refusals are reported, faults are logged
        return _refused(error)


def _called(argv: Sequence[str] | None) -> int:
    try:
        words = list(sys.argv[1:] if argv is None else argv)
        args = (_window_parser() if _only_opens_a_window(words) else command_parser()).parse_args(words)
        handler: Handler = getattr(args, "handler", open_screen)
        return handler(args)
    except SystemExit as left:  # argparse, after help, version or wrong use
        return left.code if isinstance(left.code, int) else REFUSED


def command_parser() -> Parser:
    """The parser of the whole command."""
    from atendimento_tui.cli import (  # late: a call without a command opens the window, which needs none of them
        access,
        agenda,
        attachments,
        authorisations,
        beneficiaries,
        calendars,
        desk,
        history,
        outbox,
        people,
        privacy,
        procedures,
        processes,
        providers,
        register,
        remittances,
        safekeeping,
        screen,
        setup,
        shell,
        tickets,
        trail,
        unit,
    )

    parser = _window_parser()
    parser.add_argument("--version", action="version", version=__version__, help=texts.VERSION)
    commands = parser.add_subparsers(title=texts.COMMANDS, metavar="", parser_class=Parser)
    for group in (
        screen,
        setup,
        tickets,
        attachments,
        beneficiaries,
        history,
        outbox,
        processes,
        procedures,
        authorisations,
        providers,
        agenda,
        people,
        access,
        calendars,
        unit,
        register,
        privacy,
        remittances,
        desk,
        safekeeping,
        trail,
        shell,
    ):
        group.add(commands)
    return parser


def _only_opens_a_window(words: Sequence[str]) -> bool:
    """Whether the call has no command and no other options than `--banco X` and `--como X`."""
    return len(words) % 2 == 0 and set(words[::2]) <= {"--banco", "--como"}


def _window_parser() -> Parser:
    """The parser of a call without a command."""
    parser = Parser(prog="atendimento", description=texts.DESCRIPTION)
    parser.set_defaults(banco=None, como=None, parser=parser)
    return parser


def _refused(error: Exception) -> int:
    """Print the reason of a refusal; any other exception is a fault of the program, and goes to the log."""
    atendimento_tui.faults.log_to(atendimento_tui.paths.log_file())

    refusal = services.refusals.refusal_of(error)

    if refusal is None:
        atendimento_tui.faults.note(error)
        say(all_texts.refusals.sentence("defeito", {"path": atendimento_tui.paths.log_file()}))
        return REFUSED
    atendimento_tui.faults.note_refusal(error, refusal.code)
    say(all_texts.refusals.sentence(*refusal))
    return REFUSED
