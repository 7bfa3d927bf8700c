"""What a ticket is about: one line that its process makes of its answers, where nobody typed another."""

from collections.abc import Mapping

from atendimento_tui.domain.process.schema import Process
from atendimento_tui.domain.process.templates import filled
from atendimento_tui.domain.process.values import shown
from atendimento_tui.domain.ticket import Ticket

LONGEST = 120
"""Characters of a derived subject; a list shows fewer."""

SERVICE = "servico"
"""The fact that a subject may tell besides the fields: the service's name."""

_JOINTS = " \t:;,.·/|-–—"
"""What stands between two fields, and means nothing where one of them is empty."""


def subject_of(process: Process, answers: Mapping[str, str]) -> str:
    """The subject by the process's `assunto`; the service's name where it has none or nothing was answered.

    Of an answer of several lines the first one is taken. The whole is cut at a word.
    """
    lines = {
        rule.key: next(iter(shown(rule, answers.get(rule.key, "")).strip().splitlines()), "") for rule in process.fields
    }
    line = " ".join(filled(process.subject, lines | {SERVICE: process.name}).split()).strip(_JOINTS)
    return _shortened(line) or process.name


def resubject(ticket: Ticket, process: Process, answers: Mapping[str, str]) -> str:
    """The ticket's subject with these answers. One that a person typed stays as it is."""
    is_derived = ticket.subject in ("", subject_of(process, ticket.fields))
    return subject_of(process, {**ticket.fields, **answers}) if is_derived else ticket.subject


def _shortened(line: str) -> str:
    if len(line) <= LONGEST:
        return line
    cut = line[: LONGEST - 1]
    words = cut.rpartition(" ")[0] if " " in cut[LONGEST // 2 :] else cut
    return words.rstrip(_JOINTS) + "…"
