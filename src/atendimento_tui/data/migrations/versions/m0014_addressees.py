"""Addressees of messages and alerts: rows that refer to a person, a group or a requester, not only a word."""

import json
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

_AT_ONCE = 1_000

_PERSON, _GROUP, _REQUESTER = "person_id", "group_id", "requester_id"
_POINTS_AT = {_PERSON: "person.id", _GROUP: "staff_group.id", _REQUESTER: "requester.id"}

_Pointer = dict[str, int]
_Standing = dict[str, Any]
"""Owner, group and requester of a ticket after one of its events."""


def upgrade() -> None:
    """Add the addressees of messages and the columns of alerts, and fill them for existing rows."""
    op.create_table(
        "addressee",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("message_id", sa.Integer(), sa.ForeignKey("message.id"), nullable=False),
        *(sa.Column(name, sa.Integer(), sa.ForeignKey(at), nullable=True) for name, at in _POINTS_AT.items()),
    )
    op.create_index("ix_addressee_message_id", "addressee", ["message_id"])
    for name in (_PERSON, _GROUP):
        # Plain SQL, because Alembic would copy the whole table in SQLite.
        table, column = _POINTS_AT[name].split(".")
        op.execute(f"ALTER TABLE alert ADD COLUMN {name} INTEGER REFERENCES {table} ({column})")
    _carry_over(op.get_bind())


def _carry_over(here: sa.Connection) -> None:
    supervisors = [
        {_PERSON: row.id}
        for row in here.execute(sa.text("SELECT id FROM person WHERE role = 'supervisor' AND active ORDER BY id"))
    ]
    groups = {row.name: row.id for row in here.execute(sa.text("SELECT id, name FROM staff_group"))}
    named = _named_groups(here, groups)
    addressees: list[dict[str, Any]] = []
    pointed: list[dict[str, Any]] = []
    more: list[dict[str, Any]] = []
    for ticket, (standings, process) in _standings(here):
        for row in here.execute(
            sa.text("SELECT * FROM message WHERE ticket_id = :ticket ORDER BY id"), {"ticket": ticket}
        ):
            group = named.get((process, row.key))
            for pointer in _meant(row.recipient, standings.get(row.event_seq, {}), supervisors, group):
                addressees.append({"message_id": row.id, **dict.fromkeys(_POINTS_AT), **pointer})
        for row in here.execute(
            sa.text("SELECT * FROM alert WHERE ticket_id = :ticket ORDER BY id"), {"ticket": ticket}
        ):
            first, *others = _meant(row.who, standings.get(row.event_seq, {}), supervisors, None)
            pointed.append({"this": row.id, _PERSON: None, _GROUP: None, **first})
            same = {"ticket_id": ticket, "event_seq": row.event_seq, "who": row.who, "created_at": row.created_at}
            more += [{**same, _PERSON: None, _GROUP: None, **pointer} for pointer in others]
    _write(
        here,
        "INSERT INTO addressee (message_id, person_id, group_id, requester_id)"
        " VALUES (:message_id, :person_id, :group_id, :requester_id)",
        addressees,
    )
    _write(here, "UPDATE alert SET person_id = :person_id, group_id = :group_id WHERE id = :this", pointed)
    _write(
        here,
        "INSERT INTO alert (ticket_id, event_seq, who, created_at, person_id, group_id)"
        " VALUES (:ticket_id, :event_seq, :who, :created_at, :person_id, :group_id)",
        more,
    )


def _meant(role: str, standing: _Standing, supervisors: list[_Pointer], group: int | None) -> list[_Pointer]:
    """The addressees of the word, at least one row; the same rule as in `services.messages`."""
    owner, of_ticket = standing.get("owner"), group or standing.get("group")
    if role == "responsavel" and owner:
        return [{_PERSON: owner}]
    if role in ("responsavel", "grupo") and of_ticket:
        return [{_GROUP: of_ticket}]
    if role == "supervisao" and supervisors:
        return supervisors
    if role == "solicitante" and standing.get("requester"):
        return [{_REQUESTER: standing["requester"]}]
    return [{}]


def _named_groups(here: sa.Connection, groups: dict[str, int]) -> dict[tuple[int, str], int]:
    """Version of a process and key of a message -> the group that the message names, which was not stored."""
    found = {}
    for row in here.execute(sa.text("SELECT id, content FROM process WHERE content <> ''")):
        for key, message in tomllib.loads(row.content.removeprefix("\ufeff")).get("mensagens", {}).items():
            if message.get("grupo") in groups:
                found[row.id, key] = groups[message["grupo"]]
    return found


def _standings(here: sa.Connection) -> Iterator[tuple[int, tuple[dict[int, _Standing], int]]]:
    """Each ticket with messages or alerts: its state after each of its events, and its process."""
    tickets = here.execute(
        sa.text(
            "SELECT id, process_id FROM ticket WHERE id IN"
            " (SELECT ticket_id FROM message UNION SELECT ticket_id FROM alert) ORDER BY id"
        )
    ).all()
    for ticket, process in tickets:
        standing: _Standing = {}
        behind: dict[int, _Standing] = defaultdict(dict)
        for seq, changes in here.execute(
            sa.text("SELECT seq, changes FROM event WHERE ticket_id = :ticket ORDER BY seq"), {"ticket": ticket}
        ):
            fields = json.loads(changes).get("campos", {})
            standing = standing | {name: fields[name][1] for name in ("owner", "group", "requester") if name in fields}
            behind[seq] = standing
        yield ticket, (behind, process)


def _write(here: sa.Connection, statement: str, rows: list[dict[str, Any]]) -> None:
    for start in range(0, len(rows), _AT_ONCE):
        here.execute(sa.text(statement), rows[start : start + _AT_ONCE])
