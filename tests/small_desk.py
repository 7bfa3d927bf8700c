"""A small desk for tests of screens: a few tickets in different states, and acts of colleagues on them.

Its week contains the holiday of Tiradentes 2026 (Tuesday, 21 April), which is in the ledgers of tickets from Monday.
"""

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Self
from zoneinfo import ZoneInfo

from atendimento_tui.calendar.named import CalendarSpec
from atendimento_tui.contracts.tickets import ActDone, Order
from atendimento_tui.data.engine import reading
from atendimento_tui.data.queries.people import members
from atendimento_tui.domain import acts as rules
from atendimento_tui.domain.accounts import CHOICE
from atendimento_tui.domain.tickets import ClockChange
from atendimento_tui.domain.words import ClockKind, Severity
from atendimento_tui.domain.workflow import Answer
from atendimento_tui.services import acts, intake, processes
from atendimento_tui.services.desk import Desk, open_desk
from atendimento_tui.services.setup import NewDesk, create_desk
from atendimento_tui.texts import formats
from tests.bare_tickets import NewTicket, open_bare, solve_bare
from tests.living import confirmed, rows

ZONE = ZoneInfo("America/Sao_Paulo")

ANA, BRUNO, CELIA = "Ana Lima", "Bruno Castro", "Célia Prado"
RECEPTION, SUPPORT = "Recepção", "Suporte N1"

_PEOPLE = {ANA: "atendente", BRUNO: "atendente", CELIA: "supervisor"}
_GROUPS = {RECEPTION: (ANA, CELIA), SUPPORT: (BRUNO, CELIA)}

_HOURS = CalendarSpec.model_validate({"name": "Expediente", "week": {"seg-sex": ("09:00-18:00",)}, "uf": "SP"})
_ALWAYS = CalendarSpec.model_validate({"name": "Sempre", "week": {"seg-dom": ("00:00-24:00",)}, "country": ""})


def local(day: int, hour: int, minute: int = 0) -> datetime:
    """An instant of April 2026, in the local time of São Paulo."""
    return datetime(2026, 4, day, hour, minute, tzinfo=ZONE)


TODAY = local(22, 10)
"""Wednesday, 10:00."""


class Clock:
    """A clock that tests move."""

    def __init__(self, now: datetime = TODAY) -> None:
        self.now = now
        self.moved: Callable[[], None] = lambda: None
        """Called after each move."""

    def __call__(self) -> datetime:
        return self.now.astimezone(UTC)

    def advance(self, **by: float) -> None:
        """Move the clock forward: `advance(hours=1, minutes=30)`."""
        self.set(self.now + timedelta(**by))

    def set(self, now: datetime) -> None:
        """Set the clock to an instant."""
        self.now = now
        self.moved()


class SmallDesk:
    """A desk, and acts of colleagues on it without the window under test.

    Args:
        desk: The open desk.
        clock: The clock of their acts.
    """

    def __init__(self, desk: Desk, clock: Clock) -> None:
        self.desk = desk
        self.clock = clock
        with reading(desk.engine) as connection:
            self._people = {member.name: member for member in members(connection)}
        self._requests = (f"pedido-{n}-{id(self)}" for n in count())

    @classmethod
    def make(
        cls,
        database: Path | str,
        clock: Clock,
        *,
        name: str = "Clínica Aurora",
        always_open: bool = False,
        people: Mapping[str, str] = _PEOPLE,
        groups: Mapping[str, Sequence[str]] = _GROUPS,
    ) -> Self:
        """Create a desk without tickets."""
        new = NewDesk(
            name=name,
            city="São Paulo",
            uf="SP",
            hours=_ALWAYS if always_open else _HOURS,
            ans_registration="326305",
            entry=CHOICE,
            people=people,
            groups={group: [who for who in names if who in people] for group, names in groups.items()},
        )
        return cls(create_desk(database, new, clock()), clock)

    @classmethod
    def at(cls, database: Path | str, clock: Clock) -> Self:
        """Open the desk of an existing database."""
        return cls(open_desk(database, clock()), clock)

    @property
    def path(self) -> Path:
        """The file of the desk."""
        return Path(str(self.desk.engine.url.database))

    @property
    def address(self) -> str:
        """The address of the desk, as `--banco` takes it."""
        return self.desk.name

    def close(self) -> None:
        self.desk.close()

    # Opening tickets.

    def open(
        self,
        subject: str,
        *,
        severity: Severity = Severity.MEDIUM,
        hours: float | None = 8,
        days: int | None = None,
        service: str = "Suporte ao sistema",
        requester: str = "Padaria Pão de Mel",
        group: str | None = SUPPORT,
        owner: str | None = None,
        step: str = "",
        opener: str = CELIA,
        at: datetime | None = None,
    ) -> str:
        """Open a ticket.

        Returns:
            The protocol number as the queue shows it.
        """
        clocks: tuple[ClockChange, ...] = ()
        if hours is not None:
            clocks += (rules.hours(ClockKind.SOLUTION, self.desk.unit.hours_calendar, round(hours * 3600)),)
        if days is not None:
            clocks += (self._term_in_days(ClockKind.ANS_ANSWER, days),)
        new = NewTicket(
            service=service,
            subject=subject,
            severity=severity,
            request=next(self._requests),
            now=at or self.clock(),
            actor=self._people[opener].id,
            requester=requester,
            step=step,
            group=group,
            owner=self._people[owner].id if owner else None,
            clocks=clocks,
        )
        return formats.protocol_short(open_bare(self.desk, new).protocol, self.clock().year)

    def begin(
        self,
        service: str,
        *,
        severity: Severity = Severity.MEDIUM,
        requester: str = "Hospital São Lucas",
        subject: str = "",
        opener: str = CELIA,
        **answers: str,
    ) -> str:
        """Open a ticket of a process, with the answers to its fields.

        Returns:
            The protocol number as the queue shows it.
        """
        [offered] = [each for each in processes.offered(self.desk) if each.key == service]
        actor = self._people[opener].id
        begun = intake.begin(self.desk, offered.version, actor, next(self._requests), self.clock())
        order = Order(begun.ticket, actor, next(self._requests), self.clock())
        about = confirmed(self.desk, offered, self.clock())
        form = intake.Intake(severity, requester, subject, "telefone", about, answers)
        return formats.protocol_short(intake.finish(self.desk, order, form).protocol, self.clock().year)

    # Acts of colleagues.

    def act(self, who: str, protocol: str, action: str, text: str = "", **values: str) -> ActDone:
        """Do an action of the ticket's process."""
        return acts.act(self.desk, self._order(who, protocol), action, Answer(text, values))

    def hand_over(self, who: str, protocol: str, to: str, reason: str = "É com vocês.") -> ActDone:
        """Hand a ticket over to a person."""
        return acts.hand_over(self.desk, self._order(who, protocol), reason, owner=self._people[to].id)

    def claim(self, who: str, protocol: str) -> ActDone:
        return acts.claim(self.desk, self._order(who, protocol))

    def comment(self, who: str, protocol: str, text: str) -> ActDone:
        return acts.comment(self.desk, self._order(who, protocol), text)

    def pause(self, who: str, protocol: str, reason: str) -> ActDone:
        return acts.pause(self.desk, self._order(who, protocol), reason)

    def resume(self, who: str, protocol: str) -> ActDone:
        return acts.resume(self.desk, self._order(who, protocol))

    def solve(self, who: str, protocol: str, text: str = "Feito.", validation_days: int | None = None) -> ActDone:
        validation = self._term_in_days(ClockKind.VALIDATION, validation_days) if validation_days else None
        return solve_bare(self.desk, self._order(who, protocol), text, validation)

    @contextmanager
    def write_lock_held(self) -> Iterator[None]:
        """Hold the write lock of the file, as a slow writer does."""
        connection = sqlite3.connect(self.path, isolation_level=None)
        try:
            connection.execute("begin immediate")
            yield
        finally:
            connection.close()

    # Stored data.

    def events(self, protocol: str) -> list[tuple[str, str, str]]:
        """Kind, person and text of each event of a ticket, in order, read by SQL."""
        return rows(
            self.desk,
            """select event.kind, coalesce(person.name, ''), event.text from event
            left join person on person.id = event.actor_id where ticket_id = ? order by seq""",
            self.key_of(protocol),
        )

    def key_of(self, protocol: str) -> int:
        """The id of a ticket."""
        query = "select id from ticket where protocol like ?"
        [(key, *_)] = rows(self.desk, query, "%" + protocol.replace(".", ""))
        return int(key)

    def _order(self, who: str, protocol: str) -> Order:
        return Order(self.key_of(protocol), self._people[who].id, next(self._requests), self.clock())

    def _term_in_days(self, kind: ClockKind, days: int) -> ClockChange:
        calendar = self.desk.unit.legal_calendar
        return ClockChange("start", kind, calendar=calendar, basis="business_after", target=days)


def open_tickets(desk: SmallDesk) -> dict[str, str]:
    """Open the tickets of the week, in their state of Wednesday, 10:00.

    Returns:
        Name of a ticket -> its protocol number, in the order of the queue.
    """
    clock, made = desk.clock, {}
    clock.now = local(20, 10)
    made["late"] = desk.open("Boleto em duplicidade", severity=Severity.HIGH, service="Financeiro", group=RECEPTION)
    clock.now = local(20, 13)
    made["warning"] = desk.open(
        "Relatório não abre", requester="João da Conceição", owner=ANA, step="Em atendimento", group=SUPPORT
    )
    clock.now = local(20, 15)
    made["resumed"] = desk.open("Falta o comprovante", service="Certidão negativa", requester="Núbia Çelik", hours=16)
    clock.now = local(20, 16)
    desk.pause(BRUNO, made["resumed"], "Aguardando documentos")
    made["paused"] = desk.open("Impressora fiscal parada", severity=Severity.CRITICAL, hours=4)
    clock.now = local(20, 16, 30)
    desk.pause(BRUNO, made["paused"], "Aguardando o fornecedor")
    clock.now = local(20, 17)
    made["calm"] = desk.open("Trocar a senha", hours=40, owner=BRUNO, step="Triagem")
    made["validation"] = desk.open("Alterar titular", severity=Severity.LOW, service="Alteração cadastral", owner=ANA)
    made["timeless"] = desk.open("Sugestão de melhoria", severity=Severity.LOW, hours=None, group=RECEPTION)
    clock.now = local(20, 17, 30)
    desk.solve(ANA, made["validation"], "Titular alterado.", validation_days=5)
    clock.now = local(22, 9, 10)
    made["critical"] = desk.open("Servidor fora do ar", severity=Severity.CRITICAL, hours=4, requester="Loja Íris")
    clock.now = local(22, 9, 30)
    desk.resume(BRUNO, made["resumed"])
    clock.now = TODAY
    order = ("critical", "paused", "late", "warning", "resumed", "calm", "validation", "timeless")
    return {name: made[name] for name in order}
