"""The header: person, unit, overdue tickets, opening hours, clock."""

from datetime import datetime
from typing import TYPE_CHECKING

from textual.reactive import var

from atendimento_tui import domain
from atendimento_tui.texts import alerts, formats, outbox, safekeeping, words
from atendimento_tui.texts import window as texts
from atendimento_tui.widgets.bars import Bar, Piece

if TYPE_CHECKING:
    from atendimento_tui.contracts.desk import DeskInfo
    from atendimento_tui.contracts.people import Member
    from atendimento_tui.domain.opening_hours import DeskHours


class Header(Bar):
    """The first line of every place. The opening hours are computed only when they change."""

    overdue: var[int] = var(0)
    alerts: var[int] = var(0)
    """The number of alerts for the person."""

    lost: var[str] = var("")
    """Code of the refusal while the database does not answer; else empty."""

    overdue_action = "ir.fila"
    """The action of a click on the number of overdue tickets."""

    _hours: "DeskHours | None" = None
    _shown: "tuple[DeskInfo | None, object]" = (None, None)
    """The desk that `paint` has shown, and everything else."""

    def paint(self, desk_info: "DeskInfo | None", person: "Member | None", now: datetime, key: str) -> None:
        """Paint the state at `now`.

        Args:
            desk_info: The data of the desk; None until it is open.
            person: The acting person.
            now: The current instant.
            key: The key that chooses the person, shown while there is none.
        """
        # It shows no seconds, so most ticks change nothing.
        state = (person, key, self.overdue, self.alerts, self.lost, _minute(now))
        before, self._shown = self._shown, (desk_info, state)
        if desk_info is None:
            self.set([Piece(texts.LOADING)])
            return
        if before[0] is not desk_info:
            self._hours = None
        elif before == self._shown:
            return
        local = now.astimezone(desk_info.hours.tz)
        if self._hours is None or (self._hours.changes_at and now >= self._hours.changes_at):
            self._hours = domain.opening_hours.desk_hours(desk_info.hours, now)
        who = f"{person.name} ({words.ROLE.get(person.role, person.role)})" if person else texts.NOBODY.format(key=key)
        left = [Piece(who, "bold"), Piece(f" · {desk_info.unit.name}")]
        if desk_info.unit.is_demo:
            left.insert(0, Piece(f"{texts.DEMO} ", "bold $warning"))
        elif not desk_info.unit.may_send:
            left.insert(0, Piece(f"{safekeeping.HEADER_HELD} ", "bold $warning"))
        self.set(
            left,
            [
                *self._alerts(),
                *_unsent(desk_info, person),
                *_copies(desk_info, now),
                *_opening(self._hours, local),
                Piece(f"  {formats.clock(local)}", "bold"),
            ],
        )

    def _alerts(self) -> list[Piece]:
        if self.lost:
            return [Piece(f"{texts.LOST_FILE.get(self.lost, texts.LOST)}  ", "bold $text-error")]
        found = []
        if self.alerts:
            count = formats.number(self.alerts)
            text = alerts.HEADER_ONE if self.alerts == 1 else alerts.HEADER_MANY.format(count=count)
            found.append(Piece(f"{text}  ", "bold $text-warning", "screen.do('geral.alertas')"))
        if self.overdue:
            count = formats.number(self.overdue)
            text = texts.OVERDUE_ONE if self.overdue == 1 else texts.OVERDUE_MANY.format(count=count)
            found.append(Piece(f"{text}  ", "bold $text-error", f"screen.do({self.overdue_action!r})"))
        return found


def _unsent(info: "DeskInfo", person: "Member | None") -> list[Piece]:
    """How many messages did not leave, for who supervises."""
    if not info.unsent or person is None or person.role != domain.access.Role.SUPERVISOR:
        return []
    count = formats.number(info.unsent)
    text = outbox.HEADER_ONE if info.unsent == 1 else outbox.HEADER_MANY.format(count=count)
    return [Piece(f"{text}  ", "bold $text-warning", "screen.do('ir.saida')")]


def _minute(now: datetime) -> datetime:
    return now.replace(second=0, microsecond=0)


def _copies(desk_info: "DeskInfo", now: datetime) -> list[Piece]:
    """The warning that the last good copy is too old."""
    since = desk_info.copy_missing_since
    if since is None or not domain.safekeeping.is_too_old(since, now):
        return []
    age = safekeeping.age((now - since).total_seconds())
    return [Piece(f"{safekeeping.HEADER_OLD.format(age=age)}  ", "bold $text-warning", "screen.do('geral.copias')")]


def _opening(hours: "DeskHours", now: datetime) -> list[Piece]:
    if hours.is_open:
        if hours.changes_at is None:
            return [Piece(texts.OPEN_ALWAYS, "$text-success")]
        return [Piece(texts.OPEN_UNTIL.format(time=formats.clock(hours.changes_at)), "$text-success")]
    if hours.changes_at is None:
        return [Piece(texts.CLOSED_FOR_EVER, "$text-warning")]
    when = formats.moment(hours.changes_at, now)
    text = texts.CLOSED_FOR if hours.holiday else texts.CLOSED_UNTIL
    return [Piece(text.format(holiday=hours.holiday, when=when), "$text-warning")]
