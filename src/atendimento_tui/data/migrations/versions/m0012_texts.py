"""The texts that the filter searches: names in usual spellings, and texts of events."""

import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import SimpleNamespace
from typing import Any

import sqlalchemy as sa
from alembic import op

from atendimento_tui.domain.process.values import TYPES, shown
from atendimento_tui.domain.text import searched, searched_name, searched_ticket

revision = "0012"
down_revision = "0011"

_AT_ONCE = 5_000
_LONGEST = 64 * 1024

_TICKETS = """
SELECT t.id, t.protocol, t.origin, t.subject, p.name AS service,
       CASE WHEN p.content_hash IS NULL THEN t.step_name ELSE '' END AS step, r.name AS requester, b.name AS beneficiary
FROM ticket t JOIN process p ON p.id = t.process_id
LEFT JOIN requester r ON r.id = t.requester_id LEFT JOIN beneficiary b ON b.id = t.beneficiary_id
WHERE t.id > :last ORDER BY t.id LIMIT :some
"""

_BENEFICIARIES = "SELECT id, name FROM beneficiary WHERE id > :last ORDER BY id LIMIT :some"

_EVENTS = """
SELECT e.id, e.ticket_id, t.is_open, e.text AS said FROM event e JOIN ticket t ON t.id = e.ticket_id
WHERE e.id > :last AND e.text <> '' AND e.kind NOT IN ('tempo', 'prazo_atencao', 'prazo_vencido', 'registrado')
ORDER BY e.id LIMIT :some
"""

_MESSAGES = """
SELECT m.id, m.ticket_id, t.is_open, m.subject, m.body FROM message m JOIN ticket t ON t.id = m.ticket_id
WHERE m.id > :last ORDER BY m.id LIMIT :some
"""

_ANSWERS = """
SELECT f.id, f.ticket_id, t.is_open, t.process_id, f.key, f.text FROM field_value f JOIN ticket t ON t.id = f.ticket_id
WHERE f.id > :last AND f.text <> '' ORDER BY f.id LIMIT :some
"""

_KEPT = [
    """CREATE TRIGGER ticket_text_in AFTER INSERT ON ticket_text WHEN new.is_open BEGIN
    INSERT INTO ticket_search_texts (rowid, text) VALUES (new.id, new.text);
END""",
    """CREATE TRIGGER ticket_text_out AFTER DELETE ON ticket_text WHEN old.is_open BEGIN
    INSERT INTO ticket_search_texts (ticket_search_texts, rowid, text) VALUES ('delete', old.id, old.text);
END""",
    """CREATE TRIGGER ticket_text_other AFTER UPDATE OF text, is_open ON ticket_text
WHEN old.text <> new.text OR old.is_open <> new.is_open BEGIN
    INSERT INTO ticket_search_texts (ticket_search_texts, rowid, text)
        SELECT 'delete', old.id, old.text WHERE old.is_open;
    INSERT INTO ticket_search_texts (rowid, text) SELECT new.id, new.text WHERE new.is_open;
END""",
]

_QUEUE = ["severity", "queue_due", "id", "owner_id", "group_id", "state", "warn_at", "due_at", "is_open", "search"]


def upgrade() -> None:
    """Fold names again, and fill the table of texts. Indexes are created last, which is ten times as fast."""
    here = op.get_bind()
    is_file = here.dialect.name == "sqlite"
    op.create_table(
        "ticket_text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ticket_id", sa.Integer(), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    has_words = _has_words(here, is_file=is_file)
    (_in_a_file if is_file else _on_a_server)(here, has_words)


def _in_a_file(here: sa.Connection, has_words: bool) -> None:
    trigger = ""
    if has_words:
        trigger = here.scalar(sa.text("SELECT sql FROM sqlite_schema WHERE name = 'ticket_search_other'"))
        op.execute("DROP TRIGGER ticket_search_other")
        _empty(here)
    op.drop_index("ix_ticket_queue", "ticket")
    _fill(here)
    op.create_index("ix_ticket_queue", "ticket", _QUEUE, sqlite_where=sa.text("is_open = 1"))
    op.create_index("ix_ticket_text_ticket_id", "ticket_text", ["ticket_id"])
    if has_words:
        op.execute("INSERT INTO ticket_search (rowid, search) SELECT id, search FROM ticket WHERE is_open")
        op.execute(trigger)
        op.execute(
            "CREATE VIRTUAL TABLE ticket_search_texts USING"
            " fts5(text, content = 'ticket_text', content_rowid = 'id', tokenize = 'trigram')"
        )
        op.execute("INSERT INTO ticket_search_texts (rowid, text) SELECT id, text FROM ticket_text WHERE is_open")
        for statement in _KEPT:
            op.execute(statement)


def _empty(here: sa.Connection) -> None:
    here.exec_driver_sql("INSERT INTO ticket_search (ticket_search) VALUES ('delete-all')")


def _on_a_server(here: sa.Connection, has_words: bool) -> None:
    pieces: dict[str, Any] = {
        "postgresql_using": "gin",
        "postgresql_where": sa.text("is_open"),
        # New entries are collected and merged later. The limit is small, because an act waits for the merge.
        "postgresql_with": {"gin_pending_list_limit": 256},
    }
    if has_words:
        op.drop_index("ix_ticket_search", "ticket")
    _fill(here)
    op.create_index("ix_ticket_text_ticket_id", "ticket_text", ["ticket_id"])
    if has_words:
        op.create_index("ix_ticket_search", "ticket", ["search"], postgresql_ops={"search": "gin_trgm_ops"}, **pieces)
        op.create_index(
            "ix_ticket_text_search", "ticket_text", ["text"], postgresql_ops={"text": "gin_trgm_ops"}, **pieces
        )


def _has_words(here: sa.Connection, *, is_file: bool) -> bool:
    """Whether this desk has a trigram index."""
    inspected = sa.inspect(here)
    if is_file:
        return bool(here.scalar(sa.text("SELECT count(*) FROM sqlite_schema WHERE name = 'ticket_search'")))
    return any(index["name"] == "ix_ticket_search" for index in inspected.get_indexes("ticket"))


def _fill(here: sa.Connection) -> None:
    search = sa.text("UPDATE ticket SET search = :search WHERE id = :id")
    for rows in _read(here, _TICKETS):
        here.execute(search, [{"id": row.id, "search": _found_by(row)} for row in rows])
    search = sa.text("UPDATE beneficiary SET search = :search WHERE id = :id")
    for rows in _read(here, _BENEFICIARIES):
        here.execute(search, [{"id": row.id, "search": searched_name(row.name)} for row in rows])
    shown_answer = _shown_answers(here)
    _say(here, _EVENTS, lambda row: row.said)
    _say(here, _ANSWERS, shown_answer)
    _say(here, _MESSAGES, lambda row: f"{row.subject}\n{row.body}")


def _found_by(row: Any) -> str:
    words = f"{row.protocol} {row.origin or ''} {row.service} {row.step} {row.subject}"
    return searched_ticket(words, filter(None, (row.requester, row.beneficiary)))


def _read(here: sa.Connection, query: str) -> Iterator[list[Any]]:
    last = 0
    while rows := list(here.execute(sa.text(query), {"last": last, "some": _AT_ONCE})):
        yield rows
        last = rows[-1].id


def _say(here: sa.Connection, query: str, said: Callable[[Any], str]) -> None:
    write = sa.text("INSERT INTO ticket_text (ticket_id, is_open, text) VALUES (:ticket, :is_open, :text)")
    for rows in _read(here, query):
        texts = [
            {"ticket": row.ticket_id, "is_open": bool(row.is_open), "text": searched(text[:_LONGEST])}
            for row in rows
            if (text := said(row))
        ]
        if texts:
            here.execute(write, texts)


def _shown_answers(here: sa.Connection) -> Callable[[Any], str]:
    """The searched form of an answer, by the type of its field; empty if it is personal."""
    processes: Iterable[Any] = here.execute(sa.text("SELECT id, content FROM process WHERE content <> ''"))
    types: Mapping[int, Mapping[str, str]] = {row.id: _types_of(row.content) for row in processes}

    def said(row: Any) -> str:
        kind = types.get(row.process_id, {}).get(row.key, "")
        if kind not in TYPES or TYPES[kind].personal:
            return ""
        rule: Any = SimpleNamespace(type=kind)
        return shown(rule, row.text)

    return said


def _types_of(content: str) -> dict[str, str]:
    fields = tomllib.loads(content).get("campos", ())
    return {field["chave"]: field.get("tipo", "texto") for field in fields}
