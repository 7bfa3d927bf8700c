"""The register: once a day the protocols of registering services go to the operator's workbook, in sequence."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from pathlib import Path

from atendimento_tui.contracts.register import CellValue, Entry, RegisterRow, RegisterRun
from atendimento_tui.data.engine import Connection, advisory_lock, reading, writing
from atendimento_tui.data.queries import register as queries
from atendimento_tui.data.queries.beneficiaries import beneficiary
from atendimento_tui.data.queries.desk import unit
from atendimento_tui.data.queries.people import person_name, requester_name
from atendimento_tui.data.repositories import register as rows
from atendimento_tui.data.repositories import tickets
from atendimento_tui.data.repositories.trail import record
from atendimento_tui.data.text_files import read_toml_file
from atendimento_tui.domain.access import SYSTEM, Permission
from atendimento_tui.domain.process.values import masked
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.register import FIELD, Layout, numbered, read_layout, run_of
from atendimento_tui.domain.trail import REGISTER
from atendimento_tui.domain.workflow.effects import EnterRegister
from atendimento_tui.outputs import register_file
from atendimento_tui.services.access_control import needs, require_now
from atendimento_tui.services.desk import Desk
from atendimento_tui.services.unit_of_work import Fulfilled, UnitOfWork
from atendimento_tui.texts import formats

_SECTION = "registro"
"""The part of the user's settings file that is about the register."""

_LOCK = "registro"


def enter(work: UnitOfWork, effect: EnterRegister) -> Fulfilled:
    """Enter the ticket's protocol. It is written to the workbook by the next run."""
    del effect
    rows.enter(work.connection, work.ticket_id, work.event.at)
    return Fulfilled()


def layout_of(settings: Path) -> Layout:
    """The workbook that the settings file names.

    Raises:
        Refused: As `domain.register.read_layout`; the file cannot be read.
    """
    return read_layout(_section_of(settings), str(settings))


def layout_if_any(settings: Path) -> Layout | None:
    """As `layout_of`; None if the settings file does not speak of a register."""
    section = _section_of(settings)
    return None if section is None else read_layout(section, str(settings))


def _section_of(settings: Path) -> object:
    data = read_toml_file(settings) if settings.exists() else {}
    return data.get(_SECTION)


@needs(Permission.REGISTER)
def write_register(desk: Desk, layout: Layout, now: datetime, *, trial: bool = False) -> RegisterRun:
    """Append the protocols that the workbook does not have yet.

    The first run of a day gives the numbers of all protocols until then. A later run of the same day only completes it,
    as after an interruption: what came since is written on the next day. Protocols that stand in the workbook are not
    written again.

    Args:
        desk: The desk.
        layout: The workbook.
        now: The present instant.
        trial: Whether only to tell what would be appended.

    Raises:
        Refused: The workbook cannot be used; it is unchanged. Or the actor may not.
        OSError: The workbook cannot be read or written; it is unchanged.
    """
    today = now.astimezone(desk.zone).date()
    if trial:
        with register_file.opened(layout, desk.file) as book, reading(desk.engine) as connection:
            entries, later = _numbered(connection, today, None, book.last_number)
            fresh = _fresh(connection, desk, layout, entries, book.protocols)
        return RegisterRun(str(layout.file), fresh, (), later, None)
    return _run(desk, layout, now, today)


@needs(Permission.USE)
def write_if_due(desk: Desk, layout: Layout, now: datetime) -> RegisterRun | None:
    """The run of the day that nobody asks for: the protocols until the layout's hour, and what an earlier run left.

    However many windows call it, one writes. Run again it changes nothing. After a failure nothing is lost: the next
    call tries again. The demonstration, and a restored desk that is not released yet, write nothing.

    Args:
        desk: The desk; it acts itself.
        layout: The workbook.
        now: The present instant.

    Returns:
        What was done; None if nothing is due, or another run is writing.

    Raises:
        Refused: As `write_register`.
        OSError: As `write_register`.
    """
    until, day = run_of(now.astimezone(desk.zone), layout.hour)
    with reading(desk.engine) as connection:
        is_due = any(
            each.number is not None or not queries.has_run_on(connection, day.isoformat())
            for each in queries.unwritten(connection, until)
        )
        here = unit(connection)
        if not is_due or here is None or here.is_demo or not here.may_send:
            return None
    try:
        return _run(desk.acting_as(SYSTEM), layout, now, day, until)
    except Refused as refused:
        if refused.code == "registro_em_uso":
            return None
        raise


def _run(desk: Desk, layout: Layout, now: datetime, day: date, until: datetime | None = None) -> RegisterRun:
    """Number, append, note: each step whole, so that an interrupted run is completed by the next one.

    Args:
        day: The day of the run.
        until: Protocols that were entered from then on wait for another run.
    """
    today = now.astimezone(desk.zone).date()
    with register_file.opened(layout, desk.file) as book:
        with writing(desk.engine) as connection:
            require_now(connection, desk, Permission.REGISTER)
            advisory_lock(connection, _LOCK)
            entries, later = _numbered(connection, day, until, book.last_number)
            given = {each.id: each.number for each in entries if each.day is None and each.number is not None}
            rows.give_numbers(connection, given, day.isoformat())
            fresh = _fresh(connection, desk, layout, entries, book.protocols)
            if given:
                changes = {"numeros": (None, f"{min(given.values())}-{max(given.values())}")}
                record(connection, REGISTER, "numerado", actor=desk.actor.person, at=now, changes=changes)
        backup = book.append(fresh, today) if fresh else None
    with writing(desk.engine) as connection:
        rows.note_written(connection, [each.id for each in entries], now)
    new = {row.entry for row in fresh}
    found = tuple(each.protocol for each in entries if each.id not in new)
    return RegisterRun(str(layout.file), fresh, found, later, str(backup) if backup else None)


def _numbered(connection: Connection, day: date, until: datetime | None, last_in_book: int) -> tuple[list[Entry], int]:
    """The entries of the run with their numbers, ascending by number, and how many wait for the next day.

    A new entry has no day yet.
    """
    waiting = queries.unwritten(connection, until)
    begun = [each for each in waiting if each.number is not None]
    new = [each for each in waiting if each.number is None]
    if queries.has_run_on(connection, day.isoformat()):
        return sorted(begun, key=_number), len(new)
    last = max(last_in_book, queries.last_number(connection))
    numbers = numbered([(each.id, each.protocol) for each in new], last)
    given = [Entry(each.id, each.ticket, each.protocol, None, numbers[each.id]) for each in new]
    return sorted([*begun, *given], key=_number), 0


def _number(entry: Entry) -> int:
    assert entry.number is not None, "entries of a run are numbered"
    return entry.number


def _fresh(
    connection: Connection, desk: Desk, layout: Layout, entries: Iterable[Entry], present: Collection[str]
) -> tuple[RegisterRow, ...]:
    """The rows of the entries whose protocols the workbook does not have."""
    return tuple(
        RegisterRow(each.id, _number(each), each.protocol, _cells(connection, desk, layout, each))
        for each in entries
        if each.protocol not in present
    )


def _cells(connection: Connection, desk: Desk, layout: Layout, entry: Entry) -> dict[str, CellValue]:
    ticket = tickets.load(connection, entry.ticket)
    assert ticket, "an entry is about a ticket"
    context = desk.context(ticket, connection)
    assert context, "only a process enters it"
    assert ticket.opened_at, "it is entered once it is opened"
    opened = ticket.opened_at.astimezone(desk.zone)
    about = beneficiary(connection, ticket.beneficiary)
    facts: dict[str, CellValue] = {
        "numero": _number(entry),
        "protocolo": formats.protocol_groups(ticket.protocol),
        "data": opened.date(),
        "hora": f"{opened:%H:%M}",
        "servico": context.process.name,
        "canal": ticket.channel or "",
        "solicitante": requester_name(connection, ticket.requester),
        "beneficiario": about.name if about else "",
        "responsavel": person_name(connection, ticket.owner) or "",
        "unidade": desk.unit.name,
    }
    answers = {f"{FIELD}{rule.key}": masked(rule, ticket.fields.get(rule.key, "")) for rule in context.process.fields}
    return {letter: facts.get(fact, answers.get(fact, "")) for letter, fact in layout.columns.items()}
