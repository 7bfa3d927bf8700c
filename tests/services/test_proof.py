"""`verificar`: every changed, removed, added or moved row is found, and nothing in an untouched desk."""

import random
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Barrier
from threading import Event as Signal

import psycopg
import pytest

from atendimento_tui.contracts.proof import Proof
from atendimento_tui.contracts.tickets import Order
from atendimento_tui.data.engine import file_of, reading, writing
from atendimento_tui.data.logs import read_map
from atendimento_tui.data.repositories import tickets
from atendimento_tui.data.repositories.tickets import Recording
from atendimento_tui.data.repositories.trail import record
from atendimento_tui.domain.access import UNNAMED, Actor, Role
from atendimento_tui.domain.digests import KeptDigest
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.tickets import Event
from atendimento_tui.domain.trail import ANONYMISED, JUMP, Stream, answer_of, event_texts, field_of
from atendimento_tui.domain.words import Severity
from atendimento_tui.services import digests, intake, migrate, processes
from atendimento_tui.services.desk import Desk, open_desk
from atendimento_tui.services.history import import_history
from atendimento_tui.services.proof import prove, read_kept
from atendimento_tui.texts.trail import FAULTS
from tests.databases import Databases, Files, on_files
from tests.demonstrations import demonstration
from tests.full import IN_FULL, some
from tests.living import ANA, BRUNO, NOW, Living, rows
from tests.older import make_older
from tests.secret import open_secret
from tests.servers import connected

PERSON, GROUP = Stream("pessoa", "2"), Stream("grupo", "1")
LOG = Path(__file__).parents[1] / "data" / "log.csv"
FIRST = "12345620260302000001"
"""The first ticket's protocol."""


def lived(desk: Desk) -> Living:
    """A desk with tickets and streams of all kinds, in two days, with a digest of each."""
    living = Living(desk)
    first, second = living.open(), living.open(subject="Boleto de abril")
    living.comment(first, "Liguei: ninguém atende.")
    living.pause(first, "aguardando o cliente")
    living.wait(hours=1)
    living.resume(first)
    living.claim(second, BRUNO)
    answered(living)
    with writing(desk.engine) as connection:
        record(connection, PERSON, "incluida", actor=ANA, at=living.now, changes={"nome": (None, "Bruno"), "h": (0, 6)})
        record(connection, GROUP, "incluido", actor=None, at=living.now, changes={"nome": (None, "Recepção")})
    living.wait(days=1)
    assert digests.make_if_due(desk, living.now)
    living.comment(second, "Retornou à noite.")
    with writing(desk.engine) as connection:
        record(connection, PERSON, "alterada", actor=ANA, at=living.now, changes={"nome": ("Bruno", "Bruno Castro")})
    return living


def answered(living: Living) -> int:
    """Open a ticket of a process with answers."""
    [service] = [each for each in processes.offered(living.desk) if each.key == "falha_tecnica"]
    begun = intake.begin(living.desk, service.version, ANA, living.request(), living.now)
    answers = {"produto": "Prontuário", "descricao": "Não abre"}
    order = Order(begun.ticket, ANA, living.request(), living.now)
    return intake.finish(living.desk, order, intake.Intake(Severity.HIGH, "Loja", answers=answers)).ticket


def change(desk: Desk, *statements: str) -> None:
    """Change rows as somebody does who has the database, without foreign keys."""
    if file := file_of(desk.engine.url):
        with closing(sqlite3.connect(file)) as raw, raw:
            for statement in statements:
                raw.execute(statement)
        return
    with connected(desk.engine.url.render_as_string(hide_password=False)) as server:
        for statement in ("SET session_replication_role = replica", *statements):
            server.execute(statement.encode())


def found(proof: Proof) -> list[tuple[str, str]]:
    """The stream and the code of each fault."""
    return [(fault.key, fault.code) for fault in proof.faults]


@pytest.fixture
def changed(databases: Databases) -> Iterator[Desk]:
    """A desk that a test damages, so its tables are not compared with its history at the end."""
    with databases.copied() as database, open_desk(database, NOW) as desk:
        lived(desk)
        yield desk


def test_nothing_is_found_in_an_untouched_desk(desk: Desk) -> None:
    living = lived(desk)
    proof = prove(desk)
    assert proof.faults == ()
    assert (proof.tickets, proof.streams, proof.digests, proof.since) == (3, 2, 2, 2)
    assert proof.events == len(rows(desk, "SELECT 1 FROM event")) + len(rows(desk, "SELECT 1 FROM trail_event"))
    living.wait(days=1)
    assert digests.make_if_due(desk, living.now)
    assert prove(desk, [digests.newest(desk).kept]).since == 0


@pytest.mark.parametrize(
    ("statement", "stream", "code"),
    [
        ("UPDATE event SET text = 'Outra coisa.' WHERE kind = 'comentado' AND ticket_id = 1", FIRST, "valor_mudou"),
        ("UPDATE event SET kind = 'assumido' WHERE kind = 'comentado' AND ticket_id = 1", FIRST, "evento_mudou"),
        ("DELETE FROM event WHERE kind = 'comentado' AND ticket_id = 1", FIRST, "evento_falta"),
        ("UPDATE event SET text = '', words = '', salt = '' WHERE ticket_id = 1 AND seq = 2", FIRST, "valor_apagado"),
        ("UPDATE field_value SET text = 'Outro' WHERE key = 'produto'", FIRST[:-1] + "3", "valor_mudou"),
        ("DELETE FROM field_value WHERE key = 'produto'", FIRST[:-1] + "3", "valor_mudou"),
        ("INSERT INTO field_value (ticket_id, key, text, salt) VALUES (1, 'a', 'b', 'c')", FIRST, "valor_sobra"),
        ("INSERT INTO field_value (ticket_id, key, text, salt) VALUES (99, 'a', 'b', 'c')", "", "linha_sem_dono"),
        ("UPDATE ticket SET owner_id = 3 WHERE id = 2", FIRST[:-1] + "2", "nao_e_o_que_a_historia_diz"),
        ("UPDATE ticket SET head = 'ab' WHERE id = 2", FIRST[:-1] + "2", "fim_difere"),
        ("UPDATE event SET changes = '{' WHERE ticket_id = 2 AND seq = 1", FIRST[:-1] + "2", "evento_mudou"),
        ("UPDATE event SET form = 2 WHERE ticket_id = 2 AND seq = 1", FIRST[:-1] + "2", "evento_mudou"),
        ("UPDATE trail_event SET at = '2026-03-02 12:00:00.000001' WHERE area = 'grupo'", "1", "evento_mudou"),
        ("UPDATE trail_value SET text = 'Bruna' WHERE text = 'Bruno' AND is_after", "2", "valor_mudou"),
        ("UPDATE trail_value SET text = '', salt = '' WHERE text = 'Recepção'", "1", "valor_apagado"),
        ("DELETE FROM trail_value WHERE text = 'Recepção'", "1", "valor_mudou"),
        ("UPDATE numbering SET last = 4", "", "numeracao_falha"),
        ("UPDATE trail_digest SET events = 1 WHERE id = 2", "", "resumo_nao_confere"),
        ("DELETE FROM trail_digest WHERE id = 1", "", "resumo_nao_confere"),
        ("UPDATE queue_count SET n = n + 1 WHERE part = 'todas'", "", "contagem_difere"),
        ("DELETE FROM queue_count WHERE part = 'estado aberto'", "", "contagem_difere"),
    ],
)
def test_a_change_is_found_and_its_stream_named(changed: Desk, statement: str, stream: str, code: str) -> None:
    change(changed, statement)
    assert (stream, code) in found(prove(changed))


@on_files
@pytest.mark.parametrize("column", ["made_at", "day", "hash"])
def test_a_digest_that_cannot_be_read_is_found(changed: Desk, column: str) -> None:
    change(changed, f"UPDATE trail_digest SET {column} = '2026-03-03 13x00:00.000000' WHERE id = 2")  # noqa: S608
    proof = prove(changed)
    assert ("", "resumo_nao_confere") in found(proof)
    assert all(FAULTS[fault.code].format(**fault.values) for fault in proof.faults)


def test_swapped_events_are_found(changed: Desk) -> None:
    """Two neighbours exchange their numbers."""
    change(
        changed,
        "UPDATE event SET seq = 99 WHERE ticket_id = 1 AND seq = 2",
        "UPDATE event SET seq = 2 WHERE ticket_id = 1 AND seq = 3",
        "UPDATE event SET seq = 3 WHERE ticket_id = 1 AND seq = 99",
    )
    assert found(prove(changed))[0] == (FIRST, "evento_mudou")


def test_a_ticket_that_was_removed_with_all_its_rows_is_found(changed: Desk) -> None:
    """Its number is missing, and the digest that covered its events does not fit."""
    change(
        changed,
        "DELETE FROM ticket_text WHERE ticket_id = 2",
        "DELETE FROM clock WHERE ticket_id = 2",
        "DELETE FROM event WHERE ticket_id = 2",
        "DELETE FROM ticket WHERE id = 2",
    )
    assert {("", "numeracao_falha"), ("", "resumo_nao_confere")} <= set(found(prove(changed)))


def test_deleted_last_events_are_found_by_a_digest_that_was_kept_outside(changed: Desk, tmp_path: Path) -> None:
    """The end of a chain is cut, and with it everything in the database that tells of it."""
    kept = tmp_path / "resumos.txt"
    kept.write_text(f"01/03 primeiro\n{digests.newest(changed).kept.line()}\n", "utf-8")
    assert prove(changed, read_kept(kept)).faults == ()
    [(former, events)] = rows(changed, "SELECT hash, last_event FROM trail_digest WHERE id = 1")
    assert (events, len(former)) == (0, 64)
    last = "SELECT max(id) FROM trail_event WHERE area = 'pessoa'"
    change(
        changed,
        f"DELETE FROM trail_value WHERE event_id = ({last})",  # noqa: S608
        "DELETE FROM trail_event WHERE area = 'pessoa' AND seq = 2",
    )
    assert prove(changed, read_kept(kept)).faults == ()  # after the digest: the next one would have covered it
    change(
        changed,
        "DELETE FROM trail_value WHERE event_id IN (SELECT id FROM trail_event WHERE area = 'pessoa')",
        "DELETE FROM trail_event WHERE area = 'pessoa'",
        "DELETE FROM trail_digest WHERE id = 2",
    )
    assert prove(changed).faults == ()
    assert found(prove(changed, read_kept(kept))) == [("", "resumo_de_fora_difere")]
    assert digests.make_if_due(changed, NOW + timedelta(days=1))  # a new digest in its place is another one
    assert found(prove(changed, read_kept(kept))) == [("", "resumo_de_fora_difere")]


def test_a_file_without_a_digest_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("resumo 1 2026-03-02 7 abc", "utf-8")
    with pytest.raises(Refused) as raised:
        read_kept(tmp_path / "x.txt")
    assert raised.value.code == "resumo_nao_achado"


def test_a_digest_is_kept_in_any_file_of_text(tmp_path: Path) -> None:
    one, other = KeptDigest(1, "2026-03-02", 7, "ab" * 32), KeptDigest(2, "2026-03-03", 9, "cd" * 32)
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "cp1252"):
        (tmp_path / "x.txt").write_bytes(f"Resumos é:\r\n> {one.line()}\r\n{other.line().upper()} ok".encode(encoding))
        assert read_kept(tmp_path / "x.txt") == [one, other]


class TestErased:
    """An erased value is accepted only if a later event of its stream says which one was erased."""

    def say(self, desk: Desk, ticket: int, *references: str) -> None:
        """Write the event that says it, as an act does."""
        with writing(desk.engine) as connection:
            before = tickets.load(connection, ticket)
            assert before
            event = Event(ANONYMISED, before.changed_at or NOW, None, erased=references)
            recording = Recording(connection, desk.calendars(connection), NOW)
            tickets.append(recording, ticket, event, before, before.evolve(event))

    def test_the_texts_of_an_event(self, changed: Desk) -> None:
        change(changed, "UPDATE event SET text = '', words = '', salt = '' WHERE ticket_id = 1 AND seq = 2")
        self.say(changed, 1, event_texts(3))
        assert found(prove(changed)) == [(FIRST, "valor_apagado")]
        self.say(changed, 1, event_texts(2))
        assert prove(changed).faults == ()
        with reading(changed.engine) as connection:
            history = tickets.events_of(connection, 1)
        assert history[1].text == ""
        assert [event.erased for event in history[-2:]] == [(event_texts(3),), (event_texts(2),)]

    def test_what_is_said_before_the_value_was_written_does_not_count(self, changed: Desk) -> None:
        self.say(changed, 1, event_texts(6))
        Living(changed, now=NOW + timedelta(days=2), requests=iter(range(900, 999))).comment(1, "Depois.")
        change(changed, "UPDATE event SET text = '', words = '', salt = '' WHERE text = 'Depois.'")
        assert rows(changed, "SELECT seq FROM event WHERE ticket_id = 1 AND kind = 'comentado'") == [(2,), (6,)]
        assert found(prove(changed)) == [(FIRST, "valor_apagado")]

    def test_an_answer(self, changed: Desk) -> None:
        [(number, ticket)] = rows(changed, "SELECT id, ticket_id FROM field_value WHERE key = 'descricao'")
        change(changed, f"UPDATE field_value SET text = '', salt = '' WHERE id = {number}")  # noqa: S608
        assert [code for _, code in found(prove(changed))] == ["valor_apagado"]
        self.say(changed, ticket, answer_of(number))
        assert prove(changed).faults == ()

    def test_a_text_of_another_stream(self, changed: Desk) -> None:
        change(changed, "UPDATE trail_value SET text = '', salt = '' WHERE text = 'Recepção'")
        with writing(changed.engine) as connection:
            record(connection, GROUP, ANONYMISED, actor=None, at=NOW, changes={field_of(1, "nome"): (1, 0)})
        assert prove(changed).faults == ()


def test_a_recorded_jump_of_numbers_is_accepted(changed: Desk) -> None:
    change(changed, "UPDATE numbering SET last = 60 WHERE series = 'protocolo 20260302'")
    assert found(prove(changed)) == [("", "numeracao_falha")]
    with writing(changed.engine) as connection:
        record(connection, Stream("unidade", ""), JUMP, actor=ANA, at=NOW, changes={"protocolo 20260302": (3, 60)})
    assert prove(changed).faults == ()


# One byte in any place.

PLACES = 1_000 if IN_FULL else 40
COLUMNS = {
    "event": ("ticket_id", "seq", "kind", "at", "recorded_at", "actor_id", "request_id", "text", "changes", "words"),
    "field_value": ("id", "ticket_id", "key", "text", "salt"),
    "trail_event": ("area", "key", "seq", "kind", "at", "actor_id", "changes", "form", "hash"),
    "trail_value": ("event_id", "field", "text", "salt"),
    "trail_digest": ("day", "made_at", "last_event", "last_trail_event", "events", "hash"),
}
"""Every column in which something is told. The id of an event is its place in the table."""


def places(desk: Desk) -> list[tuple[str, str, int, str]]:
    """Table, column, id and content of every cell that is not empty."""
    found = []
    for table, columns in COLUMNS.items():
        if table == "event":
            columns = (*columns, "salt", "form", "hash")
        for row in rows(desk, f"SELECT id, {', '.join(columns)} FROM {table}"):  # noqa: S608
            found += [
                (table, name, row[0], str(cell))
                for name, cell in zip(columns, row[1:], strict=True)
                if cell not in (None, "")
            ]
    return found


def with_one_changed(cell: str, dice: random.Random) -> str:
    """The text with another character in one place; digits are replaced by digits, so that types stay what they are."""
    at = dice.randrange(len(cell))
    others = "0123456789" if cell[at].isdigit() else 'abcxyz{}": é'
    return cell[:at] + dice.choice([each for each in others if each != cell[at]]) + cell[at + 1 :]


STREAM = {
    "event": "SELECT 'atendimento', protocol FROM ticket JOIN event ON event.ticket_id = ticket.id WHERE event.id = ?",
    "field_value": "SELECT 'atendimento', protocol FROM ticket t JOIN field_value v ON ticket_id = t.id WHERE v.id = ?",
    "trail_event": "SELECT area, key FROM trail_event WHERE id = ?",
    "trail_value": "SELECT area, key FROM trail_event e JOIN trail_value v ON v.event_id = e.id WHERE v.id = ?",
    "trail_digest": "SELECT '', '' FROM trail_digest WHERE id = ?",
}
"""The stream of a row of each table."""


def stream_of(desk: Desk, table: str, number: int) -> set[tuple[str, str]]:
    """The stream of a row; none if it belongs to none now."""
    return {(area, key) for area, key in rows(desk, STREAM[table], number)}


def test_one_changed_character_is_found_wherever_it_is(changed: Desk) -> None:
    """Its stream is named. Of a row that was moved to another stream it is the former one or the new one."""
    dice = random.Random(8)
    cells = places(changed)
    is_file = file_of(changed.engine.url) is not None
    tried, wanted = 0, PLACES if is_file or IN_FULL else PLACES // 4
    while tried < wanted:
        table, column, number, cell = dice.choice(cells)
        wrong = with_one_changed(cell, dice)
        if not is_file and column in ("at", "recorded_at", "made_at"):
            wrong = str(datetime.fromisoformat(cell).replace(tzinfo=UTC) + timedelta(microseconds=dice.randrange(1, 9)))
        streams = stream_of(changed, table, number)
        if refuses(changed, table, column, number, wrong):
            continue
        tried += 1
        after = int(wrong) if column == "id" else number
        streams |= stream_of(changed, table, after)
        named = {(fault.area, fault.key) for fault in prove(changed).faults}
        assert named & streams, (table, column, number, cell, wrong, named)
        assert not refuses(changed, table, column, after, cell)
    assert prove(changed).faults == ()


def refuses(desk: Desk, table: str, column: str, number: int, value: str) -> bool:
    """Set a cell, unless the database refuses it, because of a type or a constraint."""
    quoted = value.replace("'", "''")
    try:
        change(desk, f"UPDATE {table} SET {column} = '{quoted}' WHERE id = {number}")  # noqa: S608
    except (sqlite3.Error, psycopg.Error):
        return True
    return False


@on_files
def test_one_changed_byte_of_the_file_is_found(databases: Databases) -> None:
    """Also one after which a text is not UTF-8."""
    dice, database = random.Random(9), databases.copy()
    with open_desk(database, NOW) as desk:
        lived(desk)
        cells = [
            cell.encode()
            for table, column, _, cell in places(desk)
            if column in ("text", "changes", "words", "salt", "hash") and len(cell) > 8 and table != "trail_digest"
        ]
    with closing(sqlite3.connect(database)) as raw:
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    whole, broken = Path(database).read_bytes(), 0
    once = [cell for cell in cells if whole.count(cell) == 1]  # a name is also in the row of its person
    assert len(once) > len(cells) // 2
    for cell in dice.choices(once, k=PLACES // 2):
        at = whole.index(cell) + dice.randrange(len(cell))
        wrong = dice.choice([byte for byte in range(256) if byte != whole[at]])
        Path(database).write_bytes(whole[:at] + bytes([wrong]) + whole[at + 1 :])
        broken += not _is_text(whole[at - 1 : at] + bytes([wrong]))
        with open_desk(database, NOW) as desk:
            assert prove(desk).faults_count, (cell, at, wrong)
    assert broken > PLACES // 8
    Path(database).write_bytes(whole)
    with open_desk(database, NOW) as desk:
        assert prove(desk).faults == ()
    databases.drop(database)


def _is_text(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


# Where events come from.


def test_two_writers_of_one_ticket_leave_a_whole_chain(desk: Desk) -> None:
    ticket, together = Living(desk).open(), Barrier(4)

    def write(person: int) -> None:
        living = Living(desk, requests=iter(range(100 * (person + 1), 10_000)))
        together.wait()
        for number in range(4):
            living.comment(ticket, f"Liguei {number}.", actor=ANA)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(4)))
    proof = prove(desk)
    assert (proof.faults, proof.events) == ((), 17)


def test_an_imported_history_is_chained(desk: Desk) -> None:
    log_map = read_map(LOG.with_suffix(".toml"))
    report = import_history(desk, LOG, log_map, NOW + timedelta(days=30), lambda *_: None)
    proof = prove(desk)
    assert (proof.faults, proof.tickets) == ((), report.cases)


@on_files
def test_the_demonstration_is_chained_and_has_its_digest(
    databases: Databases, tmp_path_factory: pytest.TempPathFactory
) -> None:
    assert isinstance(databases, Files)
    with open_desk(demonstration(tmp_path_factory, NOW), NOW) as desk:
        proof = prove(desk)
        assert proof.faults == ()
        assert (proof.since, digests.newest(desk).day) == (0, "2026-03-02")


@pytest.mark.parametrize(
    "revision", some([f"{number:04}" for number in (2, 6, 10, 13, 16, 17, 19, 21, 22, 23, 24)], 0, 4, 9)
)
def test_a_desk_of_an_older_version_is_chained_when_it_is_opened(databases: Databases, revision: str) -> None:
    today, older = databases.copy(), databases.new()
    with open_desk(today, NOW) as desk:
        lived(desk)
        counted = prove(desk)
    make_older(today, older, revision)
    with open_desk(older, NOW) as desk:
        proof = prove(desk)
        assert proof.faults == ()
        assert (proof.tickets, proof.digests) == (counted.tickets, 0)
        assert len(rows(desk, "SELECT 1 FROM event")) == len(rows(desk, "SELECT 1 FROM event WHERE form = 1"))
        assert rows(desk, "SELECT 1 FROM event WHERE changes LIKE '%aguardando o cliente%'") == []
        living = Living(desk, now=NOW + timedelta(days=3), requests=iter(range(500, 600)))
        living.comment(1, "Depois da atualização.")
        assert digests.make_if_due(desk, living.now)
        assert prove(desk, [digests.newest(desk).kept]).faults == ()
    for database in (today, older):
        databases.drop(database)


def test_a_migrated_desk_has_the_same_chains_and_digests(databases: Databases, request: pytest.FixtureRequest) -> None:
    kinds: list[Databases] = [request.getfixturevalue(name) for name in ("files", "server")]
    other = next(kind for kind in kinds if kind is not databases)
    source, target = databases.copy(), other.new()
    with open_desk(source, NOW) as desk:
        lived(desk)
        kept = digests.newest(desk).kept
    migrate.migrate(source, target, lambda *_: None, lambda *_: None)
    with open_desk(target, NOW) as desk:
        assert prove(desk, [kept]).faults == ()
        Living(desk, now=NOW + timedelta(days=3), requests=iter(range(500, 600))).comment(1, "No outro banco.")
        assert prove(desk, [kept]).faults == ()
    databases.drop(source)
    other.drop(target)


def test_windows_that_open_together_make_one_digest(desk: Desk) -> None:
    living = Living(desk)
    living.comment(living.open())
    tomorrow, together = NOW + timedelta(days=1), Barrier(4)

    def make(_: int) -> bool:
        together.wait()
        return digests.make_if_due(desk, tomorrow) is not None

    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(make, range(4)))
    assert sum(made) == 1
    assert len(rows(desk, "SELECT 1 FROM trail_digest")) == 2
    assert prove(desk).faults == ()


def test_acts_that_are_written_meanwhile_are_in_the_next_digest(desk: Desk) -> None:
    """No event is left between two digests, however many write."""
    ticket, done = Living(desk).open(), Signal()
    days = iter(range(1, 10_000))

    def write(person: int) -> None:
        living = Living(desk, requests=iter(range(1_000 * (person + 1), 100_000)))
        for number in range(12):
            living.comment(ticket, f"Liguei {number}.")

    def digest() -> None:
        while not done.is_set():
            digests.make_if_due(desk, NOW + timedelta(days=next(days)))

    with ThreadPoolExecutor(4) as pool:
        digesting = pool.submit(digest)
        for writing_ in [pool.submit(write, person) for person in range(3)]:
            writing_.result()
        done.set()
        digesting.result()
    assert digests.make_if_due(desk, NOW + timedelta(days=20_000))
    proof = prove(desk)
    assert (proof.faults, proof.since, proof.events) == ((), 0, 37)


def test_a_fault_in_a_secret_ticket_does_not_tell_its_protocol(changed: Desk) -> None:
    secret = open_secret(Living(changed, requests=iter(range(700, 800))))
    assert prove(changed).faults == ()
    change(changed, f"UPDATE event SET kind = 'lido' WHERE ticket_id = {secret.ticket} AND seq = 2")  # noqa: S608
    supervisor = changed.acting_as(Actor(ANA, Role.SUPERVISOR))
    for asking, key in ((changed, secret.protocol), (supervisor, ""), (changed.acting_as(UNNAMED), "")):
        proof = prove(asking)
        assert [(fault.key, fault.code) for fault in proof.faults if fault.area] == [(key, "evento_mudou")]
    change(changed, "DELETE FROM numbering WHERE series LIKE 'protocolo sigiloso%'")
    assert secret.protocol[-6:] not in repr(prove(supervisor))
