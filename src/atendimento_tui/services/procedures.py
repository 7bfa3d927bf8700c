"""The operator's procedures: found, changed, imported. Their changes are events of a stream each."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from atendimento_tui.contracts.procedures import FoundProcedure, KnownCode, ProcedureHistory
from atendimento_tui.data.engine import Connection, advisory_lock, reading, writing
from atendimento_tui.data.procedure_lists import FIELDS as FIELDS
from atendimento_tui.data.procedure_lists import examples, read_value
from atendimento_tui.data.queries import procedures
from atendimento_tui.data.queries.people import person_names
from atendimento_tui.data.queries.trail import events_of
from atendimento_tui.data.repositories import trail
from atendimento_tui.data.repositories.procedures import insert_procedures, update_procedures
from atendimento_tui.domain.access import Permission
from atendimento_tui.domain.identifiers import bare
from atendimento_tui.domain.procedures import (
    EXAMPLE,
    TABLES,
    Procedure,
    best,
    is_in_force,
    table_mark,
    warnings_of,
)
from atendimento_tui.domain.process.facts import codes_asked_about, facts_by_themselves
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.text import searched, searched_words, written
from atendimento_tui.domain.trail import Changes, Stream, procedure_stream
from atendimento_tui.services.access_control import needs, require_now
from atendimento_tui.services.desk import Desk

if TYPE_CHECKING:
    from atendimento_tui.domain.process.schema import Process

FOUND_AT_MOST = 20
"""Maximum procedures in a search result."""

LOCK = "procedimentos"
"""The advisory lock of all changes of the table."""

_SHORTEST = 2
"""Characters of a word that is searched; one letter is in most terms."""

_USUAL = next(iter(TABLES))
"""The table whose procedures come first."""


@needs(Permission.FIND_PROCEDURE)
def find_procedures(desk: Desk, typed: str, now: datetime) -> list[FoundProcedure]:
    """Procedures by the beginning of the code or by words of the term, without accents, the likeliest first.

    Those in force come first, then those of the table of procedures, then those whose term begins with the first word.
    """
    words = [word for word in searched_words(written(typed)) if len(word) >= _SHORTEST]
    if not words:
        return []
    with reading(desk.engine) as connection:
        found = _found(connection, words)
    today = now.astimezone(desk.zone).date()
    found.sort(key=lambda each: _rank(each, words, today))
    return [FoundProcedure(each, is_in_force(each, today)) for each in found[:FOUND_AT_MOST]]


def _found(connection: Connection, words: Sequence[str]) -> list[Procedure]:
    # A number, and a word of two letters, are found at a beginning only. The blank makes them long enough.
    pieces = [f" {word}" if word.isdigit() or len(word) <= _SHORTEST else word for word in words]
    found = procedures.with_pieces(connection, [f" {table_mark(_USUAL)} ", *pieces])
    if len(found) < FOUND_AT_MOST:
        known = {(each.table, each.code) for each in found}
        found += [each for each in procedures.with_pieces(connection, pieces) if (each.table, each.code) not in known]
    return found


def _rank(procedure: Procedure, words: Sequence[str], today: date) -> tuple[object, ...]:
    term = searched(procedure.term)
    begins = term.startswith(words[0]) or procedure.code.startswith(words[0])
    return (not is_in_force(procedure, today), procedure.table != _USUAL, not begins, term, procedure.code)


@needs(Permission.FIND_PROCEDURE)
def known_code(desk: Desk, typed: str, now: datetime) -> KnownCode | None:
    """What is known about a typed code; None if the text is no code."""
    code = bare(typed.strip())
    if not (code.isascii() and code.isdigit() and 8 <= len(code) <= 10):
        return None
    today = now.astimezone(desk.zone).date()
    with reading(desk.engine) as connection:
        procedure = best(procedures.with_code(connection, code), today)
    return KnownCode(code, procedure, warnings_of(code, procedure, today))


@needs(Permission.FIND_PROCEDURE)
def is_empty(desk: Desk) -> bool:
    """Whether the table has no procedure."""
    with reading(desk.engine) as connection:
        return procedures.is_empty(connection)


@needs(Permission.FIND_PROCEDURE)
def history(desk: Desk, code: str, table: str = "") -> ProcedureHistory:
    """A procedure and its changes.

    Raises:
        Refused: It is not in the table.
    """
    with reading(desk.engine) as connection:
        procedure = _named(connection, code, table)[1]
        names = person_names(connection)
        events = events_of(connection, procedure_stream(procedure.table, procedure.code))
    return ProcedureHistory(procedure, [(event, names.get(event.actor or 0, "")) for event in events])


@needs(Permission.PROCEDURES)
def change_procedure(
    desk: Desk, code: str, typed: Mapping[str, str], now: datetime, *, table: str = ""
) -> tuple[Procedure, Changes]:
    """Change items of a procedure. Its flags are then the operator's own, no examples.

    Args:
        typed: Field of `Procedure` -> its new value, as typed.
        table: Its table, if several have the code.

    Returns:
        The procedure and what has changed; nothing if it was so already.

    Raises:
        Refused: It is not in the table, or a value is none.
    """
    values = {field: read_value(field, value) for field, value in typed.items()}
    if not values:
        raise Refused("procedimento_sem_mudanca")
    with writing(desk.engine) as connection:
        actor = require_now(connection, desk, Permission.PROCEDURES)
        advisory_lock(connection, LOCK)
        row, before = _named(connection, code, table)
        after = replace(before, **values)
        changes = changes_of(before, after)
        if changes:
            after = replace(after, source="" if before.source == EXAMPLE else before.source)
            changes = changes_of(before, after)
            update_procedures(connection, {row: after})
            stream = procedure_stream(after.table, after.code)
            trail.record(connection, stream, "alterado", actor=actor.person, at=now, changes=changes)
    return after, changes


@needs(Permission.PROCEDURES)
def include_examples(desk: Desk, now: datetime) -> tuple[int, int]:
    """Add the procedures of the short list that the table does not have. Those that it has stay as they are.

    Returns:
        How many were added, and how many were there.
    """
    shipped = [replace(each, source=EXAMPLE) for each in examples()]
    with writing(desk.engine) as connection:
        actor = require_now(connection, desk, Permission.PROCEDURES)
        advisory_lock(connection, LOCK)
        known = procedures.with_codes(connection, [each.code for each in shipped])
        new = [each for each in shipped if (each.table, each.code) not in known]
        write(connection, new, {}, actor=actor.person, now=now)
    return len(new), len(shipped) - len(new)


def facts(connection: Connection, process: "Process", answers: Mapping[str, str], day: date) -> dict[str, str]:
    """The values of the fields of a process that the table fills for these answers of an act (`facts_by_themselves`).

    Args:
        answers: In their stored form.
        day: The local day of the act.
    """
    codes = codes_asked_about(process.fields, answers)
    found = {code: best(procedures.with_code(connection, code), day) for code in codes}
    known = {code: procedure for code, procedure in found.items() if procedure}
    return facts_by_themselves(process.fields, answers, known)


def write(
    connection: Connection,
    new: Sequence[Procedure],
    changed: Mapping[int, tuple[Procedure, Procedure]],
    *,
    actor: int | None,
    now: datetime,
) -> None:
    """Write procedures and their events, under the lock of the table.

    Args:
        changed: Id of a row -> the procedure before and after.
    """
    nothing = Procedure("", "", "")
    insert_procedures(connection, new)
    update_procedures(connection, {row: after for row, (_, after) in changed.items()})
    for kind, pairs in (
        ("incluido", [(replace(nothing, table=each.table, code=each.code), each) for each in new]),
        ("alterado", [*changed.values()]),
    ):
        events: dict[Stream, Changes] = {
            procedure_stream(after.table, after.code): changes_of(before, after) for before, after in pairs
        }
        trail.record_each(connection, kind, actor=actor, at=now, changes=events)


def changes_of(before: Procedure, after: Procedure) -> Changes:
    """Field -> (before, after) of the fields that differ; an empty value is None."""
    old, new = asdict(before), asdict(after)
    return {name: (old[name] or None, new[name] or None) for name in new if old[name] != new[name]}


def _named(connection: Connection, typed: str, table: str) -> tuple[int, Procedure]:
    code = bare(typed.strip())
    found = [pair for key, pair in procedures.with_codes(connection, [code]).items() if table in ("", key[0])]
    order = list(TABLES)
    if not found:
        raise Refused("procedimento_desconhecido", typed=typed)
    return min(found, key=lambda pair: order.index(pair[1].table))
