"""Processes: versions, answers, messages, tasks, alerts, timers, beneficiaries."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the tables and columns of processes. Tickets without a process are not changed."""
    op.create_table(
        "beneficiary",
        sa.Column("id", sa.Integer(), primary_key=True),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("name", "cpf", "card", "phone")),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("born_on", "plan", "search")),
    )
    for column in ("cpf", "card", "phone"):
        op.create_index(f"ix_beneficiary_{column}", "beneficiary", [column])
    # Columns are added one by one, because for other changes SQLite would copy the whole table.
    op.add_column("process", sa.Column("content_hash", sa.String(), nullable=True))
    op.add_column("process", sa.Column("content", sa.String(), nullable=False, server_default=""))
    op.add_column("process", sa.Column("is_offered", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_index("ix_process_content_hash", "process", ["content_hash"], unique=True)
    op.add_column("ticket", sa.Column("channel", sa.String(), nullable=False, server_default=""))
    op.add_column("ticket", sa.Column("step_name", sa.String(), nullable=False, server_default=""))
    op.add_column("ticket", sa.Column("former_step", sa.String(), nullable=False, server_default=""))
    op.add_column("ticket", sa.Column("step_since", UTCDateTime(), nullable=True))
    op.add_column("ticket", sa.Column("beneficiary_id", sa.Integer(), nullable=True))
    op.create_index("ix_ticket_beneficiary_id", "ticket", ["beneficiary_id"])
    op.execute("UPDATE ticket SET step_name = step, step_since = opened_at")
    _of_ticket(
        "field_value", sa.Column("key", sa.String(), nullable=False), sa.Column("text", sa.String(), nullable=False)
    )
    _of_ticket(
        "message",
        sa.Column("event_seq", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("key", "recipient", "channel", "subject", "body")),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("sent_at", UTCDateTime(), nullable=True),
    )
    _of_ticket(
        "task",
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("due_at", UTCDateTime(), nullable=True),
        sa.Column("done_at", UTCDateTime(), nullable=True),
        sa.Column("done_by", sa.Integer(), sa.ForeignKey("person.id"), nullable=True),
    )
    _of_ticket(
        "alert",
        sa.Column("event_seq", sa.Integer(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
    )
    op.create_table(
        "timer",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("ticket_id", sa.Integer(), sa.ForeignKey("ticket.id"), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("due_at", UTCDateTime(), nullable=False),
        sa.Column("fired_at", UTCDateTime(), nullable=True),
        sa.UniqueConstraint("ticket_id", "key"),
    )
    unfired = sa.text("fired_at IS NULL")
    op.create_index("ix_timer_due", "timer", ["due_at", "id"], sqlite_where=unfired, postgresql_where=unfired)


def _of_ticket(table: str, *columns: "sa.Column[Any]") -> None:
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("ticket_id", sa.Integer(), sa.ForeignKey("ticket.id"), nullable=False),
        *columns,
    )
    op.create_index(f"ix_{table}_ticket_id", table, ["ticket_id"])
