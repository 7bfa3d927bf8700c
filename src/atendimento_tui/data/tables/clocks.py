"""Clocks, their pauses, and the timers of processes."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint, false
from sqlmodel import Field, SQLModel

from atendimento_tui.data.tables.columns import RUNNING, UNFIRED


class Clock(SQLModel, table=True):
    """One clock of one cycle of a ticket (see `domain.clocks`)."""

    __table_args__ = (Index("ix_clock_running", "calendar_id", "ticket_id", sqlite_where=RUNNING),)

    id: int | None = Field(default=None, primary_key=True)
    ticket_id: int = Field(foreign_key="ticket.id", index=True)
    cycle: int
    kind: str
    calendar_id: int = Field(foreign_key="calendar.id")
    basis: str
    target: int
    started_at: datetime
    stopped_at: datetime | None = None
    cancelled: bool = False
    nature: str = Field(default="nossa", sa_column_kwargs={"server_default": "nossa"})
    told_calendar_id: int | None = None
    delayed_calendar_id: int | None = None


class ToldDate(SQLModel, table=True):
    """A due date that was told to somebody outside the desk. Rows are only inserted."""

    __tablename__ = "told_date"

    id: int | None = Field(default=None, primary_key=True)
    ticket_id: int = Field(foreign_key="ticket.id", index=True)
    cycle: int
    kind: str
    calendar_id: int = Field(foreign_key="calendar.id")
    told_at: datetime
    due_at: datetime
    how: str
    """`comprovante` (the slip, shown at intake), `mensagem`, or `sabido`: in another way, which the event says."""


class ClockPause(SQLModel, table=True):
    """A period during which a clock was paused."""

    __tablename__ = "clock_pause"

    id: int | None = Field(default=None, primary_key=True)
    clock_id: int = Field(foreign_key="clock.id", index=True)
    began_at: datetime
    ended_at: datetime | None = None
    reason: str
    goes_on: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    """It continues the previous pause with another reason."""


class Timer(SQLModel, table=True):
    """A timer of a ticket. Each key fires once."""

    __table_args__ = (
        UniqueConstraint("ticket_id", "key"),
        Index("ix_timer_due", "due_at", "id", sqlite_where=UNFIRED),
    )

    id: int | None = Field(default=None, primary_key=True)
    ticket_id: int = Field(foreign_key="ticket.id")
    key: str
    due_at: datetime
    fired_at: datetime | None = None
