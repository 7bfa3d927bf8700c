"""Errors of databases: distinguished by code and number, never shown in English."""

import errno
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from atendimento_tui.data.engine import unavailable, url_of
from atendimento_tui.data.unavailable import DatabaseUnavailable
from atendimento_tui.services.desk import open_desk
from atendimento_tui.texts.refusals import sentence
from tests.living import NOW
from tests.servers import Server, connected, running

ENGLISH = re.compile(r"\b(is|the|not|error|failed|directory|refused|denied|disk|image|does|exist|server)\b", re.I)


@pytest.fixture(scope="module")
def guarded(server_with_desk: Path) -> Iterator[Server]:
    """A server that asks Joana for a password, and refuses everybody except her and its administrator."""
    with running(server_with_desk) as server:
        with connected(server.url("postgres")) as own:
            own.execute("CREATE ROLE joana LOGIN PASSWORD 'certa'")
            own.execute("CREATE ROLE pedro LOGIN")
        server.let_in(
            "host all postgres,ninguem 127.0.0.1/32 trust\n"  # there is no such role
            "host all joana 127.0.0.1/32 scram-sha-256\n"
        )
        yield server


def opening_error(url: str) -> DatabaseUnavailable:
    """The error of a database that cannot be opened; it is the same for opening and creating a desk."""
    with pytest.raises(DatabaseUnavailable) as refused:
        open_desk(url, NOW)
    text = sentence(refused.value.code, refused.value.values)
    assert not ENGLISH.search(text), text
    assert "digitado" not in text or refused.value.code == "banco_sem_conexao"
    return refused.value


@pytest.mark.parametrize(
    ("who", "database", "code"),
    [
        ("joana:errada", "postgres", "banco_senha"),
        ("joana", "postgres", "banco_senha"),
        ("ninguem", "postgres", "banco_senha"),
        ("joana:certa", "nada", "banco_sem_base"),
        ("postgres", "nada", "banco_sem_base"),
        ("pedro", "postgres", "banco_recusou"),
    ],
)
def test_a_refused_connection_is_reported_with_its_reason(guarded: Server, who: str, database: str, code: str) -> None:
    url = guarded.url(database).replace("postgres@", f"{who}@")
    assert opening_error(url).code == code


def test_a_missing_server_is_reported_as_no_connection(guarded: Server) -> None:
    nobody = "postgresql+psycopg://nobody@127.0.0.1:1/desk"
    assert (opening_error(nobody).code, opening_error(nobody).values["detail"]) == (
        "banco_sem_conexao",
        errno.ECONNREFUSED,
    )
    assert "(nada atende nesse endereço)" in sentence(opening_error(nobody).code, opening_error(nobody).values)
    assert opening_error("postgresql://nobody@nowhere.invalid/desk").values["detail"] in {-2, -3}
    assert opening_error("postgresql://nobody@/desk?host=/nowhere").values["detail"] == errno.ENOENT
    for wrong in ("sslmode=nada", "nada=1", "port=x"):
        assert opening_error(f"{guarded.url('postgres')}?{wrong}").code == "banco_sem_endereco"


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ('connection failed: FATAL:  banco de dados "nada" não existe', "banco_sem_base"),
        ('connection failed: FATAL:  autenticação do tipo senha falhou para usuário "ana"', "banco_senha"),
        ('connection failed: FATAL:  password authentication failed for user "ana"', "banco_senha"),
        ("connection failed: FATAL:  Passwort-Authentifizierung für Benutzer »ana« fehlgeschlagen", "banco_recusou"),
        ("connection failed: FATAL:  sorry, too many clients already", "banco_sem_conexao"),
        ("connection failed: FATAL:  the database system is starting up", "banco_sem_conexao"),
        ("connection failed: server closed the connection unexpectedly", "banco_sem_conexao"),
        ("connection timeout expired", "banco_sem_conexao"),
    ],
)
def test_messages_of_a_server_for_a_refused_connection_are_recognised(message: str, code: str) -> None:
    assert unavailable(psycopg.OperationalError(message), url_of("postgresql://x/y")).code == code


def test_no_error_of_sqlite_is_shown_in_english() -> None:
    codes = [name for name in dir(sqlite3) if re.fullmatch("SQLITE_[A-Z]+(_[A-Z0-9]+)*", name)]
    assert len(codes) > 50
    for code in codes:
        assert not ENGLISH.search(sentence("disco_falhou", {"path": "x.db", "detail": code}).replace(code, ""))


def test_no_error_of_the_system_is_shown_in_english() -> None:
    for number in [*errno.errorcode, None, 9999]:
        assert not ENGLISH.search(sentence("arquivo_nao_grava", {"path": "x", "detail": number}))
