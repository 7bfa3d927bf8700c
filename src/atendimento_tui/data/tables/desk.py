"""The desk itself."""

from datetime import datetime

from sqlalchemy import text
from sqlmodel import Field, SQLModel

from atendimento_tui.data.tables.columns import EMPTY, number_by_default


class Unit(SQLModel, table=True):
    """The desk itself. One row."""

    id: int | None = Field(default=None, primary_key=True)
    name: str
    city: str
    uf: str
    tz: str
    ans_registration: str = ""
    hours_calendar: int
    """The calendar of the opening hours."""
    legal_calendar: int
    """The calendar of terms in days."""
    is_demo: bool = False
    entry: str = Field(default="senha", sa_column_kwargs={"server_default": text("'senha'")})
    """How people enter: `senha`, `sistema`, `escolha` (see `domain.accounts`)."""
    lock_minutes: int = Field(default=10, sa_column_kwargs={"server_default": text("10")})
    """Minutes without a key until a window is locked; 0 for never."""
    phones: str = Field(default="", sa_column_kwargs=EMPTY)
    """Telephone numbers as people write them, separated by commas."""
    email: str = Field(default="", sa_column_kwargs=EMPTY)
    address: str = Field(default="", sa_column_kwargs=EMPTY)
    slip_header: str = Field(default="", sa_column_kwargs=EMPTY)
    slip_footer: str = Field(default="", sa_column_kwargs=EMPTY)
    """Texts above and below the facts of a slip."""
    dependent_ages: str = Field(default="18, 21, 24", sa_column_kwargs={"server_default": text("'18, 21, 24'")})
    """The ages at which a dependent's cover ends or needs a proof, separated by commas."""
    identity: str = Field(default="", sa_column_kwargs=EMPTY)
    """A random text that a desk and its copies share."""
    restored_at: datetime | None = None
    """When the desk was restored from a copy, until a supervisor releases the sending of messages."""
    keep_years: int = Field(default=5, sa_column_kwargs=number_by_default(5))
    """How long a ticket is kept after its end before the person may be anonymised."""
    copies_days: int = Field(default=7, sa_column_kwargs=number_by_default(7))
    copies_weeks: int = Field(default=4, sa_column_kwargs=number_by_default(4))
    copies_months: int = Field(default=12, sa_column_kwargs=number_by_default(12))
    """Days, weeks and months of which the newest automatic copy is kept."""
    external_systems: str = Field(default="", sa_column_kwargs=EMPTY)
    """The other systems, as TOML (`domain.external`); empty for the usual ones."""
    attachment_mib: int = Field(default=25, sa_column_kwargs=number_by_default(25))
    """Maximum size of an attachment, in MiB."""
    smtp_host: str = Field(default="", sa_column_kwargs=EMPTY)
    """The server that takes the desk's e-mail; empty for none. Its password is never stored here."""
    smtp_port: int = Field(default=587, sa_column_kwargs=number_by_default(587))
    smtp_security: str = Field(default="starttls", sa_column_kwargs={"server_default": text("'starttls'")})
    """`starttls`, `tls` or `nenhuma`."""
    smtp_login: str = Field(default="", sa_column_kwargs=EMPTY)
    smtp_sender: str = Field(default="", sa_column_kwargs=EMPTY)
    """The address that messages come from."""
    smtp_machines: str = Field(default="", sa_column_kwargs=EMPTY)
    """Names of the machines that send, separated by commas; empty for each one."""
