"""Rights are checked in the services: each public function names its permission, and each role is refused."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import delete, event
from sqlmodel import col

from atendimento_tui import services
from atendimento_tui.contracts.external import AddNumber
from atendimento_tui.contracts.queue import PageRequest, QueueView, Tab
from atendimento_tui.contracts.tickets import Order
from atendimento_tui.data import tables
from atendimento_tui.data.engine import insert_many, update_one, writing
from atendimento_tui.domain.access import PEOPLE_ROLES, SYSTEM, UNNAMED, Actor, Permission, Reach, Role, reach
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.words import Severity
from atendimento_tui.domain.workflow import Answer
from atendimento_tui.services import acts, attachments, intake, processes, queue, tickets
from atendimento_tui.services.access_control import permission_of
from atendimento_tui.services.desk import Desk
from atendimento_tui.services.sweep import sweep
from tests.databases import Databases
from tests.living import ANA, BRUNO, NOW, RECEPTION, SUPPORT, Living, audited, member, rows

NAMES_OF_GROUPS = {1: RECEPTION, 2: SUPPORT}

INSIDE = {"connection", "work", "stored"}
"""Parameters of functions that are called in a transaction of another service, which has checked."""


def functions_of(module: Any) -> Iterator[tuple[str, Callable[..., Any]]]:
    """The public functions and methods that a module defines, or that a package shows of its modules."""
    for name, found in vars(module).items():
        if name.startswith("_") or not f"{getattr(found, '__module__', '')}.".startswith(f"{module.__name__}."):
            continue
        if inspect.isfunction(found):
            yield name, found
        elif inspect.isclass(found):
            methods = inspect.getmembers(found, inspect.isfunction)
            yield from ((f"{name}.{each}", method) for each, method in methods if not each.startswith("_"))


def with_a_desk() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Every public function of the services that takes a desk."""
    for module in pkgutil.iter_modules(services.__path__):
        loaded = importlib.import_module(f"{services.__name__}.{module.name}")
        for name, function in functions_of(loaded):
            taken = inspect.signature(function).parameters
            if "desk" in taken and not INSIDE & taken.keys():
                yield f"{module.name}.{name}", function


EVERY = dict(with_a_desk())


def test_the_services_are_found() -> None:
    assert len(EVERY) > 30
    assert {"acts.claim", "queue.window", "presence.Visit.note", "drafts.locked", "access.create_token"} <= EVERY.keys()


def test_every_service_with_a_desk_names_its_permission() -> None:
    assert [name for name, service in EVERY.items() if permission_of(service) is None] == []


def test_every_permission_of_a_ticket_is_named_by_a_service() -> None:
    named = {permission_of(function) for function in EVERY.values()}
    assert {each for each in Permission if each.startswith("atendimento.")} <= named


def test_every_service_refuses_somebody_without_a_role_before_it_looks_at_anything(files: Databases) -> None:
    """On one desk for all of them, in a file: nothing is read, so that it is the same on every database."""
    read: list[str] = []
    with files.copied() as database, audited(database) as desk:
        gone = desk.acting_as(Actor(ANA, ""))
        event.listen(desk.engine, "before_cursor_execute", lambda _, __, statement, *___: read.append(statement))
        for name, service in EVERY.items():
            is_method = "." in name.partition(".")[2]  # which has its object before the desk
            code = ""
            try:
                service(*(None, gone) if is_method else (gone,))
            except Refused as refusal:
                code = refusal.code
            assert (name, code, read) == (name, "sem_acesso", [])


def test_actors_of_one_desk_share_what_was_read(desk: Desk) -> None:
    other = desk.acting_as(UNNAMED)
    assert (desk.actor, other.actor) == (SYSTEM, UNNAMED)
    assert other.unit is desk.unit
    assert other.calendar(1) is desk.calendar(1)
    desk.info()
    assert other.unit is desk.unit


@pytest.mark.parametrize("role", [*PEOPLE_ROLES, Role.UNNAMED])
def test_each_role_sees_the_tickets_that_the_table_says(living: Living, role: Role) -> None:
    """All, those of its groups or its own, or none; in lists, in counts, by id and in the export."""
    theirs, others, own = (living.open(group=RECEPTION), living.open(group=SUPPORT), living.open(owner=BRUNO))
    with writing(living.desk.engine) as connection:
        connection.execute(delete(tables.Membership).where(col(tables.Membership.person_id) == BRUNO))
        insert_many(connection, tables.Membership, [{"person_id": BRUNO, "group_id": 1}])
    of_role = reach(role, Permission.READ)
    expected = {Reach.ALL: [theirs, others, own], Reach.HELD: [theirs, own], Reach.NONE: []}[of_role]
    person = None if role is Role.UNNAMED else BRUNO
    desk = living.desk.acting_as(Actor(person, role, frozenset({1})))
    window = queue.window(desk, QueueView(), PageRequest(0, 9), NOW)
    assert sorted(row.key for row in window.rows) == expected
    assert window.total == queue.counts(desk, QueueView(), NOW)[Tab.ALL] == len(expected)
    assert queue.window(desk, QueueView(filter="boleto"), PageRequest(0, 9), NOW).total == len(expected)
    assert sorted(row.key for row in queue.rows(desk, [theirs, others, own])) == expected
    for ticket in (theirs, others, own):
        if ticket in expected:
            assert tickets.ticket_view(desk, NOW, ticket_id=ticket).row.key == ticket
        else:
            with pytest.raises(Refused, match="fora_de_vista" if of_role else "papel_nao_pode"):
                tickets.ticket_view(desk, NOW, ticket_id=ticket)


# Each act on a ticket by each role, as the database has the person at that moment.

VERBS: dict[Permission, Callable[[Desk, Order], object]] = {
    Permission.CLAIM: acts.claim,
    Permission.COMMENT: lambda desk, order: acts.comment(desk, order, "Liguei."),
    Permission.PAUSE: lambda desk, order: acts.pause(desk, order, "aguarda o cliente"),
    Permission.RESUME: acts.resume,
    Permission.ACT: lambda desk, order: acts.act(desk, order, "solucionar", Answer("Feito.", {})),
    Permission.HAND_OVER: lambda desk, order: acts.hand_over(desk, order, "É com vocês.", group=2),
    Permission.SEVERITY: lambda desk, order: acts.raise_severity(desk, order, Severity.HIGH, "ligou de novo"),
    Permission.CORRECT: lambda desk, order: acts.correct_answer(desk, order, "nome", "Ana", "engano"),
    Permission.DOCUMENT: lambda desk, order: acts.check_document(desk, order, "rg", "recebido"),
    Permission.ATTACH: lambda desk, order: attachments.attach(desk, order, "rg.pdf", b"%PDF-1.4"),
    Permission.NUMBER: lambda desk, order: acts.note_number(desk, order, AddNumber("CRM", "1")),
    Permission.TASK: lambda desk, order: acts.finish_task(desk, order, 1),
}
BY_ROLE = ("papel_nao_pode", "papel_so_do_grupo", "sem_acesso")


def change_person(desk: Desk, person: int, **values: object) -> None:
    with writing(desk.engine) as connection:
        update_one(connection, tables.Person, person, values)


def refused_by_role(verb: Callable[[Desk, Order], object], desk: Desk, order: Order) -> str:
    """The code of a refusal that is about the role; empty if the role may, whatever the ticket's state forbids."""
    try:
        verb(desk, order)
    except Refused as refusal:
        return refusal.code if refusal.code in BY_ROLE else ""
    return ""


def test_every_verb_is_tried() -> None:
    about_a_ticket = {each for each in Permission if each.startswith("atendimento.")}
    assert about_a_ticket - VERBS.keys() == {Permission.READ, Permission.OPEN}


@pytest.mark.parametrize("role", PEOPLE_ROLES)
def test_each_verb_of_each_role_is_refused_as_the_table_says(living: Living, role: Role) -> None:
    """The desk is open for nobody in particular, so that only the check in the transaction can refuse."""
    change_person(living.desk, BRUNO, role=role)
    with writing(living.desk.engine) as connection:
        connection.execute(delete(tables.Membership).where(col(tables.Membership.person_id) == BRUNO))
        insert_many(connection, tables.Membership, [{"person_id": BRUNO, "group_id": 1}])
    expected, actual = {}, {}
    for permission, verb in VERBS.items():
        of_role = reach(role, permission)
        for group in (1, 2):
            ticket = living.open(group=NAMES_OF_GROUPS[group])
            actual[permission, group] = refused_by_role(verb, living.desk, living.order(ticket, BRUNO))
            is_allowed = of_role is Reach.ALL or (of_role is Reach.HELD and group == 1)
            expected[permission, group] = "" if is_allowed else "papel_so_do_grupo" if of_role else "papel_nao_pode"
    assert actual == expected


@pytest.mark.parametrize("role", PEOPLE_ROLES)
def test_each_role_opens_a_ticket_as_the_table_says(desk: Desk, role: Role) -> None:
    change_person(desk, BRUNO, role=role)
    service = processes.offered(desk)[0]
    if reach(role, Permission.OPEN):
        assert intake.begin(desk, service.version, BRUNO, "r-1", NOW).protocol
    else:
        with pytest.raises(Refused, match="papel_nao_pode"):
            intake.begin(desk, service.version, BRUNO, "r-1", NOW)
        assert rows(desk, "SELECT count(*) FROM ticket") == rows(desk, "SELECT count(*) FROM numbering") == [(0,)]


def test_somebody_who_was_deactivated_a_moment_ago_is_refused(living: Living) -> None:
    """Also at a window that still has the person with every right."""
    desk, ticket = living.desk.acting_as(member(BRUNO).actor), living.open()
    service = processes.offered(living.desk)[0]
    change_person(living.desk, BRUNO, active=False)
    for verb in VERBS.values():
        assert refused_by_role(verb, desk, living.order(ticket, BRUNO)) == "sem_acesso"
    with pytest.raises(Refused, match="sem_acesso"):
        intake.begin(desk, service.version, BRUNO, "r-1", NOW)


def test_a_desk_that_is_open_for_one_person_does_not_act_for_another(living: Living) -> None:
    desk, ticket = living.desk.acting_as(member(BRUNO).actor), living.open()
    for actor in (ANA, None):
        with pytest.raises(Refused, match="outra_pessoa"):
            acts.comment(desk, living.order(ticket, actor), "Liguei.")
    acts.comment(desk, living.order(ticket, BRUNO), "Liguei.")


def test_a_script_acts_with_its_own_role(living: Living) -> None:
    ticket = living.open(group=RECEPTION)
    acts.comment(living.desk.acting_as(Actor(None, Role.ATTENDANT)), living.order(ticket, None), "Do roteiro.")
    with pytest.raises(Refused, match="papel_so_do_grupo"):
        acts.comment(living.desk.acting_as(Actor(None, Role.DEPARTMENT)), living.order(ticket, None), "Do roteiro.")


def test_the_sweep_of_any_person_acts_as_the_desk(living: Living) -> None:
    """A department's window fires the timers of tickets that its person may not touch."""
    assert sweep(living.desk.acting_as(Actor(BRUNO, Role.ADMINISTRATOR)), NOW) == 0
