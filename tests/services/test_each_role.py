"""Each service of managing the desk, by each role: refused with the right sentence, or not for lack of right.

Acts on tickets are in `test_rights.py`, and what a role may read in `test_secrecy.py`.
"""

import itertools
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from atendimento_tui.calendar.changes import CalendarChange
from atendimento_tui.contracts.agenda import AgendaFilter
from atendimento_tui.contracts.bookings import Appointment, HoldAsked
from atendimento_tui.contracts.people import Receiver
from atendimento_tui.contracts.tickets import Order
from atendimento_tui.contracts.waiting import WaitingAsked
from atendimento_tui.data.bill_lists import BillLine
from atendimento_tui.data.engine import reading
from atendimento_tui.data.logs import read_map
from atendimento_tui.domain.access import (
    OF_TICKETS,
    PEOPLE_ROLES,
    PERMISSIONS,
    UNNAMED,
    Actor,
    Permission,
    Reach,
    Role,
    reach,
    roles_with,
)
from atendimento_tui.domain.bookings import SlotKey
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.services import (
    absences,
    access,
    acts,
    addresses,
    agenda,
    agenda_import,
    appointments,
    audit,
    availability,
    beneficiaries,
    beneficiary_import,
    bill_import,
    booking_import,
    bookings,
    calendars,
    clocks,
    content_copies,
    digests,
    external,
    groups,
    history,
    imported_bookings,
    leaving,
    limits,
    people_file,
    privacy,
    procedure_import,
    procedures,
    processes,
    proof,
    providers,
    register,
    remittances,
    revealing,
    safekeeping,
    settings,
    setup,
    staff,
    waiting,
)
from atendimento_tui.services.access_control import permission_of
from atendimento_tui.services.desk import Desk
from atendimento_tui.texts import words
from atendimento_tui.texts.access import PERMISSION
from atendimento_tui.texts.refusals import sentence
from tests.an_agenda import NOTHING_IN_TIME, doctor, furnish
from tests.domain.walk import FILES
from tests.living import BRUNO, CELIA, NOW, Living, rows
from tests.secret import set_role
from tests.services.test_access import CHEAP
from tests.services.test_agenda_import import EVENTS, LINES
from tests.services.test_agenda_import import HEAD as HEAD_OF_HOURS
from tests.services.test_agenda_import import MAP as MAP_OF_HOURS
from tests.services.test_booking_import import HEAD as HEAD_OF_BOOKINGS
from tests.services.test_booking_import import MAP as MAP_OF_BOOKINGS
from tests.services.test_booking_import import line
from tests.services.test_calendars import CLOSED_TOMORROW
from tests.services.test_register import workbook
from tests.services.test_rights import BY_ROLE, EVERY, VERBS
from tests.some_bills import HEAD, MAP, bill, row

Call = Callable[[Desk, Path], object]

LOG = Path(__file__).parents[1] / "data"
PEOPLE = "nome;papel\nDora Melo;atendente\n"
RECEPTION = Receiver("Recepção", group=1)
BILLS = "\n".join((HEAD, row("529.982.247-25", "03/2026", bill(date(2026, 3, 10), 100), "1,00", "10/03/2026")))
PROCEDURES = "codigo;termo\n40101010;ECG\n"
PROCEDURES_MAP = """nome = "Tabela"
tabela = "22"
colunas = { codigo = "codigo", termo = "termo" }
"""
NUMBERS = itertools.count()


def _file(folder: Path, content: str) -> Path:
    file = folder / f"arquivo-{next(NUMBERS)}.csv"
    file.write_text(content, "utf-8")
    return file


def _changing(desk: Desk, _folder: Path) -> None:
    with staff.changing(desk, NOW) as change:
        assert change.known.people


def _changing_supply(desk: Desk, _folder: Path) -> None:
    with providers.changing(desk, NOW) as change:
        assert change.known.providers


def _slot() -> SlotKey:
    return SlotKey(1, 1, 1, NOW + timedelta(days=1))


def _order(desk: Desk) -> Order:
    return Order(1, desk.actor.person, f"each-role-{next(NUMBERS)}", NOW)


def _bill_line() -> BillLine:
    day = date(2026, 4, 10)
    code = bill(day, 100, next(NUMBERS)).code
    return BillLine(1, ("cpf", "52998224725"), "2026-04", code, 100, day, None, says_paid=True)


def _write_register(desk: Desk, folder: Path) -> object:
    return register.write_register(desk, workbook(folder / f"arquivo-{next(NUMBERS)}.xlsx"), NOW)


def _import(desk: Desk, _folder: Path) -> object:
    return history.import_history(desk, LOG / "log.csv", read_map(LOG / "log.toml"), NOW, lambda *_: None)


def _import_beneficiaries(desk: Desk, folder: Path) -> object:
    file, file_map = folder / "arquivo-base.csv", folder / "arquivo-mapa.toml"
    file.write_text(f"nome;cartao\nLia Reis;{next(NUMBERS)}\n", "utf-8")
    file_map.write_text('[colunas]\nnome = "nome"\ncarteirinha = "cartao"\n', "utf-8")
    return beneficiary_import.import_beneficiaries(desk, file, file_map, NOW, lambda *_: None, lambda _: None)


READS: dict[str, Call] = {
    "access.person_with_login": lambda desk, _: access.person_with_login(desk, "celia.prado"),
    "access.sessions": lambda desk, _: access.sessions(desk, NOW),
    "access.tokens": lambda desk, _: access.tokens(desk, NOW),
    "audit.differences": lambda desk, _: audit.differences(desk),
    "beneficiaries.find_beneficiaries": lambda desk, _: beneficiaries.find_beneficiaries(desk, "ana"),
    "beneficiaries.view_record": lambda desk, _: beneficiaries.view_record(desk, 1),
    "beneficiaries.coming_of_age": lambda desk, _: beneficiaries.coming_of_age(desk, NOW, 30),
    "beneficiaries.named_beneficiary": lambda desk, _: beneficiaries.named_beneficiary(desk, "rita"),
    "calendars.change_of_optional_day": lambda desk, _: calendars.change_of_optional_day(
        desk, "expediente", "24/12", "fecha", "2026-12-01"
    ),
    "calendars.preview": lambda desk, _: calendars.preview(desk, "expediente", CLOSED_TOMORROW, NOW),
    "clocks.export_deadlines": lambda desk, folder: clocks.export_deadlines(
        desk, folder / f"prazos-{next(NUMBERS)}.csv", NOW
    ),
    "digests.newest": lambda desk, _: digests.newest(desk),
    "groups.view_group": lambda desk, _: groups.view_group(desk, NOW, 1),
    "agenda.first_of": lambda desk, _: agenda.first_of(desk, 1, NOW),
    "agenda.month": lambda desk, _: agenda.month(desk, AgendaFilter(), NOW.date(), NOW),
    "agenda.lookup": lambda desk, _: agenda.lookup(desk, AgendaFilter(), NOW),
    "limits.note_missed": lambda desk, _: limits.note_missed(desk, AgendaFilter(ticket=1), NOTHING_IN_TIME, NOW),
    "bookings.hold": lambda desk, _: bookings.hold(desk, HoldAsked(_slot()), NOW),
    "waiting.put": lambda desk, _: waiting.put(desk, _order(desk), WaitingAsked()),
    "waiting.accept": lambda desk, _: waiting.accept(desk, _order(desk), {}),
    "waiting.refuse": lambda desk, _: waiting.refuse(desk, _order(desk)),
    "waiting.leave": lambda desk, _: waiting.leave(desk, _order(desk)),
    "waiting.offer_code": lambda desk, _: waiting.offer_code(desk, _slot().code, NOW),
    "bookings.release": lambda desk, _: bookings.release(desk, "1f"),
    "appointments.begin": lambda desk, _: appointments.begin(desk, desk.actor.person, f"{next(NUMBERS)}-b", NOW),
    "appointments.resume": lambda desk, _: appointments.resume(desk, desk.actor.person, f"{next(NUMBERS)}-b", NOW),
    "appointments.form_of": lambda desk, _: appointments.form_of(desk, 1),
    "appointments.book_code": lambda desk, _: appointments.book_code(desk, _order(desk), _slot().code, {}),
    "appointments.cancel": lambda desk, _: appointments.cancel(desk, _order(desk), "viajou"),
    "appointments.identified": lambda desk, _: appointments.identified(desk, "rita", NOW.date()),
    "appointments.ask": lambda desk, _: appointments.ask(
        desk, Appointment(_slot().code, 1, "Ana", "telefone", {}), f"each-role-{next(NUMBERS)}", NOW
    ),
    "appointments.book": lambda desk, _: appointments.book(desk, _order(desk), "1f"),
    "providers.listed": lambda desk, _: providers.listed(desk, NOW),
    "providers.supply": lambda desk, _: providers.supply(desk),
    "providers.view": lambda desk, _: providers.view(desk, "Bia Rocha", NOW),
    "procedures.find_procedures": lambda desk, _: procedures.find_procedures(desk, "ecg", NOW),
    "procedures.known_code": lambda desk, _: procedures.known_code(desk, "40101010", NOW),
    "procedures.is_empty": lambda desk, _: procedures.is_empty(desk),
    "procedures.history": lambda desk, _: procedures.history(desk, "40101010"),
    "processes.missing_groups": lambda desk, _: processes.missing_groups(
        desk, processes.read_file(FILES["denuncia"]).process
    ),
    "proof.recount": lambda desk, _: proof.recount(desk),
    "privacy.expired": lambda desk, _: privacy.expired(desk, NOW),
    "privacy.clean": lambda desk, _: privacy.clean(desk),
    "privacy.erasure": lambda desk, _: privacy.erasure(desk, 1, NOW),
    "privacy.held_because": lambda desk, _: privacy.held_because(desk, 1),
    "proof.prove": lambda desk, _: proof.prove(desk),
    "safekeeping.copy_desk": lambda desk, folder: safekeeping.copy_desk(desk, NOW, folder=folder / "copias"),
    "setup.change_of_town": lambda desk, folder: setup.change_of_town(
        desk, _file(folder, "municipio;uf;data;nome\nSão Paulo;SP;2026-07-09;Feriado\n"), NOW
    ),
    "staff.changing": _changing,
    "staff.view_person": lambda desk, _: staff.view_person(desk, NOW, CELIA),
}
"""Services that change nothing that is asked of the desk: a copy is recorded, an export writes a file."""

WRITES: dict[str, Call] = {
    "access.give_one_time_password": lambda desk, _: access.give_one_time_password(desk, CELIA, NOW, cost=CHEAP),
    "access.create_token": lambda desk, _: access.create_token(desk, "robô", Role.ATTENDANT, now=NOW),
    "access.revoke_token": lambda desk, _: access.revoke_token(desk, "de antes", NOW),
    "access.revoke_sessions": lambda desk, _: access.revoke_sessions(desk, CELIA, NOW),
    "access.change_entry": lambda desk, _: access.change_entry(desk, "sistema", NOW),
    "beneficiaries.add_beneficiary": lambda desk, _: beneficiaries.add_beneficiary(
        desk, NOW, name="Rita Souza", born_on="01/02/1980"
    ),
    "beneficiaries.change_record": lambda desk, _: beneficiaries.change_record(
        desk, 1, {"plan": f"Plano {next(NUMBERS)}"}, NOW
    ),
    "beneficiary_import.import_beneficiaries": _import_beneficiaries,
    "revealing.reveal_ticket": lambda desk, _: revealing.reveal_ticket(desk, _order(desk), "conferir os dados"),
    "beneficiaries.reveal_record": lambda desk, _: beneficiaries.reveal_record(desk, 1, "conferir o endereço", NOW),
    "calendars.confirm": lambda desk, _: calendars.confirm(
        desk, "expediente", CalendarChange(closed=CLOSED_TOMORROW.closed), 1, NOW
    ),
    "privacy.export_person": lambda desk, _: privacy.export_person(desk, 1, "pedido da pessoa", NOW),
    "privacy.save_export": lambda desk, folder: privacy.save_export(desk, 1, "pedido da pessoa", "txt", folder, NOW),
    "privacy.hold": lambda desk, _: privacy.hold(desk, 1, "ação judicial" if next(NUMBERS) % 2 else "", NOW),
    "privacy.anonymise": lambda desk, _: privacy.anonymise(desk, 1, "pedido da pessoa", NOW),
    "remittances.close": lambda desk, _: remittances.close(desk, "Recepção", NOW),
    "register.write_register": _write_register,
    "external.change_systems": lambda desk, folder: external.change_systems(
        desk, _file(folder, '[[sistemas]]\nnome = "CRM"\n'), NOW
    ),
    "settings.change_setting": lambda desk, _: settings.change_setting(desk, "telefones", "(11) 3333-4444", NOW),
    "content_copies.recover_contents": lambda desk, folder: content_copies.recover_contents(desk, folder),
    "safekeeping.release_sending": lambda desk, _: safekeeping.release_sending(desk, NOW),
    "staff.add_person": lambda desk, _: staff.add_person(desk, {"name": "Davi Rosa", "role": "atendente"}, NOW),
    "staff.change_person": lambda desk, _: staff.change_person(desk, CELIA, {"name": "Célia P."}, NOW),
    "absences.add_absence": lambda desk, _: absences.add_absence(
        desk, CELIA, {"first": "10/03/2026", "last": "12/03/2026", "reason": "férias"}, NOW
    ),
    "absences.remove_absence": lambda desk, _: absences.remove_absence(desk, CELIA, 1, NOW),
    "absences.remove_absence_on": lambda desk, _: absences.remove_absence_on(desk, CELIA, "01/04/2026", NOW),
    "people_file.include_people": lambda desk, folder: people_file.include_people(desk, _file(folder, PEOPLE), NOW),
    "groups.add_group": lambda desk, _: groups.add_group(desk, "Cadastro", NOW),
    "groups.rename_group": lambda desk, _: groups.rename_group(desk, 1, "Balcão", NOW),
    "addresses.set_group_email": lambda desk, _: addresses.set_group_email(desk, 1, "setor@plano.com.br", NOW),
    "addresses.set_person_email": lambda desk, _: addresses.set_person_email(desk, CELIA, "c@plano.com.br", NOW),
    "groups.set_member": lambda desk, _: groups.set_member(desk, 1, CELIA, NOW, belongs=True),
    "groups.deactivate_group": lambda desk, _: groups.deactivate_group(desk, 2, NOW),
    "groups.reactivate_group": lambda desk, _: groups.reactivate_group(desk, 2, NOW),
    "acts.pass_on": lambda desk, _: acts.pass_on(desk, _order(desk), "saiu", from_group=1, group=2),
    "leaving.hand_over_all": lambda desk, _: leaving.hand_over_all(
        desk, NOW, RECEPTION, "saiu", f"r{next(NUMBERS)}", person=CELIA
    ),
    "leaving.let_go": lambda desk, _: leaving.let_go(desk, CELIA, NOW, RECEPTION, "saiu", f"r{next(NUMBERS)}"),
    "staff.reactivate_person": lambda desk, _: staff.reactivate_person(desk, CELIA, NOW),
    "staff.deactivate_person": lambda desk, _: staff.deactivate_person(desk, CELIA, NOW),
    "processes.include_file": lambda desk, _: processes.include_file(desk, FILES["denuncia"], make_groups=True),
    "providers.add": lambda desk, _: providers.add(desk, providers.SPECIALTY, {"name": f"Nova {next(NUMBERS)}"}, NOW),
    "providers.change": lambda desk, _: providers.change(
        desk, providers.PROVIDER, "Bia Rocha", {"squeeze_ins": str(next(NUMBERS) % 9)}, NOW
    ),
    "providers.changing": _changing_supply,
    "agenda_import.import_agenda": lambda desk, folder: agenda_import.import_agenda(
        desk, _file(folder, HEAD_OF_HOURS + LINES), _file(folder, MAP_OF_HOURS), NOW, lambda *_: None
    ),
    "agenda_import.import_calendar": lambda desk, folder: agenda_import.import_calendar(
        desk, _file(folder, EVENTS), NOW, provider="Bia Rocha", site="Clínica Centro"
    ),
    "booking_import.import_bookings": lambda desk, folder: booking_import.import_bookings(
        desk, _file(folder, HEAD_OF_BOOKINGS + line()), _file(folder, MAP_OF_BOOKINGS), NOW, lambda *_: None
    ),
    "imported_bookings.cancel": lambda desk, _: imported_bookings.cancel(desk, 999, "viajou", NOW),
    "providers.include_specialties": lambda desk, _: providers.include_specialties(desk, NOW),
    "availability.add_hours": lambda desk, _: availability.add_hours(
        desk, {"provider": "Bia Rocha", "site": "Clínica Centro", "hours": "dom 8-12", "capacity": "2"}, NOW
    ),
    "availability.end_hours": lambda desk, _: availability.end_hours(desk, "Bia Rocha", [1], "31/12/2026", NOW),
    "availability.change_day": lambda desk, _: availability.change_day(
        desk, "Bia Rocha", [1], "09/03/2026", NOW, added=False
    ),
    "availability.change_hours": lambda desk, _: availability.change_hours(desk, "Bia Rocha", [1], {"slot": "30"}, NOW),
    "availability.add_absence": lambda desk, _: availability.add_absence(
        desk, "Bia Rocha", "05/03/2026", "", "congresso", NOW
    ),
    "availability.end_absence": lambda desk, _: availability.end_absence(desk, "Bia Rocha", 1, NOW),
    "procedures.include_examples": lambda desk, _: procedures.include_examples(desk, NOW),
    "procedures.change_procedure": lambda desk, _: procedures.change_procedure(desk, "40101010", {"audit": "sim"}, NOW),
    "bill_import.write_bills": lambda desk, _: bill_import.write_bills(desk, [_bill_line()], NOW),
    "bill_import.import_bills": lambda desk, folder: bill_import.import_bills(
        desk, _file(folder, BILLS), _file(folder, MAP), NOW, lambda *_: None
    ),
    "procedure_import.import_procedures": lambda desk, folder: procedure_import.import_procedures(
        desk, _file(folder, PROCEDURES), _file(folder, PROCEDURES_MAP), NOW, lambda *_: None
    ),
    "history.import_history": _import,
    "setup.delete_desk": lambda desk, _: setup.delete_desk(desk),
}
"""Services that change the desk, in an order in which each has something to change. The last one deletes it."""

CALLS = READS | WRITES


@pytest.fixture
def managed(living: Living) -> Desk:
    """A desk with something of everything to manage."""
    living.open(group="Recepção", owner=CELIA)
    beneficiaries.add_beneficiary(living.desk, NOW, name="Davi Reis", born_on="01/02/1990")
    access.create_token(living.desk, "de antes", Role.ATTENDANT, now=NOW)
    absences.add_absence(living.desk, CELIA, {"first": "01/04/2026", "last": "02/04/2026", "reason": "curso"}, NOW)
    furnish(living.desk)
    doctor(living.desk, "Bia Rocha")
    availability.add_absence(living.desk, "Bia Rocha", "06/03/2026", "", "curso", NOW)
    return living.desk


def as_role(desk: Desk, role: Role, *, stale: Role | None = None) -> Desk:
    """The desk, open for Bruno in this role.

    Args:
        stale: The role that his window still has.
    """
    if role is Role.UNNAMED:
        return desk.acting_as(UNNAMED)
    set_role(desk, BRUNO, role)
    return desk.acting_as(Actor(BRUNO, stale or role, frozenset({1, 2})))


def everything(desk: Desk) -> dict[str, list[tuple[object, ...]]]:
    """All rows of all tables."""
    tables = tables_of(desk)
    with reading(desk.engine) as connection:
        found = {table: connection.exec_driver_sql(f"SELECT * FROM {table}") for table in tables}  # noqa: S608
        return {table: sorted(map(tuple, read), key=repr) for table, read in found.items()}


def tables_of(desk: Desk) -> list[str]:
    """Names of the desk's tables."""
    if desk.file:
        found = rows(desk, "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'")
    else:
        found = rows(desk, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    return sorted(f'"{name}"' for (name,) in found)


def refused(call: Call, desk: Desk, folder: Path) -> Refused | None:
    """The refusal of a call, if it is about the role; whatever else is wrong is no matter here."""
    try:
        call(desk, folder)
    except Refused as refusal:
        return refusal if refusal.code in BY_ROLE else None
    return None


def is_of_tickets(name: str) -> bool:
    return str(permission_of(EVERY[name])).startswith(OF_TICKETS)


def test_every_service_of_managing_is_called_and_every_permission_has_one() -> None:
    """A new service fails here until it has its call."""
    anybodys = {name for name in EVERY if permission_of(EVERY[name]) is Permission.USE}
    assert EVERY.keys() - anybodys - CALLS.keys() == {name for name in EVERY if is_of_tickets(name)}
    assert {permission_of(EVERY[name]) for name in CALLS} | VERBS.keys() == set(Permission) - {
        Permission.USE,
        Permission.READ,
        Permission.OPEN,
    }


def test_every_role_may_use_the_desk() -> None:
    assert {role for role in (*PEOPLE_ROLES, Role.UNNAMED) if reach(role, Permission.USE) is Reach.NONE} == set()


@pytest.mark.parametrize("role", [*PEOPLE_ROLES, Role.UNNAMED])
def test_a_role_that_may_not_is_told_who_may_and_changes_nothing(managed: Desk, role: Role, tmp_path: Path) -> None:
    desk, before = as_role(managed, role), everything(managed)
    tried = 0
    for name, call in CALLS.items():
        permission = permission_of(EVERY[name])
        assert permission
        if reach(role, permission):
            continue
        refusal = refused(call, desk, tmp_path)
        assert refusal, name
        assert refusal.code == "papel_nao_pode"
        text = sentence(*refusal.refusal)
        assert text.startswith(f"O papel {words.ROLE[role]} não pode {PERMISSION[permission]}."), text
        assert all(words.ROLE[each] in text for each in roles_with(permission))
        tried += 1
    assert tried == sum(not PERMISSIONS[permission_of(EVERY[name])].get(role) for name in CALLS)  # type: ignore[index]
    assert everything(managed) == before
    assert list(tmp_path.iterdir()) == [
        each for each in tmp_path.iterdir() if each.name.startswith(("desk", "arquivo"))
    ]


@pytest.mark.parametrize("role", [*PEOPLE_ROLES, Role.UNNAMED])
def test_a_role_that_may_is_not_refused(managed: Desk, role: Role, tmp_path: Path) -> None:
    desk = as_role(managed, role)
    for name, call in CALLS.items():
        permission = permission_of(EVERY[name])
        assert permission
        if reach(role, permission) and name != "setup.delete_desk":
            assert refused(call, desk, tmp_path) is None, name


def test_who_lost_the_role_a_moment_ago_is_refused(managed: Desk, tmp_path: Path) -> None:
    """Also at a window that does not know of it yet: what is written is checked in its transaction."""
    desk = as_role(managed, Role.AUDITOR, stale=Role.SUPERVISOR)
    before = everything(managed)
    for name, call in WRITES.items():
        if name != "setup.delete_desk":
            refusal = refused(call, desk, tmp_path)
            assert refusal, name
            assert refusal.code == "papel_nao_pode", name
            assert everything(managed) == before, name
