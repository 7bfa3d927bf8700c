"""Calendars as series of versions; the due dates that were told."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    """Add the columns and the table. The versions of a name become a series, each from the day of its creation on."""
    op.add_column("calendar", sa.Column("effective_from", sa.Date(), nullable=True))
    op.add_column("calendar", sa.Column("reason", sa.String(), nullable=False, server_default=sa.text("''")))
    op.add_column("calendar", sa.Column("series", sa.Integer(), nullable=False, server_default=sa.text("0")))
    op.add_column("calendar", sa.Column("confirmed_by", sa.Integer(), nullable=True))
    _make_series(op.get_bind())
    op.add_column("clock", sa.Column("told_calendar_id", sa.Integer(), nullable=True))
    op.add_column("clock", sa.Column("delayed_calendar_id", sa.Integer(), nullable=True))
    running = sa.text("stopped_at IS NULL")
    op.create_index(
        "ix_clock_running", "clock", ["calendar_id", "ticket_id"], sqlite_where=running, postgresql_where=running
    )
    op.create_table(
        "told_date",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("ticket_id", sa.Integer(), sa.ForeignKey("ticket.id"), nullable=False),
        sa.Column("cycle", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("calendar_id", sa.Integer(), sa.ForeignKey("calendar.id"), nullable=False),
        sa.Column("told_at", UTCDateTime(), nullable=False),
        sa.Column("due_at", UTCDateTime(), nullable=False),
        sa.Column("how", sa.String(), nullable=False),
    )
    op.create_index("ix_told_date_ticket_id", "told_date", ["ticket_id"])


def _make_series(here: sa.Connection) -> None:
    here.execute(
        sa.text("UPDATE calendar SET series = (SELECT min(id) FROM calendar AS first WHERE first.name = calendar.name)")
    )
    table = sa.table(
        "calendar",
        sa.column("id"),
        sa.column("series"),
        sa.column("created_at", UTCDateTime()),
        sa.column("effective_from", sa.Date()),
    )
    for row in here.execute(sa.select(table).where(table.c.id != table.c.series)).all():
        since = row.created_at.date()
        here.execute(sa.update(table).where(table.c.id == row.id).values(effective_from=since))
