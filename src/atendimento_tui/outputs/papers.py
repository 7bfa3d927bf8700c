"""What papers show: the slip, the papers of processes, and a bill."""

from datetime import date

from atendimento_tui.contracts.bills import BillRow
from atendimento_tui.contracts.desk import UnitInfo
from atendimento_tui.contracts.intake import Slip
from atendimento_tui.domain.bills import Bill
from atendimento_tui.domain.process.outgoing import PaperRule
from atendimento_tui.outputs.bills import bill_rows
from atendimento_tui.outputs.pdf import BarCode, Paragraph, Part, Rows, Sheet, Signatures
from atendimento_tui.outputs.slip import slip_contacts, slip_facts
from atendimento_tui.texts import bills as texts
from atendimento_tui.texts import papers


def slip_sheet(slip: Slip) -> Sheet:
    """The slip as a paper, with the same facts as its lines."""
    unit = slip.unit
    parts = (Rows(tuple(slip_facts(slip))), Paragraph(unit.slip_footer))
    return Sheet(papers.SLIP, parts, header=_header(unit))


def paper_sheet(unit: UnitInfo, rule: PaperRule, body: str, bill: BillRow | Bill | None, today: date) -> Sheet:
    """A paper of a process.

    Args:
        body: Its text, filled in.
        bill: The bill that it shows: an imported one, or only its digits.
    """
    signatures = (Signatures(rule.signatures),) if rule.signatures else ()
    return Sheet(rule.name, (Paragraph(body), *_bill_parts(bill, today), *signatures), header=_header(unit))


def _bill_parts(bill: BillRow | Bill | None, today: date) -> tuple[Part, ...]:
    """Month, value, due date, line and bar code. An imported bill has its own values, which nothing here computes."""
    if bill is None:
        return ()
    return Rows((*bill_rows(bill, today), (texts.LINE, Bill(bill.code).shown))), BarCode(bill.code)


def _header(unit: UnitInfo) -> tuple[str, ...]:
    return tuple(filter(None, (unit.name, unit.slip_header, slip_contacts(unit))))
