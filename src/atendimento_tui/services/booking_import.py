"""Import of bookings that were made elsewhere, as in the operator's app. They are facts, and none is dropped.

Each line is a transaction of its own, so that a list never holds what others wait for. One whose place is taken, or
whose beneficiary has another appointment then, is kept as a conflict and tried again by the next import.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from atendimento_tui.contracts.imported_bookings import BookingImport
from atendimento_tui.data.booking_lists import BookingLine, read_booking_map, read_bookings
from atendimento_tui.data.engine import Connection, advisory_lock, instant, reading, writing
from atendimento_tui.data.logs import Progress
from atendimento_tui.data.queries import bookings as booking_queries
from atendimento_tui.data.queries import imported_bookings as queries
from atendimento_tui.data.queries import providers as provider_queries
from atendimento_tui.data.repositories import bookings as rows
from atendimento_tui.data.repositories import trail, waiting
from atendimento_tui.data.repositories.agenda import note_unplaced
from atendimento_tui.domain.access import Permission
from atendimento_tui.domain.agenda import is_within
from atendimento_tui.domain.bookings import BENEFICIARY, OCCUPYING, PROVIDER, BookingState, place_for
from atendimento_tui.domain.imported_bookings import (
    Imported,
    Step,
    Wanted,
    check_line,
    known_person,
    needs_place,
    state_after,
    step_of,
)
from atendimento_tui.domain.places import ZONE_OF_UF
from atendimento_tui.domain.refusals import Refusal, Refused
from atendimento_tui.domain.trail import booking_stream
from atendimento_tui.services.access_control import needs, require_now
from atendimento_tui.services.booking_lines import Resolver
from atendimento_tui.services.desk import Desk
from atendimento_tui.services.list_import import Count, batches
from atendimento_tui.services.openings import open_on

LOCK = "agendamentos importados"
"""The advisory lock of imports: two of them would write one booking twice."""


class _Undone(Exception):
    """Undoes the transaction of a line that is refused, or only tried."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a booking goes.

    Attributes:
        number: Its place; 0 if none is free.
        is_free: Whether it has a place, and the beneficiary the time.
        is_open: Whether it lies in open hours, or in an agenda that is kept elsewhere.
    """

    number: int
    is_free: bool
    is_open: bool


@dataclass(slots=True)
class _Tried:
    """What the lines of a trial would have done so far: each line is undone before the next one is tried.

    Attributes:
        taken: Resource and its key -> place -> the quanta that lines would take.
        freed: Ids of bookings that would have given back what they have.
    """

    taken: defaultdict[tuple[str, int], defaultdict[int, set[int]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(set))
    )
    freed: set[int] = field(default_factory=set)


@dataclass(slots=True)
class _Import:
    """An import on its way.

    Attributes:
        source: The name of its map.
    """

    desk: Desk
    source: str
    now: datetime
    tried: _Tried | None
    count: Count = field(default_factory=Count)
    conflicts: int = 0
    closed: int = 0


@dataclass(frozen=True, slots=True)
class _At:
    """The transaction of a line.

    Attributes:
        tried: In a trial: what the lines before would have done.
    """

    connection: Connection
    desk: Desk
    actor: int | None
    now: datetime
    clock: datetime
    tried: _Tried | None


@needs(Permission.IMPORT_BOOKINGS)
def import_bookings(
    desk: Desk, path: Path, map_file: Path, now: datetime, progress: Progress, *, trial: bool = False
) -> BookingImport:
    """Import a list of bookings by its map. The same file again changes nothing; a wrong line is left out and named.

    Args:
        progress: Called with bytes read and bytes to read.
        trial: Only say what would be done.

    Raises:
        Refused: The file or its map cannot be read.
    """
    booking_map = read_booking_map(map_file)
    it = _Import(desk, booking_map.nome, now, _Tried() if trial else None)
    for lines in batches(read_bookings(path, booking_map, progress)):
        _put_lines(it, lines)
    done = it.count.done()
    return BookingImport(done.new, done.changed, done.same, done.problems, done.problems_count, it.conflicts, it.closed)


def _put_lines(it: _Import, lines: Iterable[BookingLine | tuple[int, Refusal]]) -> None:
    whole = []
    for line in lines:
        if isinstance(line, BookingLine):
            whole.append(line)
        else:
            it.count.leave_out(*line)
    with reading(it.desk.engine) as connection:
        resolve = Resolver(connection, whole)
        known = queries.imported(connection, it.source, [line.key for line in whole])
    for line in whole:
        try:
            if (first := it.count.first(line.key, line.number)) != line.number:
                raise Refused("agendamento_repetido", line=first)
            wanted = resolve(line)
            check_line(wanted, it.now, resolve.zone(wanted.site))
            before = known.get(line.key)
            is_same = before and before.of == replace(known_person(before, wanted), state=before.of.state)
            if is_same and before and before.of.state is wanted.state is not BookingState.CONFLICT:
                it.count.same += 1
                continue
        except Refused as refused:
            it.count.leave_out(line.number, refused.refusal)
            continue
        if wrong := _write(it, line.key, wanted):
            it.count.leave_out(line.number, wrong)


def _write(it: _Import, key: str, wanted: Wanted) -> Refusal | None:
    """Write a line in a transaction of its own; again, if somebody took its place meanwhile.

    Returns:
        Why it is left out; None if it is not.

    Raises:
        Refused: As `require_now`.
    """
    for _ in range(rows.ATTEMPTS):
        done: tuple[Step, BookingState, bool] | None = None
        wrong: Refusal | None = None
        with suppress(rows.Lost, _Undone), writing(it.desk.engine) as connection:
            actor = require_now(connection, it.desk, Permission.IMPORT_BOOKINGS)
            advisory_lock(connection, LOCK)
            at = _At(connection, it.desk, actor.person, it.now, instant(connection), it.tried)
            try:
                done = _put(at, it.source, key, wanted)
            except Refused as refused:
                wrong = refused.refusal
            if wrong or it.tried:
                raise _Undone
        if wrong:
            return wrong
        if done:
            step, state, is_open = done
            it.count.new += step is Step.NEW
            it.count.same += step is Step.NOTHING
            it.count.changed += step not in {Step.NEW, Step.NOTHING}
            it.conflicts += state is BookingState.CONFLICT
            it.closed += step is not Step.NOTHING and state is BookingState.BOOKED and not is_open
            return None
    return Refusal("agenda_disputada", {"when": wanted.starts_at})


def _put(at: _At, source: str, key: str, wanted: Wanted) -> tuple[Step, BookingState, bool]:
    """Write a line.

    Returns:
        What was done, the state of its booking, and whether it lies in open hours.
    """
    before = queries.imported(at.connection, source, [key]).get(key)
    wanted = known_person(before, wanted)
    if before and before.of.state is BookingState.MOVED and not before.is_erased:
        _check_moved_here(at.connection, before, wanted)
        return Step.NOTHING, BookingState.MOVED, True
    step = step_of(before, wanted)
    match step:
        case Step.NEW | Step.MOVE:
            return _insert(at, source, key, wanted, before if step is Step.MOVE else None)
        case Step.CANCEL:
            assert before, "there is something to cancel"
            rows.lock(at.connection, [before.id])
            _free(at, before.id)
            rows.update_booking(at.connection, before.id, state=BookingState.CANCELLED)
            _tell_freed(at, before)
            _record(at, before.id, "cancelado", before.of, replace(before.of, state=BookingState.CANCELLED))
            return step, BookingState.CANCELLED, True
        case Step.CHANGE:
            assert before, "there is something to change"
            return _change(at, before, wanted)
    return step, wanted.state, True


def _check_moved_here(connection: Connection, before: Imported, wanted: Wanted) -> None:
    """Refuse a line that changed in the source after its booking was moved here: a person is to decide.

    Raises:
        Refused: It is at another time than the booking was, and than it is now.
    """
    now = queries.successor(connection, before.id)
    if wanted.state is BookingState.CANCELLED or wanted.time == before.of.time:
        return
    if now and (now.of.provider, now.of.site, now.of.starts_at) == wanted.time[:3]:
        return
    raise Refused("agendamento_remarcado_aqui")


def _insert(at: _At, source: str, key: str, wanted: Wanted, before: Imported | None) -> tuple[Step, BookingState, bool]:
    """Write a new booking, instead of another one if there was one, which stays in the history as moved."""
    place = _place(at, wanted, before)
    state = wanted.state if place.is_free or wanted.state is BookingState.CANCELLED else BookingState.CONFLICT
    written = replace(wanted, state=state)
    new = rows.insert_booking(
        at.connection,
        **_columns(written),
        provider_id=wanted.provider,
        site_id=wanted.site,
        starts_at=wanted.starts_at,
        ends_at=wanted.ends_at,
        place=place.number,
        source=source,
        source_key=key,
        moved_from=before.id if before else None,
        booked_at=at.now,
        booked_by=at.actor,
    )
    if before:
        rows.lock(at.connection, [before.id])
        _hand_over(at.connection, before, new, written, place)
    _occupy(at, new, written, place)
    if before:
        _free(at, before.id)
        rows.update_booking(at.connection, before.id, state=BookingState.MOVED)
        _tell_freed(at, before)
        _record(at, before.id, "remarcado", before.of, replace(before.of, state=BookingState.MOVED))
    _note(at, new, written, place)
    _record(at, new, "importado", None, written)
    return Step.MOVE if before else Step.NEW, state, place.is_open


def _change(at: _At, before: Imported, wanted: Wanted) -> tuple[Step, BookingState, bool]:
    """Change a booking that stays at its time. A conflict is booked if its place is free now."""
    rows.lock(at.connection, [before.id])
    if not needs_place(before, wanted):
        written = replace(wanted, state=state_after(before.of.state, wanted.state))
        rows.update_booking(at.connection, before.id, **_columns(written))
        _record(at, before.id, "alterado", before.of, written)
        return Step.CHANGE, written.state, True
    place = _place(at, wanted, before)
    state = state_after(before.of.state, wanted.state) if place.is_free else BookingState.CONFLICT
    written = replace(wanted, state=state)
    if (before.of, before.place) == (written, place.number):
        return Step.NOTHING, state, place.is_open
    _free(at, before.id)
    rows.update_booking(at.connection, before.id, **_columns(written), place=place.number)
    _occupy(at, before.id, written, place)
    _note(at, before.id, written, place)
    _record(at, before.id, "alterado", before.of, written)
    return Step.CHANGE, state, place.is_open


def _columns(of: Wanted) -> dict[str, object]:
    """The columns that an import may change of a booking that stays at its time."""
    return {
        "specialty_id": of.specialty,
        "beneficiary_id": of.person,
        "name": of.name,
        "channel": of.channel,
        "state": of.state,
    }


def _place(at: _At, wanted: Wanted, own: Imported | None) -> _Place:
    """The lowest free place of a booking; a hold that has not expired keeps its place, and a squeeze-in is not made.

    Args:
        own: The booking whose time it may take.
    """
    capacity, is_open = _capacity(at, wanted)
    taken = _taken(at, PROVIDER, wanted.provider, wanted, own)
    place = place_for(wanted.quanta, taken, len(taken) + 1 if capacity is None else capacity)
    has_time = wanted.person is None or not _taken(at, BENEFICIARY, wanted.person, wanted, own)
    return _Place(place or 0, place is not None and has_time, is_open)


def _taken(at: _At, resource: str, key: int, wanted: Wanted, own: Imported | None) -> Mapping[int, set[int]]:
    """Place -> its quanta that others have in the time of a booking. Holds that have expired are removed."""
    rows.expire(at.connection, resource, key, wanted.quanta, at.clock)
    found = booking_queries.taken(at.connection, resource, key, wanted.quanta)
    free = {own.id} if own else set()
    free |= at.tried.freed if at.tried else set()
    others = {place: {quantum for quantum, by in each.items() if by not in free} for place, each in found.items()}
    for place, each in at.tried.taken[resource, key].items() if at.tried else ():
        others[place] = others.get(place, set()) | each & {*wanted.quanta}
    return {place: each for place, each in others.items() if each}


def _capacity(at: _At, wanted: Wanted) -> tuple[int | None, bool]:
    """How many are seen at that time, and whether it is open.

    An agenda that is kept elsewhere has no limit here (None). Outside the open hours there is one place.
    """
    known = provider_queries.supply(at.connection)
    if not known.providers[wanted.provider].is_master:
        return None, True
    day = wanted.starts_at.astimezone(ZoneInfo(ZONE_OF_UF[known.sites[wanted.site].state])).date()
    span = _Span(wanted.provider, wanted.site, wanted.specialty, wanted.quanta.start, wanted.quanta.stop)
    around = [each for each in open_on(at.desk, at.connection, wanted.provider, day, at.now) if is_within([each], span)]
    return max((each.capacity for each in around), default=1), bool(around)


@dataclass(frozen=True, slots=True)
class _Span:
    """A booking by its quanta (`domain.agenda.is_within`)."""

    provider: int
    site: int
    specialty: int | None
    starts: int
    ends: int


def _hand_over(connection: Connection, before: Imported, new: int, wanted: Wanted, place: _Place) -> None:
    """Give what a booking and the one that replaces it both have to the latter, so that it is never free between."""
    if before.of.state not in OCCUPYING or wanted.state not in OCCUPYING:
        return
    shared = sorted({*before.of.quanta} & {*wanted.quanta})
    if (before.of.provider, before.place) == (wanted.provider, place.number):
        rows.hand_quanta(connection, before.id, new, PROVIDER, place.number, shared)
    if wanted.person is not None and (before.of.person, before.person_place) == (wanted.person, 1):
        rows.hand_quanta(connection, before.id, new, BENEFICIARY, 1, shared)


def _free(at: _At, booking: int) -> None:
    """Give back what a booking has."""
    rows.free(at.connection, [booking])
    if at.tried:
        at.tried.freed.add(booking)


def _occupy(at: _At, booking: int, wanted: Wanted, place: _Place) -> None:
    """Take the quanta that a booking needs and does not have yet; in a trial only note them."""
    if wanted.state not in OCCUPYING:
        return
    if at.tried:
        at.tried.taken[PROVIDER, wanted.provider][place.number].update(wanted.quanta)
        if wanted.person is not None:
            at.tried.taken[BENEFICIARY, wanted.person][1].update(wanted.quanta)
        return
    needed = [(PROVIDER, wanted.provider, place.number, each) for each in wanted.quanta]
    if wanted.person is not None:
        needed += [(BENEFICIARY, wanted.person, 1, each) for each in wanted.quanta]
    has = rows.occupied_by(at.connection, booking)
    rows.occupy(at.connection, booking, [each for each in needed if each not in has])


def _tell_freed(at: _At, before: Imported) -> None:
    """Note a freed time, which is offered to who waits."""
    if before.of.state is BookingState.BOOKED:
        waiting.note_freed(at.connection, before.id, at.now)


def _note(at: _At, booking: int, written: Wanted, place: _Place) -> None:
    """Note a booking outside the open hours, which is to be moved."""
    closed = [booking] if written.state is BookingState.BOOKED and not place.is_open else []
    note_unplaced(at.connection, closed, [booking], at.now.astimezone(UTC))


def _record(at: _At, booking: int, what: str, before: Wanted | None, after: Wanted) -> None:
    """Write the event of a change: what, when and where, by whom; of the person only the number of the record."""
    was, now = (_told(each) for each in (before, after))
    changes = {name: (was.get(name), now[name]) for name in now if was.get(name) != now[name]}
    is_first = before is None
    stream = booking_stream(booking)
    trail.record(at.connection, stream, what, actor=at.actor, at=at.now, changes=changes, is_first=is_first)


def _told(of: Wanted | None) -> dict[str, str | int | None]:
    if of is None:
        return {}
    return {
        "profissional": of.provider,
        "local": of.site,
        "especialidade": of.specialty,
        "inicio": of.starts_at.isoformat(timespec="minutes"),
        "fim": of.ends_at.isoformat(timespec="minutes"),
        "beneficiario": of.person,
        "estado": of.state.value,
    }
