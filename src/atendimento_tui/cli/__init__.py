"""The `atendimento` command: reads the call, hands it to a service, says the result. Imports late, to start at once.

Data on stdout, words on stderr; exit 0, 1 (refused, with the reason), 2 (wrong use).
"""

import argparse
import os
import re
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn
from zoneinfo import ZoneInfo

from atendimento_tui import __version__
from atendimento_tui.cli.streams import (
    are_words_for_a_person,
    drop_data,
    finish,
    prepare,
    put,
    say,
    tell_progress,
    writes_unicode,
)
from atendimento_tui.domain.text import entered, printable, without_password
from atendimento_tui.texts import command as texts

if TYPE_CHECKING:
    from atendimento_tui.services.desk import Desk

REFUSED, WRONG_USE, INTERRUPTED = 1, 2, 130

_FIRST_YEAR, _LAST_YEAR = 2, 9998
"""Years whose instants can be said in every zone."""

Handler = Callable[[argparse.Namespace], int]


class _Parser(argparse.ArgumentParser):
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


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command.

    Returns:
        The exit code.
    """
    prepare()
    try:
        code = _called(argv)
        finish()
        return code
    except BrokenPipeError:  # `atendimento fila | head` is no error
        drop_data()
        return 0
    except KeyboardInterrupt:
        say(texts.INTERRUPTED)
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001 - told apart just below: refusals are said, faults are logged
        return _refused(error)


def _called(argv: Sequence[str] | None) -> int:
    try:
        args = _parser().parse_args(argv)
        handler: Handler = getattr(args, "handler", _open_screen)
        return handler(args)
    except SystemExit as left:  # argparse, after help, version or wrong use
        return left.code if isinstance(left.code, int) else REFUSED


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="atendimento", description=texts.DESCRIPTION)
    parser.add_argument("--version", action="version", version=__version__, help=texts.VERSION)
    parser.set_defaults(banco=None, como=None)
    commands = parser.add_subparsers(title=texts.COMMANDS, metavar="", parser_class=_Parser)

    def command(name: str, help_text: str, handler: Handler, group: Any = commands) -> argparse.ArgumentParser:
        made: argparse.ArgumentParser = group.add_parser(name, help=help_text, description=help_text)
        made.set_defaults(handler=handler)
        return made

    demo = command("demo", texts.DEMO, _demo)
    demo.add_argument("--so-criar", action="store_true", help=texts.DEMO_ONLY_MAKE)
    _founding_options(command("iniciar", texts.FOUND, _found))
    queue = command("fila", texts.QUEUE, _queue)
    queue.add_argument("--limite", type=_count, default=50, metavar="N", help=texts.LIMIT)
    queue.add_argument("--filtro", default="", metavar="T", help=texts.FILTER)
    for reading in (queue, command("ver", texts.SHOW, _show), command("explicar", texts.EXPLAIN, _explain)):
        if reading is not queue:
            reading.add_argument("protocolo", help=texts.PROTOCOL)
        reading.add_argument("--json", action="store_true", help=texts.AS_JSON)
        _at_option(reading)
    imports = _group(commands, "importar", texts.IMPORT)
    history = command("historico", texts.IMPORT_HISTORY, _import_history, imports)
    history.add_argument("log", type=Path, metavar="REGISTRO", help=texts.IMPORT_LOG)
    history.add_argument("--mapa", type=Path, required=True, metavar="MAPA", help=texts.IMPORT_MAP)
    exports = _group(commands, "exportar", texts.EXPORT)
    deadlines = command("prazos", texts.EXPORT_DEADLINES, _export_deadlines, exports)
    deadlines.add_argument("arquivo", type=Path, metavar="ARQUIVO", help=texts.EXPORT_FILE)
    deadlines.add_argument("--separador", type=_separator, metavar="S", help=texts.EXPORT_SEPARATOR)
    deadlines.add_argument("--substituir", action="store_true", help=texts.EXPORT_REPLACE)
    _at_option(deadlines)
    moving = command("migrar", texts.MIGRATE, _migrate)
    moving.add_argument("origem", metavar="ORIGEM", help=texts.MIGRATE_SOURCE)
    moving.add_argument("destino", metavar="DESTINO", help=texts.MIGRATE_TARGET)
    _at_option(command("varrer", texts.SWEEP, _sweep))
    catalog = _group(commands, "catalogo", texts.CATALOG)
    for name, help_text, handler in (
        ("validar", texts.CATALOG_VALIDATE, _validate_process),
        ("incluir", texts.CATALOG_INCLUDE, _include_process),
    ):
        written = command(name, help_text, handler, catalog)
        written.add_argument("arquivo", type=Path, metavar="ARQUIVO", help=texts.CATALOG_FILE)
        if name == "incluir":
            written.add_argument("--criar-grupos", action="store_true", help=texts.CATALOG_MAKE_GROUPS)
    command("listar", texts.CATALOG_LIST, _list_processes, catalog)
    command("separar", texts.SET_ASIDE, _set_aside)
    command("caminhos", texts.PATHS, _paths)
    return parser


def _count(written: str) -> int:
    if (number := int(written)) < 1:
        raise ValueError
    return number


def _separator(written: str) -> str:
    from atendimento_tui.outputs.csv_file import SEPARATORS

    if written not in SEPARATORS:
        raise ValueError
    return SEPARATORS[written]


def _group(commands: Any, name: str, help_text: str) -> Any:
    made = commands.add_parser(name, help=help_text, description=help_text)
    return made.add_subparsers(title=texts.COMMANDS, metavar="COMANDO", required=True, parser_class=_Parser)


def _at_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--agora", metavar="ISO", help=texts.AT)


def _founding_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--unidade", required=True, metavar="NOME", help=texts.FOUND_NAME)
    parser.add_argument("--cidade", required=True, metavar="CIDADE", help=texts.FOUND_CITY)
    parser.add_argument("--uf", required=True, metavar="UF", help=texts.FOUND_UF)
    parser.add_argument("--horario", default="seg-sex 09:00-18:00", metavar="H", help=texts.FOUND_HOURS)
    parser.add_argument("--registro-ans", default="", metavar="N", help=texts.FOUND_ANS)
    parser.add_argument("--supervisor", required=True, metavar="NOME", help=texts.FOUND_SUPERVISOR)
    parser.add_argument("--atendente", action="append", default=[], metavar="NOME", help=texts.FOUND_ATTENDANT)
    parser.add_argument("--facultativo", action="append", default=[], metavar="DIA", help=texts.FOUND_OPTIONAL)
    parser.add_argument("--municipais", type=Path, metavar="CSV", help=texts.FOUND_MUNICIPAL)
    parser.add_argument("--codigo-ibge", default="", metavar="N", help=texts.FOUND_IBGE)
    parser.add_argument("--aceitar-municipais", action="store_true", help=texts.FOUND_TAKE_DAYS)


# Each command.


def _open_screen(args: argparse.Namespace) -> int:
    from atendimento_tui import paths

    return _run_screen(paths.database(args.banco), args.como)


def _run_screen(database: str, actor: str | None) -> int:
    from atendimento_tui.terminal import refuse_without_terminal
    from atendimento_tui.texts.refusals import sentence

    if reason := refuse_without_terminal():
        say(sentence(reason, {"term": os.environ.get("TERM"), "driver": os.environ.get("TEXTUAL_DRIVER")}))
        return WRONG_USE
    from atendimento_tui.app import run

    return run(database, actor)


def _demo(args: argparse.Namespace) -> int:
    from atendimento_tui import paths

    now = _clock()
    chosen = paths.chosen_database(args.banco)
    database = told = chosen or str(paths.demo_database(now.astimezone().date()))
    if chosen:
        from atendimento_tui.demo.furnish import make_demo

        with make_demo(database, now) as desk:
            told = desk.name
    elif not Path(database).exists():
        from atendimento_tui.demo.furnish import demo_of_the_day

        demo_of_the_day(Path(database), now, lambda: say(texts.DEMO_WAITING))
    if args.so_criar:
        put(told)
        return 0
    say(texts.DEMO_READY.format(path=told))
    return _run_screen(database, args.como)


def _found(args: argparse.Namespace) -> int:
    from atendimento_tui import paths
    from atendimento_tui.services.setup import create_desk, new_desk

    database = paths.database(args.banco)
    new = new_desk(
        name=args.unidade,
        city=args.cidade,
        uf=args.uf,
        hours=args.horario,
        ans_registration=args.registro_ans,
        supervisor=args.supervisor,
        attendants=args.atendente,
        optional_days=args.facultativo,
        municipal_file=args.municipais,
        ibge_code=args.codigo_ibge,
        take_many_days=args.aceitar_municipais,
    )
    with create_desk(database, new, _clock()) as desk:
        say(texts.MADE.format(path=desk.name))
    return 0


def _queue(args: argparse.Namespace) -> int:
    from atendimento_tui.outputs import as_json, as_text
    from atendimento_tui.services import queue

    now = _instant(args.agora)
    with _opened(args) as desk:
        zone = ZoneInfo(desk.unit.tz)
        rows = queue.listed(desk, args.filtro, args.limite, now)
        terms = [(row, desk.calendar(row.term.calendar) if row.term else None) for row in rows]
        if args.json:
            _print_json([as_json.queue_row(row, calendar, now, zone) for row, calendar in terms])
        elif rows:
            put("\n".join(as_text.queue_line(row, calendar, now) for row, calendar in terms))
        else:
            say(texts.EMPTY_QUEUE)
    return 0


def _show(args: argparse.Namespace) -> int:
    from atendimento_tui.outputs import as_json, as_text
    from atendimento_tui.services.view import ticket_view

    now = _instant(args.agora)
    with _opened(args) as desk:
        zone = ZoneInfo(desk.unit.tz)
        view = ticket_view(desk, now, protocol=_protocol(args))
        calendar = desk.calendar(view.row.term.calendar) if view.row.term else None
        if args.json:
            _print_json(as_json.ticket(view, calendar, now, zone))
        else:
            put("\n".join(as_text.ticket(view, now, zone)))
    return 0


def _explain(args: argparse.Namespace) -> int:
    from atendimento_tui.outputs import as_json, as_text
    from atendimento_tui.services.view import explain

    now = _instant(args.agora)
    with _opened(args) as desk:
        zone = ZoneInfo(desk.unit.tz)
        explained = explain(desk, now, protocol=_protocol(args))
        if args.json:
            _print_json(as_json.explanation(explained, zone))
        else:
            put("\n".join(as_text.explanation(explained, now, zone)))
    return 0


def _import_history(args: argparse.Namespace) -> int:
    from atendimento_tui import paths
    from atendimento_tui.services.history_import import import_file
    from atendimento_tui.texts.refusals import sentence

    if args.como is not None:  # of a desk that the import is still to make nobody is known
        _opened(args).close()
    done, read = _progress(texts.IMPORT_PROGRESS), _progress(texts.IMPORT_READING, after_s=0.5)
    report = import_file(paths.database(args.banco), args.log, args.mapa, _clock(), done, read)
    for number, reason in report.problems:
        say(texts.IMPORT_PROBLEM.format(number=number, reason=sentence(reason, {})))
    if (more := report.problems_count - len(report.problems)) > 0:
        say(texts.IMPORT_PROBLEMS_MORE.format(count=more))
    if report.left_out:
        cases = ", ".join(report.left_out) + (", ..." if report.left_out_count > len(report.left_out) else "")
        say(texts.IMPORT_LEFT_OUT.format(count=report.left_out_count, cases=cases))
    if report.grown:
        say(texts.IMPORT_GROWN.format(count=report.grown))
    say(texts.IMPORTED.format(cases=report.cases, events=report.events, already=report.already_there))
    return 0


def _export_deadlines(args: argparse.Namespace) -> int:
    from atendimento_tui.outputs.table import is_spreadsheet
    from atendimento_tui.services.deadlines import export_deadlines

    now = _instant(args.agora)
    with _opened(args) as desk:
        count = export_deadlines(desk, args.arquivo, now, separator=args.separador, replace=args.substituir)
    say(texts.EXPORTED.format(count=count, path=args.arquivo))
    if are_words_for_a_person() and not is_spreadsheet(args.arquivo):
        say(texts.EXPORTED_CSV)
    return 0


def _migrate(args: argparse.Namespace) -> int:
    from atendimento_tui.services.migrate import migrate

    moved = migrate(args.origem, args.destino, _progress(texts.COPIED), _progress(texts.CHECKED))
    say(texts.MOVED.format(target=moved.target, tickets=moved.tickets, rows=moved.rows))
    say(texts.MOVED_NEXT.format(source=moved.source))
    return 0


def _sweep(args: argparse.Namespace) -> int:
    from atendimento_tui.services.sweep import sweep

    now = _instant(args.agora)
    with _opened(args) as desk:
        count = sweep(desk, now)
    put(str(count))
    say(texts.SWEPT.get(count) or texts.SWEPT_MANY.format(count=count))
    return 0


def _validate_process(args: argparse.Namespace) -> int:
    from atendimento_tui.services.processes import read_file

    file = read_file(args.arquivo)
    process, steps = file.process, len(file.process.steps)
    _say_encoding(args.arquivo, file.encoding)
    say(texts.CATALOG_VALID.format(path=args.arquivo, name=process.name, key=process.key, steps=steps))
    return 0


def _include_process(args: argparse.Namespace) -> int:
    from atendimento_tui.services.processes import include_file, missing_groups, read_file

    file = read_file(args.arquivo)
    with _opened(args) as desk:
        missing = missing_groups(desk, file.process)
        process = include_file(desk, args.arquivo, make_groups=args.criar_grupos)
    _say_encoding(args.arquivo, file.encoding)
    say(texts.CATALOG_INCLUDED.format(name=process.name, key=process.key))
    _say_groups(missing)
    return 0


def _say_encoding(path: Path, encoding: str) -> None:
    """Name the encoding of a file that is not plain UTF-8, as most editors save it today."""
    if encoding in texts.ENCODINGS:
        say(texts.CATALOG_ENCODING.format(path=path, encoding=texts.ENCODINGS[encoding]))


def _say_groups(made: Iterable[str]) -> None:
    if names := ", ".join(made):
        say(texts.GROUPS_MADE.format(names=names))


def _list_processes(args: argparse.Namespace) -> int:
    from atendimento_tui.services.processes import offered

    with _opened(args) as desk:
        services = offered(desk)
    for service in services:
        line = f"{service.key}\t{service.process.name}\t{service.process.description}"
        put(printable(line, keep="\t"))
    if not services:
        say(texts.CATALOG_EMPTY)
    return 0


def _set_aside(args: argparse.Namespace) -> int:
    from atendimento_tui import paths
    from atendimento_tui.services.setup import set_aside

    database = paths.database(args.banco)
    moved = set_aside(database, _clock())
    say(texts.ASIDE.format(path=database, aside=moved.path))
    say(texts.ASIDE_COPY.format(copy=moved.copy, path=database) if moved.copy else texts.ASIDE_NO_COPY)
    return 0


def _paths(args: argparse.Namespace) -> int:
    from atendimento_tui import paths

    places = {
        "dados": paths.data_folder(),
        "banco": paths.database(args.banco),
        "demonstracao": paths.demo_database(_clock().astimezone().date()),
        "config": paths.settings_file(),
    }
    for key, place in places.items():
        put(printable(f"{texts.PATH_LABELS[key]}\t{without_password(str(place))}", keep="\t"))
    return 0


# What they share.


def _opened(args: argparse.Namespace) -> "Desk":
    """The desk that the call names, to be open for one command."""
    from atendimento_tui import paths
    from atendimento_tui.services.desk import open_desk

    desk = open_desk(paths.database(args.banco), _clock())
    _say_groups(desk.made_groups)
    if desk.copy:
        say(texts.MIGRATED.format(path=desk.copy))
    try:
        _see_who_acts(args, desk)
    except BaseException:
        desk.close()
        raise
    return desk


def _see_who_acts(args: argparse.Namespace, desk: "Desk") -> None:
    """See that whoever is said to act is a person of the desk."""
    if args.como is not None:
        from atendimento_tui.services.people import see_who_acts

        see_who_acts(desk, args.como)


def _clock() -> datetime:
    return datetime.now(UTC)


def _instant(written: str | None) -> datetime:
    """The instant that `--agora` says, or the present one."""
    from atendimento_tui.domain.refusals import Refused

    if written is None:
        return _clock()
    try:
        at = datetime.fromisoformat(written)
    except ValueError:
        raise Refused("instante_invalido", text=written) from None
    if at.tzinfo is None:
        raise Refused("instante_sem_fuso", text=written)
    if not _FIRST_YEAR <= at.year <= _LAST_YEAR:
        raise Refused("instante_invalido", text=written)
    return at.astimezone(UTC)


def _protocol(args: argparse.Namespace) -> str:
    from atendimento_tui.texts.formats import protocol_digits

    return protocol_digits(entered(args.protocolo))


def _progress(words: str, after_s: float = 0) -> Callable[[int, int], None]:
    """Tells how far it is: all the time on a terminal, and at every tenth where it is written down.

    Args:
        words: What is told.
        after_s: Seconds from which on it is written down: what is done at once needs no telling.
    """
    tenths_told, began = 0, time.monotonic()

    def tell(done: int, total: int) -> None:
        nonlocal tenths_told
        if are_words_for_a_person():
            percent = done * 100 // max(total, 1)
            tell_progress(words.format(done=done, total=total, percent=percent), ended=done == total)
        elif (tenths := done * 10 // max(total, 1)) > tenths_told and time.monotonic() - began >= after_s:
            tenths_told = tenths
            say(words.format(done=done, total=total, percent=tenths * 10))

    return tell


def _refused(error: Exception) -> int:
    """Say what the rules or the database refused; anything else is a fault of ours, whose detail goes to the log."""
    from atendimento_tui import faults, paths
    from atendimento_tui.services.refusals import refusal_of

    faults.log_to(paths.log_file())

    refusal = refusal_of(error)
    from atendimento_tui.texts.refusals import sentence

    if refusal is None:
        faults.note(error)
        say(sentence("defeito", {"path": paths.log_file()}))
        return REFUSED
    faults.note_cause(error)
    say(sentence(*refusal))
    return REFUSED


def _print_json(data: Any) -> None:
    from atendimento_tui.outputs import as_json

    put(as_json.written(data, in_ascii=not writes_unicode()))
