"""Addressees of messages and alerts: people, groups and requesters, also those of older rows."""

from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Connection
from sqlalchemy import text as sql

from atendimento_tui.data.engine import make_engine, url_of, writing
from atendimento_tui.data.schema import _MIGRATIONS, head
from atendimento_tui.outputs import as_json, as_text
from atendimento_tui.services import acts, processes
from atendimento_tui.services.desk import Desk
from tests.databases import Databases
from tests.living import BRUNO, rows
from tests.services.test_processes import ProcessTicket, local

ZONE = ZoneInfo("America/Sao_Paulo")

SERVICE = """
chave = "aviso"
nome = "Aviso"
[prazos.solucao]
alvo = "2h"
[ao_abrir]
inicia = "solucao"
[mensagens.contas]
para = "grupo"
grupo = "Contas médicas"
texto = "Vejam."
[mensagens.do_grupo]
para = "grupo"
texto = "Vejam."
[mensagens.de_quem]
para = "responsavel"
texto = "Veja."
[mensagens.chefia]
para = "supervisao"
texto = "Vejam."
[mensagens.cliente]
assunto = "{texto}|{vence}|{vence.solucao}"
texto = "Veja."
[[etapas]]
chave = "um"
nome = "Um"
grupo = "Recepção"
[[etapas.acoes]]
chave = "avisar"
rotulo = "Avisar"
tecla = "v"
[etapas.acoes.faz]
mensagem = ["contas", "do_grupo", "de_quem", "chefia", "cliente"]
alerta = ["grupo", "responsavel", "direcao"]
alerta_grupo = ["Contas médicas", "Faturamento"]
[[etapas.acoes]]
chave = "fim"
rotulo = "Fim"
tecla = "x"
faz = { ir = "fim" }
[[etapas.tempos]]
chave = "lembrete"
apos = "1h"
faz = { mensagem = "cliente" }
[[etapas]]
chave = "fim"
nome = "Fim"
estado = "concluido"
"""


@pytest.fixture
def life(desk: Desk, tmp_path: Path) -> ProcessTicket:
    path = tmp_path / "aviso.toml"
    path.write_text(SERVICE, "utf-8")
    life = ProcessTicket(desk, local(10, 10))
    processes.include_file(life.desk, path, make_groups=True)
    return life.open("aviso")


def addressees_of(life: ProcessTicket) -> list[str]:
    return [as_text.addressees(message) for message in life.view().messages]


def test_each_message_has_its_addressees_by_name(life: ProcessTicket) -> None:
    life.act("avisar")
    supervisors = ", ".join(
        str(name) for (name,) in rows(life.desk, "SELECT name FROM person WHERE role = 'supervisor'")
    )
    assert supervisors
    assert addressees_of(life) == [
        "grupo Contas médicas",
        "grupo Recepção",
        "responsável (Recepção)",  # nobody answers for it yet
        f"supervisão ({supervisors})",
        "solicitante (Hospital São Lucas)",
    ]
    acts.claim(life.desk, life.order(BRUNO))
    life.act("avisar")
    assert addressees_of(life)[7] == "responsável (Bruno Castro)"


def test_the_command_shows_the_group_by_name(life: ProcessTicket) -> None:
    life.act("avisar")
    view = life.view()
    assert "mensagem para grupo Contas médicas, e-mail: Vejam." in "\n".join(as_text.ticket(view, life.now, ZONE))
    [first, *_] = as_json.ticket(view, None, life.now, ZONE)["mensagens"]
    assert (first["papel"], first["para"], first["texto"]) == ("grupo", ["Contas médicas"], "Vejam.")


def test_a_group_that_only_an_alert_names_is_created_with_the_process(life: ProcessTicket) -> None:
    assert rows(life.desk, "SELECT count(*) FROM staff_group WHERE name = 'Faturamento'") == [(1,)]


def test_an_alert_keeps_its_group_and_its_person(life: ProcessTicket) -> None:
    life.act("avisar")
    acts.claim(life.desk, life.order(BRUNO))
    life.act("avisar")
    query = """SELECT alert.who, person.name, staff_group.name FROM alert
    LEFT JOIN person ON person.id = alert.person_id LEFT JOIN staff_group ON staff_group.id = alert.group_id
    ORDER BY alert.id"""
    assert rows(life.desk, query) == [
        ("grupo", None, "Recepção"),
        ("responsavel", None, "Recepção"),
        ("direcao", None, None),
        ("grupo", None, "Contas médicas"),
        ("grupo", None, "Faturamento"),
        ("grupo", None, "Recepção"),
        ("responsavel", "Bruno Castro", None),
        ("direcao", None, None),
        ("grupo", None, "Contas médicas"),
        ("grupo", None, "Faturamento"),
    ]


def test_a_message_has_the_full_date_and_not_the_key_of_a_timer(life: ProcessTicket) -> None:
    life.act("avisar", "Liguem já.")
    life.at(10, 11, 5).act("avisar")
    text = "sex 10/04/2026 12:00"
    subjects = [message.subject for message in life.view().messages if message.recipient == "solicitante"]
    assert subjects == [f"Liguem já.|{text}|{text}", f"|{text}|{text}", f"|{text}|{text}"]


# Older rows.

OLDER = [
    "INSERT INTO person (id, name, role, active, origin_system) VALUES (1, 'Ana', 'atendente', {true}, ''),"
    " (2, 'Bia', 'supervisor', {true}, ''), (3, 'Caio', 'supervisor', {true}, ''),"
    " (4, 'Dé', 'supervisor', {false}, '')",
    "INSERT INTO staff_group (id, name) VALUES (1, 'N1'), (2, 'Contas'), (3, 'N2')",
    "INSERT INTO requester (id, name) VALUES (7, 'Loja')",
    "INSERT INTO process (id, key, name, content) VALUES (1, 'a', 'A', :content)",
    "INSERT INTO ticket (id, protocol, process_id, step, group_id, owner_id, requester_id, subject, severity, state,"
    " is_open, cycle, version, opened_at, changed_at, search, queue_due) VALUES"
    " (1, '1', 1, 'um', 3, NULL, 7, '', 0, 'aberto', {true}, 1, 3, :at, :at, '', :at)",
    "INSERT INTO message (id, ticket_id, event_seq, key, recipient, channel, subject, body, created_at) VALUES"
    " (1, 1, 1, 'x', 'solicitante', 'email', '', '', :at), (2, 1, 2, 'y', 'responsavel', 'email', '', '', :at),"
    " (3, 1, 2, 'z', 'grupo', 'email', '', '', :at), (4, 1, 3, 'x', 'grupo', 'email', '', '', :at),"
    " (5, 1, 3, 'y', 'responsavel', 'email', '', '', :at), (6, 1, 3, 'y', 'supervisao', 'email', '', '', :at)",
    "INSERT INTO alert (ticket_id, event_seq, who, created_at) VALUES (1, 1, 'grupo', :at),"
    " (1, 2, 'responsavel', :at), (1, 3, 'supervisao', :at), (1, 3, 'direcao', :at)",
]
EVENTS = [
    '{"campos":{"group":[null,1],"requester":[null,7]}}',
    '{"campos":{"owner":[null,1]}}',
    '{"campos":{"owner":[1,null],"group":[1,3]}}',
]


def fill(connection: Connection, is_file: bool) -> None:
    words = {"true": "1", "false": "0"} if is_file else {"true": "true", "false": "false"}
    given: dict[str, Any] = {
        "at": "2026-03-02 12:00:00.000000",
        "content": '[mensagens.z]\npara = "grupo"\ngrupo = "Contas"\ntexto = "?"\n',
    }
    for statement in OLDER:
        text = statement.format(**words) if "{" in statement else statement
        connection.execute(sql(text), {name: value for name, value in given.items() if f":{name}" in text})
    for seq, changes in enumerate(EVENTS, start=1):
        connection.execute(
            sql(
                "INSERT INTO event (ticket_id, seq, kind, at, recorded_at, text, changes)"
                " VALUES (1, :seq, 'acao', :at, :at, '', :changes)"
            ),
            {"seq": seq, "changes": changes, "at": given["at"]},
        )


def test_a_migration_converts_words_to_addressees(databases: Databases) -> None:
    from alembic import command
    from alembic.config import Config

    empty = databases.new()
    engine = make_engine(url_of(empty))
    with writing(engine) as connection:
        config = Config()
        config.set_main_option("script_location", str(_MIGRATIONS))
        config.attributes["connection"] = connection
        command.upgrade(config, "0013")
        fill(connection, engine.dialect.name == "sqlite")
        command.upgrade(config, head())
        found = connection.execute(
            sql("SELECT message_id, person_id, group_id, requester_id FROM addressee ORDER BY message_id, id")
        ).all()
        assert [tuple(row) for row in found] == [
            (1, None, None, 7),
            (2, 1, None, None),
            (3, None, 2, None),  # the group that the process names, which the word had lost
            (4, None, 3, None),
            (5, None, 3, None),
            (6, 2, None, None),
            (6, 3, None, None),
        ]
        alerts = connection.execute(sql("SELECT event_seq, who, person_id, group_id FROM alert ORDER BY event_seq, id"))
        assert [tuple(row) for row in alerts] == [
            (1, "grupo", None, 1),
            (2, "responsavel", 1, None),
            (3, "supervisao", 2, None),
            (3, "direcao", None, None),
            (3, "supervisao", 3, None),
        ]
    engine.dispose()
    databases.drop(empty)
