"""`desk_info` is loaded again when calendars, people or groups have changed."""

import pytest

from atendimento_tui.calendar.named import CalendarSpec
from atendimento_tui.contracts.desk import DeskInfo
from atendimento_tui.data import tables
from atendimento_tui.data.engine import insert_many, insert_one, writing
from atendimento_tui.data.repositories.calendars import store_calendar
from atendimento_tui.domain import acts as rules
from atendimento_tui.domain.words import ClockKind, Severity
from atendimento_tui.services.desk import Desk
from tests.bare_tickets import NewTicket, open_bare
from tests.driver import Window
from tests.small_desk import SmallDesk

NIGHT = CalendarSpec.model_validate({"name": "Plantão", "week": {"seg-dom": ("00:00-24:00",)}, "country": ""})


def open_on_a_new_calendar(others: SmallDesk) -> None:
    with writing(others.desk.engine) as connection:
        calendar = store_calendar(connection, NIGHT, others.clock())
    clock = rules.hours(ClockKind.SOLUTION, calendar, 3 * 3600)
    matter = NewTicket("Plantão", "Veio de fora", Severity.CRITICAL, "novo", others.clock(), clocks=(clock,))
    open_bare(others.desk, matter)


def test_a_term_on_a_new_calendar_is_shown(desk: Window, others: SmallDesk) -> None:
    open_on_a_new_calendar(others)
    desk.until(lambda: any("Veio de fora" in row and "3h00" in row for row in desk.rows()), "its term is shown")


def test_a_term_without_a_loaded_calendar_is_shown_as_loading(
    desk: Window, others: SmallDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def same(_desk: Desk, _version: str) -> DeskInfo | None:
        return None

    monkeypatch.setattr(Desk, "info_if_changed", same)
    open_on_a_new_calendar(others)
    desk.until(lambda: any("Veio de fora" in row for row in desk.rows()), "it is there")
    [row] = [row for row in desk.rows() if "Veio de fora" in row]
    assert "lendo…" in row
    assert "sem prazo" not in row


def test_new_people_and_changed_groups_are_loaded(desk: Window, others: SmallDesk) -> None:
    with writing(others.desk.engine) as connection:
        insert_one(connection, tables.Person, name="Dora Nunes", role="atendente")
        insert_many(connection, tables.Membership, [{"group_id": 2, "person_id": 1}])
    desk.until(lambda: len(desk.app.desk_info.members) == 4, "the window knows them")  # type: ignore[union-attr]
    assert desk.app.person
    assert 2 in desk.app.person.groups
    desk.press("geral.pessoa").shows("Dora Nunes")
