"""PostgreSQL with other settings: the desk works the same, or reports why it cannot."""

from typing import Any

import pytest

from atendimento_tui.data.engine import DatabaseUnavailable, reading, snapshot, writing
from atendimento_tui.services.desk import Desk, open_desk
from atendimento_tui.services.migrate import migrate
from atendimento_tui.services.setup import create_desk
from atendimento_tui.services.tickets import ticket_view
from atendimento_tui.texts.refusals import sentence
from tests.databases import OnServer
from tests.living import NOW, Living, answers, audited, create_test_desk

GERMAN = {"datestyle": "German, DMY", "timezone": "'Asia/Tokyo'", "client_encoding": "LATIN1"}
STRICT = {"default_transaction_isolation": "serializable", "standard_conforming_strings": "off"}


@pytest.mark.parametrize("encoding", ["SQL_ASCII", "LATIN1"])
def test_a_database_that_is_not_utf_8_is_refused_in_portuguese(
    server: OnServer, encoding: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    database = server.server.make(encoding=encoding)
    file = tmp_path_factory.mktemp("source") / "desk.db"
    create_test_desk(file)
    for work in (
        lambda: create_desk(database, answers(), NOW),
        lambda: open_desk(database, NOW),
        lambda: migrate(file, database, lambda *_: None, lambda *_: None),
        lambda: migrate(database, file.with_name("new.db"), lambda *_: None, lambda *_: None),
    ):
        with pytest.raises(DatabaseUnavailable) as raised:
            work()
        assert (raised.value.code, raised.value.values["encoding"]) == ("banco_sem_utf8", encoding)
        assert f"guarda textos em {encoding}" in sentence(raised.value.code, raised.value.values)
    server.drop(database)


def texts_and_instants_are_unchanged(desk: Desk) -> None:
    """Instants and letters go in and come out as they are."""
    living = Living(desk)
    ticket = living.open()
    living.comment(ticket, "Atenção: 漢字 🦷 \\ 'x'")
    view = ticket_view(desk, NOW, ticket_id=ticket)
    assert view.opened_at == NOW
    assert view.history[-1].text == "Atenção: 漢字 🦷 \\ 'x'"


@pytest.mark.parametrize("settings", [GERMAN, STRICT])
def test_settings_of_an_administrator_change_nothing(server: OnServer, settings: dict[str, str]) -> None:
    database = server.server.make(**settings)
    create_test_desk(database)
    with audited(database) as desk:
        texts_and_instants_are_unchanged(desk)
        with reading(desk.engine) as connection:
            assert connection.exec_driver_sql("SHOW transaction_isolation").scalar() == "read committed"
    server.drop(database)


def test_a_short_read_begins_no_transaction(server: OnServer) -> None:
    """`BEGIN` and `ROLLBACK` are journeys to the server. A write and a snapshot after it begin one all the same."""
    with server.copied() as database, open_desk(database, NOW) as desk:
        for connected, status in ((reading, "IDLE"), (snapshot, "INTRANS"), (writing, "INTRANS"), (reading, "IDLE")):
            with connected(desk.engine) as connection:
                connection.exec_driver_sql("SELECT 1")
                raw: Any = connection.connection.driver_connection
                assert raw.info.transaction_status.name == status


def test_date_style_and_encoding_of_the_environment_change_nothing(
    server: OnServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {"PGDATESTYLE": "German", "PGTZ": "Asia/Tokyo", "PGCLIENTENCODING": "LATIN1"}.items():
        monkeypatch.setenv(name, value)
    with server.copied() as database, audited(database) as desk:
        texts_and_instants_are_unchanged(desk)
        with reading(desk.engine) as connection:
            shown = [connection.exec_driver_sql(f"SHOW {name}").scalar() for name in ("datestyle", "timezone")]
    assert shown == ["ISO, DMY", "UTC"]
