"""A statement in the database's own form, which is compiled once.

SQLAlchemy takes longer to find the form of a statement again than the database to execute many of them.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from sqlalchemy import Dialect
from sqlalchemy.sql.elements import ClauseElement

Converter: TypeAlias = Callable[[Any], Any]

KEPT = 512
"""Compiled statements that a cache keeps. There are fewer: a database and a kind of viewer use some hundred."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """A compiled statement.

    Attributes:
        text: The statement for the driver.
        order: The names of its parameters in their order; empty if they are passed by name.
        names: The names of its parameters.
        values: Name -> the value that it has in the statement, or by the default of its column.
        to_driver: Name -> what converts its value, where that is not the driver's already.
        of_driver: Number of a column that is read -> what converts it.
    """

    text: str
    order: Sequence[str]
    names: Sequence[str]
    values: Mapping[str, Any]
    to_driver: Mapping[str, Converter]
    of_driver: Mapping[int, Converter]

    def parameters(self, values: Mapping[str, object]) -> Any:
        """The parameters for the driver.

        Raises:
            KeyError: A value is missing.
        """
        found: dict[str, Any] = {**self.values, **values}
        given = {name: found[name] for name in self.names}
        for name, convert in self.to_driver.items():
            given[name] = convert(given[name])
        return tuple([given[name] for name in self.order]) if self.order else given


def compiled(statement: ClauseElement, dialect: Dialect, **options: Any) -> Compiled | None:
    """The compiled statement; None if its text depends on its values.

    Args:
        statement: It was built once, by a function with a cache.
        options: Those of `ClauseElement.compile`.
    """
    found: Any = statement.compile(dialect=dialect, **options)
    binds = {name: bind for bind, name in found.bind_names.items()}
    if any(bind.expanding for bind in binds.values()):
        return None
    defaults = {column.key: column.default for column in found.prefetch}
    assert all(each.is_scalar for each in defaults.values()), "a default that is computed is given"
    values = {name: found.params[name] for name, bind in binds.items() if not bind.required and name not in defaults}
    to_driver = {name: bind.type.dialect_impl(dialect).bind_processor(dialect) for name, bind in binds.items()}
    columns = getattr(statement, "selected_columns", ())
    of_driver = [column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns]
    return Compiled(
        str(found),
        tuple(found.positiontup or ()),
        tuple(binds),
        {**values, **{name: each.arg for name, each in defaults.items()}},
        {name: convert for name, convert in to_driver.items() if convert},
        {number: convert for number, convert in enumerate(of_driver) if convert},
    )
