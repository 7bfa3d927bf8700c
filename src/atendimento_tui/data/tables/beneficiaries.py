"""The people whom the plan covers."""

from sqlmodel import Field, SQLModel


class Beneficiary(SQLModel, table=True):
    """A person whom the plan covers."""

    id: int | None = Field(default=None, primary_key=True)
    name: str
    cpf: str = Field(default="", index=True)
    card: str = Field(default="", index=True)
    phone: str = Field(default="", index=True)
    born_on: str = ""
    """ISO date."""
    plan: str = ""
    search: str
    """`domain.text.searched_name` of the name."""
