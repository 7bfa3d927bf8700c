"""Failed sign-ins are counted by bucket of the login, so that a login that exists waits as one that does not."""

import sqlalchemy as sa
from alembic import op

from atendimento_tui.domain.accounts import bucket_of

revision = "0029"
down_revision = "0028"


def upgrade() -> None:
    """Rename the column, and put each login's failures into its bucket. The most failures of a bucket remain."""
    op.execute("ALTER TABLE sign_in_failure RENAME COLUMN login TO bucket")
    here = op.get_bind()
    logins = here.execute(sa.text("SELECT bucket FROM sign_in_failure WHERE bucket <> '' ORDER BY in_a_row DESC"))
    change = sa.text("UPDATE sign_in_failure SET bucket = :bucket WHERE bucket = :login")
    drop = sa.text("DELETE FROM sign_in_failure WHERE bucket = :login")
    filled: set[str] = set()
    for login in logins.scalars().all():
        bucket = bucket_of(login)
        here.execute(drop if bucket in filled else change, {"bucket": bucket, "login": login})
        filled.add(bucket)
