"""The chain of hashes over the events of tickets, without the texts of people, and the digests over all chains."""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from itertools import groupby
from operator import attrgetter
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

from atendimento_tui.domain.trail import TICKET, Recorded, Stream, instant, link, new_salt, sealed

revision = "0025"
down_revision = "0024"

_AT_ONCE = 500

_TICKETS = "SELECT id, protocol FROM ticket WHERE id > :last ORDER BY id LIMIT :some"
_EVENTS = """
SELECT e.* FROM event e WHERE e.ticket_id BETWEEN :first AND :last ORDER BY e.ticket_id, e.seq
"""
_ANSWERS = "SELECT id, key, text FROM field_value WHERE ticket_id BETWEEN :first AND :last"

_WRITE_EVENT = """
UPDATE event SET at = :at, recorded_at = :recorded_at, changes = :changes, words = :words, salt = :salt, form = 1,
    hash = :hash
WHERE id = :id
"""
_WRITE_SALT = "UPDATE field_value SET salt = :salt WHERE id = :id"
_WRITE_HEAD = "UPDATE ticket SET head = :head WHERE id = :id"


def upgrade() -> None:
    """Add the columns, and chain the existing events as they are."""
    texts = (("ticket", "head"), ("field_value", "salt"), ("event", "words"), ("event", "salt"), ("event", "hash"))
    for table, name in texts:
        op.add_column(table, sa.Column(name, sa.String(), nullable=False, server_default=sa.text("''")))
    op.create_table(
        "trail_digest",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("day", sa.String(), nullable=False, unique=True),
        sa.Column("made_at", UTCDateTime(), nullable=False),
        sa.Column("last_event", sa.Integer(), nullable=False),
        sa.Column("last_trail_event", sa.Integer(), nullable=False),
        sa.Column("events", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
    )
    op.add_column("event", sa.Column("form", sa.Integer(), nullable=False, server_default=sa.text("0")))
    here, last = op.get_bind(), 0
    while tickets := here.execute(sa.text(_TICKETS), {"last": last, "some": _AT_ONCE}).all():
        first, last = tickets[0].id, tickets[-1].id
        _chain(here, {row.id: row.protocol for row in tickets}, {"first": first, "last": last})


def _chain(here: sa.Connection, protocols: Mapping[int, str], between: Mapping[str, int]) -> None:
    answers = {
        row.id: {"id": row.id, "key": row.key, "text": row.text, "salt": new_salt()}
        for row in here.execute(sa.text(_ANSWERS), between)
    }
    events, heads = [], []
    for ticket, own in groupby(here.execute(sa.text(_EVENTS), between), key=attrgetter("ticket_id")):
        chained = list(_chained(protocols[ticket], own, answers))
        events += chained
        heads.append({"id": ticket, "head": chained[-1]["hash"]})
    for statement, rows in ((_WRITE_SALT, list(answers.values())), (_WRITE_EVENT, events), (_WRITE_HEAD, heads)):
        if rows:
            here.execute(sa.text(statement), rows)


def _chained(protocol: str, events: Any, answers: Mapping[int, Mapping[str, str]]) -> Iterator[dict[str, Any]]:
    head = ""
    for row in events:
        changes, words, salt = _without_texts(row.changes, row.text, answers)
        at, recorded_at = _instant(row.at), _instant(row.recorded_at)
        it = Recorded(row.kind, at, recorded_at, row.actor_id, row.request_id, changes, form=1)
        head = link(head, Stream(TICKET, protocol), row.seq, it)
        # Instants are written again only for their spelling: in SQLite they are texts.
        written = {"at": at, "recorded_at": recorded_at} if isinstance(row.at, str) else {}
        kept = {"at": row.at, "recorded_at": row.recorded_at}
        yield {"id": row.id, **kept, **written, "changes": changes, "words": words, "salt": salt, "hash": head}


def _without_texts(changes: str, text: str, answers: Mapping[int, Mapping[str, str]]) -> tuple[str, str, str]:
    """The changes with numbers of texts instead of the texts, the other texts of the event, and their salt."""
    data, texts = json.loads(changes), [text]

    def refer(value: Any) -> Any:
        if not isinstance(value, str) or not value:
            return value
        if value not in texts:
            texts.append(value)
        return texts.index(value)

    if "subject" in data.get("campos", {}):
        data["campos"]["subject"] = [refer(value) for value in data["campos"]["subject"]]
    for clock in data.get("prazos", ()):
        if "motivo" in clock:
            clock["motivo"] = refer(clock["motivo"])
    if "respostas" in data:
        given = {key: answers[number] for key, number in data["respostas"].items()}
        data["respostas"] = {
            key: [own["id"], sealed(own["salt"], own["key"], own["text"])] for key, own in given.items()
        }
    words, salt = _json(texts[1:]) if texts[1:] else "", ""
    if text or words:
        salt = new_salt()
        data["dito"] = sealed(salt, text, words)
    return _json(data), words, salt


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _instant(stored: str | datetime) -> str:
    return instant(datetime.fromisoformat(stored).replace(tzinfo=UTC) if isinstance(stored, str) else stored)
