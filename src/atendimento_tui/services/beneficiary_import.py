"""Import of beneficiaries from a CSV file by a saved map: each line is a new record, a change, the same, or refused.

Lines of holders come first, then those of dependents, so that a holder may stand anywhere in the file. Lines are
written in batches, each in one transaction: an import that was interrupted is run again, and finds what it wrote.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from atendimento_tui.contracts.beneficiaries import ImportDone, LineDone, Record
from atendimento_tui.data.beneficiary_file import FileLine, SeenNumbers, read_lines, read_map, seen_numbers
from atendimento_tui.data.engine import Connection
from atendimento_tui.data.logs import Progress
from atendimento_tui.data.queries import beneficiaries as queries
from atendimento_tui.domain.access import Permission
from atendimento_tui.domain.beneficiaries import ITEM, ITEMS, UNIQUE, Holder, check_holder
from atendimento_tui.domain.identifiers import bare
from atendimento_tui.domain.process.record import masked_item, read_item
from atendimento_tui.domain.refusals import Refusal, Refused, Wrong
from atendimento_tui.services.access_control import needs
from atendimento_tui.services.beneficiaries import LOCK, change, check_record, insert
from atendimento_tui.services.desk import Desk
from atendimento_tui.services.list_import import LINES_AT_ONCE, Writer, batches
from atendimento_tui.services.staff import day_of
from atendimento_tui.texts.beneficiaries import ITEM_NAMES

NEW, CHANGED, SAME, REFUSED = "novo", "mudado", "igual", "recusado"

Told = Callable[[LineDone], None]

_HOLDER_NUMBERS = ("cpf", "card")
"""The numbers by which a line names the holder."""


@needs(Permission.IMPORT_BENEFICIARIES)
def import_beneficiaries(
    desk: Desk, path: Path, map_file: Path, now: datetime, progress: Progress, told: Told, *, trial: bool = False
) -> ImportDone:
    """Bring the lines of a file into the records. The same file again changes nothing.

    A line is about the person who has its CPF, CNS or card. A blank cell keeps what the record has. A line that is
    wrong is refused; the others are written.

    Args:
        progress: Called with the part of the work that is done, and the whole.
        told: Called with what became of each line, in batches, in their order.
        trial: Only tell what would be done.

    Raises:
        Refused: The map or the file cannot be read.
    """
    file_map = read_map(map_file)
    has_holders = "titular" in file_map.colunas
    passes = 2 if has_holders else 1
    with seen_numbers() as seen:
        run = _Run(desk, now, seen, Writer(desk, Permission.IMPORT_BENEFICIARIES, LOCK, trial))
        for which in range(passes):

            def done_so_far(done: int, total: int, which: int = which) -> None:
                progress(min(which * total + done, passes * total - 1), passes * total)

            lines = read_lines(path, file_map, done_so_far)
            wanted = (line for line in lines if bool(line.items.get("holder")) == bool(which))
            for batch in batches(wanted, LINES_AT_ONCE):
                for line in run.write(batch):
                    run.counts[line.outcome] += 1
                    told(line)
    progress(1, 1)
    counts = run.counts
    return ImportDone(counts[NEW], counts[CHANGED], counts[SAME], counts[REFUSED])


@dataclass(slots=True)
class _Line:
    """A line whose values are valid.

    Attributes:
        values: Item -> stored value, without the holder.
        holder: The number of the holder, without separators.
    """

    number: int
    values: dict[str, str]
    holder: str = ""

    def numbers(self) -> Iterator[tuple[str, str]]:
        """The person's own numbers."""
        return ((item, self.values[item]) for item in UNIQUE if self.values.get(item))


@dataclass(slots=True)
class _Known:
    """The records that a batch is about, as the database has them."""

    by_number: dict[tuple[str, str], Record]
    by_id: dict[int, Record]

    @classmethod
    def of(cls, connection: Connection, lines: Iterable[_Line]) -> "_Known":
        """Read them in a few statements, whatever their number."""
        wanted: dict[str, set[str]] = {item: set() for item in UNIQUE}
        for line in lines:
            for item, number in line.numbers():
                wanted[item].add(number)
            if line.holder:
                for item in _HOLDER_NUMBERS:
                    wanted[item].add(line.holder)
        found = {
            (item, number): record
            for item, numbers in wanted.items()
            if numbers
            for number, record in queries.records_with(connection, item, numbers).items()
        }
        return cls(found, {record.id: record for record in found.values()})

    def owner(self, item: str, number: str) -> Record | None:
        """Who has a number."""
        return self.by_number.get((item, number))


@dataclass(slots=True)
class _Run:
    """An import on its way."""

    desk: Desk
    now: datetime
    seen: SeenNumbers
    writer: Writer
    counts: Counter[str] = field(default_factory=Counter)

    def write(self, batch: Iterable[FileLine]) -> list[LineDone]:
        """Write a batch in one transaction, or only look at it."""
        done: dict[int, LineDone] = {}
        lines: list[_Line] = []
        today = day_of(self.desk.zone, self.now)
        for line in batch:
            parsed = self._parsed(line, today)
            if isinstance(parsed, Refusal):
                done[line.number] = _refused(line.number, parsed)
            else:
                lines.append(parsed)
        with self.writer.transaction() as (connection, _):
            known = _Known.of(connection, lines)
            for each in lines:
                try:
                    done[each.number] = self._write_line(connection, each, known)
                except Refused as refused:
                    done[each.number] = _refused(each.number, refused.refusal)
        return [done[number] for number in sorted(done)]

    def _parsed(self, line: FileLine, today: date) -> _Line | Refusal:
        """The line with its stored values; or why it is refused: it cannot be read, a value is invalid, it has no
        number, or a line before has one of its numbers.
        """
        if line.why:
            return line.why
        wrong, values = Wrong(), dict[str, str]()
        for key, text in line.items.items():
            if key != "holder":
                with wrong.at(key):
                    values[key] = read_item(ITEM[key], ITEM_NAMES[key], text, today)
        if wrong.found:
            return next(iter(wrong.found.values()))
        parsed = _Line(line.number, values, bare(line.items.get("holder", "")))
        numbers = [f"{item} {number}" for item, number in parsed.numbers()]
        if not numbers:
            return Refusal("linha_sem_numero")
        for number in numbers:
            if (before := self.seen.first(number, line.number)) != line.number:
                return Refusal("linha_repetida", {"line": before})
        return parsed

    def _write_line(self, connection: Connection, line: _Line, known: _Known) -> LineDone:
        """Write a line, or only check it.

        Raises:
            Refused: As `check_record`; the holder is not known.
        """
        record = next((found for each in line.numbers() if (found := known.owner(*each))), None)
        before = record.values if record else dict.fromkeys(ITEM, "")
        after = {**before, **line.values}
        if line.holder:
            self._set_holder(line, after, known)
        items = tuple(item.key for item in ITEMS if before[item.key] != after[item.key])
        if record and items:
            self._change(connection, record, after, known)
        elif record is None:
            self._insert(connection, after, known)
        for item, number in line.numbers():
            self.seen.accept(f"{item} {number}", depends=bool(line.holder))
        outcome = NEW if record is None else CHANGED if items else SAME
        return LineDone(line.number, outcome, items if outcome == CHANGED else ())

    def _set_holder(self, line: _Line, after: dict[str, str], known: _Known) -> None:
        found = next(filter(None, (known.owner(item, line.holder) for item in _HOLDER_NUMBERS)), None)
        if found:
            after["holder"] = str(found.id)
            return
        in_file = [self.seen.depends(f"{item} {line.holder}") for item in _HOLDER_NUMBERS]
        if all(depends is None for depends in in_file):
            raise Refused("titular_desconhecido", typed=masked_item("card", line.holder))
        # A trial did not write the holder, and a dependent of this batch is not read.
        check_holder(None, Holder(0, 0 if True in in_file else None), after["relation"], dependents=0)
        after["holder"] = after["relation"] = ""

    def _insert(self, connection: Connection, after: Mapping[str, str], known: _Known) -> None:
        if not after["name"]:
            raise Refused("nome_vazio", which="beneficiário")
        check_record(connection, None, after, known.owner, known.by_id)
        if not self.writer.is_trial:
            insert(connection, self.desk, after, self.now)

    def _change(self, connection: Connection, record: Record, after: Mapping[str, str], known: _Known) -> None:
        if self.writer.is_trial:
            check_record(connection, record, after, known.owner, known.by_id)
        else:
            change(connection, self.desk, record, after, self.now, owner=known.owner, known=known.by_id)


def _refused(number: int, why: Refusal) -> LineDone:
    beside = {key: value for key, value in why.values.items() if key != "beside"}
    return LineDone(number, REFUSED, why=why._replace(values=beside))
