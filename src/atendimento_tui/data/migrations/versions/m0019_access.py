"""Logins, passwords, failed sign-ins and sessions; how people enter the desk."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

from atendimento_tui.domain.accounts import login_of

revision = "0019"
down_revision = "0017"


def upgrade() -> None:
    """Add tables and columns, and give a login to everybody of the desk. Nobody has a password yet."""
    op.add_column("person", sa.Column("login", sa.String(), nullable=True))
    op.create_index("ix_person_login", "person", ["login"], unique=True)
    op.add_column("unit", sa.Column("entry", sa.String(), nullable=False, server_default=sa.text("'senha'")))
    op.add_column("unit", sa.Column("lock_minutes", sa.Integer(), nullable=False, server_default=sa.text("10")))
    op.create_table(
        "credential",
        sa.Column("person_id", sa.Integer(), sa.ForeignKey("person.id"), primary_key=True),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("must_change", sa.Boolean(), nullable=False),
        sa.Column("changed_at", UTCDateTime(), nullable=False),
        sa.Column("expires_at", UTCDateTime(), nullable=True),
    )
    op.create_table(
        "sign_in_failure",
        sa.Column("login", sa.String(), primary_key=True),
        sa.Column("in_a_row", sa.Integer(), nullable=False),
        sa.Column("last_at", UTCDateTime(), nullable=False),
    )
    op.create_table(
        "access_session",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), sa.ForeignKey("person.id"), nullable=True),
        sa.Column("name", sa.String(), nullable=False, server_default=sa.text("''")),
        sa.Column("role", sa.String(), nullable=False, server_default=sa.text("''")),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False, server_default=sa.text("''")),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("seen_at", UTCDateTime(), nullable=False),
        sa.Column("expires_at", UTCDateTime(), nullable=False),
        sa.Column("revoked_at", UTCDateTime(), nullable=True),
        sa.Column("revoked_by", sa.Integer(), sa.ForeignKey("person.id"), nullable=True),
    )
    op.create_index("ix_access_session_token_hash", "access_session", ["token_hash"], unique=True)
    op.create_index("ix_access_session_person_id", "access_session", ["person_id"])
    op.execute("UPDATE unit SET entry = 'escolha' WHERE is_demo")
    _give_logins(op.get_bind())


def _give_logins(here: sa.Connection) -> None:
    """People of imported logs get none: they never act."""
    taken: set[str] = set()
    people = here.execute(sa.text("SELECT id, name FROM person WHERE origin_system = '' ORDER BY id")).all()
    for person, name in people:
        login = login_of(name, taken)
        taken.add(login)
        here.execute(sa.text("UPDATE person SET login = :login WHERE id = :id"), {"login": login, "id": person})
