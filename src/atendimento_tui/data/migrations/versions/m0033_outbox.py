"""The outbox: each addressee of a message has its state, and people, groups and the unit have what sending needs.

What was written before is `nunca enviado`, or `em mãos` where its channel is no e-mail: nothing of it is sent.
"""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

revision = "0033"
down_revision = "0032"


def upgrade() -> None:
    """Add the columns and indexes; give the existing addressees their state."""
    _add("addressee", _text("state", "nunca enviado"), _text("address"), _text("mail_id"), _number("attempts", 0))
    _add("addressee", sa.Column("next_at", UTCDateTime(), nullable=True), _text("worker"))
    _add("addressee", sa.Column("state_at", UTCDateTime(), nullable=True), _text("reply"))
    op.execute(
        "UPDATE addressee SET state = 'em mãos' WHERE message_id IN (SELECT id FROM message WHERE channel <> 'email')"
    )
    op.create_index("ix_addressee_waiting", "addressee", ["state", "next_at"])
    op.create_index("ix_addressee_mail_id", "addressee", ["mail_id"])
    op.drop_column("message", "sent_at")  # nothing was ever sent
    _add("unit", _text("smtp_host"), _number("smtp_port", 587), _text("smtp_security", "starttls"))
    _add("unit", _text("smtp_login"), _text("smtp_sender"), _text("smtp_machines"))
    _add("staff_group", _text("email"))
    _add("person", _text("email"))


def _add(table: str, *columns: sa.Column[object]) -> None:
    for column in columns:
        op.add_column(table, column)


def _text(name: str, default: str = "") -> sa.Column[object]:
    return sa.Column(name, sa.String(), nullable=False, server_default=sa.text(f"'{default}'"))


def _number(name: str, default: int) -> sa.Column[object]:
    return sa.Column(name, sa.Integer(), nullable=False, server_default=sa.text(str(default)))
