"""Why an action is not possible. Rows of the registry refer to these functions.

They use the data on the screen. The service checks the stored ticket again.
"""

from atendimento_tui import texts
from atendimento_tui.actions.facts import Facts


def opening(facts: Facts) -> str | None:
    """The desk is not open yet."""
    return None if facts.is_open else texts.window.STILL_LOADING


def no_passwords(facts: Facts) -> str | None:
    """There are no passwords: it is the demonstration, or accounts of the operating system are used."""
    return None if facts.has_passwords else texts.accounts.NO_PASSWORDS


def no_ticket(facts: Facts) -> str | None:
    """No ticket is selected or open."""
    return None if facts.has_ticket else texts.tickets.NO_ROW


HAS_TICKET = (opening, no_ticket)
"""The reasons of an action on a ticket."""


def closed(facts: Facts) -> str | None:
    """The ticket is closed."""
    return texts.tickets.CLOSED_TICKET.format(state=facts.closed_as) if facts.closed_as else None


def not_closed(facts: Facts) -> str | None:
    """The ticket is not closed."""
    return None if facts.closed_as else texts.intake.STILL_OPEN


def has_owner(facts: Facts) -> str | None:
    """The ticket has an owner already."""
    if not facts.owner:
        return None
    return texts.tickets.ALREADY_YOURS if facts.is_mine else texts.tickets.HAS_OWNER.format(owner=facts.owner)


def paused(facts: Facts) -> str | None:
    """The ticket is paused already."""
    return texts.tickets.ALREADY_PAUSED.format(key=facts.key_of("fila.retomar")) if facts.is_waiting else None


def not_paused(facts: Facts) -> str | None:
    """The ticket is not paused."""
    return None if facts.is_waiting else texts.tickets.NOT_PAUSED


def in_validation(facts: Facts) -> str | None:
    """The ticket waits for the client's validation."""
    return texts.tickets.IN_VALIDATION if facts.is_in_validation else None


def no_term(facts: Facts) -> str | None:
    """No clock runs on the ticket."""
    return None if facts.has_term else texts.tickets.NO_TERM


def no_documents(facts: Facts) -> str | None:
    """The process requires no documents now."""
    return None if facts.has_documents else texts.tickets.NO_DOCUMENTS


def no_corrections(facts: Facts) -> str | None:
    """There is no answer that the person may correct."""
    return None if facts.has_corrections else texts.tickets.NO_CORRECTIONS


def no_alert(facts: Facts) -> str | None:
    """No alert of the ticket is for the person."""
    return None if facts.has_alert else texts.alerts.NO_ALERT


def no_new_date(facts: Facts) -> str | None:
    """No date that the requester was told has moved."""
    return None if facts.has_new_date else texts.calendars.NO_NEW_DATE


def no_row(facts: Facts) -> str | None:
    """Nobody is selected."""
    return None if facts.has_row else texts.people.NO_ROW


def not_people(facts: Facts) -> str | None:
    """The list is not that of people."""
    return None if facts.list_of == "pessoas" else texts.people.ONLY_PEOPLE


def not_groups(facts: Facts) -> str | None:
    """The list is not that of groups."""
    return None if facts.list_of == "grupos" else texts.people.ONLY_GROUPS


def of_unit(facts: Facts) -> str | None:
    """The settings of the unit are listed."""
    return texts.people.NOT_IN_UNIT if facts.list_of == "unidade" else None


def left(facts: Facts) -> str | None:
    """The person or the group is deactivated."""
    return texts.people.HAS_LEFT if facts.has_left else None


def not_left(facts: Facts) -> str | None:
    """The person or the group is not deactivated."""
    return None if facts.has_left else texts.people.HAS_NOT_LEFT


def choosing(facts: Facts) -> str | None:
    """The service is not chosen yet."""
    return texts.intake.NOT_NOW if facts.is_choosing else None


def done(facts: Facts) -> str | None:
    """The intake is saved already."""
    return texts.intake.ALREADY_SAVED if facts.is_done else None


def not_done(facts: Facts) -> str | None:
    """The intake is not saved yet."""
    return None if facts.is_done else texts.intake.NO_SLIP


def not_choosing(facts: Facts) -> str | None:
    """The service is chosen already."""
    return None if facts.is_choosing else texts.intake.ONLY_CHOOSING


def no_draft(facts: Facts) -> str | None:
    """No draft is selected."""
    return None if facts.is_draft else texts.intake.NO_DRAFT
