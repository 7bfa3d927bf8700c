"""The worker of the outbox: takes what is due, gives it to the server, records what the server said.

Each message is `enviando` in a transaction of its own before the server gets its text. A worker that is killed
then leaves it so, and the next one marks it as uncertain: only a person sends it again, with the same Message-ID.
"""

import logging
import os
import secrets
import socket
from collections.abc import Callable
from datetime import UTC, datetime
from smtplib import SMTP
from typing import TYPE_CHECKING

from atendimento_tui.contracts.outbox import Sent, Taken
from atendimento_tui.data.engine import reading, writing
from atendimento_tui.data.queries.desk import unit
from atendimento_tui.data.queries.outbox import is_due, is_taken
from atendimento_tui.data.queries.received import files_of
from atendimento_tui.data.repositories import outbox
from atendimento_tui.domain import mail
from atendimento_tui.domain.access import SYSTEM, Permission
from atendimento_tui.domain.outbox import Delivery, may_send_here, next_attempt
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.services import smtp
from atendimento_tui.services.access_control import needs
from atendimento_tui.services.desk import Desk
from atendimento_tui.services.made_papers import paper_of_ticket
from atendimento_tui.texts import outbox as texts

if TYPE_CHECKING:
    from atendimento_tui.contracts.desk import UnitInfo

log = logging.getLogger(__name__)

AT_ONCE = 200
"""Maximum messages of one run, so that a window that is closed does not wait for many."""


@needs(Permission.USE)
def deliver(
    desk: Desk,
    password: Callable[[], str],
    clock: Callable[[], datetime],
    stopped: Callable[[], bool] = lambda: False,
) -> Sent:
    """Send what is due, if this desk and this machine send.

    Args:
        desk: The desk.
        password: Reads the password of the server, when it is needed.
        clock: The present instant.
        stopped: Whether to stop; called before each message.

    Returns:
        How many messages were sent; `problem` says why nothing could be.
    """
    if not desk.unit.sends_mail:
        return Sent()
    desk = desk.acting_as(SYSTEM)  # whoever started it
    with reading(desk.engine) as connection:
        here = unit(connection)
        assert here, "an open desk has a unit"
        due, taken = is_due(connection, _now(clock)), is_taken(connection)
    if taken:  # an old worker's doubt is shown also where nothing is sent any more
        with writing(desk.engine) as connection:
            outbox.abandoned(connection, _now(clock), _is_gone)
    sends = here.may_send and here.sends_mail and may_send_here(here.smtp_machines, socket.gethostname())
    if not due or not sends:
        return Sent()
    try:
        if not here.smtp_sender:
            raise Refused("smtp_sem_remetente")
        with smtp.connected(here, password()) as server:
            return _run(desk, here, server, clock, stopped)
    except Refused as refused:
        return Sent(problem=refused.code, values=refused.refusal.values)
    except smtp.ServerFailed as failed:
        with writing(desk.engine) as connection:
            outbox.postpone(connection, _now(clock), failed.reply, lambda tried: next_attempt(tried, _now(clock)))
        log.warning("mail server not reached")
        return Sent(problem="smtp_falhou", values={"host": here.smtp_host, "reply": failed.reply})


def _run(
    desk: Desk, here: "UnitInfo", server: SMTP, clock: Callable[[], datetime], stopped: Callable[[], bool]
) -> Sent:
    sent = failed = 0
    worker = worker_name()
    while sent + failed < AT_ONCE and smtp.is_open(server) and not stopped():
        with writing(desk.engine) as connection:
            held = unit(connection)
            may_send = held is not None and held.may_send
            taken = outbox.take(connection, _now(clock), worker, lambda: _new_id(here)) if may_send else None
        if taken is None:
            break
        ending = _sent(desk, here, server, taken, clock)
        again = next_attempt(taken.attempts, _now(clock)) if ending.state is Delivery.FAILED else None
        with writing(desk.engine) as connection:
            outbox.record(connection, taken, worker, ending.state, _now(clock), ending.reply, again)
        sent, failed = sent + (ending.state is Delivery.SENT), failed + (ending.state is not Delivery.SENT)
    if sent or failed:
        log.info("mail sent %s failed %s", sent, failed)
    return Sent(sent, failed)


def _sent(desk: Desk, here: "UnitInfo", server: SMTP, taken: Taken, clock: Callable[[], datetime]) -> smtp.Ending:
    with reading(desk.engine) as connection:
        carried = files_of(connection, taken.message)
        try:
            papers = [paper_of_ticket(desk, connection, taken.ticket, key) for key in taken.papers]
        except Refused:
            return smtp.Ending(Delivery.REFUSED, texts.NO_PAPER)
    contents = [desk.contents.get(each.hash) for each in carried]
    if None in contents:
        return smtp.Ending(Delivery.REFUSED, texts.NO_CONTENT)
    files = [
        mail.File(each.name, each.kind, content) for each, content in zip(carried, contents, strict=True) if content
    ]
    files += [mail.File(each.mailed_as, each.type, each.content(taken.written_at)) for each in papers]
    try:
        content = mail.composed(
            mail.Letter(
                mail_id=taken.mail_id,
                sender=here.smtp_sender,
                sender_name=here.name,
                to=taken.address,
                subject=taken.subject,
                body=taken.body,
                thread=taken.thread,
                reply_to=here.email,
                files=files,
            ),
            _now(clock).astimezone(here.zone),
        )
    except (ValueError, IndexError):  # `email` raises both for an address that is none
        return smtp.Ending(Delivery.REFUSED, texts.NOT_WRITTEN)
    return smtp.send(server, here.smtp_sender, taken.address, content)


def worker_name() -> str:
    """This process, as it is recorded with what it takes."""
    return f"{socket.gethostname()} {os.getpid()}"


def _is_gone(worker: str) -> bool:
    """Whether a worker of this machine has ended. Of another machine nobody knows before `DEAD_AFTER`."""
    machine, _, process = worker.rpartition(" ")
    if machine != socket.gethostname() or not process.isdecimal():
        return False
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return True
    except (PermissionError, OSError, OverflowError):
        return False
    return False


def _new_id(here: "UnitInfo") -> str:
    domain = here.smtp_sender.rpartition("@")[2].lower()
    return f"<{secrets.token_hex(16)}@{domain}>"


def _now(clock: Callable[[], datetime]) -> datetime:
    return clock().astimezone(UTC)
