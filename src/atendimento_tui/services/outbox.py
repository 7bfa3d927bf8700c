"""What people see of the outbox, and what they decide about it. Each decision is an act on the message's ticket."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from atendimento_tui import outputs
from atendimento_tui.contracts.outbox import OutboxCount, OutboxRow
from atendimento_tui.contracts.tickets import ActDone, Order
from atendimento_tui.data.engine import reading
from atendimento_tui.data.queries import outbox as queries
from atendimento_tui.data.queries.queue import ticket_row
from atendimento_tui.data.queries.received import files_of
from atendimento_tui.data.repositories import outbox as rows
from atendimento_tui.domain import attachments
from atendimento_tui.domain.access import Permission
from atendimento_tui.domain.outbox import OPEN, RESENT, Delivery, checked_address
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.text import written
from atendimento_tui.domain.tickets import Event
from atendimento_tui.domain.workflow.effects import Outcome
from atendimento_tui.services.access_control import needs
from atendimento_tui.services.deciding import decided
from atendimento_tui.services.desk import Desk
from atendimento_tui.services.made_papers import paper_of_ticket, require_to_act
from atendimento_tui.services.messages import address_of_row
from atendimento_tui.services.unit_of_work import UnitOfWork
from atendimento_tui.texts import papers as paper_texts


@needs(Permission.READ)
def listed(desk: Desk, *, every: bool = False) -> list[OutboxRow]:
    """What is not over: what waits, failed or is uncertain, the oldest first.

    Args:
        every: Also what was sent, delivered, given up, or never to be sent; then the newest first.
    """
    with reading(desk.engine) as connection:
        return queries.outbox_rows(connection, () if every else OPEN)


@needs(Permission.READ)
def count(desk: Desk) -> OutboxCount:
    """How many messages wait for a worker, and how many for a person."""
    with reading(desk.engine) as connection:
        return queries.outbox_count(connection)


@needs(Permission.READ)
def one(desk: Desk, number: int) -> OutboxRow:
    """A row of the outbox.

    Raises:
        Refused: There is none of this number.
    """
    with reading(desk.engine) as connection:
        for row in queries.outbox_rows(connection, (), number=number):
            files = [each.name for each in files_of(connection, row.message)] if row.attached else []
            papers = [paper_of_ticket(desk, connection, row.ticket, key).name for key in row.papers]
            return replace(row, carries=(*files, *papers))
    raise Refused("saida_desconhecida", number=number)


@needs(Permission.ACT)
def save_files(desk: Desk, order: Order, number: int, folder: Path) -> list[Path]:
    """Save what a message carries, for who delivers it by hand: a link has only its text. The history says so.

    Args:
        folder: Where the files are saved, under names that tell nothing of a person.

    Returns:
        Their paths, in the order of the message.

    Raises:
        Refused: There is no such message, or nothing goes with it; a content is missing.
        OSError: A file cannot be written.
    """
    row = one(desk, number)
    with reading(desk.engine) as connection:
        found = ticket_row(connection, ticket_id=row.ticket)
        assert found, "the message is one of the ticket"
        require_to_act(desk.actor, found[0])
        files = files_of(connection, row.message)
        papers = [paper_of_ticket(desk, connection, row.ticket, key) for key in row.papers]
    named = []
    for at, file in enumerate(files, start=1):
        content = desk.contents.get(file.hash)
        if content is None:
            raise Refused("anexo_sem_conteudo", name=file.name)
        named.append((*attachments.neutral_name(at, file.kind), content))
    named += [(each.stem(order.now), each.ending, each.content(row.at)) for each in papers]
    if not named:
        raise Refused("saida_sem_arquivos", number=number)
    paths = [outputs.in_place.numbered_file(folder, *each, desk.file) for each in named]
    said = "; ".join(paper_texts.FILE_SAVED.format(name=name) for name in row.carries)

    def decide(work: UnitOfWork) -> Outcome:
        return Outcome(Event("papel", work.at, order.actor, text=said))

    decided(desk, replace(order, seen=None), Permission.ACT, decide)
    return paths


@needs(Permission.ACT)
def resend(desk: Desk, order: Order, number: int) -> ActDone:
    """Let a message be sent again, with the same Message-ID. It is for a person to decide, also about a doubt.

    Raises:
        Refused: It waits already, or was sent; it is no e-mail, has no address, or the desk sends none.
    """

    def decide(work: UnitOfWork, row: OutboxRow) -> str:
        if row.channel != "email":
            raise Refused("saida_nao_e_email")
        if row.state not in RESENT:
            raise Refused("saida_nao_reenvia", delivery=str(row.state))
        if not work.desk.unit.sends_mail:
            raise Refused("saida_mesa_nao_envia")
        address = row.address or address_of_row(work, number)
        if not address:
            raise Refused("saida_sem_endereco", number=number)
        values = {"address": address, "next_at": work.at, "attempts": 0, "reply": ""}
        rows.change(work.connection, number, work.at, Delivery.PENDING, **values)
        return address

    return _decided(desk, order, number, "reenviado", decide)


@needs(Permission.ACT)
def give_up(desk: Desk, order: Order, number: int, reason: str) -> ActDone:
    """Decide that a message is not sent, with the reason.

    Raises:
        Refused: The reason is empty; it was sent already, or a worker is sending it.
    """
    words = written(reason, multiline=True).strip()

    def decide(work: UnitOfWork, row: OutboxRow) -> str:
        if not words:
            raise Refused("saida_sem_motivo")
        if row.state in (Delivery.SENT, Delivery.DELIVERED, Delivery.GIVEN_UP, Delivery.SENDING):
            raise Refused("saida_nao_desiste", delivery=str(row.state))
        rows.change(work.connection, number, work.at, Delivery.GIVEN_UP, next_at=None, reply=words)
        return words

    return _decided(desk, order, number, "desistido", decide)


@needs(Permission.ACT)
def correct_address(desk: Desk, order: Order, number: int, typed: str) -> ActDone:
    """Give a message another address, and let it be sent there.

    Raises:
        Refused: It is no address; as `resend`.
    """
    address = checked_address(typed)

    def decide(work: UnitOfWork, row: OutboxRow) -> str:
        if row.channel != "email":
            raise Refused("saida_nao_e_email")
        if row.state not in RESENT | {Delivery.PENDING}:
            raise Refused("saida_nao_reenvia", delivery=str(row.state))
        if not work.desk.unit.sends_mail:
            raise Refused("saida_mesa_nao_envia")
        values = {"address": address, "next_at": row.next_at or work.at, "attempts": 0, "reply": ""}
        rows.change(work.connection, number, work.at, Delivery.PENDING, **values)
        return address

    return _decided(desk, order, number, "endereco", decide)


@needs(Permission.ACT)
def confirm_delivered(desk: Desk, order: Order, number: int, how: str) -> ActDone:
    """Record that a person delivered a message by hand: pasted, printed, told. It is only what the person says.

    Raises:
        Refused: It is said already; a worker waits to send it, or is sending it.
    """
    words = written(how, multiline=True).strip()

    def decide(work: UnitOfWork, row: OutboxRow) -> str:
        if row.state not in RESENT | {Delivery.BY_HAND}:
            raise Refused("saida_nao_entrega", delivery=str(row.state))
        rows.change(work.connection, number, work.at, Delivery.DELIVERED, next_at=None, reply=words)
        return words

    return _decided(desk, order, number, "entregue", decide)


def _decided(
    desk: Desk, order: Order, number: int, kind: str, decide: Callable[[UnitOfWork, OutboxRow], str]
) -> ActDone:
    """An act about a row of the outbox; `decide` returns the text of its event. Changes of the ticket do not matter."""

    def act(work: UnitOfWork) -> Outcome:
        found = queries.outbox_rows(work.connection, (), ticket=work.ticket_id, number=number)
        if not found:
            raise Refused("saida_desconhecida", number=number)
        text = decide(work, found[0])
        about = found[0].to or found[0].address
        return Outcome(Event(kind, work.at, order.actor, text=f"{about}: {text}" if about and text else about or text))

    return decided(desk, replace(order, seen=None), Permission.ACT, act)
