"""Many processes act on few tickets: no act is lost, doubled or incomplete, and every refusal has a reason."""

import signal
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pytest

from atendimento_tui.texts.refusals import sentence
from tests.databases import Databases
from tests.living import Living, audited, rows
from tests.services.crowd import (
    COMMENTS,
    CROWD,
    DIES,
    FREE,
    GIVES_UP,
    INTAKES,
    OPENINGS,
    TICKETS,
    IntakeReport,
    Report,
    act_up,
    take_in,
    take_next,
)
from tests.warm import forking

EXPLAINED = {"ja_e_seu", "ja_tem_responsavel", "mudou", "ja_pausado", "nao_esta_pausado"}


@pytest.fixture(scope="module")
def database(databases: Databases) -> Iterator[str]:
    with databases.copied() as made:
        with audited(made) as desk:
            for number in range(TICKETS):
                Living(desk).open(request=f"before-{number}")
        yield made


def crowd(
    target: Callable[..., None], database: str, *more: object, silent: int = 0, size: int = CROWD
) -> tuple[list[Any], list[int | None]]:
    """Let that many processes do it at once.

    Args:
        more: What each of them is given besides.
        silent: How many of them tell nothing, because they do not live that long.

    Returns:
        What each of the others tells when it is done, and the exit code of each.
    """
    context = forking()
    together, tell = context.Barrier(size), context.Queue()
    everybody = [
        context.Process(target=target, args=(database, number, together, tell, *more), daemon=True)
        for number in range(size)
    ]
    for process in everybody:
        process.start()
    found = [tell.get(timeout=120) for _ in range(size - silent)]
    ends = []
    for process in everybody:
        process.join()
        ends.append(process.exitcode)
        process.close()
    tell.close()
    return found, ends


@pytest.fixture(scope="module")
def reports(database: str) -> list[Report]:
    """The report of each process."""
    found, ends = crowd(act_up, database)
    assert ends == [0] * CROWD
    return found


def test_the_desk_is_consistent_afterwards(database: str, reports: list[Report]) -> None:
    assert sorted(one.number for one in reports) == list(range(CROWD))
    with audited(database):
        pass  # rows are what their events say, the file is whole


def test_each_ticket_is_claimed_by_exactly_one(database: str, reports: list[Report]) -> None:
    assert Counter(ticket for one in reports for ticket in one.claimed) == dict.fromkeys(range(1, TICKETS + 1), 1)
    with audited(database) as desk:
        claims = rows(desk, "SELECT ticket_id, actor_id FROM event WHERE kind = 'assumido' ORDER BY ticket_id")
        owners = rows(desk, f"SELECT id, owner_id FROM ticket WHERE id <= {TICKETS} ORDER BY id")  # noqa: S608
        assert claims == owners


def test_no_comment_is_lost_or_written_twice(database: str, reports: list[Report]) -> None:
    requests = sorted(request for one in reports for request in one.commented)
    assert len(requests) == CROWD * COMMENTS
    with audited(database) as desk:
        assert sorted(text for (text,) in rows(desk, "SELECT text FROM event WHERE kind = 'comentado'")) == requests
    assert [one.repeated for one in reports] == [OPENINGS + COMMENTS] * CROWD


def test_protocols_have_no_gap_and_no_duplicate(database: str, reports: list[Report]) -> None:
    numbers = sorted(protocol for one in reports for protocol in one.opened)
    first = TICKETS + 1
    assert numbers == [f"12345620260302{number:06}" for number in range(first, first + CROWD * OPENINGS)]
    with audited(database) as desk:
        assert rows(desk, "SELECT last FROM numbering") == [(TICKETS + CROWD * OPENINGS,)]


def test_pauses_and_resumptions_alternate(database: str, reports: list[Report]) -> None:
    assert reports
    with audited(database) as desk:
        for ticket in range(1, TICKETS + 1):
            query = "SELECT kind FROM event WHERE ticket_id = ? AND kind IN ('pausado', 'retomado') ORDER BY seq"
            kinds = [kind for (kind,) in rows(desk, query, ticket)]
            assert kinds == ["pausado", "retomado"] * (len(kinds) // 2) + ["pausado"] * (len(kinds) % 2)
            assert kinds


def test_every_refusal_has_its_reason(reports: list[Report]) -> None:
    refused = [refusal for one in reports for refusal in one.refused]
    assert {code for code, _ in refused} <= EXPLAINED
    assert {"ja_tem_responsavel", "ja_pausado"} <= {code for code, _ in refused}
    for code, values in refused:
        text = sentence(code, values)
        assert "123456.20260302.00000" in text
        if code == "ja_tem_responsavel":
            assert text.startswith(("Ana Lima já", "Bruno Castro já", "Célia Prado já"))


def test_every_act_was_either_written_or_refused(database: str, reports: list[Report]) -> None:
    with audited(database) as desk:
        [(written,)] = rows(desk, "SELECT count(*) FROM event WHERE request_id NOT LIKE 'before-%'")
    assert written + sum(len(one.refused) for one in reports) == CROWD * (3 * TICKETS + 2 * OPENINGS + COMMENTS)


# Many at the counter: numbers are taken before anything is asked, and not every intake comes to its end.


class IntakeTrial(NamedTuple):
    """The desk afterwards, and the report of each process; the killed one has none."""

    database: str
    reports: list[IntakeReport]

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        with audited(self.database) as desk:
            return rows(desk, query)

    def opened(self) -> list[str]:
        """The protocols of the tickets that are open, in their order."""
        return [protocol for (protocol,) in self.rows("SELECT protocol FROM ticket WHERE is_open ORDER BY protocol")]


@pytest.fixture(scope="module")
def taken_in(databases: Databases) -> Iterator[IntakeTrial]:
    with databases.copied() as made:
        found, ends = crowd(take_in, made, silent=1)
        assert ends == [-signal.SIGKILL if number == DIES else 0 for number in range(CROWD)]
        yield IntakeTrial(made, found)


def test_numbers_taken_concurrently_have_no_gap_and_no_duplicate(taken_in: IntakeTrial) -> None:
    numbers = [f"12345620260302{number:06}" for number in range(1, CROWD * INTAKES + 1)]
    assert taken_in.rows("SELECT protocol FROM ticket ORDER BY protocol") == [(number,) for number in numbers]
    assert taken_in.rows("SELECT last FROM numbering") == [(CROWD * INTAKES,)]
    actual = [protocol for one in taken_in.reports for protocol in one.begun]
    dead = [p for (p,) in taken_in.rows(_BEGUN_BY_THE_DEAD)]
    assert sorted(actual + dead) == numbers
    assert len(dead) == INTAKES


_BEGUN_BY_THE_DEAD = f"""
    SELECT protocol FROM ticket JOIN event ON ticket_id = ticket.id
    WHERE request_id LIKE 'begin-{DIES}-%' ORDER BY event.id
"""  # noqa: S608


def test_every_intake_is_either_open_or_abandoned_as_its_process_left_it(taken_in: IntakeTrial) -> None:
    finished = [protocol for one in taken_in.reports for protocol in one.finished]
    dead = [protocol for (protocol,) in taken_in.rows(_BEGUN_BY_THE_DEAD)]
    assert taken_in.opened() == sorted(finished + dead[:-2])
    assert {one.number: len(one.finished) for one in taken_in.reports} == {
        number: 0 if number in GIVES_UP else INTAKES for number in range(CROWD) if number != DIES
    }
    states = dict(taken_in.rows("SELECT state, count(*) FROM ticket GROUP BY state"))
    assert states == {"aberto": len(finished) + INTAKES - 2, "abandonado": len(GIVES_UP) * INTAKES + 2}


def test_a_finished_intake_is_complete_and_an_unfinished_one_has_only_its_number(taken_in: IntakeTrial) -> None:
    query = """
        SELECT ticket.is_open, process.key,
            (SELECT max(kind) || ',' || min(kind) FROM event WHERE ticket_id = ticket.id),
            (SELECT count(*) FROM clock WHERE ticket_id = ticket.id),
            (SELECT count(*) FROM field_value WHERE ticket_id = ticket.id),
            (SELECT count(*) FROM message WHERE ticket_id = ticket.id),
            (SELECT count(*) FROM requester WHERE id = ticket.requester_id)
        FROM ticket JOIN process ON process.id = process_id
    """
    whole = {"falha_tecnica": (3, 2, 1, 1), "duvida": (3, 2, 1, 1), "sugestao_melhoria": (0, 2, 1, 1)}
    found = taken_in.rows(query)
    assert {row for row in found if row[0]} == {(1, key, "iniciado,aberto", *parts) for key, parts in whole.items()}
    assert {row for row in found if not row[0]} == {(0, key, "iniciado,iniciado", 0, 0, 0, 0) for key in whole}
    [(asking,)] = taken_in.rows("SELECT count(*) FROM requester")
    assert asking == len(taken_in.opened())


def test_an_intake_sent_again_is_the_same_one(taken_in: IntakeTrial) -> None:
    assert [one.repeated for one in taken_in.reports] == [
        len(one.begun) + len(one.finished) for one in taken_in.reports
    ]


# There is a next one for half of them.


def test_each_ticket_is_claimed_once_and_then_nothing_is_free(databases: Databases) -> None:
    with databases.copied() as database:
        with audited(database) as desk:
            tickets = [Living(desk).open(request=f"before-{number}") for number in range(FREE)]
        actual, ends = crowd(take_next, database)
        assert ends == [0] * CROWD
        got = {one.ticket: 1 + one.number % 3 for one in actual if one.ticket}
        assert sorted(got) == tickets
        assert [one.repeated for one in actual if one.ticket] == [True] * FREE
        assert [one.refused for one in actual if not one.ticket] == ["nada_livre"] * (CROWD - FREE)
        with audited(database) as desk:
            claims = rows(desk, "SELECT ticket_id, actor_id FROM event WHERE kind = 'assumido'")
            assert sorted(claims) == sorted(got.items())
