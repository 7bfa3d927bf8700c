"""The slip for the requester: plain lines without sensitive data."""

from collections.abc import Iterable, Iterator

from atendimento_tui.contracts.desk import UnitInfo
from atendimento_tui.contracts.intake import Slip
from atendimento_tui.domain.clocks import promised
from atendimento_tui.outputs.as_text import one_line
from atendimento_tui.texts import formats, words
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
    """Name and due date of the clock `solucao`, or else of the clock that is due first."""
    live = {clock.term: clock.name for clock in slip.ticket.clocks if clock.clock.is_live}
    term = promised(live)
    if term is None or term.paused_at:
        return "", ""
    return words.term(term.kind, live[term]), formats.instant(term.due_at.astimezone(slip.zone))
