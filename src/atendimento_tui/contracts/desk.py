"""The desk: its unit, and what a window needs to show it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from atendimento_tui.calendar import BusinessCalendar
    from atendimento_tui.contracts.people import Member


@dataclass(frozen=True, slots=True)
class UnitInfo:
    """The unit of a database.

    Attributes:
        entry: How people enter: `senha`, `sistema`, or `escolha` in a demonstration.
        lock_minutes: Minutes without a key until a window is locked; 0 for never.
        phones, email, address: How to reach the unit; empty if that is not stored.
        slip_header, slip_footer: Texts above and below the facts of a slip.
        identity: A random text that a desk and its copies share.
        restored_at: When the desk was restored from a copy, until a supervisor releases the sending of messages.
        attachment_mib: Maximum size of an attachment, in MiB.
        smtp_host, smtp_port, smtp_security, smtp_login, smtp_sender, smtp_machines: How it sends e-mail.
    """

    name: str
    city: str
    uf: str
    tz: str
    ans_registration: str
    hours_calendar: int
    legal_calendar: int
    is_demo: bool
    entry: str = "senha"
    lock_minutes: int = 10
    phones: str = ""
    email: str = ""
    address: str = ""
    slip_header: str = ""
    slip_footer: str = ""
    identity: str = ""
    restored_at: datetime | None = None
    attachment_mib: int = 25
    smtp_host: str = ""
    smtp_port: int = 587
    smtp_security: str = "starttls"
    smtp_login: str = ""
    smtp_sender: str = ""
    smtp_machines: str = ""

    @property
    def sends_mail(self) -> bool:
        """Whether new messages are for the outbox. One that is released later sends what it wrote meanwhile."""
        return not self.is_demo and bool(self.smtp_host)

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which the desk writes instants."""
        return ZoneInfo(self.tz)

    @property
    def may_send(self) -> bool:
        """Whether messages may leave the desk. A demonstration sends nothing, nor does a restored desk until it is
        released, because the other desk may have sent the same messages.
        """
        return not self.is_demo and self.restored_at is None


@dataclass(frozen=True, slots=True)
class DeskInfo:
    """What a window needs to show the desk: the unit, its people and the calendars of the rows on the screen.

    Attributes:
        version: Changes when people, groups, calendars, the unit or its copies change.
        copy_missing_since: The instant of the last good copy, else that of the desk's beginning; None if no copies are
            expected (a demonstration, a server whose administrator makes them).
        unsent: Number of messages that need a person, of those that the actor may know of.
    """

    unit: UnitInfo
    members: tuple["Member", ...]
    hours: "BusinessCalendar"
    calendars: Mapping[int, "BusinessCalendar"]
    version: str = ""
    copy_missing_since: datetime | None = None
    unsent: int = 0
