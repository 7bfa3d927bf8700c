"""Why an action is not possible: each reason is a function that the rows of the registry name.

They look at what is shown. The service looks again at the ticket itself.
"""

from atendimento_tui.actions.facts import Facts
from atendimento_tui.texts import intake, ticket, window


def opening(facts: Facts) -> str | None:
    """The desk is not open yet."""
    return None if facts.is_open else window.STILL_LOADING


def no_ticket(facts: Facts) -> str | None:
    """No ticket is in hand."""
    return None if facts.has_ticket else ticket.NO_ROW


def closed(facts: Facts) -> str | None:
    """The ticket is closed."""
    return ticket.CLOSED_TICKET.format(state=facts.closed_as) if facts.closed_as else None


def has_owner(facts: Facts) -> str | None:
    """Somebody answers for the ticket already."""
    if not facts.owner:
        return None
    return ticket.ALREADY_YOURS if facts.is_mine else ticket.HAS_OWNER.format(owner=facts.owner)


def paused(facts: Facts) -> str | None:
    """The ticket is paused already."""
    return ticket.ALREADY_PAUSED.format(key=facts.key_of("fila.retomar")) if facts.is_waiting else None


def not_paused(facts: Facts) -> str | None:
    """The ticket is not paused."""
    return None if facts.is_waiting else ticket.NOT_PAUSED


def in_validation(facts: Facts) -> str | None:
    """The ticket waits for the client's validation."""
    return ticket.IN_VALIDATION if facts.is_in_validation else None


def no_term(facts: Facts) -> str | None:
    """No clock runs on the ticket."""
    return None if facts.has_term else ticket.NO_TERM


def no_documents(facts: Facts) -> str | None:
    """The process asks for no documents now."""
    return None if facts.has_documents else ticket.NO_DOCUMENTS


def no_corrections(facts: Facts) -> str | None:
    """There is no answer that the person may correct."""
    return None if facts.has_corrections else ticket.NO_CORRECTIONS


def choosing(facts: Facts) -> str | None:
    """The service is not chosen yet."""
    return intake.NOT_NOW if facts.is_choosing else None


def done(facts: Facts) -> str | None:
    """The intake is written already."""
    return intake.ALREADY_SAVED if facts.is_done else None


def not_done(facts: Facts) -> str | None:
    """The intake is not written yet."""
    return None if facts.is_done else intake.NO_SLIP


def not_choosing(facts: Facts) -> str | None:
    """The service is chosen already."""
    return None if facts.is_choosing else intake.ONLY_CHOOSING


def no_draft(facts: Facts) -> str | None:
    """What is chosen is no draft."""
    return None if facts.is_draft else intake.NO_DRAFT
