"""Links of tickets: one that names another by its protocol (`liga`) is told in that one's history too."""

from collections.abc import Mapping

from atendimento_tui.data.queries.tickets import tickets_named
from atendimento_tui.data.repositories import tickets
from atendimento_tui.data.repositories.tickets import Recording
from atendimento_tui.domain.tickets import Event
from atendimento_tui.services.unit_of_work import UnitOfWork
from atendimento_tui.texts import formats
from atendimento_tui.texts import intake as texts

LINKED = "ligado"
"""The kind of the event of the named ticket."""


def link(work: UnitOfWork, answers: Mapping[str, str]) -> list[str]:
    """Record in the tickets that the answers name by protocol that this one belongs to them.

    A number that the desk does not know may be of a former system: it stays an answer. A secret ticket is told of in no
    other one, and others are not told of in it.

    Args:
        work: The opening, once it is written.

    Returns:
        The numbers that no ticket has of which the person may know.
    """
    asked = [(rule.links, answers.get(rule.key, "")) for rule in work.in_process.process.fields if rule.links]
    if work.secret_group is not None:
        return []
    unknown: list[str] = []
    for word, number in asked:
        found = tickets_named(work.connection, [number], work.desk.unit.ans_registration) if number else []
        unknown += [number] if number and not found else []
        for named in found:
            taken = tickets.take(work.connection, named.key, work.actor)
            if named.key == work.ticket_id or taken is None or taken.secret_group is not None:
                continue
            before, own = taken.ticket, formats.protocol_groups(work.ticket.protocol)
            at = max(work.at, before.changed_at or work.at)
            event = Event(LINKED, at, work.actor, text=texts.LINKED.format(link=word, protocol=own))
            recording = Recording(work.connection, work.desk.calendars(work.connection), work.recorded_at)
            tickets.append(recording, named.key, event, before, before.evolve(event))
    return unknown
