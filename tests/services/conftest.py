"""What tests of services share."""

from typing import Any

import pytest
from sqlalchemy import event

from atendimento_tui.services.desk import Desk


@pytest.fixture
def statements(desk: Desk) -> list[tuple[str, Any]]:
    """What is said to the database, as it is said."""
    said: list[tuple[str, Any]] = []
    event.listen(
        desk.engine,
        "before_cursor_execute",
        lambda _connection, _cursor, statement, parameters, _context, _many: said.append((statement, parameters)),
    )
    return said
