"""Guias: found by protocol, number or beneficiary in one search."""

import re
from datetime import datetime

from atendimento_tui.contracts.authorisations import Guia
from atendimento_tui.data.engine import Connection, reading
from atendimento_tui.data.queries import beneficiaries as people
from atendimento_tui.data.queries.authorisations import having_guia, tickets_with_guia
from atendimento_tui.data.queries.queue import ticket_row
from atendimento_tui.data.queries.tickets import tickets_named
from atendimento_tui.data.repositories import tickets
from atendimento_tui.domain.access import Permission, reach, require
from atendimento_tui.domain.authorisations import NUMBER, PASSWORD, STATE, TISS_STATES, VALID_UNTIL
from atendimento_tui.domain.protocol import protocols_in
from atendimento_tui.domain.text import searched_words, written
from atendimento_tui.services.access_control import needs
from atendimento_tui.services.desk import Desk

_SHORT = re.compile(r"[0-9]{4}\.[0-9]{6}")
"""A protocol as lists show it: `1203.000042`."""

FOUND_AT_MOST = 20
"""Maximum guias in a search result."""

_PEOPLE_AT_MOST = 5
"""Beneficiaries with the words whose tickets are looked at."""

_TICKETS_AT_MOST = 200
"""Tickets of each of them, newest first."""


@needs(Permission.READ)
def find_guias(desk: Desk, typed: str, now: datetime) -> list[Guia]:
    """The requests with a guia or a state of one: by protocol, by number of the guia, or by the beneficiary.

    Tickets of former versions of a process are found too, and those that have ended. A protocol may be as lists show
    it, without the registration and the present year.

    Raises:
        Refused: A name is searched for by somebody who may not find beneficiaries.
    """
    text = written(typed).strip()
    short = f"{now.astimezone(desk.zone).year}{text}" if _SHORT.fullmatch(text) else ""
    with reading(desk.engine) as connection:
        found = [
            each.key for each in tickets_named(connection, protocols_in(short or text), desk.unit.ans_registration)
        ]
        found += tickets_with_guia(connection, text, FOUND_AT_MOST) if text else []
        if not found:
            found = _of_beneficiaries(connection, desk, text)
        read = [_guia(connection, ticket) for ticket in dict.fromkeys(found)]
    return [each for each in read if each][:FOUND_AT_MOST]


def _of_beneficiaries(connection: Connection, desk: Desk, text: str) -> list[int]:
    words, digits = searched_words(text), "".join(sign for sign in text if sign.isdigit())
    is_name = any(sign.isalpha() for sign in text)
    if not words or not (is_name or reach(desk.actor.role, Permission.FIND_BENEFICIARY)):
        return []  # a number that may be a guia's is no search for a person
    require(desk.actor, Permission.FIND_BENEFICIARY)
    if len(digits) >= 3:
        found = people.with_digits(connection, digits, _PEOPLE_AT_MOST)
    else:
        found = people.with_words(connection, words, _PEOPLE_AT_MOST)
    about = [
        each.ticket for person in found for each in people.tickets_about(connection, person.id, _TICKETS_AT_MOST)[0]
    ]
    having = having_guia(connection, about)
    return [ticket for ticket in about if ticket in having][:FOUND_AT_MOST]


def _guia(connection: Connection, number: int) -> Guia | None:
    """The guia of a ticket; None if its process has none."""
    ticket, found = tickets.load(connection, number), ticket_row(connection, ticket_id=number)
    if ticket is None or found is None or not (ticket.fields.get(STATE) in TISS_STATES or ticket.fields.get(NUMBER)):
        return None
    fields, about = ticket.fields, people.beneficiary(connection, ticket.beneficiary)
    state = fields.get(STATE, "")
    return Guia(
        row=found[0],
        beneficiary=about.name if about else "",
        number=fields.get(NUMBER, ""),
        state=state,
        code=TISS_STATES.get(state),
        password=fields.get(PASSWORD, ""),
        valid_until=fields.get(VALID_UNTIL, ""),
    )
