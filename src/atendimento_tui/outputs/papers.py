"""What papers show: the slip, and the papers of processes."""

from atendimento_tui.contracts.desk import UnitInfo
from atendimento_tui.contracts.intake import Slip
from atendimento_tui.domain.process.schema import PaperRule
from atendimento_tui.outputs.pdf import Paragraph, Rows, Sheet, Signatures
from atendimento_tui.outputs.slip import slip_contacts, slip_facts
from atendimento_tui.texts import papers


def slip_sheet(slip: Slip) -> Sheet:
    """The slip as a paper, with the same facts as its lines."""
    unit = slip.unit
    parts = (Rows(tuple(slip_facts(slip))), Paragraph(unit.slip_footer))
    return Sheet(papers.SLIP, parts, header=_header(unit))


def paper_sheet(unit: UnitInfo, rule: PaperRule, body: str) -> Sheet:
    """A paper of a process.

    Args:
        body: Its text, filled in.
    """
    signatures = (Signatures(rule.signatures),) if rule.signatures else ()
    return Sheet(rule.name, (Paragraph(body), *signatures), header=_header(unit))


def _header(unit: UnitInfo) -> tuple[str, ...]:
    return tuple(filter(None, (unit.name, unit.slip_header, slip_contacts(unit))))
