"""Who offers appointments and where: specialties, professionals, sites. Each change is an event of a stream.

Nothing is deleted: what is offered no more is made inactive, so that bookings keep the names.
"""

import difflib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import TypeVar

from atendimento_tui.contracts.providers import Changed, Offered, Provider, ProviderView, Site, Specialty, Supply
from atendimento_tui.data.engine import Connection, advisory_lock, reading, writing
from atendimento_tui.data.queries import agenda, providers
from atendimento_tui.data.repositories import providers as rows
from atendimento_tui.data.repositories import trail
from atendimento_tui.data.repositories.calendars import calendar_named
from atendimento_tui.data.specialties import shipped
from atendimento_tui.domain.access import Permission
from atendimento_tui.domain.names import checked_name
from atendimento_tui.domain.places import ZONE_OF_UF
from atendimento_tui.domain.procedures import ITEMS_566
from atendimento_tui.domain.process.schema import FieldRule
from atendimento_tui.domain.process.values import read_value
from atendimento_tui.domain.refusals import Refused, Wrong
from atendimento_tui.domain.text import entered, folded, searched, searched_name, written
from atendimento_tui.domain.trail import Changes, Stream, Value
from atendimento_tui.services.access_control import needs, require_now
from atendimento_tui.services.desk import Desk
from atendimento_tui.services.openings import LOCK, make_anew

SPECIALTY, PROVIDER, SITE = "specialty", "provider", "site"

AREAS = {SPECIALTY: "especialidade", PROVIDER: "profissional", SITE: "local"}
"""What is kept -> the area of its streams; the key is the id."""

_LONGEST = 500
"""Characters of an address or of a preparation."""

_DESKS_OWN = ("expediente", "legal")
_MOST_SQUEEZED = 20

_YES = {**dict.fromkeys(("sim", "s", "1", "x"), True), **dict.fromkeys(("nao", "n", "0", ""), False)}

_Kept = TypeVar("_Kept", Specialty, Provider, Site)


@dataclass(slots=True)
class Change:
    """A change of what is offered, in its transaction.

    Attributes:
        known: What is offered before the change.
    """

    connection: Connection
    desk: Desk
    now: datetime
    actor: int | None
    known: Supply

    def record(self, kind: str, key: int, what: str, changes: Changes) -> None:
        """Write the event of the change."""
        stream = Stream(AREAS[kind], str(key))
        trail.record(self.connection, stream, what, actor=self.actor, at=self.now, changes=changes)

    def anew(self, *of: int) -> tuple[int, ...]:
        """Compute anew what is open of professionals; the bookings that are left without open time."""
        return tuple(make_anew(self.desk, self.connection, of, self.now))


@needs(Permission.SUPPLY)
@contextmanager
def changing(desk: Desk, now: datetime) -> Iterator[Change]:
    """A transaction that changes what is offered. Others wait.

    Raises:
        Refused: The person who asks has lost the right meanwhile.
    """
    with writing(desk.engine) as connection:
        actor = require_now(connection, desk, Permission.SUPPLY)
        advisory_lock(connection, LOCK)
        yield Change(connection, desk, now, actor.person, providers.supply(connection))


@needs(Permission.FIND_SLOT)
def supply(desk: Desk) -> Supply:
    """All specialties, professionals and sites."""
    with reading(desk.engine) as connection:
        return providers.supply(connection)


@needs(Permission.FIND_SLOT)
def listed(desk: Desk, now: datetime) -> Offered:
    """All specialties, professionals and sites, and where each professional is from today on."""
    with reading(desk.engine) as connection:
        today = now.astimezone(desk.zone).date()
        return Offered(providers.supply(connection), providers.sites_of(connection, today))


@needs(Permission.FIND_SLOT)
def view(desk: Desk, wanted: str | int, now: datetime) -> ProviderView:
    """A professional with their hours and coming absences.

    Raises:
        Refused: There is no such professional, or several.
    """
    with reading(desk.engine) as connection:
        provider = provider_named(providers.supply(connection), wanted)
        away = providers.absences(connection, [provider.id], now)
        hours = providers.hours(connection, [provider.id])
        return ProviderView(provider, hours, away.get(provider.id, []), agenda.open_until(connection, provider.id))


@needs(Permission.SUPPLY)
def add(desk: Desk, kind: str, typed: Mapping[str, str], now: datetime) -> Changed:
    """Add a specialty, a professional or a site. One that is there already is changed to these values.

    Args:
        kind: A key of `AREAS`.
        typed: Items of `FIELDS`, as typed.

    Raises:
        Refused: An item is invalid.
    """
    with changing(desk, now) as change:
        return put(change, kind, typed)


@needs(Permission.SUPPLY)
def include_specialties(desk: Desk, now: datetime) -> tuple[int, int]:
    """Add the specialties of the list that comes with the program. Those that are there already stay as they are.

    Returns:
        How many were added, and how many were there.
    """
    new, listed = 0, shipped()
    with changing(desk, now) as it:
        known = {each.searched for each in it.known.specialties.values()}
        for typed in listed:
            if searched(typed["name"]) not in known:
                put(it, SPECIALTY, typed)
                new += 1
    return new, len(listed) - new


@needs(Permission.SUPPLY)
def change(desk: Desk, kind: str, wanted: str | int, typed: Mapping[str, str], now: datetime) -> Changed:
    """Change items of a specialty, a professional or a site.

    Args:
        wanted: Its id, its name, or the number of the council.

    Raises:
        Refused: There is none of this name, or several; an item is invalid.
    """
    with changing(desk, now) as it:
        return put(it, kind, typed, _key_of(it.known, kind, wanted))


def put(it: Change, kind: str, typed: Mapping[str, str], key: int | None = None) -> Changed:
    """`add` or `change`, in a transaction.

    Args:
        key: What is changed; None to find it by what tells it apart, or to add it.
    """
    wrong, given = Wrong(), dict[str, object]()
    for field, text in typed.items():
        with wrong.at(field):
            given |= FIELDS[kind][field](it, text)
    if key is None and "name" not in typed:
        with wrong.at("name"):
            checked_name("", AREAS[kind])
    wrong.refuse()
    key = key or _same(it.known, kind, given, it.desk.unit.city)
    before = _values(it.known, kind, key) if key else {}
    here: dict[str, object] = {"city": it.desk.unit.city, "state": it.desk.unit.uf} if kind == SITE else {}
    said = {name: value for name, value in given.items() if value or name not in here}
    after = {**here, **_DEFAULTS[kind], **before, **said}
    changes = {name: (before.get(name), after[name]) for name in after if before.get(name) != after[name]}
    if key and not changes:
        return Changed(key, is_new=False)
    is_new, key = key is None, _write(it, kind, key, after)
    told = {name: (_told(it.known, was), _told(it.known, now)) for name, (was, now) in changes.items()}
    it.record(kind, key, "incluido" if is_new else "alterado", {name: pair for name, pair in told.items() if any(pair)})
    unplaced = _closed_by(it, kind, key, changes) if not is_new else ()
    it.known = providers.supply(it.connection)
    return Changed(key, is_new=is_new, fields=tuple(changes), unplaced=unplaced)


def _write(it: Change, kind: str, key: int | None, values: Mapping[str, object]) -> int:
    columns = {name: value for name, value in values.items() if name != "specialties"}
    name, more = str(values["name"]), str(values.get("city", values.get("council_number", "")))
    words = searched(name) if kind == SPECIALTY else f"{searched_name(name)} {searched(more)}".strip()
    columns["searched"] = words
    if key is None:
        key = rows.insert(it.connection, kind, columns)
    else:
        rows.update(it.connection, kind, key, columns)
    if kind == PROVIDER:
        specialties = values["specialties"]
        assert isinstance(specialties, tuple)
        rows.set_specialties(it.connection, key, specialties)
    return key


def _closed_by(it: Change, kind: str, key: int, changes: Mapping[str, object]) -> tuple[int, ...]:
    """The bookings that a change leaves without open time."""
    if kind == SITE and changes.keys() & {"calendar", "active"}:
        return it.anew(*providers.at_site(it.connection, key))
    return it.anew(key) if kind == PROVIDER and "active" in changes else ()


def _told(known: Supply, value: object) -> Value:
    """A value as the event has it; None for an empty one."""
    if isinstance(value, tuple):
        return known.names_of(value) or None
    if isinstance(value, bool):
        return "sim" if value else "nao"
    return str(value) if value not in (None, "") else None


def _values(known: Supply, kind: str, key: int) -> dict[str, object]:
    """The columns of a row, without its id and its words, and the specialties."""
    match kind:
        case "specialty":
            one = known.specialties[key]
            return {"name": one.name, "rn566": one.rn566, "preparation": one.preparation, "active": one.is_active}
        case "provider":
            who = known.providers[key]
            return {
                "name": who.name,
                "council": who.council,
                "council_number": who.number,
                "council_state": who.state,
                "specialties": who.specialties,
                "master": who.is_master,
                "squeeze_ins": who.squeeze_ins,
                "active": who.is_active,
            }
        case _:
            site = known.sites[key]
            names = ("name", "address", "city", "state", "calendar")
            return {name: getattr(site, name) for name in names} | {"active": site.is_active}


_DEFAULTS: Mapping[str, Mapping[str, object]] = MappingProxyType(
    {
        SPECIALTY: {"rn566": "", "preparation": "", "active": True},
        PROVIDER: {
            "council": "",
            "council_number": "",
            "council_state": "",
            "specialties": (),
            "master": True,
            "squeeze_ins": 0,
            "active": True,
        },
        SITE: {"address": "", "calendar": "", "active": True},
    }
)
"""What is kept -> the values that nobody gave."""


def _same(known: Supply, kind: str, given: Mapping[str, object], city: str) -> int | None:
    """The id of what is there already: by number of the council, else by name; a site by name and city.

    Args:
        city: The desk's.
    """
    name = folded(str(given["name"]))
    if kind == SPECIALTY:
        return next((each.id for each in known.specialties.values() if each.searched == searched(name)), None)
    if kind == SITE:
        wanted = name, folded(str(given.get("city") or city))
        return next(
            (each.id for each in known.sites.values() if (folded(each.name), folded(each.city)) == wanted), None
        )
    number = tuple(given.get(part, "") for part in ("council", "council_state", "council_number"))
    for each in known.providers.values():
        own = (each.council, each.state, each.number)
        if (own == number and any(own)) or (folded(each.name) == name and not (any(own) and any(number))):
            return each.id
    return None


def _key_of(known: Supply, kind: str, wanted: str | int) -> int:
    match kind:
        case "specialty":
            return specialty_named(known, wanted).id
        case "provider":
            return provider_named(known, wanted).id
        case _:
            return site_named(known, wanted).id


def specialty_named(known: Supply, wanted: str | int) -> Specialty:
    """The specialty of this name or id.

    Raises:
        Refused: There is none.
    """
    if isinstance(wanted, int):
        return known.specialties[wanted]
    plain = searched(written(wanted).strip())
    found = [each for each in known.specialties.values() if each.searched == plain]
    return _only(found, SPECIALTY, wanted, [each.name for each in known.specialties.values()])


def provider_named(known: Supply, wanted: str | int) -> Provider:
    """The professional with this id or number of the council (`CRM/SP 123456`), or else of this name.

    Raises:
        Refused: There is none, or several have the name.
    """
    if isinstance(wanted, int):
        return known.providers[wanted]
    plain, everybody = folded(written(wanted).strip()), known.providers.values()
    found = [each for each in everybody if each.number and plain in (folded(each.registration), folded(each.number))]
    found = found or [each for each in everybody if folded(each.name) == plain]
    return _only(found, PROVIDER, wanted, [f"{each.name} ({each.registration})" for each in found or everybody])


def site_named(known: Supply, wanted: str | int) -> Site:
    """The site of this id, of this name, or of this name and city (`Clínica, Santos`).

    Raises:
        Refused: There is none, or several have the name.
    """
    if isinstance(wanted, int):
        return known.sites[wanted]
    plain, every = folded(written(wanted).strip()), known.sites.values()
    found = [each for each in every if plain in (folded(each.name), folded(f"{each.name}, {each.city}"))]
    return _only(found, SITE, wanted, [f"{each.name}, {each.city}" for each in found or every])


def _only(found: Sequence[_Kept], kind: str, wanted: str, names: Sequence[str]) -> _Kept:
    if len(found) == 1:
        return found[0]
    near = difflib.get_close_matches(wanted, names, n=8, cutoff=0)
    if found:
        raise Refused("oferta_repetida", which=AREAS[kind], name=wanted, known="; ".join(near))
    raise Refused("oferta_sem_nome", which=AREAS[kind], name=wanted, known="; ".join(near) or None)


# What reads the items as they are typed: each gives the columns that it fills.

_Columns = dict[str, object]


def _name(kind: str) -> Callable[[Change, str], _Columns]:
    return lambda _, typed: {"name": checked_name(typed, AREAS[kind])}


def _text(column: str) -> Callable[[Change, str], _Columns]:
    def read(_: Change, typed: str) -> _Columns:
        text = " ".join(entered(typed).split())
        if len(text) > _LONGEST:
            raise Refused("oferta_texto_longo", most=_LONGEST)
        return {column: text}

    return read


def _flag(column: str) -> Callable[[Change, str], _Columns]:
    def read(_: Change, typed: str) -> _Columns:
        found = _YES.get(folded(typed.strip()))
        if found is None:
            raise Refused("oferta_sem_sinal", typed=typed)
        return {column: found}

    return read


def _item(_: Change, typed: str) -> _Columns:
    item = typed.strip().upper()
    if item and item not in ITEMS_566:
        raise Refused("procedimento_sem_item", typed=typed)
    return {"rn566": item}


def _registration(_: Change, typed: str) -> _Columns:
    rule = FieldRule.model_validate({"chave": "conselho", "rotulo": "Conselho", "tipo": "conselho"})
    read = read_value(rule, typed)
    council, _slash, rest = read.partition("/")
    state, _space, number = rest.partition(" ")
    return {"council": council, "council_state": state, "council_number": number}


def _specialties(it: Change, typed: str) -> _Columns:
    names = [each.strip() for each in typed.replace(";", ",").replace("|", ",").split(",")]
    return {"specialties": tuple(sorted({specialty_named(it.known, each).id for each in names if each}))}


def _squeeze_ins(_: Change, typed: str) -> _Columns:
    text = typed.strip()
    if not (text.isascii() and text.isdigit() and int(text) <= _MOST_SQUEEZED):
        raise Refused("oferta_sem_numero", typed=typed, least=0, most=_MOST_SQUEEZED)
    return {"squeeze_ins": int(text)}


def _state(_: Change, typed: str) -> _Columns:
    state = typed.strip().upper()
    if state not in ZONE_OF_UF:
        raise Refused("oferta_sem_uf", typed=typed)
    return {"state": state}


def _calendar(it: Change, typed: str) -> _Columns:
    name = entered(typed).strip()
    if name and name not in _DESKS_OWN and calendar_named(it.connection, name) is None:
        raise Refused("oferta_sem_calendario", name=typed, known=", ".join(_DESKS_OWN))
    return {"calendar": name}


FIELDS: Mapping[str, Mapping[str, Callable[[Change, str], _Columns]]] = MappingProxyType(
    {
        SPECIALTY: {
            "name": _name(SPECIALTY),
            "rn566": _item,
            "preparation": _text("preparation"),
            "active": _flag("active"),
        },
        PROVIDER: {
            "name": _name(PROVIDER),
            "registration": _registration,
            "specialties": _specialties,
            "master": _flag("master"),
            "squeeze_ins": _squeeze_ins,
            "active": _flag("active"),
        },
        SITE: {
            "name": _name(SITE),
            "address": _text("address"),
            "city": _text("city"),
            "state": _state,
            "calendar": _calendar,
            "active": _flag("active"),
        },
    }
)
"""What is kept -> its items that people type -> what reads each."""
