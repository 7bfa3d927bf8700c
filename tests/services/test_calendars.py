"""Calendars that change: the preview, the confirmation, and the clocks that move. Stopped clocks never do."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from itertools import count
from typing import Any

import pytest
from sqlalchemy import bindparam
from sqlalchemy import text as sql
from sqlmodel.sql.sqltypes import UTCDateTime

from atendimento_tui.calendar.changes import CalendarChange
from atendimento_tui.contracts.calendars import CalendarPreview
from atendimento_tui.contracts.tickets import HistoryLine
from atendimento_tui.data.engine import make_engine, reading, url_of, writing
from atendimento_tui.data.queries.calendars import superseded, told_dates
from atendimento_tui.data.repositories.calendars import note_told
from atendimento_tui.data.schema import _MIGRATIONS, head
from atendimento_tui.domain.access import Actor, Role
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.words import ClockKind
from atendimento_tui.outputs.as_text import clock_line, consequences, history_lines, new_date_message
from atendimento_tui.services import acts, calendars
from atendimento_tui.services.calendar_moves import AT_ONCE, move_running_clocks
from atendimento_tui.services.desk import Desk, open_desk
from atendimento_tui.services.sweep import sweep
from atendimento_tui.services.tickets import ticket_view
from atendimento_tui.texts.refusals import sentence
from tests.databases import Databases
from tests.full import IN_FULL
from tests.living import ANA, BRUNO, LEGAL, NOW, SUPPORT, Living, in_days, rows, solution
from tests.secret import set_role
from tests.services.test_processes import SAO_PAULO, ProcessTicket, fault, local

TICKETS = 10_000 if IN_FULL else 80
TOMORROW = date(2026, 3, 3)
CLOSED_TOMORROW = CalendarChange(closed={TOMORROW: "Luto oficial"})
LONGER = CalendarChange(since=date(2026, 3, 9), week={"seg-sab": ((time(8), time(20)),)})
BOTH = replace(LONGER, closed=CLOSED_TOMORROW.closed)


def due(desk: Desk) -> dict[int, Any]:
    return dict(rows(desk, "SELECT id, due_at FROM ticket WHERE is_open ORDER BY id"))


def supervisor(desk: Desk, person: int = ANA) -> Desk:
    return desk.acting_as(Actor(person, Role.SUPERVISOR))


def confirmed(desk: Desk, change: CalendarChange, now: datetime, name: str = "expediente") -> CalendarPreview:
    """Preview and confirm a change."""
    shown = calendars.preview(supervisor(desk), name, change, now)
    calendars.confirm(supervisor(desk), name, change, shown.base.id, now)
    return shown


def filled(desk: Desk, size: int) -> Living:
    """Tickets of every kind: hours, days, paused, resumed, solved, due on different days."""
    living = Living(desk)
    for number in range(size):
        clocks = (solution(1 + number % 60),) if number % 3 else (solution(9), in_days(ClockKind.AUDIT, 2 + number % 5))
        ticket = living.open(clocks=clocks, group=SUPPORT if number % 2 else None)
        if number % 7 == 0:
            living.pause(ticket)
        if number % 14 == 0:
            living.wait(minutes=3)
            living.resume(ticket)
        if number % 11 == 0:
            living.solve(ticket)
    return living


def test_a_preview_equals_what_happens_to_the_second(desk: Desk) -> None:
    living = filled(desk, TICKETS)
    before = due(desk)
    shown = calendars.preview(supervisor(desk), "Expediente", BOTH, living.now)
    assert due(desk) == before, "a preview writes nothing"
    assert rows(desk, "SELECT count(*) FROM calendar") == [(2,)]
    calendars.confirm(supervisor(desk), "Expediente", BOTH, shown.base.id, living.now)
    sweep(desk, living.now)
    expected = {(move.ticket, move.kind): move.after for move in shown.moves}
    moved = [
        (ticket, clock)
        for ticket in due(desk)
        for clock in ticket_view(desk, living.now, ticket_id=ticket).clocks
        if clock.clock.is_live and clock.clock.calendar == 3
    ]
    assert len(moved) == shown.running
    for ticket, clock in moved:
        if (ticket, clock.clock.kind) in expected:
            assert clock.term.due_at == expected.pop((ticket, clock.clock.kind))
    assert not expected, "every clock of the preview has moved"
    after = due(desk)
    changed = {ticket for ticket in after if after[ticket] != before[ticket]}
    assert changed <= {move.ticket for move in shown.moves}
    assert sum(shown.by_group.values()) == len(shown.moves) > TICKETS // 4
    sizes = [abs(move.after - move.before) for move in shown.moves]
    assert sizes == sorted(sizes, reverse=True)


def test_a_stopped_clock_keeps_its_calendar_and_its_result(desk: Desk) -> None:
    living = Living(desk)
    ticket = living.open(clocks=(solution(4),))
    living.wait(hours=5)
    living.solve(ticket)
    before = ticket_view(desk, living.now, ticket_id=ticket)
    confirmed(desk, CalendarChange(hours={date(2026, 3, 2): ((time(9), time(10)),)}), living.now)
    sweep(desk, living.now)
    after = ticket_view(desk, living.now, ticket_id=ticket)
    assert after.clocks == before.clocks
    assert after.row == before.row


def test_an_act_on_a_ticket_that_is_not_moved_yet_moves_it_first(desk: Desk) -> None:
    living = Living(desk)
    ticket = living.open(clocks=(solution(16),))
    confirmed(desk, CLOSED_TOMORROW, living.now)
    seen = ticket_view(desk, living.now, ticket_id=ticket).row.version
    acts.claim(desk, living.order(ticket, seen=seen))
    view = ticket_view(desk, living.now, ticket_id=ticket)
    assert [line.kind for line in view.history] == ["aberto", "calendario", "assumido"]
    assert view.history[1].text == "", "the event has facts; the sentence is made where it is shown"
    assert [*consequences(view.history[1], SAO_PAULO)] == [
        "Prazo da solução: de ter 03/03/2026 16:00 para qua 04/03/2026 16:00"
    ]
    assert view.clocks[0].term.due_at == datetime(2026, 3, 4, 19, tzinfo=UTC)
    assert move_running_clocks(desk, living.now) == 0


def test_moving_goes_on_where_it_was_interrupted(desk: Desk) -> None:
    living = Living(desk)
    for _ in range(AT_ONCE + 5):
        living.open()
    confirmed(desk, CLOSED_TOMORROW, living.now)
    answers = iter([False, True])
    assert move_running_clocks(desk, living.now, lambda: next(answers)) == AT_ONCE
    assert move_running_clocks(desk, living.now) == 5
    assert move_running_clocks(desk, living.now) == 0
    assert rows(desk, "SELECT DISTINCT calendar_id FROM clock") == [(3,)]


def test_new_tickets_use_the_new_version_at_once_in_every_process(desk: Desk) -> None:
    life = ProcessTicket(desk, local(10, 17, 50))
    with open_desk(desk.file or desk.engine.url.render_as_string(hide_password=False), NOW) as other:
        confirmed(other, CalendarChange(closed={date(2026, 4, 13): "Luto oficial"}), life.now)
    assert fault(life).clock("solucao").term.due_at == local(14, 12, 50)


def test_the_second_of_two_who_change_a_calendar_is_refused(desk: Desk) -> None:
    set_role(desk, BRUNO, Role.SUPERVISOR)
    first = calendars.preview(supervisor(desk), "expediente", CLOSED_TOMORROW, NOW)
    second = calendars.preview(supervisor(desk, BRUNO), "expediente", LONGER, NOW)
    calendars.confirm(supervisor(desk), "expediente", CLOSED_TOMORROW, first.base.id, NOW)
    with pytest.raises(Refused) as refused:
        calendars.confirm(supervisor(desk, BRUNO), "expediente", LONGER, second.base.id, NOW)
    assert sentence(refused.value.code, refused.value.values).startswith("Ana Lima alterou o calendário Expediente em ")
    again = calendars.preview(supervisor(desk, BRUNO), "expediente", LONGER, NOW)
    calendars.confirm(supervisor(desk, BRUNO), "expediente", LONGER, again.base.id, NOW)
    _, _, calendar = calendars.calendar(desk, "expediente")
    assert calendar.day(TOMORROW).name == "Luto oficial"
    assert calendar.day(date(2026, 3, 14)).hours == ((time(8), time(20)),)
    assert [version.confirmed_by for version in calendars.versions(desk, "Expediente")] == [
        "Bruno Castro",
        "Ana Lima",
        None,
    ]


@pytest.mark.parametrize(
    ("change", "reason", "code"),
    [
        (CalendarChange(), "", "calendario_sem_mudanca"),
        (replace(LONGER, since=None), "", "calendario_sem_dia"),
        (replace(LONGER, since=date(2026, 3, 1)), "x", "calendario_no_passado"),
        (CalendarChange(closed={date(2026, 3, 1): "Luto"}), " ", "calendario_sem_motivo"),
        (CalendarChange(since=TOMORROW, optional_days=("Dia do Gato",)), "", "calendario_invalido"),
        (CalendarChange(since=TOMORROW, week={"xyz": ()}), "", "calendario_invalido"),
    ],
)
def test_an_invalid_change_is_refused(desk: Desk, change: CalendarChange, reason: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        calendars.preview(supervisor(desk), "expediente", change, NOW, reason)
    assert refused.value.code == code
    assert sentence(refused.value.code, refused.value.values)


def test_only_those_who_keep_the_desk_change_calendars(desk: Desk) -> None:
    attendant = desk.acting_as(Actor(BRUNO, Role.ATTENDANT))
    calls = (
        lambda: calendars.preview(attendant, "expediente", CLOSED_TOMORROW, NOW),
        lambda: calendars.confirm(attendant, "expediente", CLOSED_TOMORROW, 1, NOW),
    )
    for call in calls:
        with pytest.raises(Refused) as refused:
            call()
        assert refused.value.code == "papel_nao_pode"
    assert [version.name for version in calendars.calendars(attendant)] == ["Expediente", "Dias úteis"]


def test_a_confirmed_change_is_one_event_of_its_calendar(desk: Desk) -> None:
    confirmed(desk, CLOSED_TOMORROW, NOW)
    found = rows(desk, "SELECT area, key, kind, actor_id FROM trail_event")
    assert found == [("calendario", "1", "alterado", ANA)]
    fields = rows(desk, "SELECT field, text FROM trail_value WHERE is_after ORDER BY field")
    assert fields == [("days 2026-03-03", "Luto oficial"), ("vigencia", "2026-03-03")]


class TestADateThatWasTold:
    @pytest.fixture
    def life(self, desk: Desk) -> ProcessTicket:
        """Opened on Friday, 10 April; its term ends on Monday, 13 April, at 12:50, which the slip says."""
        return fault(ProcessTicket(desk, local(10, 17, 50), requests=count()))

    def test_is_a_row(self, desk: Desk, life: ProcessTicket) -> None:
        with reading(desk.engine) as connection:
            told = told_dates(connection, life.ticket)
        assert {(each.kind, each.how, each.due_at) for each in told} >= {("solucao", "comprovante", local(13, 12, 50))}

    def test_is_shown_beside_the_moved_clock(self, desk: Desk, life: ProcessTicket) -> None:
        assert life.clock("solucao").told is None
        confirmed(desk, CalendarChange(closed={date(2026, 4, 13): "Luto oficial"}), life.now)
        sweep(desk, life.now)
        clock = life.clock("solucao")
        assert clock.term.due_at == local(14, 12, 50)
        assert clock.told is not None
        assert clock.told.due_at == local(13, 12, 50)
        line = clock_line(clock, life.now, SAO_PAULO)
        assert "vence ter 12:50" in line
        assert line.endswith("(informado seg 13/04/2026 12:50, em mensagem)"), "the message and the slip say it"

    def test_gives_the_alarm_if_it_is_the_earlier_one(self, desk: Desk, life: ProcessTicket) -> None:
        confirmed(desk, CalendarChange(closed={date(2026, 4, 13): "Luto oficial"}), life.now)
        sweep(desk, local(13, 12, 50, 1))
        assert [at for at, kind in life.events("prazo_vencido") if kind == "solucao"] == [local(13, 12, 50, 1)]
        sweep(desk, local(14, 13))
        assert len([kind for _, kind in life.events("prazo_vencido") if kind == "solucao"]) == 1

    def test_gives_no_later_alarm_than_the_moved_clock(self, desk: Desk, life: ProcessTicket) -> None:
        confirmed(desk, CalendarChange(hours={date(2026, 4, 11): ((time(9), time(18)),)}), life.now)
        sweep(desk, life.now)
        sweep(desk, local(13, 9))
        assert [at for at, kind in life.events("prazo_vencido") if kind == "solucao"] == [local(11, 12, 50, 1)]


class TestTheNewDate:
    @pytest.fixture
    def life(self, desk: Desk) -> ProcessTicket:
        """A ticket whose told date has moved from Monday to Tuesday."""
        life = fault(ProcessTicket(desk, local(10, 17, 50), requests=count()))
        confirmed(desk, CalendarChange(closed={date(2026, 4, 13): "Luto oficial"}), life.now)
        sweep(desk, life.now)
        return life

    def listed(self, desk: Desk) -> list[tuple[int, datetime, datetime]]:
        return [(each.ticket, each.before, each.after) for each in calendars.to_tell(desk)]

    def test_is_proposed_as_a_message_and_sent_by_a_person_only(self, desk: Desk, life: ProcessTicket) -> None:
        sent = len(life.view().messages)
        subject, body = new_date_message(life.view(), SAO_PAULO)
        assert "de seg 13/04/2026 12:50 para ter 14/04/2026 12:50" in body
        assert self.listed(desk) == [(life.ticket, local(13, 12, 50), local(14, 12, 50))]
        sweep(desk, life.now)
        assert len(life.view().messages) == sent, "nothing is sent by itself"
        acts.tell_new_date(desk, life.order(), subject, f"{body}\nObrigado.")
        message = life.view().messages[-1]
        assert (message.recipient, message.subject) == ("solicitante", subject)
        assert message.body.endswith("Obrigado.")
        assert (life.view().to_tell, self.listed(desk)) == ((), [])
        with reading(desk.engine) as connection:
            told = told_dates(connection, life.ticket)
        assert (told[-1].how, told[-1].due_at) == ("mensagem", local(14, 12, 50))

    def test_needs_no_message_to_somebody_who_knows_it(self, desk: Desk, life: ProcessTicket) -> None:
        sent = len(life.view().messages)
        acts.dismiss_new_date(desk, life.order(), "já sabe, por telefone")
        assert len(life.view().messages) == sent
        assert (life.view().to_tell, self.listed(desk)) == ((), [])
        assert life.events("novo_prazo_sabido") == [(life.now, "já sabe, por telefone")]

    @pytest.mark.parametrize("is_sent", [True, False])
    def test_is_answered_once(self, desk: Desk, life: ProcessTicket, is_sent: bool) -> None:
        def answer(text: str) -> None:
            if is_sent:
                acts.tell_new_date(desk, life.order(), "Novo prazo", text)
            else:
                acts.dismiss_new_date(desk, life.order(), text)

        with pytest.raises(Refused, match="mensagem_vazia" if is_sent else "aviso_sem_motivo"):
            answer("  ")
        answer("Mudou")
        with pytest.raises(Refused, match="sem_novo_prazo"):
            answer("Mudou")

    def test_is_known_by_a_message_of_the_process_too(self, desk: Desk, life: ProcessTicket) -> None:
        clock = life.clock("solucao")
        with writing(desk.engine) as connection:
            note_told(connection, life.ticket, 1, [(clock.term, "mensagem")], life.now)
        assert (life.view().to_tell, self.listed(desk)) == ((), [])

    def test_of_a_paused_clock_is_proposed_once_it_runs(self, desk: Desk, life: ProcessTicket) -> None:
        acts.pause(desk, life.order(), "falta um dado")
        assert (life.view().to_tell, self.listed(desk)) == ((), [])
        acts.resume(desk, life.order())
        assert len(life.view().to_tell) == len(self.listed(desk)) == 1

    def test_is_proposed_again_when_it_moves_again(self, desk: Desk, life: ProcessTicket) -> None:
        acts.tell_new_date(desk, life.order(), "Novo prazo", "Mudou")
        confirmed(desk, CalendarChange(closed={date(2026, 4, 14): "Luto oficial"}), life.now)
        sweep(desk, life.now)
        assert self.listed(desk) == [(life.ticket, local(13, 12, 50), local(15, 12, 50))]


def test_the_lines_of_an_older_move_are_divided() -> None:
    line = HistoryLine(1, "calendario", NOW, None, "Prazo da solução: de seg para ter\nAuditoria: de qua para qui", ())
    [shown] = history_lines(line, SAO_PAULO)
    assert shown.endswith("Prazo da solução: de seg para ter; Auditoria: de qua para qui")


def test_a_term_in_days_moves_with_its_own_calendar_only(desk: Desk) -> None:
    living = Living(desk)
    ticket = living.open(clocks=(in_days(ClockKind.AUDIT, 2),))
    assert not calendars.preview(supervisor(desk), "expediente", CLOSED_TOMORROW, NOW).moves
    [move] = confirmed(desk, CLOSED_TOMORROW, NOW, "legal").moves
    assert (move.ticket, move.before.date(), move.after.date()) == (ticket, date(2026, 3, 5), date(2026, 3, 6))
    sweep(desk, NOW)
    assert due(desk)[ticket] == rows(desk, "SELECT due_at FROM ticket")[0][0]
    assert LEGAL not in {clock.clock.calendar for clock in ticket_view(desk, NOW, ticket_id=ticket).clocks}


def test_in_december_the_own_holidays_of_the_next_year_are_asked_for_until_they_are_there(desk: Desk) -> None:
    december, november = datetime(2026, 12, 1, 12, tzinfo=UTC), datetime(2026, 11, 30, 12, tzinfo=UTC)
    assert calendars.without_next_year(desk, december) == [], "there are none this year either"
    confirmed(desk, CalendarChange(municipal={date(2026, 8, 1): "Dia da cidade"}), NOW)
    assert calendars.without_next_year(desk, november) == []
    assert calendars.without_next_year(desk, december) == ["Expediente"]
    confirmed(desk, CalendarChange(municipal={date(2026, 10, 5): "Padroeira"}), NOW)
    confirmed(desk, CalendarChange(municipal={date(2027, 8, 2): "DIA DA CIDADE"}), december)
    assert calendars.without_next_year(desk, december) == ["Expediente"], "one day does not stand for the others"
    confirmed(desk, CalendarChange(municipal={date(2027, 10, 5): "Padroeira"}), december)
    assert calendars.without_next_year(desk, december) == []


def test_existing_versions_of_a_name_become_a_series(databases: Databases) -> None:
    from alembic import command
    from alembic.config import Config

    empty = databases.new()
    engine = make_engine(url_of(empty))
    with writing(engine) as connection:
        config = Config()
        config.set_main_option("script_location", str(_MIGRATIONS))
        config.attributes["connection"] = connection
        command.upgrade(config, "0025")
        insert = sql("INSERT INTO calendar (name, spec, resolved, created_at) VALUES (:name, '{}', '{}', :at)")
        insert = insert.bindparams(bindparam("at", type_=UTCDateTime()))
        for name, day in (("Expediente", 1), ("Dias úteis", 1), ("Expediente", 9)):
            row = {"name": name, "at": datetime(2026, 3, day, 12, tzinfo=UTC)}
            connection.execute(insert, row)
        command.upgrade(config, head())
        found = connection.execute(sql("SELECT id, series, effective_from FROM calendar ORDER BY id")).all()
        assert [(row.id, row.series, str(row.effective_from)) for row in found] == [
            (1, 1, "None"),
            (2, 2, "None"),
            (3, 1, "2026-03-09"),
        ]
        assert superseded(connection) == {1: 3}
    engine.dispose()
    databases.drop(empty)
