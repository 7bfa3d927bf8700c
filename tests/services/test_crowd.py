"""Twenty processes act at once on a few tickets: no act is lost, doubled or half done, and every no is explained."""

import multiprocessing
from collections import Counter
from pathlib import Path

import pytest

from atendimento_tui.texts.refusals import sentence
from tests.living import Living, audited, copy_of, rows
from tests.services.crowd import COMMENTS, OPENINGS, TICKETS, Told, act_up

CROWD = 20
EXPLAINED = {"ja_e_seu", "ja_tem_responsavel", "mudou", "ja_pausado", "nao_esta_pausado"}


@pytest.fixture(scope="module")
def database(founded: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = copy_of(founded, tmp_path_factory.mktemp("crowd"))
    with audited(path) as desk:
        for number in range(TICKETS):
            Living(desk).open(request=f"before-{number}")
    return path


@pytest.fixture(scope="module")
def told(database: Path) -> list[Told]:
    """What each of the crowd tells when it is done."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.services.crowd"])
    together, tell = context.Barrier(CROWD), context.Queue()
    crowd = [
        context.Process(target=act_up, args=(str(database), number, together, tell), daemon=True)
        for number in range(CROWD)
    ]
    for process in crowd:
        process.start()
    found = [tell.get(timeout=120) for _ in crowd]
    for process in crowd:
        process.join()
        process.close()
    tell.close()
    return found


def test_the_desk_is_whole_afterwards(database: Path, told: list[Told]) -> None:
    assert sorted(one.number for one in told) == list(range(CROWD))
    with audited(database):
        pass  # rows are what their events say, the file is whole


def test_each_ticket_is_claimed_by_exactly_one(database: Path, told: list[Told]) -> None:
    assert Counter(ticket for one in told for ticket in one.claimed) == dict.fromkeys(range(1, TICKETS + 1), 1)
    with audited(database) as desk:
        claims = rows(desk, "SELECT ticket_id, actor_id FROM event WHERE kind = 'assumido' ORDER BY ticket_id")
        owners = rows(desk, f"SELECT id, owner_id FROM ticket WHERE id <= {TICKETS} ORDER BY id")  # noqa: S608
        assert claims == owners


def test_no_comment_is_lost_or_doubled(database: Path, told: list[Told]) -> None:
    said = sorted(request for one in told for request in one.commented)
    assert len(said) == CROWD * COMMENTS
    with audited(database) as desk:
        assert sorted(text for (text,) in rows(desk, "SELECT text FROM event WHERE kind = 'comentado'")) == said
    assert [one.repeated for one in told] == [OPENINGS + COMMENTS] * CROWD


def test_protocols_have_no_gap_and_no_double(database: Path, told: list[Told]) -> None:
    numbers = sorted(protocol for one in told for protocol in one.opened)
    first = TICKETS + 1
    assert numbers == [f"12345620260302{number:06}" for number in range(first, first + CROWD * OPENINGS)]
    with audited(database) as desk:
        assert rows(desk, "SELECT last FROM numbering") == [(TICKETS + CROWD * OPENINGS,)]


def test_pauses_and_resumptions_took_turns(database: Path, told: list[Told]) -> None:
    assert told
    with audited(database) as desk:
        for ticket in range(1, TICKETS + 1):
            query = "SELECT kind FROM event WHERE ticket_id = ? AND kind IN ('pausado', 'retomado') ORDER BY seq"
            kinds = [kind for (kind,) in rows(desk, query, ticket)]
            assert kinds == ["pausado", "retomado"] * (len(kinds) // 2) + ["pausado"] * (len(kinds) % 2)
            assert kinds


def test_every_refusal_is_explained(told: list[Told]) -> None:
    refused = [refusal for one in told for refusal in one.refused]
    assert {code for code, _ in refused} <= EXPLAINED
    assert {"ja_tem_responsavel", "ja_pausado"} <= {code for code, _ in refused}
    for code, values in refused:
        said = sentence(code, values)
        assert "123456.20260302.00000" in said
        if code == "ja_tem_responsavel":
            assert said.startswith(("Ana Lima já", "Bruno Castro já", "Célia Prado já"))


def test_every_act_was_either_written_or_refused(database: Path, told: list[Told]) -> None:
    with audited(database) as desk:
        [(written,)] = rows(desk, "SELECT count(*) FROM event WHERE request_id NOT LIKE 'before-%'")
    assert written + sum(len(one.refused) for one in told) == CROWD * (3 * TICKETS + OPENINGS + COMMENTS)
