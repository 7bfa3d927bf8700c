"""An agenda for tests: specialties, sites, professionals and their hours, by short functions."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from sqlalchemy import event

from atendimento_tui.contracts.agenda import AgendaPage, WaitingLimit
from atendimento_tui.data import tables
from atendimento_tui.data.engine import insert_many, insert_one, writing
from atendimento_tui.domain.bookings import BookingState, quanta
from atendimento_tui.services import availability, providers
from atendimento_tui.services.desk import Desk
from atendimento_tui.services.providers import PROVIDER, SITE, SPECIALTY
from tests.living import NOW

SITES = {"Clínica Centro": ("São Paulo", "SP"), "Clínica Praia": ("Santos", "SP"), "Clínica Acre": ("Rio Branco", "AC")}

SPECIALTIES = {"Cardiologia": "II", "Clínica médica": "I", "Acupuntura": ""}
"""Name -> its item of RN 566."""

NOTHING_IN_TIME = AgendaPage(
    (), WaitingLimit("II", 14, NOW.date(), is_missed=True), ("Santos",), ("Cardiologia",), (), NOW.date(), is_end=True
)
"""What a look-up finds that finds nothing."""


def furnish(desk: Desk, now: datetime = NOW) -> None:
    """Sites in three cities, three specialties."""
    for name, (city, state) in SITES.items():
        site = {"name": name, "city": city, "state": state, "address": f"Rua Um, {len(name)}", "calendar": "legal"}
        providers.add(desk, SITE, site, now)
    for name, item in SPECIALTIES.items():
        providers.add(desk, SPECIALTY, {"name": name, "rn566": item, "preparation": "Traga os exames"}, now)


def doctor(
    desk: Desk,
    name: str,
    specialties: str = "Cardiologia",
    site: str = "Clínica Centro",
    hours: str = "seg-sex 8-10",
    slot: int = 30,
    capacity: int = 1,
    now: datetime = NOW,
) -> int:
    """A professional with hours; their id."""
    key = providers.add(desk, PROVIDER, {"name": name, "specialties": specialties}, now).key
    asked = {"provider": name, "site": site, "hours": hours, "slot": str(slot), "capacity": str(capacity)}
    availability.add_hours(desk, asked, now)
    return key


def booked(
    desk: Desk,
    provider: int,
    at: datetime,
    *,
    place: int = 1,
    minutes: int = 30,
    site: int = 1,
    specialty: int = 1,
    state: BookingState = BookingState.BOOKED,
    until: datetime | None = None,
    name: str = "Otávio Reis",
    ticket: int | None = None,
) -> int:
    """A booking as it is stored; its id."""
    ends = at + timedelta(minutes=minutes)
    with writing(desk.engine) as connection:
        key = insert_one(
            connection,
            tables.Booking,
            provider_id=provider,
            site_id=site,
            specialty_id=specialty,
            starts_at=at.astimezone(UTC),
            ends_at=ends.astimezone(UTC),
            place=place,
            state=state.value,
            beneficiary_place=1,
            name=name,
            ticket_id=ticket,
            channel="telefone",
            token="",
            held_until=until,
            reason="",
            source="",
            source_key="",
        )
        rows = [
            {"resource": "provider", "resource_id": provider, "quantum": each, "place": place, "booking_id": key}
            for each in quanta(at, ends)
        ]
        insert_many(connection, tables.Occupied, rows)
    return key


@contextmanager
def statements(desk: Desk) -> Iterator[list[str]]:
    """The statements that are executed meanwhile, without those that only begin or end a transaction."""
    found: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_: object) -> None:
        if not statement.startswith(("BEGIN", "COMMIT", "ROLLBACK", "PRAGMA")):
            found.append(statement)

    event.listen(desk.engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(desk.engine, "before_cursor_execute", note)
