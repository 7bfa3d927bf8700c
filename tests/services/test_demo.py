"""The demonstration: useful at any hour, always the same, with a history that services could have written."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlmodel import col

from atendimento_tui.contracts.queue import QueueRow, QueueView, Tab
from atendimento_tui.data import catalog, tables
from atendimento_tui.data.engine import DatabaseUnavailable, reading
from atendimento_tui.data.queries.bills import bills_of
from atendimento_tui.data.repositories import tickets
from atendimento_tui.demo import create
from atendimento_tui.demo.data import DemoState, read_demo_data
from atendimento_tui.demo.plan import Planner
from atendimento_tui.domain.beneficiaries import birthday
from atendimento_tui.domain.bills import read_bill
from atendimento_tui.domain.clocks import standing
from atendimento_tui.domain.process.read import read_process
from atendimento_tui.domain.process.schema import Process
from atendimento_tui.domain.tickets import Event, Ticket, replay
from atendimento_tui.domain.words import Result, Severity, Situation, State
from atendimento_tui.services import beneficiaries, process_times, processes, queue, remittances, waiting
from atendimento_tui.services.desk import Desk, open_desk
from atendimento_tui.services.sweep import sweep
from atendimento_tui.services.tickets import ticket_view
from tests.demonstrations import demonstration
from tests.full import IN_FULL, some
from tests.living import NOW

ZONE = ZoneInfo("America/Sao_Paulo")
AFTERNOON = datetime(2026, 3, 4, 14, 30, 12, 345678, tzinfo=ZONE)
NOWS = {
    "quarta à tarde": AFTERNOON,
    "domingo à noite": datetime(2026, 3, 8, 23, 0, tzinfo=ZONE),
    "segunda às 9 em ponto": NOW,
    "Sexta-feira Santa": datetime(2026, 4, 3, 10, 0, tzinfo=ZONE),
    "véspera de Ano-Novo": datetime(2026, 12, 31, 12, 0, tzinfo=ZONE),
    "cinzas, antes de abrir": datetime(2026, 2, 18, 9, 30, tzinfo=ZONE),
}
SOON_OF_AGE = [each for each in read_demo_data().dependents if each.turns]
Furnished = tuple[Desk, datetime]


# At each commit at the opening; of a day with other hours only the plan, which takes a tenth of what the acts take.
@pytest.fixture(scope="module", params=some([*NOWS], 2), name="furnished")
def _furnished(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Furnished]:
    now = NOWS[request.param]
    desk = open_desk(demonstration(tmp_path_factory, now), now)
    yield desk, now
    desk.close()


def _rows(desk: Desk, now: datetime) -> list[QueueRow]:
    return queue.listed(desk, "", 1000, now)


def _situation(desk: Desk, row: QueueRow, now: datetime) -> Situation | None:
    return standing(row.term, desk.calendar(row.term.calendar), now).situation if row.term else None


def _histories(desk: Desk) -> dict[int, list[Event]]:
    with reading(desk.engine) as connection:
        ids = connection.scalars(select(col(tables.Ticket.id)).order_by(col(tables.Ticket.id))).all()
        return {ticket: tickets.events_of(connection, ticket) for ticket in ids if ticket}


def test_the_demonstration_has_every_situation_and_state(furnished: Furnished) -> None:
    desk, now = furnished
    rows = _rows(desk, now)
    assert {_situation(desk, row, now) for row in rows} == {*Situation, None}
    assert {row.state for row in rows} == {State.OPEN, State.WAITING, State.VALIDATION}
    assert {row.severity for row in rows} == {*Severity}
    assert {row.service for row in rows} == {service.process.name for service in processes.offered(desk)}
    with reading(desk.engine) as connection:
        states = Counter(connection.scalars(select(col(tables.Ticket.state))))
    assert states.keys() == {*State}
    assert states[State.DONE] >= 40


def test_there_is_a_ticket_in_every_step_that_people_bring_one_to_of_every_service(furnished: Furnished) -> None:
    desk, _ = furnished
    with reading(desk.engine) as connection:
        tickets = connection.execute(select(col(tables.Ticket.process_id), col(tables.Ticket.step))).all()
    there = {(row.process_id, row.step) for row in tickets}
    services = processes.offered(desk)
    assert len(services) >= 4
    steps = {(service.version, step.key) for service in services for step in service.process.steps}
    assert steps - there == {(each.version, key) for each in services for key in _reached_by_a_timer_only(each.process)}


def _reached_by_a_timer_only(process: Process) -> set[str]:
    actions = [action for step in process.steps for action in step.actions]
    by_itself = {rule.go for action in actions if action.by_itself for rule in action.does if rule.go}
    return by_itself - {rule.go for action in actions if not action.by_itself for rule in action.does}


def test_somebody_waits_for_a_slot(furnished: Furnished) -> None:
    desk, _ = furnished
    assert waiting.listed(desk)


def test_a_remittance_is_on_the_way(furnished: Furnished) -> None:
    desk, _ = furnished
    found, items = remittances.listed(desk)
    assert {(each.group, each.number) for each in found} >= {("Cadastro", 1)}
    assert {each.name for each in items if each.state == "a_caminho"} >= {"RG", "CPF"}


def test_every_ticket_has_an_offered_process_and_an_action_while_it_is_open(furnished: Furnished) -> None:
    desk, now = furnished
    offered = {service.version for service in processes.offered(desk)}
    with reading(desk.engine) as connection:
        tickets = connection.execute(select(col(tables.Ticket.id), col(tables.Ticket.process_id))).all()
        services = set(connection.scalars(select(col(tables.Process.id))))
    assert {row.process_id for row in tickets} == services == offered
    for row in _rows(desk, now):
        view = ticket_view(desk, now, ticket_id=row.key, role="supervisor")
        assert [action for action in view.actions if action.why_not is None], row


def test_all_due_timers_have_fired(furnished: Furnished) -> None:
    desk, now = furnished
    assert sweep(desk, now) == 0
    kinds = Counter(event.kind for history in _histories(desk).values() for event in history)
    assert kinds["prazo_vencido"] >= 15
    assert kinds["prazo_atencao"] >= 15


def test_tickets_about_a_beneficiary_have_one_and_all_are_found(furnished: Furnished) -> None:
    desk, _ = furnished
    about = {service.version for service in processes.offered(desk) if service.process.requester == "beneficiario"}
    with reading(desk.engine) as connection:
        tickets = select(col(tables.Ticket.beneficiary_id)).where(col(tables.Ticket.process_id).in_(about))
        named = set(connection.scalars(tickets))
        people = connection.execute(select(tables.Beneficiary)).all()
        requesters = set(connection.scalars(select(col(tables.Requester.name))))
    assert len(named) >= 4
    assert named <= {person.id for person in people}
    holders = {each.name for each in read_demo_data().beneficiaries}
    assert {person.name for person in people if person.id in named} <= holders <= requesters
    for person in people:
        assert person.name in requesters or person.holder_id, "whom one sees in the queue is found in an intake"
        for typed in filter(None, (person.cpf[3:9], person.card[-6:], person.name.upper(), person.phone[-9:])):
            assert person.id in {each.id for each in beneficiaries.find_beneficiaries(desk, typed)}, typed


def test_dependents_are_about_to_reach_each_age_of_the_plan(furnished: Furnished) -> None:
    desk, now = furnished
    soon = beneficiaries.coming_of_age(desk, now, 60)
    assert sorted(each.age for each in soon) == [18, 21, 24]
    [holder] = beneficiaries.find_beneficiaries(desk, "Isaura Conceição Telles")
    family = beneficiaries.view_record(desk, holder.id).family
    assert len(family) == 3
    assert {each.person.name for each in soon} & {each.name for each in family}


def test_each_holder_has_bills_paid_and_open_and_some_are_overdue(furnished: Furnished) -> None:
    desk, now = furnished
    today = now.astimezone(desk.zone).date()
    overdue = 0
    with reading(desk.engine) as connection:
        for person in read_demo_data().beneficiaries:
            [found] = beneficiaries.find_beneficiaries(desk, person.cpf)
            own = bills_of(connection, found.id)
            assert len({bill.competence for bill in own}) == 5
            assert sum(bill.paid_on is not None for bill in own) >= 2
            assert any(bill.paid_on is None and bill.due_on >= today for bill in own)
            assert all(read_bill(bill.code).cents == bill.cents for bill in own)
            assert all(bill.paid_on is None or bill.paid_on <= today for bill in own)
            overdue += any(bill.days_overdue(today) for bill in own)
    assert overdue >= 5


@given(st.dates(date(2026, 1, 1), date(2040, 12, 31)))
def test_a_dependent_of_the_demonstration_is_about_to_reach_the_age_on_any_day(today: date) -> None:
    for each in SOON_OF_AGE:
        born = datetime.strptime(each.as_typed(today)["born_on"], "%d/%m/%Y").date()  # noqa: DTZ007 - a day
        assert 0 <= (birthday(born, each.turns) - today).days <= 60


def test_the_mix_is_as_planned_at_any_hour(furnished: Furnished) -> None:
    desk, now = furnished
    rows = [row for row in _rows(desk, now) if row.requester != create.REQUESTER_OF_WALKS]
    situations = Counter(_situation(desk, row, now) for row in rows)
    states = Counter(row.state for row in rows)
    assert 130 <= len(rows) <= 150
    assert 0.10 <= situations[Situation.OVERDUE] / len(rows) <= 0.14
    assert 0.10 <= situations[Situation.WARNING] / len(rows) <= 0.17
    assert 0.13 <= states[State.WAITING] / len(rows) <= 0.19
    assert 0.08 <= states[State.VALIDATION] / len(rows) <= 0.12
    assert 0.20 <= sum(row.owner is None for row in rows) / len(rows) <= 0.45
    overdue = {row.state for row in rows if _situation(desk, row, now) is Situation.OVERDUE}
    assert State.VALIDATION not in overdue, "a validation that ran out would be closed"


def test_attendances_took_minutes(furnished: Furnished) -> None:
    desk, now = furnished
    medians = [each.median for each in process_times.typical_times(desk, now, 90) if each.channel]
    assert sum(timedelta(minutes=3) <= median <= timedelta(minutes=10) for median in medians) >= 3


def test_a_critical_ticket_is_due_within_minutes(furnished: Furnished) -> None:
    desk, now = furnished
    critical = [row.term for row in _rows(desk, now) if row.severity is Severity.CRITICAL and row.state is State.OPEN]
    left = [standing(term, desk.calendar(term.calendar), now).remaining_s for term in critical if term]
    assert any(0 < seconds <= 15 * 60 for seconds in left)


def test_every_tab_shows_something_to_every_member(furnished: Furnished) -> None:
    desk, now = furnished
    for member in desk.info().members:
        counts = queue.counts(desk, QueueView(viewer=member), now)
        assert all(counts[tab] for tab in Tab), (member.name, counts)


def test_there_is_something_to_claim_in_every_group_with_a_counter(furnished: Furnished) -> None:
    desk, now = furnished
    unowned = {row.group for row in _rows(desk, now) if row.owner is None}
    assert {"Suporte N1", "Suporte N2", "Atendimento", "Auditoria", "P&D"} <= unowned


def test_acts_are_in_order_and_never_in_the_future(furnished: Furnished) -> None:
    desk, now = furnished
    for history in _histories(desk).values():
        instants = [event.at for event in history]
        assert instants == sorted(instants)
        assert instants[-1] <= now
        assert now - instants[0] < timedelta(weeks=6)


def test_people_act_in_working_hours(furnished: Furnished) -> None:
    desk, _ = furnished
    hours = desk.calendar(desk.unit.hours_calendar)
    acted = [event.at for history in _histories(desk).values() for event in history if event.actor is not None]
    assert all(hours.is_open(at) or hours.is_open(at - timedelta(seconds=1)) for at in acted)


@pytest.mark.parametrize("name", some([*NOWS], 5))
def test_a_plan_is_in_order_in_working_hours_and_has_the_mix_on_any_day(furnished: Furnished, name: str) -> None:
    desk, _ = furnished
    data, now, hours = read_demo_data(), NOWS[name], desk.calendar(desk.unit.hours_calendar)
    offered = {service.key: desk.context(Ticket(process=service.version)) for service in processes.offered(desk)}
    contexts = {key: context for key, context in offered.items() if context}
    holders = [beneficiaries.find_beneficiaries(desk, person.cpf)[0] for person in data.beneficiaries]
    planned = Planner(data, contexts, hours, desk.calendar(desk.unit.legal_calendar), holders, now).plan()
    mixed = sum(count for service in data.services for count in service.mix.values())
    assert len(planned) == len(data.featured) + mixed
    for ticket in planned:
        instants = [ticket.opened_at, *(act.at for act in ticket.acts)]
        assert instants == sorted(instants)
        assert instants[-1] <= now
        assert now - instants[0] < timedelta(weeks=6)
        by_people = instants if ticket.opened_by else instants[1:]
        assert all(hours.is_open(at) or hours.is_open(at - timedelta(seconds=1)) for at in by_people)


def test_protocols_are_in_the_order_of_opening(furnished: Furnished) -> None:
    desk, _ = furnished
    with reading(desk.engine) as connection:
        order = (col(tables.Ticket.opened_at), col(tables.Ticket.id))
        protocols = connection.scalars(select(col(tables.Ticket.protocol)).order_by(*order)).all()
    assert list(protocols) == sorted(protocols)
    assert all(protocol.startswith("123456202") for protocol in protocols)


def test_replaying_its_events_gives_each_ticket(furnished: Furnished) -> None:
    desk, _ = furnished
    histories = _histories(desk)
    with reading(desk.engine) as connection:
        for ticket, history in histories.items():
            assert replay(history) == tickets.load(connection, ticket)


def test_the_demonstration_has_its_special_tickets(furnished: Furnished) -> None:
    desk, now = furnished
    histories = _histories(desk)
    kinds = [Counter(event.kind for event in history) for history in histories.values()]
    assert any(count["pausado"] == count["retomado"] == 2 for count in kinds)
    talkers = [{event.actor for event in history if event.kind == "comentado"} for history in histories.values()]
    assert any(len(people) >= 4 for people in talkers)
    subjects = {row.subject for row in _rows(desk, now)}
    assert "Erro [/b] ao abrir [laudo]" in subjects
    assert max(map(len, subjects)) > 300
    reasons = {event.text for history in histories.values() for event in history if event.kind == "pausado"}
    assert len(reasons) >= 10


def test_finished_tickets_ended_in_time_and_late(furnished: Furnished) -> None:
    desk, now = furnished
    with reading(desk.engine) as connection:
        done = connection.scalars(select(col(tables.Ticket.id)).where(col(tables.Ticket.state) == State.DONE)).all()
    results = Counter(clock.result for ticket in done for clock in ticket_view(desk, now, ticket_id=ticket).clocks)
    assert results[Result.ON_TIME] > results[Result.LATE] > 0


@pytest.mark.usefixtures("synced")
def test_a_created_desk_is_always_the_same_and_synced_to_disk(
    tmp_path_factory: pytest.TempPathFactory, tmp_path: Path
) -> None:
    path, now = tmp_path / "demonstracao.db", AFTERNOON if IN_FULL else NOW
    desk = create.create_demo(path, now)
    with reading(desk.engine) as connection:
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar_one() == 2
    rows, histories = _rows(desk, now), _histories(desk)
    desk.close()
    for again in (path, demonstration(tmp_path_factory, now)):
        with open_desk(again, now) as reopened:
            assert reopened.unit.is_demo
            assert _rows(reopened, now) == rows
            assert _histories(reopened) == histories


def test_an_existing_file_is_refused_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "meu.db"
    path.write_text("é meu", encoding="utf-8")
    with pytest.raises(DatabaseUnavailable, match="ja_existe"):
        create.create_demo(path, AFTERNOON)
    assert path.read_text(encoding="utf-8") == "é meu"


def test_a_desk_that_could_not_be_filled_is_deleted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(create, "include_examples", interrupted)  # after beneficiaries and bills are written
    with pytest.raises(KeyboardInterrupt):
        create.create_demo(tmp_path / "demonstracao.db", AFTERNOON)
    assert not list(tmp_path.iterdir())


def test_its_data_uses_every_fate_and_names_only_what_it_has() -> None:
    data = read_demo_data()
    groups = data.members().keys()
    assert {state for service in data.services for state in service.mix} == {*DemoState}
    catalogue = {process.key: process for process in (read_process(text) for _, text in catalog.shipped())}
    assert {service.key for service in data.services} == catalogue.keys()
    assert {service.service for service in data.featured} <= catalogue.keys()
    assert groups >= {group for process in catalogue.values() for group in process.groups()}
    assert data.areas.keys() == {process.area for process in catalogue.values()}
    assert sum(person.role == "supervisor" for person in data.people) == 2
