"""Commits of tests do not wait for the disk: no test cuts the power, and a killed process loses nothing without it.

A test of a service is a tenth cheaper so. Processes that tests start sync as they are shipped, as do tests with the
fixture `synced`.
"""

import sqlite3
from contextlib import AbstractContextManager
from typing import Any
from unittest.mock import patch

from atendimento_tui.data.backend import sqlite

_as_shipped = sqlite._prepare


def unsynced() -> AbstractContextManager[object]:
    """Let connections to files that are opened meanwhile not sync."""

    def prepare(raw: sqlite3.Connection, record: Any, file: Any) -> None:
        _as_shipped(raw, record, file)
        raw.execute("PRAGMA synchronous = OFF")

    return patch.object(sqlite, "_prepare", prepare)


def synced() -> AbstractContextManager[object]:
    """Let them sync as they are shipped."""
    return patch.object(sqlite, "_prepare", _as_shipped)
