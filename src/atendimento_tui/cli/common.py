"""Shared by several commands: the open desk, instants, progress and JSON."""

import argparse
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import atendimento_tui
from atendimento_tui import domain, outputs, services
from atendimento_tui import texts as all_texts
from atendimento_tui.account import account_name
from atendimento_tui.cli.parser import add_command
from atendimento_tui.cli.secrets import given_token
from atendimento_tui.cli.streams import are_words_for_a_person, put, say, tell_progress, writes_unicode
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.text import entered
from atendimento_tui.texts import command as texts

if TYPE_CHECKING:
    from atendimento_tui.contracts.imports import ListImport
    from atendimento_tui.domain.access import Actor
    from atendimento_tui.services.desk import Desk

_FIRST_YEAR, _LAST_YEAR = 2, 9998
"""Years whose instants exist in every zone."""


def opened_by_anybody(args: argparse.Namespace) -> "Desk":
    """The desk that the call names, open for signing in and out: nobody acts on it yet."""
    atendimento_tui.faults.log_to(atendimento_tui.paths.log_file())
    desk = services.desk.open_desk(atendimento_tui.paths.database(args.banco), clock())
    say_groups(desk.made_groups)
    if desk.copy:
        say(texts.MIGRATED.format(path=desk.copy))
    return desk


def opened(args: argparse.Namespace, *, is_upkeep: bool = False) -> "Desk":
    """The desk that the call names, open for one command of who has signed in.

    Args:
        args: The call.
        is_upkeep: Whether the owner of the database may do it without signing in, as a timer does.
    """
    desk = opened_by_anybody(args)
    try:
        return desk.acting_as(_actor(args, desk, is_upkeep))
    except BaseException:
        desk.close()
        raise


def _actor(args: argparse.Namespace, desk: "Desk", is_upkeep: bool) -> "Actor":
    """Who acts: in a demonstration whom `--como` names; elsewhere a script, or the person who signed in.

    Until somebody has a password, the owner of the database acts as the supervision.

    Raises:
        Refused: Nobody has signed in, the session has ended, or there is no such person.
    """
    access, way = services.access, desk.unit.entry
    if way == domain.accounts.CHOICE:
        return domain.access.UNNAMED if args.como is None else services.people.find_actor(desk, args.como).actor
    if args.como is not None:
        raise Refused("entrada_so_demonstracao")
    if is_upkeep and access.owns(desk):
        return domain.access.SYSTEM
    if token := given_token(desk):
        signed = access.resume(desk, token)
        return signed.member.actor if signed.member else domain.access.Actor(None, signed.role)
    if way == domain.accounts.SYSTEM_ACCOUNT:
        owner = desk.file.stat().st_uid if desk.file else None
        return access.member_of_account(desk, account_name(owner)).actor
    if access.owns(desk) and not access.entry(desk).has_passwords:
        return domain.access.Actor(None, domain.access.Role.SUPERVISOR)
    raise Refused("entrada_pedida")


def clock() -> datetime:
    """The present instant, in UTC."""
    return datetime.now(UTC)


def instant(written: str | None) -> datetime:
    """The instant in `--agora`, or the present one."""
    if written is None:
        return clock()
    try:
        at = datetime.fromisoformat(written)
    except ValueError:
        raise Refused("instante_invalido", text=written) from None
    if at.tzinfo is None:
        raise Refused("instante_sem_fuso", text=written)
    if not _FIRST_YEAR <= at.year <= _LAST_YEAR:
        raise Refused("instante_invalido", text=written)
    return at.astimezone(UTC)


def protocol(args: argparse.Namespace) -> str:
    """Digits of the protocol number in the call."""
    return all_texts.formats.protocol_digits(entered(args.protocolo))


def progress(words: str, after_s: float = 0) -> Callable[[int, int], None]:
    """Prints progress: continuously on a terminal, else at every tenth.

    Args:
        words: The message.
        after_s: Seconds after which it is printed; short operations print nothing.
    """
    tenths_shown, began = 0, time.monotonic()

    def tell(done: int, total: int) -> None:
        nonlocal tenths_shown
        if are_words_for_a_person():
            percent = done * 100 // max(total, 1)
            tell_progress(words.format(done=done, total=total, percent=percent), ended=done == total)
        elif (tenths := done * 10 // max(total, 1)) > tenths_shown and time.monotonic() - began >= after_s:
            tenths_shown = tenths
            say(words.format(done=done, total=total, percent=tenths * 10))

    return tell


def add_list_import(
    imports: Any,
    name: str,
    words: tuple[str, str, str],
    run: Callable[[argparse.Namespace], int],
    trial: str = texts.IMPORT_TRIAL,
) -> argparse.ArgumentParser:
    """Add the import of a list by its map to `importar`.

    Args:
        words: What it does, what its file is, and what the map says.
        run: Runs it; it is called with `arquivo`, `mapa` and `simular`.
        trial: What a trial says.

    Returns:
        Its parser.
    """
    help_text, file, map_file = words
    imported = add_command(imports, name, help_text, run)
    imported.add_argument("arquivo", type=Path, metavar="ARQUIVO", help=file)
    imported.add_argument("--mapa", type=Path, required=True, metavar="MAPA", help=map_file)
    imported.add_argument("--simular", action="store_true", help=trial)
    return imported


def say_import(report: "ListImport", words: ModuleType, *, is_trial: bool) -> int:
    """Print the wrong lines of an import, and what it did or would do.

    Args:
        words: The texts of its area: `IMPORTED`, `WOULD_IMPORT`.

    Returns:
        The exit code: 1 if lines were left out.
    """
    for number, refusal in report.problems:
        say(all_texts.refusals.in_file(number, *refusal))
    if report.problems_count:
        say(texts.IMPORT_LINES_LEFT_OUT.format(count=report.problems_count))
    done = words.WOULD_IMPORT if is_trial else words.IMPORTED
    say(done.format(new=report.new, changed=report.changed, same=report.same))
    return int(bool(report.problems_count))


def say_groups(made: Iterable[str]) -> None:
    """Print the names of the groups that were created, if any."""
    if names := ", ".join(made):
        say(texts.GROUPS_MADE.format(names=names))


def print_json(data: Any) -> None:
    """Write JSON to stdout, in ASCII if its encoding requires it."""
    put(outputs.as_json.written(data, in_ascii=not writes_unicode()))
