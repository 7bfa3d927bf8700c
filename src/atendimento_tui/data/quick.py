"""Reads rows by the driver itself, for the statements behind each key and each change.

SQLAlchemy's way from a statement to its rows takes longer than many of these statements, above all when a window has
been idle: it calls much code. Here a statement is compiled once; then only its values and the columns of some types are
converted.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Dialect
from sqlalchemy.sql.elements import ClauseElement

from atendimento_tui.data.compiled import KEPT, Compiled, compiled


def quick_rows(connection: Connection, statement: Any, values: Mapping[str, object]) -> Sequence[Any]:
    """The rows of a statement that was built once (by a function with `@cache`).

    Errors are those of `Connection.execute`.
    """
    known = _compiled(statement, connection.dialect)
    if known is None or connection.dispatch.before_cursor_execute:  # somebody listens to the statements
        return connection.execute(statement, values).all()
    if not connection.in_transaction():
        connection.begin()
    raw: Any = connection.connection.driver_connection
    try:
        rows: list[Any] = raw.execute(known.text, known.parameters(values)).fetchall()
    except connection.dialect.loaded_dbapi.Error:
        return connection.execute(statement, values).all()  # fails in the same way, and its error is handled
    if not known.of_driver or not rows:
        return rows
    columns: list[Any] = list(zip(*rows, strict=True))
    for number, convert in known.of_driver.items():
        columns[number] = map(convert, columns[number])
    return list(zip(*columns, strict=True))


@lru_cache(KEPT)
def _compiled(statement: ClauseElement, dialect: Dialect) -> Compiled | None:
    return compiled(statement, dialect)
