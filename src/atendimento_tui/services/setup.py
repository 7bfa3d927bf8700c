"""Creating a desk from the answers to the first-run questions."""

import errno
import os
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from atendimento_tui.calendar import SpecError
from atendimento_tui.calendar.changes import CalendarChange
from atendimento_tui.calendar.named import CalendarSpec, legal_spec
from atendimento_tui.calendar.town_days import USUAL_DAYS, Town, town_days
from atendimento_tui.contracts.desk import UnitInfo
from atendimento_tui.data import desk_file
from atendimento_tui.data.contents import contents_file
from atendimento_tui.data.engine import (
    Connection,
    DatabaseUnavailable,
    DBAPIError,
    file_of,
    keep_write_ahead_log,
    make_engine,
    name_of,
    reading,
    unavailable,
    url_of,
    writing,
)
from atendimento_tui.data.repositories.access import store_password
from atendimento_tui.data.repositories.calendars import store_calendar
from atendimento_tui.data.repositories.desk import insert_unit
from atendimento_tui.data.repositories.people import insert_group, insert_people
from atendimento_tui.data.repositories.trail import record
from atendimento_tui.data.schema import drop_tables, make_tables
from atendimento_tui.data.text_files import read_text
from atendimento_tui.data.towns import town_names, town_of
from atendimento_tui.data.written import checked_week, problem_of
from atendimento_tui.domain.access import Permission
from atendimento_tui.domain.accounts import (
    PASSWORD,
    checked_login,
    checked_password,
    login_of,
    normalised_password,
)
from atendimento_tui.domain.names import checked_name
from atendimento_tui.domain.nearest import nearest
from atendimento_tui.domain.places import ZONE_OF_UF
from atendimento_tui.domain.refusals import Refused, Wrong
from atendimento_tui.domain.text import entered
from atendimento_tui.domain.trail import person_stream
from atendimento_tui.services import digests
from atendimento_tui.services.access_control import needs
from atendimento_tui.services.desk import Desk, open_desk
from atendimento_tui.services.passwords import USUAL, Cost, hashed

_LONGEST_DAYS_FILE = 32 * 1024 * 1024
"""Maximum bytes of a file of holidays; published ones of all towns have two million."""

SUPERVISOR = "supervisor"
ATTENDANT = "atendente"


@dataclass(frozen=True, slots=True)
class NewDesk:
    """The answers to the first-run questions.

    Attributes:
        hours: The opening hours; their holidays are those of the place.
        people: Name -> role, the first supervisor among them.
        groups: Group -> names of its members.
        entry: How people enter: `senha`, `sistema`, or `escolha` in a demonstration.
        logins: Name -> login, of people whose login is not derived from the name.
    """

    name: str
    city: str
    uf: str
    hours: CalendarSpec
    ans_registration: str = ""
    people: Mapping[str, str] = field(default_factory=dict)
    groups: Mapping[str, Sequence[str]] = field(default_factory=dict)
    is_demo: bool = False
    entry: str = PASSWORD
    logins: Mapping[str, str] = field(default_factory=dict)


def new_desk(
    *,
    name: str,
    city: str,
    uf: str,
    hours: str,
    supervisor: str,
    ans_registration: str = "",
    attendants: Sequence[str] = (),
    optional_days: Sequence[str] = (),
    municipal_file: Path | None = None,
    ibge_code: str = "",
    take_many_days: bool = False,
    entry: str = PASSWORD,
    login: str = "",
    password: str = "",
    again: str | None = None,
) -> NewDesk:
    """Parse the first-run answers.

    Args:
        hours: Weekdays and intervals: `seg-sex 09:00-12:00 13:00-18:00; sab 09:00-13:00`,
            `2ª a 6ª das 8h às 18h`.
        municipal_file: A CSV file with the holidays of the town, or of every town.
        ibge_code: The town's IBGE code, if it cannot be found by city and state.
        take_many_days: The user has confirmed that the town has unusually many days.
        entry: `senha` or `sistema`.
        login: Login of the supervisor; if empty, it is derived from the name.
        password: The first password of the supervisor; it is only checked here. If empty, there is none yet.
        again: The same, typed a second time; None if it was not asked twice.

    Raises:
        Refused: An answer is invalid; which one and why.
    """
    uf, ans_registration = uf.strip().upper(), ans_registration.strip()
    wrong = Wrong()
    with wrong.at("name"):
        name = checked_name(name, "unidade")
    with wrong.at("city"):
        city = checked_name(city, "cidade") if _plain(city) else ""
    _check_codes(wrong, uf, ans_registration, ibge_code)
    with wrong.at("hours"):
        week = checked_week(hours)
    with wrong.at("supervisor"):
        boss = checked_name(supervisor, "supervisor")
    with wrong.at("attendants"):
        attending = [checked_name(person, "atendente") for person in attendants if _plain(person)]
    with wrong.at("login"):
        login = checked_login(login) if login else ""
    _check_password(wrong, password, again, login or login_of(supervisor, ()), (supervisor, name))
    wrong.refuse()
    place = city, uf, ibge_code
    holidays = _municipal_days(municipal_file, _town(*place), take_many_days) if municipal_file else {}
    spec = _hours(week, uf, optional_days, holidays)
    people = dict.fromkeys([boss, *attending], ATTENDANT) | {boss: SUPERVISOR}
    groups = {name: tuple(people)}
    return NewDesk(
        name, city, uf, spec, ans_registration, people, groups, entry=entry, logins={boss: login} if login else {}
    )


def _check_codes(wrong: Wrong, uf: str, ans_registration: str, ibge_code: str) -> None:
    with wrong.at("uf"):
        if uf not in ZONE_OF_UF:
            raise Refused("uf_desconhecida", text=uf)
    with wrong.at("ans_registration"):
        if not re.fullmatch("([0-9]{6})?", ans_registration):
            raise Refused("registro_ans_invalido", text=ans_registration)
    with wrong.at("ibge_code"):
        if not re.fullmatch("([1-5][0-9]{6})?", ibge_code):
            raise Refused("codigo_ibge_invalido", text=ibge_code)


def _check_password(wrong: Wrong, password: str, again: str | None, login: str, names: tuple[str, str]) -> None:
    """Check the first password, if there is one. `again` is None if it was not asked twice."""
    with wrong.at("password"):
        if password or again is not None:
            checked_password(password, login=login, names=names)
    with wrong.at("again"):
        differs = again is not None and normalised_password(again) != normalised_password(password)
        if differs and "password" not in wrong.found:
            raise Refused("senhas_diferentes")


def _hours(
    week: dict[str, Any], uf: str, optional_days: Sequence[str], municipal_days: Mapping[date, str]
) -> CalendarSpec:
    """The opening hours of a desk in a state.

    Raises:
        Refused: An optional day is none that is known.
    """
    try:
        return CalendarSpec(
            name="Expediente",
            tz=ZONE_OF_UF[uf],
            week=week,
            uf=uf,
            optional_days=tuple(optional_days),
            municipal_days=dict(municipal_days),
        )
    except ValidationError as error:
        raise Refused("facultativo_desconhecido", problem=problem_of(error)[1]) from error


@needs(Permission.CALENDARS)
def change_of_town(
    desk: Desk, path: Path, now: datetime, *, ibge_code: str = "", take_many_days: bool = False
) -> CalendarChange:
    """The change that closes the days of the desk's town in a CSV file, from today on.

    Raises:
        Refused: The file cannot be read; it has no day of the town; it has unusually many without confirmation.
    """
    town = _town(desk.unit.city, desk.unit.uf, ibge_code)
    today = now.astimezone(desk.zone).date()
    days = _municipal_days(path, town, take_many_days)
    return CalendarChange(municipal={day: name for day, name in days.items() if day >= today})


def _town(city: str, uf: str, ibge_code: str) -> Town:
    return Town(city, uf, ibge_code) if ibge_code else town_of(city, uf)


def _municipal_days(path: Path, town: Town, take_many: bool) -> dict[date, str]:
    """The days of the town in a file of one town or of all.

    Raises:
        Refused: The file cannot be read; it has no day of the town; it has unusually many without confirmation.
    """
    text = read_text(path, _LONGEST_DAYS_FILE).content
    try:
        days = town_days(text, town)
    except SpecError as error:
        raise Refused("municipais_invalidos", path=str(path), problem=(error.code, error.values)) from error
    if not days:
        near = "" if town.code else nearest(town.city, town_names(town.uf)).title()
        raise Refused("municipais_sem_cidade", path=str(path), city=town.city, uf=town.uf, nearest=near)
    year, count = Counter(day.year for day in days).most_common(1)[0]
    if count > USUAL_DAYS and not take_many:
        of_year = {day: name for day, name in sorted(days.items()) if day.year == year}
        raise Refused("municipais_demais", path=str(path), city=town.city, year=year, count=count, days=of_year)
    return days


def _plain(written: str) -> str:
    return entered(written).strip()


def create_desk(database: str | Path, new: NewDesk, now: datetime, *, password: str = "", cost: Cost = USUAL) -> Desk:
    """Create the desk's database and open it.

    Args:
        database: Its file or URL.
        new: What it contains.
        now: The present instant.
        password: The first password of the first supervisor; if empty, nobody has one yet.
        cost: The parameters of its hash.

    Raises:
        DatabaseUnavailable: There is a desk already, or it cannot be created. Nothing was changed.
    """
    hash_of_first = hashed(normalised_password(password), cost) if password else ""
    with new_database(database) as connection:
        _fill(connection, new, now, hash_of_first)
    return open_desk(database, now)


@contextmanager
def new_database(database: str | Path) -> Iterator[Connection]:
    """Create the tables in an empty database, in one transaction with their first rows.

    Raises:
        DatabaseUnavailable: There is a desk already, or it cannot be created. Nothing was changed.
    """
    url = url_of(database)
    engine, file = make_engine(url), file_of(url)
    made = _make_file(file) if file else None
    try:
        keep_write_ahead_log(engine)
        with writing(engine) as connection:
            make_tables(connection)
            yield connection
    except BaseException as error:
        engine.dispose()
        if file and made and _is(file, made):
            _remove(file)
        if isinstance(error, DBAPIError):
            raise unavailable(error, url) from error
        raise
    engine.dispose()


@dataclass(frozen=True, slots=True)
class SetAside:
    """The new path of a damaged file that was renamed, and the newest backup copy in its folder."""

    path: str
    copy: str | None


def set_aside(database: str | Path, now: datetime) -> SetAside:
    """Rename a desk's damaged file with its `-wal` and `-shm`. Nothing is deleted.

    Raises:
        DatabaseUnavailable: It is not a file, not damaged, or cannot be renamed. Nothing was changed.
    """
    url = url_of(database)
    file = file_of(url)
    if file is None:
        raise DatabaseUnavailable("banco_sem_arquivo", path=name_of(url))
    moved = desk_file.set_aside(file, now)
    return SetAside(str(moved), desk_file.newest_copy(file))


@needs(Permission.UNIT)
def delete_desk(desk: Desk) -> None:
    """Delete a new desk that could not be filled."""
    file, is_ours = file_of(desk.engine.url), False
    if file is None:
        drop_tables(desk.engine)
    else:
        with suppress(DatabaseUnavailable, DBAPIError), reading(desk.engine):
            is_ours = True  # never delete another file in its place
    desk.close()
    if file and is_ours:
        _remove(file)


def _make_file(path: Path) -> os.stat_result:
    """Create an empty file and return its identity."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.touch(mode=0o600, exist_ok=False)  # if two processes create it at the same time, one of them fails
        return path.stat()
    except OSError as error:
        if isinstance(error, FileExistsError) and path.exists():
            desk_file.refuse_other_kinds(path, path.stat().st_mode)
            raise DatabaseUnavailable("ja_existe", path=str(path)) from error
        in_a_file = isinstance(error, FileExistsError) and not path.is_symlink()  # a parent is a file
        number = errno.ENOTDIR if in_a_file else error.errno
        raise DatabaseUnavailable("banco_nao_abre", path=str(path), detail=number) from error


def _fill(connection: Connection, new: NewDesk, now: datetime, hash_of_first: str) -> None:
    unit = UnitInfo(
        name=entered(new.name),
        city=entered(new.city),
        uf=new.uf,
        tz=new.hours.tz,
        ans_registration=new.ans_registration,
        hours_calendar=store_calendar(connection, new.hours, now),
        legal_calendar=store_calendar(connection, legal_spec(new.hours.tz, new.uf or None), now),
        is_demo=new.is_demo,
        identity=uuid4().hex,
        entry=new.entry,
    )
    insert_unit(connection, unit)
    logins = {entered(name): login for name, login in new.logins.items()}
    people = insert_people(connection, {entered(name): role for name, role in new.people.items()}, logins)
    if hash_of_first:
        first = next(people[entered(name)] for name, role in new.people.items() if role == SUPERVISOR)
        store_password(connection, first, hash_of_first, now)
        record(connection, person_stream(first), "senha", actor=first, at=now)
    for group, names in new.groups.items():
        insert_group(connection, entered(group), [people[entered(name)] for name in names])
    digests.insert_first(connection, now.astimezone(ZoneInfo(unit.tz)).date(), now)


def _is(path: Path, made: os.stat_result) -> bool:
    """Whether the path still names the created file."""
    try:
        return os.path.samestat(path.stat(), made)
    except OSError:
        return False


def _remove(path: Path) -> None:
    """Delete the partial file of a desk that could not be created."""
    for base in (path, contents_file(path)):
        for end in ("", *desk_file.SIDES):
            with suppress(OSError):
                Path(f"{base}{end}").unlink(missing_ok=True)
