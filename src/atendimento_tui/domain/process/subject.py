"""The subject of a ticket: one line that its process derives from the answers, unless a person typed one."""

from collections.abc import Mapping

from atendimento_tui.domain.process.schema import Process
from atendimento_tui.domain.process.templates import filled
from atendimento_tui.domain.process.values import shown
from atendimento_tui.domain.tickets import Ticket

LONGEST = 120
"""Characters of a derived subject; a list shows fewer."""

SERVICE = "servico"
"""A placeholder of the subject that is not a field: the service's name."""

_SEPARATORS = " \t:;,.·/|-–—"
"""Characters that separate two fields. They are removed at the ends, where a field is empty."""


def subject_of(process: Process, answers: Mapping[str, str]) -> str:
    """The subject that the process's `assunto` gives; the service's name if it has none or all its fields are empty.

    Only the first line of an answer is used. A subject that is too long is cut at the end of a word.
    """
    lines = {
        rule.key: next(iter(shown(rule, answers.get(rule.key, "")).strip().splitlines()), "") for rule in process.fields
    }
    line = " ".join(filled(process.subject, lines | {SERVICE: process.name}).split()).strip(_SEPARATORS)
    return _shortened(line) or process.name


def updated_subject(ticket: Ticket, process: Process, answers: Mapping[str, str]) -> str:
    """The ticket's subject after these answers. A subject that a person typed is not changed."""
    is_derived = ticket.subject in ("", subject_of(process, ticket.fields))
    return subject_of(process, {**ticket.fields, **answers}) if is_derived else ticket.subject


def _shortened(line: str) -> str:
    if len(line) <= LONGEST:
        return line
    cut = line[: LONGEST - 1]
    words = cut.rpartition(" ")[0] if " " in cut[LONGEST // 2 :] else cut
    return words.rstrip(_SEPARATORS) + "…"
