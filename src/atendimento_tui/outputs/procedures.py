"""Procedures as plain lines of text and as JSON: what `procedimentos` prints and the screens show."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from atendimento_tui.contracts.procedures import FoundProcedure, KnownCode, ProcedureHistory
from atendimento_tui.domain.procedures import EXAMPLE, ITEMS_566, Procedure
from atendimento_tui.domain.text import printable
from atendimento_tui.domain.trail import Changes
from atendimento_tui.texts import formats
from atendimento_tui.texts import procedures as texts


def line(found: FoundProcedure) -> str:
    """A found procedure in one line: code, term, what its table says."""
    it = found.procedure
    marks = [] if found.is_in_force else [texts.OUT_OF_FORCE]
    return _one_line("  ".join(filter(None, (it.code, it.term, " · ".join([*marks, *flags(it)])))))


def flags(procedure: Procedure) -> list[str]:
    """The flags that somebody has set, and the item of RN 566."""
    said = [
        texts.FLAG.format(name=name, value=texts.VALUES[value])
        for flag, name in texts.FLAGS.items()
        if (value := getattr(procedure, flag)) and (value == "sim" or flag in ("audit", "covered"))
    ]
    if item := procedure.rn566:
        days = ITEMS_566.get(item)
        said.append(texts.RN566_AT_ONCE.format(item=item) if days is None else texts.RN566.format(item=item, days=days))
    return said


def about(known: KnownCode) -> tuple[list[str], list[str]]:
    """What is known about a typed code, for the person who typed it: the warnings, and the lines about it."""
    found, warned, it = known.warnings, [], known.procedure
    if found.wrong_digit:
        warned.append(texts.WRONG_DIGIT.format(code=known.code))
    if it is None:
        return [*warned, texts.UNKNOWN.format(code=known.code)], []
    if found.not_yet or found.no_more:
        day, sentence = (it.first_day, texts.NOT_YET) if found.not_yet else (it.last_day, texts.NO_MORE)
        warned.append(sentence.format(code=known.code, day=_day(day)))
    lines = [it.term, " · ".join(flags(it)), texts.EXAMPLE if it.source == EXAMPLE else ""]
    return warned, [_one_line(each) for each in lines if each]


def history(view: ProcedureHistory, zone: ZoneInfo) -> Iterator[str]:
    """A procedure and its changes, oldest first."""
    it = view.procedure
    yield _one_line(f"{it.code}  {it.term}  ({texts.TABLE.format(table=it.table)})")
    for said in (*flags(it), texts.EXAMPLE if it.source == EXAMPLE else "", _source(it)):
        if said:
            yield _one_line(said)
    for event, name in view.events:
        at = event.at.astimezone(zone)
        kind = texts.KINDS.get(event.kind, event.kind)
        told = texts.BY.format(at=formats.instant(at), actor=name or "-", kind=kind, changes=changes(event.changes))
        yield _one_line(told)


def changes(changed: Changes) -> str:
    """What has changed, in one line."""
    return "; ".join(
        texts.CHANGE.format(name=texts.FIELDS.get(name, name), value=texts.VALUES.get(str(after or ""), after))
        for name, (_, after) in changed.items()
    )


def as_json(procedure: Procedure, *, is_in_force: bool) -> dict[str, Any]:
    """A procedure as `procedimentos buscar --json` lists it; a flag that nobody has set is null."""
    return {
        "codigo": procedure.code,
        "termo": procedure.term,
        "tabela": procedure.table,
        "inicio": procedure.first_day or None,
        "fim": procedure.last_day or None,
        "vigente": is_in_force,
        "opme": _flag(procedure.opme),
        "pac": _flag(procedure.pac),
        "eletiva": _flag(procedure.elective),
        "auditoria": _flag(procedure.audit),
        "coberto": _flag(procedure.covered),
        "item_rn566": procedure.rn566 or None,
        "fonte": procedure.source or None,
    }


def _flag(value: str) -> bool | None:
    return {"sim": True, "nao": False}.get(value)


def _source(procedure: Procedure) -> str:
    known = procedure.source and procedure.source != EXAMPLE
    return texts.SOURCE.format(source=procedure.source) if known else ""


def _day(iso: str) -> str:
    return formats.date(date.fromisoformat(iso))


def _one_line(text: str) -> str:
    return printable(text, keep="").rstrip()
