"""What all tables of a process file share: one word or a list of them, and conditions."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field


def wrap_table(value: Any) -> Any:
    return (value,) if isinstance(value, dict) else value


def wrap_item(value: Any) -> Any:
    return (value,) if isinstance(value, (str, dict)) else value


def wrap_target(value: Any) -> Any:
    return {"": value} if isinstance(value, str) else value


Keys: TypeAlias = Annotated[tuple[str, ...], BeforeValidator(wrap_item)]
"""One word or a list of them."""

Key: TypeAlias = Annotated[str, Field(pattern="^[a-z][a-z0-9_]*$")]
NonEmptyStr: TypeAlias = Annotated[str, Field(min_length=1)]

Labels: TypeAlias = Annotated[tuple[NonEmptyStr, ...], BeforeValidator(wrap_item)]
"""One text or a list of them."""


class Part(BaseModel):
    """A table of the file."""

    model_config = ConfigDict(extra="forbid", frozen=True, validate_by_alias=True, validate_by_name=False)


class Condition(Part):
    """A condition. All its words must hold. Of a list of conditions, all must hold."""

    field: str | None = Field(alias="campo", default=None)
    equals: Keys = Field(alias="igual", default=())
    """The field has one of these values."""
    differs: Keys = Field(alias="diferente", default=())
    """The field has none of these values."""
    filled: bool | None = Field(alias="preenchido", default=None)
    """The field has a value, or has none."""
    checklist: Literal["completa", "incompleta", "aceita"] | None = Field(alias="checklist", default=None)
    """`completa`: all needed documents were received; `incompleta`: at least one was not; `aceita`: all were found
    right."""
    within: str | None = Field(alias="dentro", default=None)
    """The clock of this kind has not stopped and is not overdue."""

    def holds_in(self, values: Mapping[str, str]) -> bool:
        """Whether the words about a field hold. `checklist` and `within` are not evaluated here."""
        if self.field is None:
            return True
        value = values.get(self.field, "")
        if self.filled is not None and bool(value.strip()) != self.filled:
            return False
        return (not self.equals or value in self.equals) and value not in self.differs


Conditions: TypeAlias = Annotated[tuple[Condition, ...], BeforeValidator(wrap_item)]
"""One condition or a list of them."""


def all_hold(conditions: Conditions, values: Mapping[str, str]) -> bool:
    """Whether all the conditions hold for these values."""
    return all(condition.holds_in(values) for condition in conditions)
