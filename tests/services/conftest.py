"""Fixtures of the tests of services."""

from typing import Any

import pytest
from sqlalchemy import event

from atendimento_tui.services.desk import Desk


@pytest.fixture
def statements(desk: Desk) -> list[tuple[str, Any]]:
    """What is read and written, as it is said; not how a transaction begins and what it takes in hand."""
    text: list[tuple[str, Any]] = []

    def record(_connection: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, _many: bool) -> None:
        if not statement.startswith(("BEGIN", "SELECT pg_notify", "SELECT pg_advisory")):
            text.append((statement, parameters))

    event.listen(desk.engine, "before_cursor_execute", record)
    return text
