"""The people whom the plan covers."""

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel, UniqueConstraint

from atendimento_tui.data.tables.columns import EMPTY


class Beneficiary(SQLModel, table=True):
    """A person whom the plan covers.

    The words to find a person by are in `search`. In SQLite the table `beneficiary_search` is an index of its
    trigrams, which triggers keep; in PostgreSQL the index `ix_beneficiary_search` is.
    """

    __table_args__ = (
        Index("ix_beneficiary_order", "sort_name", "id"),
        Index("ix_beneficiary_search", "search").ddl_if(dialect="postgresql"),
    )

    id: int | None = Field(default=None, primary_key=True)
    name: str
    cpf: str = Field(default="", index=True)
    card: str = Field(default="", index=True)
    phone: str = Field(default="", index=True)
    """The main telephone."""
    born_on: str = Field(default="", index=True)
    """ISO date."""
    plan: str = ""
    search: str
    """`domain.text.searched_name` of the names, and the numbers."""
    social_name: str = Field(default="", sa_column_kwargs=EMPTY)
    """The name that the person wants to be called by; it is shown instead of the other one."""
    sort_name: str = Field(default="", sa_column_kwargs=EMPTY)
    """The shown name, folded: the order of lists, and what the first letters of a search find."""
    cns: str = Field(default="", index=True, sa_column_kwargs=EMPTY)
    mother: str = Field(default="", sa_column_kwargs=EMPTY)
    email: str = Field(default="", sa_column_kwargs=EMPTY)
    """The main address."""
    holder_id: int | None = Field(default=None, index=True)
    """The beneficiary on whom this one depends; none for a holder."""
    relation: str = Field(default="", sa_column_kwargs=EMPTY)
    """What the dependent is to the holder."""
    active_until: str = Field(default="", sa_column_kwargs=EMPTY)
    """ISO date of the last day of the cover; empty while no end is known."""
    version: int = Field(default=1, sa_column_kwargs={"server_default": text("1")})
    """Raised by each change of the record."""
    held_because: str = Field(default="", sa_column_kwargs=EMPTY)
    """Why the data must be kept, as for a lawsuit; empty if nothing holds them."""
    anonymised_on: str = Field(default="", sa_column_kwargs=EMPTY)
    """ISO date of the day on which the person was anonymised; empty before."""


class BeneficiaryContact(SQLModel, table=True):
    """A further telephone or e-mail address of a beneficiary."""

    __tablename__ = "beneficiary_contact"

    id: int | None = Field(default=None, primary_key=True)
    beneficiary_id: int = Field(foreign_key="beneficiary.id", index=True)
    kind: str
    """The item of the record: `other_phones`, `other_emails`."""
    value: str


class BeneficiaryAddress(SQLModel, table=True):
    """An address of a beneficiary."""

    __tablename__ = "beneficiary_address"
    __table_args__ = (UniqueConstraint("beneficiary_id", "kind"),)

    id: int | None = Field(default=None, primary_key=True)
    beneficiary_id: int = Field(foreign_key="beneficiary.id")
    kind: str
    """The section of the record: `endereco`, `correspondencia`."""
    cep: str = ""
    street: str = ""
    street_number: str = ""
    complement: str = ""
    district: str = ""
    city: str = ""
    uf: str = ""
