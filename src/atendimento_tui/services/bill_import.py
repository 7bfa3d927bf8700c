"""Import of bank bills: batch by batch, so that one that was interrupted goes on where it was."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from atendimento_tui.contracts.bills import BillRow
from atendimento_tui.contracts.imports import ListImport
from atendimento_tui.data.bill_lists import PERSON, BillLine, read_bill_map, read_bills
from atendimento_tui.data.engine import Connection
from atendimento_tui.data.logs import Progress
from atendimento_tui.data.queries import bills
from atendimento_tui.data.queries.beneficiaries import records_with
from atendimento_tui.data.repositories import trail
from atendimento_tui.data.repositories.bills import insert_bills, update_bills
from atendimento_tui.domain.access import Permission
from atendimento_tui.domain.process.values import masked_as
from atendimento_tui.domain.refusals import Refusal, Refused
from atendimento_tui.domain.trail import Changes, Stream, bills_stream
from atendimento_tui.services.access_control import needs
from atendimento_tui.services.desk import Desk
from atendimento_tui.services.list_import import Count, Writer, batches

LOCK = "beneficiarios"
"""The advisory lock of records (`services.beneficiaries`): whose a number is may not change meanwhile."""


@dataclass(frozen=True, slots=True)
class _Batch:
    """What a batch changes: new bills, and id of a row -> the bill before and after."""

    new: Sequence[BillRow]
    changed: dict[int, tuple[BillRow, BillRow]]


@needs(Permission.BILLS)
def import_bills(
    desk: Desk, path: Path, map_file: Path, now: datetime, progress: Progress, *, trial: bool = False
) -> ListImport:
    """Import a list of bills by its map. The same file again changes nothing; a wrong line is left out and named.

    Line, value and due date of a bill are compared with each other and stored as they are.

    Args:
        progress: Called with bytes read and bytes to read.
        trial: Only say what would be done.

    Raises:
        Refused: The file or its map cannot be read.
    """
    return _imported(desk, read_bills(path, read_bill_map(map_file), progress), now, trial=trial)


@needs(Permission.BILLS)
def write_bills(desk: Desk, lines: Iterable[BillLine], now: datetime) -> ListImport:
    """Write bills that stand in no file, as an import writes those of one."""
    return _imported(desk, iter(lines), now)


def _imported(
    desk: Desk, read: Iterator[BillLine | tuple[int, Refusal]], now: datetime, *, trial: bool = False
) -> ListImport:
    count, writer = Count(), Writer(desk, Permission.BILLS, LOCK, trial)
    for lines in batches(read):
        with writer.transaction() as (connection, actor):
            batch = _sorted_out(connection, lines, count)
            if not trial:
                _write(connection, batch, actor, now)
    return count.done()


def _sorted_out(connection: Connection, lines: Iterable[BillLine | tuple[int, Refusal]], count: Count) -> _Batch:
    """What is new in a batch, and what changes. Wrong lines are counted."""
    whole = []
    for line in lines:
        if isinstance(line, BillLine):
            whole.append(line)
        else:
            count.leave_out(*line)
    people = {
        item: records_with(connection, item, {line.person[1] for line in whole if line.person[0] == item})
        for item in PERSON.values()
    }
    known = bills.bills_with(connection, [line.code for line in whole])
    new, changed = list[BillRow](), dict[int, tuple[BillRow, BillRow]]()
    for line in whole:
        item, number = line.person
        person = people[item].get(number)
        row, before = known.get(line.code, (0, None))
        try:
            if person is None:
                raise Refused("boleto_pessoa_desconhecida", number=masked_as(_TYPE_OF[item], number))
            if before and before.beneficiary != person.id:
                raise Refused("boleto_de_outro")
            if (first := count.first(line.code, line.number)) != line.number:
                raise Refused("boleto_repetido", line=first)
        except Refused as refused:
            count.leave_out(line.number, refused.refusal)
            continue
        paid = line.paid_on if line.says_paid or before is None else before.paid_on
        after = BillRow(person.id, line.competence, line.code, line.cents, line.due_on, paid)
        if before is None:
            new.append(after)
        elif before != after:
            changed[row] = before, after
        else:
            count.same += 1
    count.new += len(new)
    count.changed += len(changed)
    return _Batch(new, changed)


_TYPE_OF = {"cpf": "cpf", "cns": "cns", "card": "carteirinha"}
"""Item of a record -> the type of its value."""


def _write(connection: Connection, batch: _Batch, actor: int | None, now: datetime) -> None:
    """Write the bills, and one event for each beneficiary whose bills are new or changed."""
    insert_bills(connection, batch.new)
    update_bills(connection, {row: after for row, (_, after) in batch.changed.items()})
    events: dict[Stream, dict[str, tuple[str | None, str]]] = {}
    for before, after in (*((None, each) for each in batch.new), *batch.changed.values()):
        changes = events.setdefault(bills_stream(after.beneficiary), {})
        changes[f"boleto {len(changes) + 1}"] = _said(before) if before else None, _said(after)
    as_changes: dict[Stream, Changes] = {**events}
    trail.record_each(connection, "importado", actor=actor, at=now, changes=as_changes)


def _said(bill: BillRow) -> str:
    """A bill in an event: month, code, centavos, due date, day of the payment."""
    return " ".join((bill.competence, bill.code, str(bill.cents), str(bill.due_on), str(bill.paid_on or "-")))
