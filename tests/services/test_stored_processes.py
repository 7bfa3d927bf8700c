"""A desk works with stored processes that the current checks would refuse."""

from datetime import timedelta

import pytest
from sqlalchemy import text as sql

from atendimento_tui.contracts.tickets import Order
from atendimento_tui.data import tables
from atendimento_tui.data.engine import make_engine, url_of, writing
from atendimento_tui.data.schema import _MIGRATIONS, head
from atendimento_tui.domain.process.errors import ProcessError
from atendimento_tui.domain.process.read import read_process
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.words import Severity
from atendimento_tui.domain.workflow import Answer
from atendimento_tui.services import acts, intake, processes, queue
from atendimento_tui.services.desk import Desk, open_desk
from atendimento_tui.services.sweep import sweep
from atendimento_tui.services.tickets import ticket_view
from tests.databases import Databases
from tests.living import ANA, NOW, confirmed, rows

SERVICE = "duvida"

NOT_TODAY = {
    "a check that is newer": ('rotulo = "', 'rotulo = "\\u0009  '),
    "an unknown word": ("[[etapas]]\n", '[[etapas]]\nvoa = "alto"\n'),
    "an unknown value": ('tipo = "texto_longo"', 'tipo = "partitura"'),
    "a field that nothing fills": (
        "[[etapas.acoes]]\n",
        '[[etapas.acoes]]\nquando = [{ campo = "nunca", preenchido = false, brilha = true }]\n',
    ),
}


@pytest.fixture(params=NOT_TODAY)
def older(request: pytest.FixtureRequest, desk: Desk) -> Desk:
    """A desk whose process of a service is one that is refused today, opened anew."""
    [service] = [each for each in processes.offered(desk) if each.key == SERVICE]
    [(content,)] = rows(desk, "SELECT content FROM process WHERE id = ?", service.version)
    old, new = NOT_TODAY[request.param]
    assert old in content
    stored = content.replace(old, new)
    if "nunca" in stored:
        stored = stored.replace(
            "[[campos]]",
            '[[campos]]\nchave = "nunca"\nrotulo = "Nunca"\ndepois = true\nobrigatorio = true\n[[campos]]',
            1,
        )
    with pytest.raises(ProcessError):
        read_process(stored)
    with writing(desk.engine) as connection:
        connection.execute(
            sql("UPDATE process SET content = :stored WHERE id = :id"), {"stored": stored, "id": service.version}
        )
    desk._shared.processes.clear()  # noqa: SLF001 - as a desk that was opened anew
    return desk


def test_a_ticket_of_an_older_process_is_opened_shown_acted_upon_and_swept(older: Desk) -> None:
    [service] = [each for each in processes.offered(older) if each.key == SERVICE]
    begun = intake.begin(older, service.version, ANA, "p-1", NOW)
    answers = {
        rule.key: rule.options[0] if rule.options else "uma resposta longa o bastante"
        for rule in service.process.fields
        if rule.required and not rule.later
    }
    about = confirmed(older, service, NOW)
    details = intake.Intake(Severity.MEDIUM, "Ana", "Dúvida de teste", "telefone", about, answers)
    intake.finish(older, Order(begun.ticket, ANA, "p-2", NOW), details)
    assert intake.promises(older, service.version, answers, NOW) is not None
    [row] = queue.listed(older, "", 10, NOW)
    assert row.key == begun.ticket
    view = ticket_view(older, NOW, ticket_id=begun.ticket, role="supervisor")
    possible = [action for action in view.actions if action.why_not is None]
    acts.comment(older, Order(begun.ticket, ANA, "p-3", NOW), "Liguei.")
    for number, action in enumerate(possible[:1]):
        typed = {rule.key: rule.options[0] if rule.options else "uma resposta longa o bastante" for rule in action.asks}
        acts.act(older, Order(begun.ticket, ANA, f"p-4-{number}", NOW), action.key, Answer("Feito.", typed))
    assert sweep(older, NOW + timedelta(days=60)) >= 0
    assert ticket_view(older, NOW + timedelta(days=60), ticket_id=begun.ticket).history


def test_the_same_text_is_refused_for_inclusion(older: Desk, tmp_path_factory: pytest.TempPathFactory) -> None:
    [(content,)] = rows(older, "SELECT content FROM process WHERE key = ? AND is_offered", SERVICE)
    path = tmp_path_factory.mktemp("files") / "older.toml"
    path.write_text(content, "utf-8")
    with pytest.raises(Refused):
        processes.include_file(older, path)


def test_an_included_process_has_the_version_of_its_format(databases: Databases) -> None:
    """Processes stored before have the first version."""
    from alembic import command
    from alembic.config import Config

    database = databases.copy()
    with open_desk(database, NOW) as desk:
        assert {number for (number,) in rows(desk, "SELECT format FROM process")} == {1}
    databases.drop(database)
    empty = databases.new()
    engine = make_engine(url_of(empty))
    with writing(engine) as connection:
        config = Config()
        config.set_main_option("script_location", str(_MIGRATIONS))
        config.attributes["connection"] = connection
        command.upgrade(config, "0008")
        connection.execute(sql("INSERT INTO process (key, name, content) VALUES ('a', 'A', 'n = 1')"))
        command.upgrade(config, head())
        assert connection.execute(sql("SELECT key, content, format FROM process")).all() == [("a", "n = 1", 1)]
    engine.dispose()
    databases.drop(empty)
    assert tables.Process(key="a", name="A").format == 1
