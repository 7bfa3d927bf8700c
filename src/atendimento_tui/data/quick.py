"""Reads rows by the driver itself, for the statements behind each key and each change.

SQLAlchemy's way from a statement to its rows takes longer than many of these statements, above all when a window has
been idle: it calls much code. Here a statement is compiled once; then only its values and the columns of some types are
converted.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeAlias

from sqlalchemy import Connection, Dialect
from sqlalchemy.sql.elements import ClauseElement

Converter: TypeAlias = Callable[[Any], Any]

_COMPILED = 512
"""Statements that are kept. There are fewer: those of each tab, each database and each kind of viewer that is used."""


@dataclass(frozen=True, slots=True)
class _Compiled:
    """A compiled statement.

    Attributes:
        text: The statement for the driver.
        order: The names of its parameters in their order; empty if they are passed by name.
        values: Name of each parameter -> its value in the statement, or None.
        to_driver: Name -> what converts its value.
        of_driver: Number of a column -> what converts it.
    """

    text: str
    order: Sequence[str]
    values: Mapping[str, Any]
    to_driver: Mapping[str, Converter]
    of_driver: Mapping[int, Converter]

    def parameters(self, values: Mapping[str, object]) -> Any:
        """The parameters for the driver."""
        given = {name: values.get(name, value) for name, value in self.values.items()}
        for name, convert in self.to_driver.items():
            given[name] = convert(given[name])
        return [given[name] for name in self.order] if self.order else given


def quick_rows(connection: Connection, statement: Any, values: Mapping[str, object]) -> Sequence[Any]:
    """The rows of a statement that was built once (by a function with `@cache`).

    Errors are those of `Connection.execute`.
    """
    compiled = _compiled(statement, connection.dialect)
    if compiled is None or connection.dispatch.before_cursor_execute:  # somebody listens to the statements
        return connection.execute(statement, values).all()
    if not connection.in_transaction():
        connection.begin()
    raw: Any = connection.connection.driver_connection
    try:
        rows: list[Any] = raw.execute(compiled.text, compiled.parameters(values)).fetchall()
    except connection.dialect.loaded_dbapi.Error:
        return connection.execute(statement, values).all()  # fails in the same way, and its error is handled
    if not compiled.of_driver or not rows:
        return rows
    columns: list[Any] = list(zip(*rows, strict=True))
    for number, convert in compiled.of_driver.items():
        columns[number] = map(convert, columns[number])
    return list(zip(*columns, strict=True))


@lru_cache(_COMPILED)
def _compiled(statement: ClauseElement, dialect: Dialect) -> _Compiled | None:
    """The compiled statement; None if its text depends on its values."""
    compiled: Any = statement.compile(dialect=dialect)
    if any(bind.expanding for bind in compiled.binds.values()):
        return None
    to_driver = {name: bind.type.dialect_impl(dialect).bind_processor(dialect) for name, bind in compiled.binds.items()}
    columns = getattr(statement, "selected_columns", ())
    of_driver = [column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns]
    return _Compiled(
        str(compiled),
        tuple(compiled.positiontup or ()),
        dict(compiled.params),
        {name: convert for name, convert in to_driver.items() if convert},
        {number: convert for number, convert in enumerate(of_driver) if convert},
    )
