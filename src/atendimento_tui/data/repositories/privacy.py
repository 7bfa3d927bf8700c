"""Erases what the desk has about a person. The events stay, and their chain holds: texts stand beside it."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, delete, select, update

from atendimento_tui.data import tables
from atendimento_tui.data.engine import plain, update_one
from atendimento_tui.domain.privacy import DELETED, ERASED, OF_A_PERSON


def hold(connection: Connection, person: int, reason: str) -> None:
    """Hold the person's data against anonymising; an empty reason ends that."""
    update_one(connection, tables.Beneficiary, person, {"held_because": reason})


def erase_person(connection: Connection, person: int, name: str, day: str) -> None:
    """Erase the record, and the words of the bookings. It keeps its id, its holder and the new name."""
    empty = _emptied("beneficiary") | {"name": name, "search": "", "sort_name": "", "anonymised_on": day}
    row = plain(tables.Beneficiary)
    raised = {"version": row.c.version + 1}
    connection.execute(update(row).where(row.c.id == person).values(**empty, **raised))
    for table in (tables.BeneficiaryContact, tables.BeneficiaryAddress, tables.Bill):
        rows = plain(table)
        connection.execute(delete(rows).where(rows.c.beneficiary_id == person))
    _erase(connection, "booking", plain(tables.Booking).c.beneficiary_id == person)


def erase_requesters(connection: Connection, requesters: Collection[int], name: str) -> None:
    """Give requesters another name."""
    row = plain(tables.Requester)
    connection.execute(update(row).where(row.c.id.in_(requesters)).values(name=name))


def erase_ticket(connection: Connection, ticket: int, answers: Collection[int]) -> Sequence[str]:
    """Erase the texts of a ticket: events, these answers, messages, tasks, pauses, words of the filter, attachments,
    reasons of departments, words of bookings.

    Args:
        answers: Rows of `field_value`.

    Returns:
        The hashes of contents that no attachment names any more.
    """
    _erase(connection, "event", plain(tables.Event).c.ticket_id == ticket)
    if answers:
        _erase(connection, "field_value", plain(tables.FieldValue).c.id.in_(answers))
    messages = select(plain(tables.Message).c.id).where(plain(tables.Message).c.ticket_id == ticket)
    _erase(connection, "addressee", plain(tables.Addressee).c.message_id.in_(messages))
    for table in ("message", "task", "remittance_item", "booking"):
        _erase(connection, table, tables_by_name()[table].c.ticket_id == ticket)
    clocks = select(plain(tables.Clock).c.id).where(plain(tables.Clock).c.ticket_id == ticket)
    _erase(connection, "clock_pause", plain(tables.ClockPause).c.clock_id.in_(clocks))
    attachment = plain(tables.Attachment)
    hashes = set(connection.scalars(select(attachment.c.hash).where(attachment.c.ticket_id == ticket)))
    files = plain(tables.MessageFile)
    connection.execute(delete(files).where(files.c.message_id.in_(messages)))
    for table in ("received", "ticket_text", "attachment", "external_number"):
        rows = tables_by_name()[table]
        connection.execute(delete(rows).where(rows.c.ticket_id == ticket))
    named = set(connection.scalars(select(attachment.c.hash).where(attachment.c.hash.in_(hashes)))) if hashes else set()
    return sorted(hashes - named)


def write_ticket(connection: Connection, ticket: int, row: Mapping[str, Any]) -> None:
    """Write the columns of a ticket as its events now say."""
    update_one(connection, tables.Ticket, ticket, row)


def erase_stream(connection: Connection, area: str, key: str) -> None:
    """Erase the typed values of a stream."""
    event = plain(tables.TrailEvent)
    events = select(event.c.id).where(event.c.area == area, event.c.key == key)
    _erase(connection, "trail_value", plain(tables.TrailValue).c.event_id.in_(events))


def tables_by_name() -> Mapping[str, Any]:
    """Name -> table."""
    return plain(tables.Ticket).metadata.tables


def _erase(connection: Connection, table: str, *conditions: Any) -> None:
    connection.execute(update(tables_by_name()[table]).where(*conditions).values(**_emptied(table)))


def _emptied(table: str) -> dict[str, str]:
    how, columns = OF_A_PERSON[table]
    assert how == ERASED, f"the rows of {table} are {DELETED}"
    return dict.fromkeys(columns, "")
