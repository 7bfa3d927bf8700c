"""The kept counts of the open tickets, by which tabs are counted and places found without reading the queue.

A trigger keeps them, so that whatever writes a ticket keeps them. In SQLite it adds to the rows. On a server that would
make writers wait for each other, so it inserts a row for each change, and the sweep merges them.
"""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"

_DAY = {
    "sqlite": "substr({row}.queue_due, 1, 10)",
    "postgresql": "to_char({row}.queue_due AT TIME ZONE 'UTC', 'YYYY-MM-DD')",
}
_HOUR = {
    "sqlite": "substr({row}.warn_at, 1, 13)",
    "postgresql": "to_char({row}.warn_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24')",
}

_COLUMNS = ("is_open", "severity", "queue_due", "warn_at", "group_id", "state")

_COUNT = """INSERT INTO queue_count (part, severity, bucket, n)
    SELECT part, severity, bucket, sum(n) FROM ({rows}) AS changed GROUP BY part, severity, bucket HAVING sum(n) <> 0"""

_FUNCTION = """CREATE FUNCTION keep_queue_count() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    {count};
    RETURN NULL;
END $$"""


def upgrade() -> None:
    """Create the table and its triggers, count what there is, and drop the indexes that counted tabs before."""
    here = op.get_bind()
    kind = here.dialect.name
    op.create_table(
        "queue_count",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("severity", sa.Integer(), nullable=False),
        sa.Column("bucket", sa.String(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_queue_count", "queue_count", ["part", "severity", "bucket"], unique=kind == "sqlite")
    op.execute(_COUNT.format(rows=_parts("ticket", 1, kind, "FROM ticket")))
    changed = " UNION ALL ".join((_parts("new", 1, kind), _parts("old", -1, kind)))
    if kind == "sqlite":
        _on_file(changed)
    else:
        _on_server(changed)


def _on_file(changed: str) -> None:
    add = " ON CONFLICT (part, severity, bucket) DO UPDATE SET n = n + excluded.n"
    are, were = (", ".join(f"{row}.{column}" for column in _COLUMNS) for row in ("new", "old"))
    for name, when, rows in (
        ("in", "INSERT ON ticket WHEN new.is_open", _parts("new", 1, "sqlite")),
        ("out", "DELETE ON ticket WHEN old.is_open", _parts("old", -1, "sqlite")),
        ("other", f"UPDATE OF {', '.join(_COLUMNS)} ON ticket WHEN ({are}) IS NOT ({were})", changed),
    ):
        op.execute(f"CREATE TRIGGER queue_count_{name} AFTER {when} BEGIN\n    {_COUNT.format(rows=rows)}{add};\nEND")
    op.execute(
        "CREATE TRIGGER queue_count_none AFTER UPDATE OF n ON queue_count WHEN new.n = 0 BEGIN\n"
        "    DELETE FROM queue_count WHERE id = new.id;\nEND"
    )
    for name in ("ix_ticket_state", "ix_ticket_group"):
        op.drop_index(name, "ticket")


def _on_server(changed: str) -> None:
    op.execute(_FUNCTION.format(count=_COUNT.format(rows=changed)))
    are, were = (", ".join(f"{row}.{column}" for column in _COLUMNS) for row in ("NEW", "OLD"))
    for name, when in (
        ("in", "INSERT ON ticket FOR EACH ROW WHEN (NEW.is_open)"),
        ("out", "DELETE ON ticket FOR EACH ROW WHEN (OLD.is_open)"),
        ("other", f"UPDATE ON ticket FOR EACH ROW WHEN (({are}) IS DISTINCT FROM ({were}))"),
    ):
        op.execute(f"CREATE TRIGGER queue_count_{name} AFTER {when} EXECUTE FUNCTION keep_queue_count()")


def _parts(row: str, n: int, kind: str, source: str = "") -> str:
    """The rows that count a ticket: in the whole queue, its state, its group, and by the hour of its warning."""
    day, hour = _DAY[kind].format(row=row), _HOUR[kind].format(row=row)
    parts = (
        ("'todas'", f"{row}.severity", day, ""),
        (f"'estado ' || {row}.state", f"{row}.severity", day, ""),
        (f"'grupo ' || {row}.group_id", f"{row}.severity", day, f" AND {row}.group_id IS NOT NULL"),
        ("'aviso'", "0", hour, f" AND {row}.warn_at IS NOT NULL"),
    )
    return " UNION ALL ".join(
        f"SELECT {part} AS part, {severity} AS severity, {bucket} AS bucket, {n} AS n {source} "
        f"WHERE {row}.is_open{also}"
        for part, severity, bucket, also in parts
    )
