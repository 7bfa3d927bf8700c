"""People from a CSV file: all of them or nobody, and the line and the reason of each wrong one."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from io import StringIO
from pathlib import Path

from atendimento_tui.contracts.people import PeopleFile, PersonRow, Staff
from atendimento_tui.data.csv_records import records
from atendimento_tui.data.text_files import read_text
from atendimento_tui.domain.access import Permission
from atendimento_tui.domain.refusals import Refusal, Refused
from atendimento_tui.domain.text import entered, folded
from atendimento_tui.services.access_control import needs
from atendimento_tui.services.desk import Desk
from atendimento_tui.services.person_items import Facts, facts_of
from atendimento_tui.services.staff import changing, insert, stored

COLUMNS: Mapping[str, str] = {"nome": "name", "login": "login", "papel": "role", "grupos": "groups", "horario": "hours"}
"""Title of a column, folded -> the item of a person."""

_REQUIRED = ("nome", "papel")

_UNREADABLE = {each.code: each for each in (Refusal("aspas_abertas"), Refusal("campo_longo"), Refusal("linha_longa"))}
"""What can be wrong with a record of a CSV file (`csv_records.Record.problem`)."""

_LONGEST_FILE = 4 * 1024 * 1024
_SEPARATORS = ";,\t|"
_LINES_AT_MOST = 5_000


@needs(Permission.PEOPLE)
def include_people(desk: Desk, path: Path, now: datetime, *, trial: bool = False) -> PeopleFile:
    """Add the people of a CSV file. If one line is wrong, nobody is added. The same file again changes nothing.

    Args:
        path: The file, in any encoding and with any usual separator. Its columns are `COLUMNS`; `nome` and `papel` are
            required.
        trial: Only check.

    Raises:
        Refused: The file cannot be read, or lacks columns.
    """
    lines = [*_lines(path)]
    with changing(desk, now) as change:
        known, new, problems, same = change.known, list[Facts](), list[tuple[int, Refusal]](), 0
        for number, line in lines:
            if isinstance(line, Refusal):
                problems.append((number, line))
                continue
            try:
                facts = facts_of(known, line)
                is_known = stored(known, facts) is not None
            except Refused as refused:
                problems.append((number, refused.refusal))
                continue
            if is_known:
                same += 1
            else:
                new.append(facts)
                known = _with(known, facts)
        if not problems and not trial:
            for facts in new:
                insert(change, facts)
        return PeopleFile(tuple(facts.name for facts in new), same, tuple(problems))


def _with(known: Staff, facts: Facts) -> Staff:
    """The people, with one of the file who is not stored yet."""
    row = PersonRow(0, facts.name, facts.login, facts.role, True, facts.groups, facts.hours, 0)
    return replace(known, people=(*known.people, row))


def _lines(path: Path) -> Iterator[tuple[int, Mapping[str, str] | Refusal]]:
    """Number of each line, with its items or what is wrong with it.

    Raises:
        Refused: The file cannot be read, has too many lines, or lacks columns.
    """
    text = read_text(path, _LONGEST_FILE).content
    file = StringIO(text, newline="")
    header = file.readline()
    separator = max(_SEPARATORS, key=header.count)
    titles = [folded(entered(title)).strip() for title in next(csv.reader([header], delimiter=separator), [])]
    _check_titles(path, titles)

    def is_row(fields: list[str]) -> bool:
        return len(fields) == len(titles)

    for count, record in enumerate(records(file, separator, len(titles), is_row)):
        if count >= _LINES_AT_MOST:
            raise Refused("pessoas_demais", path=str(path), most=_LINES_AT_MOST)
        if record.problem:
            yield record.number, _UNREADABLE[record.problem]
        elif any(field.strip() for field in record.fields):
            if len(record.fields) != len(titles):
                yield record.number, Refusal("linha_incompleta")
            else:
                yield record.number, _items(titles, record.fields)


def _items(titles: Sequence[str], fields: Sequence[str]) -> Mapping[str, str]:
    return {COLUMNS[title]: field for title, field in zip(titles, fields, strict=True) if title in COLUMNS}


def _check_titles(path: Path, titles: Sequence[str]) -> None:
    if missing := [title for title in _REQUIRED if title not in titles]:
        raise Refused("colunas_faltando", path=str(path), missing=", ".join(missing), found=", ".join(titles) or None)
    if repeated := sorted({title for title in titles if titles.count(title) > 1}):
        raise Refused("colunas_repetidas", path=str(path), repeated=", ".join(repeated))
    if unknown := [title for title in titles if title not in COLUMNS]:
        known = ", ".join(COLUMNS)
        raise Refused("colunas_desconhecidas", path=str(path), unknown=", ".join(unknown), known=known)
