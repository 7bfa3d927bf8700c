"""Commands for messages: `saida`, `receber`."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import atendimento_tui
from atendimento_tui import domain, outputs, services
from atendimento_tui import texts as all_texts
from atendimento_tui.cli.common import clock, opened, print_json
from atendimento_tui.cli.parser import add_command, add_group
from atendimento_tui.cli.streams import put, say
from atendimento_tui.contracts.tickets import ActDone, Order
from atendimento_tui.domain.text import entered
from atendimento_tui.texts import command as texts

if TYPE_CHECKING:
    from atendimento_tui.contracts.outbox import OutboxRow, Sent
    from atendimento_tui.services.desk import Desk

_STDIN = "-"


def add(commands: Any) -> None:
    """Add these commands to the parser."""
    parts = add_group(commands, "saida", texts.OUTBOX_COMMANDS)
    listed = add_command(parts, "listar", texts.OUTBOX, _list)
    listed.add_argument("--todas", action="store_true", help=texts.OUTBOX_ALL)
    listed.add_argument("--json", action="store_true", help=texts.AS_JSON)
    receiving = add_command(commands, "receber", texts.RECEIVE, _receive)
    receiving.add_argument("arquivo", metavar="ARQUIVO", help=texts.RECEIVE_FILE)
    receiving.add_argument("--protocolo", default="", metavar="PROTOCOLO", help=texts.RECEIVE_PROTOCOL)
    shown = add_command(parts, "ver", texts.OUTBOX_SHOW, _show)
    resent = add_command(parts, "reenviar", texts.OUTBOX_RESEND, _resend)
    left = add_command(parts, "desistir", texts.OUTBOX_GIVE_UP, _give_up)
    addressed = add_command(parts, "endereco", texts.OUTBOX_ADDRESS, _address)
    delivered = add_command(parts, "entregue", texts.OUTBOX_DELIVERED, _delivered)
    for parser in (shown, resent, left, addressed, delivered):
        parser.add_argument("numero", type=int, metavar="N", help=texts.OUTBOX_NUMBER)
    left.add_argument("--motivo", default="", metavar="TEXTO", help=texts.OUTBOX_REASON)
    addressed.add_argument("endereco", metavar="ENDEREÇO", help=texts.OUTBOX_NEW_ADDRESS)
    delivered.add_argument("--texto", default="", metavar="TEXTO", help=texts.OUTBOX_HOW)


def _receive(args: argparse.Namespace) -> int:
    with opened(args) as desk:
        number = all_texts.formats.protocol_digits(entered(args.protocolo))
        if args.arquivo == _STDIN:
            content = sys.stdin.buffer.read(desk.unit.attachment_mib * domain.attachments.MIB + 1)
            done = services.received.receive_mail(desk, content, clock(), protocol=number)
        else:
            done = services.received.receive_file(desk, Path(args.arquivo), clock(), protocol=number)
    words = all_texts.outbox
    told = words.KNOWN if done.is_known else words.BOUNCE if done.is_bounce else words.RECEIVED
    say(told.format(protocol=all_texts.formats.protocol_groups(done.protocol)))
    return 0


def _list(args: argparse.Namespace) -> int:
    with opened(args) as desk:
        zone, now = desk.zone, clock()
        found = services.outbox.listed(desk, every=args.todas)
    if args.json:
        print_json([outputs.as_json.outbox_row(row, zone) for row in found])
    elif found:
        put("\n".join(outputs.as_text.in_columns(outputs.as_text.outbox_line(row, now, zone) for row in found)))
    else:
        say(all_texts.outbox.EMPTY)
    return 0


def _show(args: argparse.Namespace) -> int:
    with opened(args) as desk:
        zone, now = desk.zone, clock()
        row = services.outbox.one(desk, args.numero)
    put("\n".join(outputs.as_text.outbox_text(row, now, zone)))
    return 0


def _resend(args: argparse.Namespace) -> int:
    return _decide(args, services.outbox.resend, all_texts.outbox.RESENT)


def _give_up(args: argparse.Namespace) -> int:
    def act(desk: "Desk", order: Order, number: int) -> ActDone:
        return services.outbox.give_up(desk, order, number, args.motivo)

    return _decide(args, act, all_texts.outbox.GAVE_UP)


def _address(args: argparse.Namespace) -> int:
    def act(desk: "Desk", order: Order, number: int) -> ActDone:
        return services.outbox.correct_address(desk, order, number, args.endereco)

    return _decide(args, act, all_texts.outbox.ADDRESSED)


def _delivered(args: argparse.Namespace) -> int:
    def act(desk: "Desk", order: Order, number: int) -> ActDone:
        return services.outbox.confirm_delivered(desk, order, number, args.texto)

    return _decide(args, act, all_texts.outbox.DONE_BY_HAND)


def _decide(args: argparse.Namespace, act: "Callable[[Desk, Order, int], ActDone]", done: str) -> int:
    """Do what a person decided about a row, and say so."""
    with opened(args) as desk:
        row: OutboxRow = services.outbox.one(desk, args.numero)
        act(desk, Order(row.ticket, desk.actor.person, uuid4().hex, clock()), row.id)
        row = services.outbox.one(desk, args.numero)
    say(done.format(number=row.id, address=row.address))
    return 0


def smtp_password() -> str:
    """The password of the mail server, of the environment or the file of this account."""
    return services.smtp.password(atendimento_tui.paths.smtp_password_file())


def say_sent(sent: "Sent") -> None:
    """Print what a run of the worker did, if anything."""
    words = all_texts.outbox
    for count, one, many in (
        (sent.sent, words.SENT_ONE, words.SENT_MANY),
        (sent.failed, words.FAILED_ONE, words.FAILED_MANY),
    ):
        if count:
            say(one if count == 1 else many.format(count=count))
    if sent.problem:
        say(all_texts.refusals.sentence(sent.problem, sent.values or {}))
