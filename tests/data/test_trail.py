"""Events of streams that are not tickets, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from atendimento_tui.data.engine import reading, writing
from atendimento_tui.data.queries.trail import events_of
from atendimento_tui.data.repositories.trail import record
from atendimento_tui.domain.trail import Changes, Recorded, Stream, link
from atendimento_tui.services.desk import Desk
from tests.living import ANA, NOW, rows

PERSON, UNIT = Stream("pessoa", "12"), Stream("unidade", "")
NAME = "João d'Ávila 🦷 \u202e\n"


def test_events_are_read_as_they_were_recorded(desk: Desk) -> None:
    changes: Changes = {"nome": (None, NAME), "funcao": ("", "atendente"), "ativa": (False, True), "horas": (None, 6)}
    with writing(desk.engine) as connection:
        assert record(connection, PERSON, "incluida", actor=ANA, at=NOW, changes=changes) == 1
        assert record(connection, UNIT, "alterada", actor=None, at=NOW) == 1
        assert record(connection, PERSON, "desativada", actor=None, at=NOW, changes={"ativa": (True, False)}) == 2
    with reading(desk.engine) as connection:
        first, second = events_of(connection, PERSON)
        [other] = events_of(connection, UNIT)
    assert (first.number, first.kind, first.at, first.actor) == (1, "incluida", NOW, ANA)
    assert first.changes == changes
    assert (second.number, second.kind, second.actor) == (2, "desativada", None)
    assert (other.number, other.changes) == (1, {})


def test_each_event_is_chained_to_the_one_before_it_in_its_stream(desk: Desk) -> None:
    with writing(desk.engine) as connection:
        for number in range(3):
            record(connection, PERSON, "alterada", actor=ANA, at=NOW, changes={"horas": (number, number + 1)})
            record(connection, UNIT, "alterada", actor=ANA, at=NOW)
    query = "SELECT seq, kind, at, actor_id, changes, hash FROM trail_event WHERE area = 'pessoa' ORDER BY seq"
    former = ""
    for seq, kind, at, actor, changes, stored in rows(desk, query):
        former = link(former, PERSON, seq, Recorded(kind, at, None, actor, None, changes))
        assert stored == former


def test_texts_stand_beside_the_chained_event(desk: Desk) -> None:
    with writing(desk.engine) as connection:
        record(connection, PERSON, "alterada", actor=ANA, at=NOW, changes={"nome": ("Maria", "Maria Luz"), "h": (1, 2)})
    [(chained,)] = rows(desk, "SELECT changes FROM trail_event")
    assert "Maria" not in chained
    assert rows(desk, "SELECT field, text FROM trail_value ORDER BY id") == [("nome", "Maria"), ("nome", "Maria Luz")]
    [(one,), (other,)] = rows(desk, "SELECT salt FROM trail_value")
    assert len(one) == len(other) == 32
    assert one != other


def test_an_event_that_is_rolled_back_leaves_no_number(desk: Desk) -> None:
    def broken() -> None:
        with writing(desk.engine) as connection:
            record(connection, UNIT, "alterada", actor=None, at=NOW)
            raise RuntimeError("stop")

    with pytest.raises(RuntimeError, match="stop"):
        broken()
    with writing(desk.engine) as connection:
        assert record(connection, UNIT, "alterada", actor=None, at=NOW) == 1


def test_two_writers_of_one_stream_write_one_after_the_other(desk: Desk) -> None:
    together = Barrier(4)

    def write(_: int) -> list[int]:
        together.wait()
        numbers = []
        for _ in range(5):
            with writing(desk.engine) as connection:
                numbers.append(record(connection, UNIT, "alterada", actor=None, at=NOW))
        return numbers

    with ThreadPoolExecutor(4) as pool:
        written = list(pool.map(write, range(4)))
    assert sorted(number for numbers in written for number in numbers) == list(range(1, 21))
    former = ""
    for seq, changes, stored in rows(desk, "SELECT seq, changes, hash FROM trail_event ORDER BY seq"):
        former = link(former, UNIT, seq, Recorded("alterada", "2026-03-02 12:00:00.000000", None, None, None, changes))
        assert stored == former
