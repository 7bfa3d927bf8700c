"""SQLite's index of a ticket's own words tells capitals from small letters, so that what it finds need not be compared.

Two joined words of a name are in capitals there (`domain.text.searched_name`).
"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    """Create the index again. Its triggers stay: they name the table only."""
    here = op.get_bind()
    if here.dialect.name != "sqlite" or not here.scalar(
        sa.text("SELECT count(*) FROM sqlite_schema WHERE name = 'ticket_search'")
    ):
        return
    op.execute("DROP TABLE ticket_search")
    op.execute(
        "CREATE VIRTUAL TABLE ticket_search USING"
        " fts5(search, content = 'ticket', content_rowid = 'id', tokenize = 'trigram case_sensitive 1')"
    )
    op.execute("INSERT INTO ticket_search (rowid, search) SELECT id, search FROM ticket WHERE is_open")
