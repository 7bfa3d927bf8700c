"""The migrations of the indexes for searches: an older desk is searched like a new one."""

from itertools import count

from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, text

from atendimento_tui.contracts.tickets import Order
from atendimento_tui.data.engine import file_of, make_engine, reading, url_of, writing
from atendimento_tui.data.migrations.versions import m0012_texts, m0015_texts_by_ticket, m0023_exact_words
from atendimento_tui.domain.text import folded
from atendimento_tui.domain.words import Severity
from atendimento_tui.services import intake, processes, queue
from atendimento_tui.services.desk import Desk, open_desk
from tests.databases import Databases, on_files
from tests.living import ANA, NOW, Living


def of_yesterday(connection: Connection, *, is_file: bool) -> None:
    """Undo the migration: the table is not there, and names are folded as they were."""
    if is_file:
        connection.execute(text("DROP TABLE IF EXISTS ticket_search_texts"))
    connection.execute(text("DROP TABLE ticket_text"))
    for table in ("ticket", "beneficiary"):
        for number, old in connection.execute(text(f"SELECT id, search FROM {table}")).all():  # noqa: S608
            plainly = folded(old.lower().replace("davila", "d'avila"))
            connection.execute(
                text(f"UPDATE {table} SET search = :old WHERE id = :id"),  # noqa: S608
                {"old": plainly, "id": number},
            )


def found(desk: Desk, words: str) -> list[int]:
    return sorted(row.key for row in queue.listed(desk, words, 9, NOW))


def test_a_migrated_desk_equals_a_new_one(databases: Databases) -> None:
    with databases.copied() as database:
        with open_desk(database, NOW) as desk:
            living = Living(desk)
            plainly = living.open(requester="Maria D'Ávila", subject="Boleto")
            living.comment(plainly, "Pediu estorno do guarda-chuva.")
            closed = living.open(requester="Rui D'Ávila")
            living.comment(closed, "estorno antigo")
            living.solve(closed)
            [service] = [each for each in processes.offered(desk) if each.key == "duvida"]
            begun = intake.begin(desk, service.version, ANA, "begin", NOW)
            answers = {"produto": "Agenda", "pergunta": "Como remarco?", "email": "segredo@exemplo.com.br"}
            asked = intake.Intake(Severity.LOW, "Ana Sá-Carneiro", answers=answers)
            intake.finish(desk, Order(begun.ticket, ANA, "finish", NOW), asked)
            before = {words: found(desk, words) for words in WORDS}
        engine = make_engine(url_of(database))
        with writing(engine) as connection:
            of_yesterday(connection, is_file=file_of(engine.url) is not None)
            with Operations.context(MigrationContext.configure(connection)):
                m0012_texts.upgrade()
                m0015_texts_by_ticket.upgrade()  # these two alone: the others were carried out already
        engine.dispose()
        with open_desk(database, NOW) as desk:
            assert {words: found(desk, words) for words in WORDS} == before
            assert found(desk, "davila estorno") == [plainly]
            assert found(desk, "sacarneiro remarco") == [begun.ticket]
            assert found(desk, "segredo") == []
            with reading(desk.engine) as connection:
                kept = connection.execute(text("SELECT DISTINCT ticket_id FROM ticket_text WHERE NOT is_open"))
                assert kept.scalars().all() == [closed]  # it is found again when it is opened again
            living = Living(desk, NOW, count(100))
            living.comment(plainly, "E também uma bicicleta.")
            assert found(desk, "bicicleta estorno") == [plainly]


@on_files
def test_an_index_without_case_is_created_again(databases: Databases) -> None:
    with databases.copied() as database:
        with open_desk(database, NOW) as desk:
            living = Living(desk)
            living.open(requester="José Santos", subject="boleto")
            closed = living.open(requester="José Santos", subject="joses")
            living.solve(closed)
        engine = make_engine(url_of(database))
        with writing(engine) as connection:
            connection.execute(text("DROP TABLE ticket_search"))
            connection.execute(text(OLD_INDEX))
            connection.execute(
                text("INSERT INTO ticket_search (rowid, search) SELECT id, search FROM ticket WHERE is_open")
            )
            assert connection.execute(text(JOSES)).all() == [(1,)]  # a part of JOSESANTOS
            with Operations.context(MigrationContext.configure(connection)):
                m0023_exact_words.upgrade()
            assert connection.execute(text(JOSES)).all() == []
        engine.dispose()
        with open_desk(database, NOW) as desk:
            living = Living(desk, NOW, count(100))
            again = living.open(requester="Rui", subject="joses")
            living.solve(living.open(subject="joses"))
            assert (found(desk, "josesantos"), found(desk, "joses")) == ([1], [again])


OLD_INDEX = (
    "CREATE VIRTUAL TABLE ticket_search USING"
    " fts5(search, content = 'ticket', content_rowid = 'id', tokenize = 'trigram')"
)
JOSES = "SELECT rowid FROM ticket_search WHERE ticket_search MATCH '\"joses\"'"
WORDS = ("davila", "d avila", "estorno", "guarda chuva", "agenda remarco", "sa carneiro", "boleto", "segredo", "antigo")
