"""Evaluates the conditions of a process and selects the effect rules that apply."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from atendimento_tui.domain.clocks import Clock, term_of
from atendimento_tui.domain.process.parts import Condition
from atendimento_tui.domain.process.schema import EffectRule
from atendimento_tui.domain.tickets import Ticket
from atendimento_tui.domain.workflow.context import ProcessContext, values_of
from atendimento_tui.domain.workflow.documents import documents_missing, documents_not_accepted

NO_EFFECTS = EffectRule()


def first_unmet(
    conditions: Iterable[Condition], ticket: Ticket, context: ProcessContext, now: datetime
) -> Condition | None:
    """The first of the conditions that does not hold; None if all hold."""
    return next((each for each in conditions if not _holds(each, ticket, context, now)), None)


def _holds(condition: Condition, ticket: Ticket, context: ProcessContext, now: datetime) -> bool:
    if condition.within is not None and not _is_within(ticket, context, condition.within, now):
        return False
    if condition.checklist is not None:
        lacking = documents_not_accepted if condition.checklist == "aceita" else documents_missing
        if bool(lacking(context.process, ticket)) != (condition.checklist == "incompleta"):
            return False
    return condition.holds_in(values_of(ticket))


def live_clock(ticket: Ticket, kind: str) -> Clock | None:
    """The cycle's live clock of this kind; there is never more than one."""
    return next((c for c in ticket.live_clocks if c.kind == kind and c.cycle == ticket.cycle), None)


def _is_within(ticket: Ticket, context: ProcessContext, kind: str, now: datetime) -> bool:
    """Whether the clock has not stopped and is not overdue."""
    clock = live_clock(ticket, kind)
    if clock is None:
        return False
    return clock.paused_at is not None or now <= term_of(clock, context.calendars[clock.calendar]).due_at


def rules_that_apply(
    does: Sequence[EffectRule], ticket: Ticket, context: ProcessContext, at: datetime
) -> list[EffectRule]:
    """The effect rules whose conditions hold."""
    return [effects for effects in does if first_unmet(effects.when, ticket, context, at) is None]


def merged(parts: Sequence[EffectRule]) -> EffectRule:
    """Several effect rules as one. Lists and tables are combined; of a single value, the last rule's is used."""
    if len(parts) <= 1:
        return parts[0] if parts else NO_EFFECTS
    values: dict[str, Any] = {}
    for part in parts:
        for name in part.model_fields_set - {"when", "task"}:
            value, before = getattr(part, name), values.get(name)
            if isinstance(value, tuple):
                value = tuple(dict.fromkeys((*(before or ()), *value)))
            elif isinstance(value, dict):
                value = {**(before or {}), **value}
            values[name] = value
    goes = [part for part in parts if part.go is not None]
    # The new cycle belongs to the step that the ticket goes to, so both are taken from the same rule.
    values["new_cycle"] = bool(goes) and goes[-1].new_cycle
    return EffectRule.model_construct(**values)
