"""The acts of a person on a ticket. Each function returns the event of the act, or raises `Refused`.

They are pure: `at` is an argument, nothing is read or written.
"""

from datetime import datetime

from atendimento_tui.domain.clocks import HOURS
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.tickets import ATTACHED, ClockChange, Event, Ticket, Value
from atendimento_tui.domain.words import Nature, State

ATTACHMENT = "anexado"
"""The kind of the event of an attached file."""


def claim(ticket: Ticket, actor: int, at: datetime) -> Event:
    """Make the actor the owner of the ticket."""
    must_be_open(ticket)
    if ticket.owner == actor:
        raise Refused("ja_e_seu", protocol=ticket.protocol)
    if ticket.owner is not None:
        raise Refused("ja_tem_responsavel", protocol=ticket.protocol, owner=ticket.owner)
    return Event("assumido", at, actor, changes=ticket.change(owner=actor))


def comment(actor: int | None, at: datetime, text: str) -> Event:
    """Add a comment, possible at any time."""
    return Event("comentado", at, actor, text=_written(text, "comentario_vazio"))


def attach(actor: int | None, at: datetime, name: str, key: str) -> Event:
    """Record an attached file, possible at any time.

    Args:
        name: Its name as it is stored.
        key: The SHA-256 of its content.
    """
    return Event(ATTACHMENT, at, actor, text=name, changes={ATTACHED: (None, key)})


def pause(ticket: Ticket, actor: int | None, at: datetime, reason: str) -> Event:
    """Let the ticket wait for somebody outside. The clocks of nature `nossa` are paused; the reason is kept."""
    must_be_open(ticket)
    if ticket.state == State.WAITING:
        raise Refused("ja_pausado", protocol=ticket.protocol)
    if ticket.state == State.VALIDATION:
        raise Refused("em_validacao", protocol=ticket.protocol)
    reason = _written(reason, "motivo_vazio")
    clocks = tuple(ClockChange("pause", kind, reason) for kind in kinds_of_ours(ticket))
    return Event("pausado", at, actor, text=reason, changes=ticket.change(state=State.WAITING), clocks=clocks)


def resume(ticket: Ticket, actor: int | None, at: datetime) -> Event:
    """End the waiting: the same clocks run again."""
    must_be_open(ticket)
    if ticket.state != State.WAITING:
        raise Refused("nao_esta_pausado", protocol=ticket.protocol)
    clocks = tuple(ClockChange("resume", kind) for kind in kinds_of_ours(ticket))
    return Event("retomado", at, actor, changes=ticket.change(state=State.OPEN), clocks=clocks)


def hand_over(
    ticket: Ticket, actor: int | None, at: datetime, reason: str, group: int | None, owner: int | None
) -> Event:
    """Give the ticket to another group, another person, or both, with a reason."""
    must_be_open(ticket)
    changes: dict[str, tuple[Value, Value]] = {}
    if group is not None:
        changes |= ticket.change(group=group, owner=owner)
    if owner is not None:
        changes |= ticket.change(owner=owner)
    if not changes:
        raise Refused("ja_esta_com", protocol=ticket.protocol)
    return Event("encaminhado", at, actor, text=_written(reason, "encaminhar_sem_motivo"), changes=changes)


def pass_on(
    ticket: Ticket, actor: int | None, at: datetime, reason: str, *, held: bool, group: int | None, owner: int | None
) -> Event:
    """Hand over a ticket of somebody who leaves: to a group, to a person, or, with neither, to the queue of its group.

    Args:
        held: Whether it is still a ticket of the one who leaves.
    """
    must_be_open(ticket)
    if not held:
        raise Refused("ja_nao_e_de", protocol=ticket.protocol)
    changes = ticket.change(owner=owner) if group is None else ticket.change(group=group, owner=owner)
    return Event("encaminhado", at, actor, text=_written(reason, "encaminhar_sem_motivo"), changes=changes)


def change_severity(ticket: Ticket, actor: int | None, at: datetime, severity: str, reason: str) -> Event:
    """Confirm another severity, with its reason."""
    must_be_open(ticket)
    if ticket.severity == severity:
        raise Refused("ja_tem_criticidade", protocol=ticket.protocol, severity=severity)
    text = _written(reason, "criticidade_sem_motivo")
    return Event("criticidade", at, actor, text=text, changes=ticket.change(severity=severity))


def kinds_of_ours(ticket: Ticket) -> list[str]:
    """Kinds of the live clocks of nature `nossa`: they run while the desk has to act and are paused while it waits."""
    return [clock.kind for clock in ticket.live_clocks if clock.nature is Nature.OURS]


def hours(kind: str, calendar: int, seconds: int) -> ClockChange:
    """The start of a clock that counts working time."""
    return ClockChange("start", kind, calendar=calendar, basis=HOURS, target=seconds)


def must_be_open(ticket: Ticket) -> None:
    """Refuse an act on a ticket that has ended."""
    if not State(ticket.state).is_open:
        raise Refused("encerrado", protocol=ticket.protocol, state=ticket.state)


def _written(text: str, refusal: str) -> str:
    if not text.strip():
        raise Refused(refusal)
    return text.strip()
