"""The trial of bookings: many processes try for few slots and are killed at random; then the desk is checked.

Each process opens tickets, holds slots, confirms, releases or forgets them, books at once, squeezes in, moves, cancels
and looks up, mostly for tickets of its own, and some for tickets that all processes act on. One that was killed forgets
what it held, so that its slot must become free by itself. docs/agenda-trial.md says the same for another system.
"""

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from atendimento_tui.contracts.agenda import AgendaFilter
from atendimento_tui.contracts.bookings import Hold, HoldAsked
from atendimento_tui.contracts.tickets import ActDone, Order
from atendimento_tui.data.engine import committing_lightly, file_of
from atendimento_tui.domain.bookings import SlotKey, read_code
from atendimento_tui.domain.refusals import Refusal, Refused
from atendimento_tui.domain.words import Severity
from atendimento_tui.services import agenda, appointments, availability, bookings, intake, processes, providers, staff
from atendimento_tui.services.beneficiaries import add_beneficiary
from atendimento_tui.services.desk import Desk, open_desk
from atendimento_tui.services.people import find_actor
from atendimento_tui.services.proof import prove
from tests.an_agenda import furnish
from tests.killed import Crowd, Form, Journal, Outcome, Worker, unexplained
from tests.living import rows, whole

NOW = datetime(2026, 4, 10, 13, tzinfo=UTC)
"""Friday, 10h in São Paulo: everybody tries for Monday."""

MONDAY = datetime(2026, 4, 13, 8, tzinfo=ZoneInfo("America/Sao_Paulo"))


@dataclass(frozen=True, slots=True)
class Doctor:
    """A professional on Monday. The other days of the week have as many slots, which nobody tries for.

    Attributes:
        first: Minutes after 8h of the first slot.
        count: Number of slots.
        squeezed: Number of places beyond the capacity.
    """

    name: str
    first: int
    minutes: int
    count: int
    capacity: int = 1
    squeezed: int = 0
    second: str = "não"

    @property
    def hours(self) -> str:
        """Its hours, as typed."""
        ends = MONDAY + timedelta(minutes=self.first + self.minutes * self.count)
        return f"seg-sex {MONDAY + timedelta(minutes=self.first):%H:%M}-{ends:%H:%M}"


DOCTORS = {
    1: Doctor("Bia Rocha", 0, 30, 3, squeezed=1),
    2: Doctor("Íris Prado", 15, 30, 3, capacity=2),
    3: Doctor("Davi Melo", 0, 20, 4, second="sim"),
}
"""By id. The times of different professionals overlap."""

SLOTS = [
    SlotKey(key, 1, 1, MONDAY + timedelta(minutes=each.first + number * each.minutes))
    for key, each in DOCTORS.items()
    for number in range(each.count)
]

PEOPLE = 6
"""Number of beneficiaries, who are in one place at once."""

MIX = {"hold": 66, "at_once": 9, "move": 6, "cancel": 35, "look": 2}
"""Kind of act -> weight, of a process that holds nothing."""

AFTER_HOLD = {"confirm": 70, "release": 20, "": 10}
"""What becomes of a hold -> weight; the last ones are forgotten."""

FOR_A_SLOT = frozenset({"hold", "at_once", "move"})
"""The acts that try for a slot."""

OF_ALL = 10
"""One of so many acts is on a ticket that all processes act on."""

BRIEF_S = 2
"""Seconds of a hold that ends during the trial."""

TAKEN = {"vaga_ocupada", "vaga_ocupada_encaixe"}
"""Refusals that say who was faster, and the next free slots."""

LOST = TAKEN | {"reserva_perdida", "agenda_disputada"}
"""Refusals of a confirmation that mean that the hold was lost."""

EXPLAINED = LOST | {
    "beneficiario_ocupado",
    "beneficiario_ocupado_pode",
    "ja_agendado",
    "sem_agendamento",
    "agendamento_mudou",
    "etapa_nao_agenda",
    "etapa_nao_desmarca",
    "acao_desconhecida",
    "acao_de_outra_etapa",
}
"""Allowed refusals; others are faults."""

SQUEEZED, SECOND = "Febre alta", "Veio de longe"
"""Reasons of exceptions."""

_ANSWERS = {"aviso": "lida"}


class Attendant(Worker):
    """A process that tries for slots."""

    def __init__(self, desk: Desk, number: int, form: Form, journal: Journal) -> None:
        super().__init__(desk, number, form, journal)
        self.desk = desk.acting_as(find_actor(desk, name_of(number)).actor)
        self._fresh: list[int] = []
        self._booked: list[int] = []
        self._held: dict[str, Any] | None = None
        for act in journal.answered():
            self.answered(act, act)
        self._held = None  # whoever was killed does not know it any more

    def planned(self) -> dict[str, Any]:
        chance = Random(f"{self.form.seed} {self.number} {self.count}")
        plan: dict[str, Any] = {
            "try": f"{self.number}-{self.count}",
            "at": (NOW + timedelta(seconds=chance.randrange(3_600))).isoformat(),  # the machines' clocks differ
        }
        held, self._held = self._held, None
        if not self._fresh:
            return plan | {"do": "ask"}
        if held and (then := chance.choices([*AFTER_HOLD], [*AFTER_HOLD.values()])[0]):
            return plan | held | {"do": then, "ticket": held["ticket"] or self._fresh[-1]}
        do = chance.choices([*MIX], [*MIX.values()])[0]
        if do in ("move", "cancel") and not self._booked:
            do = "hold"
        plan |= {"do": do, "slot": chance.choice(SLOTS).code}
        if do in ("at_once", "move", "cancel"):
            own = self._fresh if do == "at_once" else self._booked
            plan["ticket"] = self._of_everybody(chance) if chance.randrange(OF_ALL) == 0 else chance.choice(own)
        if do in ("at_once", "move"):
            return plan | {"squeeze_in": chance.choice(("", SQUEEZED)), "second": chance.choice(("", SECOND))}
        return plan | (self._hold(chance) if do == "hold" else {})

    def _hold(self, chance: Random) -> dict[str, Any]:
        ticket = self._fresh[-1] if chance.random() < 0.6 else None
        return {
            "ticket": ticket,
            "person": about(ticket) if ticket and chance.random() < 0.8 else None,
            "for": BRIEF_S if chance.random() < 0.5 else 300,
            "squeeze_in": SQUEEZED if chance.random() < 0.15 else "",
            "second": SECOND if chance.random() < 0.15 else "",
        }

    def _of_everybody(self, chance: Random) -> int:
        """A ticket that others act on now too."""
        last = self.form.tickets - 1
        return 1 + min(last * self.count // self.form.share + chance.randrange(2), last)

    def do(self, todo: dict[str, Any]) -> dict[str, Any]:
        desk, now = self.desk, datetime.fromisoformat(todo["at"])
        if todo["do"] == "hold":
            asked = HoldAsked(
                read_code(todo["slot"]),
                todo["person"],
                todo["ticket"],
                channel="telefone",
                squeeze_in=todo["squeeze_in"],
                second=todo["second"],
                held_for=timedelta(seconds=todo["for"]),
            )
            held = bookings.hold(desk, asked, now)
            return {"token": held.token, "booking": held.booking, "until": held.until.timestamp()}
        if todo["do"] == "release":
            return {"released": bookings.release(desk, todo["token"])}
        if todo["do"] == "look":
            found = agenda.lookup(desk, AgendaFilter(specialty="cardio", city="paulo"), now)
            return {"found": sum(len(day.slots) for day in found.days)}
        if todo["do"] == "ask":
            return {"asked": open_ticket(desk, todo["try"], now)}
        done = self._act(todo, now)
        return {"done": done.ticket, "version": done.version, "repeated": done.repeated}

    def _act(self, todo: dict[str, Any], now: datetime) -> ActDone:
        order = Order(todo["ticket"], self.desk.actor.person, todo["try"], now)
        if todo["do"] == "confirm":
            return appointments.book(self.desk, order, todo["token"], _ANSWERS)
        if todo["do"] == "cancel":
            return appointments.cancel(self.desk, order, todo["try"])
        reasons = {"encaixe": todo["squeeze_in"], "segunda": todo["second"]}
        return appointments.book_code(self.desk, order, todo["slot"], _ANSWERS | reasons)

    def refused(self, refusal: Refusal) -> dict[str, Any]:
        values: dict[str, Any] = dict(refusal.values)
        slots = [code for *_, code in values.get("slots", ())]
        return super().refused(refusal) | {"who": values.get("who"), "slots": slots, "ended": time.time()}

    def answered(self, todo: dict[str, Any], answer: dict[str, Any]) -> None:
        do, ticket = todo["do"], todo.get("ticket")
        if "asked" in answer:
            self._fresh.append(answer["asked"])
        if do == "hold" and "token" in answer:
            kept = {key: todo[key] for key in ("ticket", "slot")}
            self._held = kept | {key: answer[key] for key in ("token", "booking", "until")}
        is_over = answer.get("code") in ("etapa_nao_agenda", "etapa_nao_desmarca") or (
            do == "cancel" and "done" in answer
        )
        if is_over or "done" in answer:
            self._fresh = [each for each in self._fresh if each != ticket]
            self._booked = [each for each in self._booked if each != ticket]
        if "done" in answer and do in ("confirm", "at_once", "move"):
            self._booked.append(todo["ticket"])


def name_of(number: int) -> str:
    """The name of the person of a process."""
    return f"Atendente {number:02}"


def about(ticket: int) -> int:
    """The beneficiary of a ticket."""
    return 1 + ticket % PEOPLE


def run(database: str, folder: Path, form: Form, tell: Callable[[int], None] = lambda _: None) -> Outcome:
    """Run the processes, kill some of them, and check the desk.

    Args:
        database: A new desk, closed.
        folder: The folder of the journals.
        tell: Called with the number of acts that are done.
    """
    with open_desk(database, NOW) as desk:
        prepare(desk, form)
    outcome, journals = Crowd(Attendant, database, folder, form, tell).act()
    answered = [act for journal in journals for act in journal.answered()]
    outcome.noted["tries"] = sum(act["do"] in FOR_A_SLOT for act in answered)
    with open_desk(database, NOW) as desk:
        outcome.faults += Check(desk, answered, outcome, form.tickets).faults()
    file = file_of(desk.engine.url)
    if file and not whole(file):
        outcome.faults.append("the file is damaged")
    return outcome


def prepare(desk: Desk, form: Form) -> None:
    """The agenda, the people and their tickets, each asking for an appointment."""
    with committing_lightly(desk.engine):
        furnish(desk, NOW)
        for each in DOCTORS.values():
            typed = {"name": each.name, "specialties": "Cardiologia", "squeeze_ins": str(each.squeezed)}
            providers.add(desk, providers.PROVIDER, typed, NOW)
            hours = {"provider": each.name, "site": "Clínica Centro", "hours": each.hours, "slot": str(each.minutes)}
            availability.add_hours(desk, hours | {"capacity": str(each.capacity), "second": each.second}, NOW)
        for number in range(PEOPLE):
            add_beneficiary(desk, NOW, name=f"Rui Reis {number}", born_on="12/03/1980", card=f"{number:06}")
        for number in range(form.processes):
            person = {"name": name_of(number), "login": f"a{number:02}", "role": "atendente", "groups": "Atendimento"}
            staff.add_person(desk, person | {"hours": ""}, NOW)
        for number in range(form.tickets):
            open_ticket(desk, f"before-{number}", NOW)


def open_ticket(desk: Desk, request: str, now: datetime) -> int:
    """Open a ticket that asks for an appointment, once; its id."""
    [service] = [each.version for each in processes.offered(desk) if each.key == "agendamento"]
    begun = intake.begin(desk, service, desk.actor.person, f"{request}-begin", now)
    answers = {"especialidade": "Cardiologia", "motivo": "Palpitações"}
    details = intake.Intake(Severity.MEDIUM, "Rui Reis", "", "telefone", about(begun.ticket), answers)
    return intake.finish(desk, Order(begun.ticket, desk.actor.person, f"{request}-finish", now), details).ticket


# Checks.


@dataclass(frozen=True, slots=True)
class Booked:
    """A booking as it is stored."""

    id: int
    provider: int
    first: int
    after: int
    until: float
    place: int
    state: str
    was_booked: bool
    moved_from: int | None
    person: int | None
    person_place: int
    ticket: int | None
    reason: str

    @property
    def takes(self) -> set[tuple[str, int, int, int]]:
        """What it occupies: resource, its id, quantum, place."""
        if self.state not in ("held", "booked", "arrived", "missed"):
            return set()
        own = {("provider", self.provider, each, self.place) for each in range(self.first, self.after)}
        person = self.person
        if person is None:
            return own
        return own | {("beneficiary", person, each, self.person_place) for each in range(self.first, self.after)}


@dataclass
class Check:
    """The comparison of the desk with the journals."""

    desk: Desk
    answered: list[dict[str, Any]]
    outcome: Outcome
    opened_before: int

    def faults(self) -> Iterator[str]:
        """What is wrong. At the end all holds are over, and their places taken."""
        yield from self._doubled()
        yield from self._taken()
        yield from self._lost_holds()
        yield from self._acts()
        yield from self._tickets()
        yield from unexplained(self.answered, EXPLAINED)
        yield from self._told()
        yield from self._free_in_time()
        proof = prove(self.desk)
        yield from (f"verificar: {fault}" for fault in proof.faults)

    @cached_property
    def bookings(self) -> dict[int, Booked]:
        """All bookings by id."""
        of_booking = "id, provider_id, starts_at, ends_at, held_until, place, state, booked_at IS NOT NULL, moved_from"
        query = f"SELECT {of_booking}, beneficiary_id, beneficiary_place, ticket_id, reason FROM booking"  # noqa: S608
        found = {}
        for row in rows(self.desk, query):
            key, provider, starts, ends, until, *others = row
            first, after = (int(_seconds(each)) // 300 for each in (starts, ends))
            ends_at = _seconds(until) if until else 0
            found[key] = Booked(key, provider, first, after, ends_at, *others)
        return found

    def _doubled(self) -> Iterator[str]:
        """Two bookings in one place of a professional or a beneficiary at once, by the bookings' own times."""
        taken: dict[tuple[str, int, int, int], int] = {}
        for each in self.bookings.values():
            yield from (f"double booking: {each} and {taken[key]} on {key}" for key in each.takes if key in taken)
            taken |= dict.fromkeys(each.takes, each.id)
            doctor = DOCTORS[each.provider]
            may = doctor.capacity + (doctor.squeezed if each.reason else 0)
            if each.takes and (each.place > may or (each.person_place > 1 and not each.reason)):
                yield f"beyond the capacity: {each}"

    def _taken(self) -> Iterator[str]:
        """Quanta without their booking, and bookings without their quanta."""
        query = "SELECT resource, resource_id, quantum, place, booking_id FROM occupied"
        stored = {tuple(key): booking for *key, booking in rows(self.desk, query)}
        wanted = {key: each.id for each in self.bookings.values() for key in each.takes}
        for key in stored.keys() | wanted.keys():
            if stored.get(key) != wanted.get(key):
                yield f"occupied by {stored.get(key)}, not by {wanted.get(key)}: {key}"

    def _lost_holds(self) -> Iterator[str]:
        """Holds that ended before their time, though nobody ended them."""
        ended_by = {act["token"] for act in self.answered if act["do"] in ("confirm", "release")}
        now = time.time()
        for act in self.answered:
            if act["do"] == "hold" and "token" in act:
                booking = self.bookings.get(act["booking"])
                self.outcome.noted["holds"] += 1
                is_over = act["until"] <= now
                if booking is None:
                    yield f"lost hold: {act}"
                elif act["token"] in ended_by:
                    continue
                elif booking.state == "held":
                    self.outcome.noted["left"] += 1
                elif booking.state == "expired" and is_over:
                    self.outcome.noted["expired"] += 1
                elif act["ticket"] is None or booking.state == "expired":
                    yield f"lost hold: {act} is {booking}"  # others' acts end a hold of their ticket, as they should
            is_lost = act["do"] == "confirm" and act.get("code") in LOST
            if is_lost and act["ended"] < act["until"] and not self._was_elsewhere(act):
                yield f"lost hold: {act}"

    def _was_elsewhere(self, act: dict[str, Any]) -> bool:
        """Whether the ticket of a confirmation had an appointment or another hold, which replaced this one."""
        return len([one for one in self._of_ticket[act["ticket"]] if one.id != act["booking"]]) > 0

    @cached_property
    def _of_ticket(self) -> dict[int | None, list[Booked]]:
        found: dict[int | None, list[Booked]] = defaultdict(list)
        for each in self.bookings.values():
            found[each.ticket].append(each)
        return found

    @cached_property
    def _done(self) -> dict[str, dict[str, Any]]:
        """The acknowledged acts on tickets."""
        return {act["try"]: act for act in self.answered if "done" in act}

    def _acts(self) -> Iterator[str]:
        """Acknowledged acts without an event, and events that were not acknowledged."""
        events = {
            request: (ticket, seq, text)
            for request, ticket, seq, text in rows(
                self.desk, "SELECT request_id, ticket_id, seq, text FROM event WHERE request_id IS NOT NULL"
            )
            if not request.startswith(("before-", "tempo:")) and not request.endswith(("-begin", "-finish"))
        }
        yield from (f"lost: {self._done[request]}" for request in self._done.keys() - events.keys())
        yield from (f"not acknowledged: {request} {events[request]}" for request in events.keys() - self._done.keys())
        for request in self._done.keys() & events.keys():
            act, (ticket, seq, text) = self._done[request], events[request]
            is_same = act["repeated"] or seq == act["version"]
            if ticket != act["ticket"] or not is_same or (act["do"] == "cancel" and text != request):
                yield f"{act} is {events[request]}"
            self._sequence[ticket].append((seq, act))

    @cached_property
    def _sequence(self) -> dict[int, list[tuple[int, dict[str, Any]]]]:
        """Ticket -> its acknowledged acts with their numbers."""
        return defaultdict(list)

    def _tickets(self) -> Iterator[str]:
        """Tickets whose bookings are not what its acts, in their order, make of them."""
        states = dict(rows(self.desk, "SELECT id, state FROM ticket"))
        asked = [*range(1, self.opened_before + 1), *(act["asked"] for act in self.answered if "asked" in act)]
        if sorted(asked) != sorted(states):
            yield f"tickets {sorted(states)}, not {sorted(asked)}"
        for ticket, state in states.items():
            acts = [act for _, act in sorted(self._sequence.get(ticket, []), key=lambda each: each[0])]
            own = self._of_ticket.get(ticket, [])
            made = [act for act in acts if act["do"] != "cancel"]
            booked = [each for each in own if each.state == "booked"]
            once = [each for each in own if each.was_booked]
            moved = sorted(each.id for each in own if each.state == "moved")
            if len(once) != len(made) or moved != sorted(each.moved_from for each in own if each.moved_from):
                yield f"ticket {ticket}: {acts} made {own}"
            wanted = [made[-1]["slot"]] if acts and acts[-1]["do"] != "cancel" else []
            if [(each.provider, each.first) for each in booked] != [_place(code) for code in wanted]:
                yield f"ticket {ticket}: {booked} instead of {wanted}"
            if any(each.person != about(ticket) for each in booked):
                yield f"ticket {ticket}: booked for another person: {booked}"
            if (state == "aguardando") != bool(booked) or (state == "cancelado") != bool(acts and not wanted):
                yield f"ticket {ticket} is {state}, with {booked}"

    def _told(self) -> Iterator[str]:
        """Refusals that do not name who was faster, or propose three slots."""
        tried: dict[str, set[str]] = defaultdict(set)
        for act in self.answered:
            if act["do"] in FOR_A_SLOT:
                tried[act["slot"]].add(name_of(int(act["try"].partition("-")[0])))
        for act in self.answered:
            if act.get("code") not in TAKEN:
                continue
            slots = set(act["slots"])
            is_named = act["who"] in tried[act["slot"]] and act["who"] in act["said"]
            later = all(read_code(code).starts_at >= read_code(act["slot"]).starts_at for code in slots)
            if not is_named or not later or len(slots) != bookings.PROPOSED or act["slot"] in slots:
                yield f"not told who was faster, or what is free: {act}"
            if not all(code in act["said"] for code in slots):
                yield f"not told what is free: {act}"

    def _free_in_time(self) -> Iterator[str]:
        """Slots of holds that can be taken before their time, or cannot after it."""
        held = [each for each in self.bookings.values() if each.state == "held"]
        times = [datetime.fromtimestamp(each.until, UTC) for each in held] or [datetime.now(UTC)]
        before, after = min(times) - timedelta(seconds=1), max(times) + timedelta(seconds=1)
        for at, states in ((before, ("held", "booked")), (after, ("booked",))):
            taken = Counter(
                (each.provider, each.first)
                for each in self.bookings.values()
                if each.state in states and each.place <= DOCTORS[each.provider].capacity
            )
            for slot in SLOTS:
                wanted = DOCTORS[slot.provider].capacity - taken[slot.provider, slot.quantum]
                if (found := self._takeable(slot, at)) != wanted:
                    yield f"at {at} {found} places of {slot.code} can be held, not {wanted}"

    def _takeable(self, slot: SlotKey, at: datetime) -> int:
        """How many places of a slot somebody can hold at an instant of the database's clock."""
        held: list[Hold] = []
        with suppress(Refused):
            while len(held) <= DOCTORS[slot.provider].capacity:
                held.append(bookings.hold(self.desk, HoldAsked(slot), NOW, clock=at))
        for each in held:
            bookings.release(self.desk, each.token)
        return len(held)


def _seconds(stored: str) -> float:
    return datetime.fromisoformat(stored).replace(tzinfo=UTC).timestamp()


def _place(code: str) -> tuple[int, int]:
    slot = read_code(code)
    return slot.provider, slot.quantum
