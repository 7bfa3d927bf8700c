"""Backup copies: `copiar`, `copias`, `restaurar`, `liberar-envio`, and the timer that `varrer --agendar` prints."""

import argparse
import shlex
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import atendimento_tui
from atendimento_tui import domain, outputs, services
from atendimento_tui import texts as all_texts
from atendimento_tui.cli.common import clock, opened, print_json, progress
from atendimento_tui.cli.parser import add_command
from atendimento_tui.cli.streams import put, say
from atendimento_tui.domain.refusals import Refused, UserFacingError
from atendimento_tui.domain.text import entered, without_password
from atendimento_tui.texts import command as texts

if TYPE_CHECKING:
    from atendimento_tui.contracts.safekeeping import CopyRow
    from atendimento_tui.services.desk import Desk

_CANNOT_BE_OPENED = ("banco_danificado", "banco_nao_e_banco", "banco_inexistente", "banco_vazio", "banco_alheio")


def add(commands: Any) -> None:
    """Add these commands to the parser."""
    copying = add_command(commands, "copiar", texts.COPY, _copy)
    copying.add_argument("destino", metavar="DESTINO", nargs="?", type=Path, help=texts.COPY_TARGET)
    listing = add_command(commands, "copias", texts.COPIES, _list)
    listing.add_argument("--json", action="store_true", help=texts.AS_JSON)
    restoring = add_command(commands, "restaurar", texts.RESTORE, _restore)
    restoring.add_argument("copia", metavar="COPIA", type=Path, help=texts.RESTORE_COPY)
    restoring.add_argument("--para", metavar="BANCO", help=texts.RESTORE_TARGET)
    restoring.add_argument("--ultimo-protocolo", metavar="NUMERO", help=texts.RESTORE_LAST)
    restoring.add_argument("--pular", metavar="N", type=int, help=texts.RESTORE_SKIP)
    recovering = add_command(commands, "recuperar-anexos", texts.RECOVER, _recover)
    recovering.add_argument("pasta", metavar="PASTA", nargs="?", type=Path, help=texts.RECOVER_FOLDER)
    add_command(commands, "liberar-envio", texts.RELEASE, _release)


def copy_of_the_day(desk: "Desk") -> None:
    """Make the automatic copy if it is due, and say so."""
    copy = services.safekeeping.copy_if_due(desk, clock(), _folder())
    if copy:
        _say_made(copy, all_texts.safekeeping.MADE_DAILY)


def print_schedule(args: argparse.Namespace) -> None:
    """Print the timer that runs `varrer` when no window is open. A password is never in it."""
    database = without_password(atendimento_tui.paths.database(args.banco))
    words = [*_program(), "--banco", database if "://" in database else str(Path(database).absolute()), "varrer"]
    systemd = " ".join(f'"{_escaped(word)}"' for word in words)
    cron = f"*/15 * * * * nice -n 19 {shlex.join(words)} >/dev/null".replace("%", "\\%")
    put(all_texts.safekeeping.SCHEDULE.format(systemd=systemd, cron=cron))


def _escaped(word: str) -> str:
    """A word between quotes in a systemd unit (systemd.syntax(7))."""
    return word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")


def _copy(args: argparse.Namespace) -> int:
    with opened(args, is_upkeep=True) as desk:
        folder = None if args.destino else _folder()
        copy = services.safekeeping.copy_desk(desk, clock(), args.destino, folder)
    put(copy.path)
    _say_made(copy, all_texts.safekeeping.MADE)
    return 0


def _say_made(copy: "CopyRow", words: str) -> None:
    say(words.format(path=copy.path, size=all_texts.safekeeping.size(copy.size)))
    if copy.problem:
        say(all_texts.refusals.sentence(copy.problem, {}))


def _list(args: argparse.Namespace) -> int:
    database, now = atendimento_tui.paths.database(args.banco), clock()
    try:
        with opened(args, is_upkeep=True) as desk:
            copies, zone = services.safekeeping.listed(desk, _folder()), desk.zone
    except UserFacingError as error:
        if error.code not in _CANNOT_BE_OPENED:
            raise
        copies, zone = services.safekeeping.listed_without_desk(database, _folder()), None
        say(all_texts.refusals.sentence(*error.refusal))
    if args.json:
        print_json([outputs.as_json.backup(copy, zone) for copy in copies])
        return 0
    for copy in copies:
        put(outputs.as_text.backup_line(copy, now, zone))
    if not copies:
        say(all_texts.safekeeping.NONE)
    return 0


def _restore(args: argparse.Namespace) -> int:
    target = args.para or atendimento_tui.paths.database(args.banco)
    last = args.ultimo_protocolo
    numbers = services.restore.Numbers(
        None if last is None else all_texts.formats.protocol_digits(entered(last)), args.pular
    )
    done = services.restore.restore(args.copia, target, clock(), numbers, progress(texts.CHECKED))
    words = all_texts.safekeeping
    say(words.RESTORED.format(target=done.target, tickets=all_texts.formats.number(done.tickets)))
    if done.aside:
        say(words.RESTORED_ASIDE.format(aside=done.aside))
    for series, (before, after) in done.jumps.items():
        if series.startswith(domain.protocol.SECRET_SERIES):  # its number tells how many there are
            continue
        say(words.RESTORED_JUMP.format(series=series, before=before, after=after))
    if done.doubtful:
        say(words.RESTORED_DOUBTFUL.format(count=done.doubtful))
    if done.lost:
        say(words.RESTORED_LOST.format(count=done.lost))
    say(words.RESTORED_HELD)
    return 0


def _recover(args: argparse.Namespace) -> int:
    with opened(args, is_upkeep=True) as desk:
        folder = args.pasta or services.safekeeping.folder_of(desk.file, _folder())
        if folder is None:
            raise Refused("copia_sem_pasta")
        found, lost = services.content_copies.recover_contents(desk, folder)
    say(all_texts.safekeeping.RECOVERED.format(found=found))
    if lost:
        say(all_texts.safekeeping.RECOVERED_NOT.format(lost=lost, folder=folder))
    return 1 if lost else 0


def _release(args: argparse.Namespace) -> int:
    with opened(args) as desk:
        services.safekeeping.release_sending(desk, clock())
    say(all_texts.safekeeping.RELEASED)
    return 0


def _folder() -> Path | None:
    return services.safekeeping.copies_folder(atendimento_tui.paths.settings_file())


def _program() -> list[str]:
    """How this program is called in a place without the user's PATH."""
    found = shutil.which("atendimento")
    return [found] if found else [sys.executable, "-m", "atendimento_tui"]
