"""The row ids of SQLite's index of texts contain the ticket id, so that a search does not read the rows of texts."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"

# A text's row id in the index is its ticket's id and, in the lower 32 bits, its own id.
_KEPT = [
    """CREATE TRIGGER ticket_text_in AFTER INSERT ON ticket_text WHEN new.is_open BEGIN
    INSERT INTO ticket_search_texts (rowid, text) VALUES ((new.ticket_id << 32) | new.id, new.text);
END""",
    """CREATE TRIGGER ticket_text_out AFTER DELETE ON ticket_text WHEN old.is_open BEGIN
    INSERT INTO ticket_search_texts (ticket_search_texts, rowid, text)
        VALUES ('delete', (old.ticket_id << 32) | old.id, old.text);
END""",
    """CREATE TRIGGER ticket_text_other AFTER UPDATE OF text, is_open ON ticket_text
WHEN old.text <> new.text OR old.is_open <> new.is_open BEGIN
    INSERT INTO ticket_search_texts (ticket_search_texts, rowid, text)
        SELECT 'delete', (old.ticket_id << 32) | old.id, old.text WHERE old.is_open;
    INSERT INTO ticket_search_texts (rowid, text)
        SELECT (new.ticket_id << 32) | new.id, new.text WHERE new.is_open;
END""",
]


def upgrade() -> None:
    """Create the index again. It stores no texts, because these are in `ticket_text`."""
    here = op.get_bind()
    if here.dialect.name != "sqlite" or not here.scalar(
        sa.text("SELECT count(*) FROM sqlite_schema WHERE name = 'ticket_search_texts'")
    ):
        return
    for trigger in ("in", "out", "other"):
        op.execute(f"DROP TRIGGER ticket_text_{trigger}")
    op.execute("DROP TABLE ticket_search_texts")
    op.execute("CREATE VIRTUAL TABLE ticket_search_texts USING fts5(text, content = '', tokenize = 'trigram')")
    # In the order of the index, which is faster.
    op.execute(
        "INSERT INTO ticket_search_texts (rowid, text) SELECT (ticket_id << 32) | id AS number, text"
        " FROM ticket_text WHERE is_open ORDER BY number"
    )
    for statement in _KEPT:
        op.execute(statement)
