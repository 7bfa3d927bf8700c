"""What a window knows of its desk has a version, which changes with its content."""

import pytest

from atendimento_tui.calendar.named import CalendarSpec
from atendimento_tui.data.engine import writing
from atendimento_tui.data.repositories.calendars import store_calendar
from atendimento_tui.services.desk import Desk
from tests.living import NOW, Living

NIGHT = CalendarSpec.model_validate({"name": "Plantão", "week": {"seg-dom": ("00:00-24:00",)}, "country": ""})


def test_nothing_is_read_again_while_nothing_changed(living: Living) -> None:
    info = living.desk.info()
    living.comment(living.open(requester="Maria"))
    assert living.desk.info_if_changed(info.version) is None


@pytest.mark.parametrize(
    "change",
    [
        "INSERT INTO person (name, role, active, origin_system) VALUES ('Dora', 'atendente', true, '')",
        "UPDATE person SET name = 'Ana Souza' WHERE id = 1",
        "UPDATE person SET active = false WHERE id = 3",
        "UPDATE person SET role = 'atendente' WHERE id = 1",
        "INSERT INTO staff_group (name) VALUES ('Plantão')",
        "INSERT INTO membership (group_id, person_id) VALUES (1, 3)",
        "UPDATE unit SET name = 'Outra unidade'",
        "UPDATE unit SET hours_calendar = 2",
    ],
)
def test_another_person_group_or_unit_is_another_version(desk: Desk, change: str) -> None:
    before = desk.info()
    with writing(desk.engine) as connection:
        connection.exec_driver_sql(change)
    after = desk.info_if_changed(before.version)
    assert after
    assert after.version != before.version


def test_a_new_calendar_is_read(desk: Desk) -> None:
    before = desk.info()
    with writing(desk.engine) as connection:
        number = store_calendar(connection, NIGHT, NOW)
    after = desk.info_if_changed(before.version)
    assert after
    assert number in after.calendars
