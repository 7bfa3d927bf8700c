"""Import of a table of procedures: batch by batch, so that one that was interrupted goes on where it was."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from atendimento_tui.contracts.procedures import ProcedureImport
from atendimento_tui.data.logs import Progress
from atendimento_tui.data.procedure_lists import Line, read_list, read_list_map
from atendimento_tui.data.queries import procedures
from atendimento_tui.domain.access import Permission
from atendimento_tui.domain.identifiers import tuss_digit_holds
from atendimento_tui.domain.procedures import OWN_TABLE, Procedure
from atendimento_tui.domain.refusals import Refusal
from atendimento_tui.services.access_control import needs
from atendimento_tui.services.desk import Desk
from atendimento_tui.services.list_import import Count, Writer, batches
from atendimento_tui.services.procedures import LOCK, changes_of, write


@dataclass(slots=True)
class _Count(Count):
    """What an import has done so far."""

    wrong_digits: int = 0


@needs(Permission.PROCEDURES)
def import_procedures(
    desk: Desk, path: Path, map_file: Path, now: datetime, progress: Progress, *, trial: bool = False
) -> ProcedureImport:
    """Import a table by its map. The same file again changes nothing; what the file has no column for stays as it is.

    Args:
        progress: Called with bytes read and bytes to read.
        trial: Only say what would be done.

    Raises:
        Refused: The file or its map cannot be read.
    """
    list_map = read_list_map(map_file)
    count, writer = _Count(), Writer(desk, Permission.PROCEDURES, LOCK, trial)
    for lines in batches(_whole(read_list(path, list_map, progress), count)):
        values = [{"source": list_map.nome, **each} for each in lines]
        with writer.transaction() as (connection, actor):
            known = procedures.with_codes(connection, [each["code"] for each in values])
            new, changed = _sorted_out(values, known, count)
            if not trial:
                write(connection, new, changed, actor=actor, now=now)
    done = count.done()
    return ProcedureImport(done.new, done.changed, done.same, done.problems, done.problems_count, count.wrong_digits)


def _whole(lines: Iterator[Line], count: _Count) -> Iterator[dict[str, str]]:
    """The values of the lines that can be read. A code that stands in the file again is a wrong line."""
    for line in lines:
        if line.values is None:
            assert line.problem is not None, "a line without values has a problem"
            count.leave_out(line.number, line.problem)
            continue
        key = line.values["table"], line.values["code"]
        if (first := count.first(key, line.number)) != line.number:
            count.leave_out(line.number, Refusal("procedimento_repetido", {"typed": key[1], "line": first}))
            continue
        count.wrong_digits += key[0] != OWN_TABLE and not tuss_digit_holds(key[1])
        yield dict(line.values)


def _sorted_out(
    lines: list[dict[str, str]], known: dict[tuple[str, str], tuple[int, Procedure]], count: _Count
) -> tuple[list[Procedure], dict[int, tuple[Procedure, Procedure]]]:
    """What is new in a batch, and what changes: id of a row -> before and after."""
    new: list[Procedure] = []
    changed: dict[int, tuple[Procedure, Procedure]] = {}
    for values in lines:
        found = known.get((values["table"], values["code"]))
        if found is None:
            new.append(Procedure(**values))
            continue
        row, before = found
        after = replace(before, **values)
        if changes_of(before, after):
            changed[row] = before, after
    count.new += len(new)
    count.changed += len(changed)
    count.same += len(lines) - len(new) - len(changed)
    return new, changed
