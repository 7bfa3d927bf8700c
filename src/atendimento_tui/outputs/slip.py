"""The slip for the requester: plain lines without sensitive data."""

from collections.abc import Iterable, Iterator
from urllib.parse import quote

from atendimento_tui.contracts.desk import UnitInfo
from atendimento_tui.contracts.intake import Slip
from atendimento_tui.domain.clocks import Term, promised
from atendimento_tui.outputs.as_text import one_line
from atendimento_tui.texts import formats, papers, words
from atendimento_tui.texts import intake as texts


def slip_lines(slip: Slip) -> Iterator[str]:
    """The slip, line by line.

    Unit, its text above, number, service, requester, severity if it is used, term, date, contacts, its text below.
    """
    unit = slip.unit
    yield one_line(unit.name)
    if unit.slip_header:
        yield one_line(unit.slip_header)
    for name, value in slip_facts(slip):
        yield one_line(f"{name}: {value}")
    if contacts := slip_contacts(unit):
        yield one_line(contacts)
    if unit.slip_footer:
        yield one_line(unit.slip_footer)


def whatsapp_link(slip: Slip) -> str:
    """A link that opens WhatsApp with the protocol and the due date as text; it names nobody, and no telephone.

    It is short, so that its QR code fits on a terminal of 24 lines.
    """
    term = _promised(slip)
    text = papers.LINK_DUE if term else papers.LINK_TEXT
    due = formats.date(term.due_at.astimezone(slip.zone)) if term else ""
    return f"https://wa.me/?text={quote(text.format(protocol=slip.ticket.row.protocol, due=due))}"


def slip_contacts(unit: UnitInfo) -> str:
    """The unit's contacts in one line; empty if it has none."""
    return " · ".join(filter(None, (unit.phones, unit.email, unit.address)))


def slip_facts(slip: Slip) -> Iterable[tuple[str, str]]:
    """Name and value of each fact that there is."""
    row, local = slip.ticket.row, slip.ticket.opened_at.astimezone(slip.zone)
    facts = (
        (texts.SLIP_PROTOCOL, formats.protocol_groups(row.protocol)),
        (texts.SLIP_SERVICE, row.service),
        (texts.SLIP_REQUESTER, row.requester or ""),
        (texts.SLIP_SEVERITY, words.SEVERITY[row.severity] if slip.ticket.asks_severity else ""),
        _due(slip),
        (texts.SLIP_DATE, f"{formats.date(local)} {formats.clock(local)}"),
    )
    return ((name, value) for name, value in facts if value)


def _due(slip: Slip) -> tuple[str, str]:
    """Name and due date of the promised clock."""
    term = _promised(slip)
    if term is None:
        return "", ""
    name = next(clock.name for clock in slip.ticket.clocks if clock.term == term)
    return words.term(term.kind, name), formats.instant(term.due_at.astimezone(slip.zone))


def _promised(slip: Slip) -> Term | None:
    """The term of the clock `solucao`, or else of the clock that is due first; None if it is paused."""
    term = promised([clock.term for clock in slip.ticket.clocks if clock.clock.is_live])
    return None if term is None or term.paused_at else term
