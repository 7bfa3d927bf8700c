"""Compiles each SQL statement once for all desks of a test run.

An engine has its own cache of compiled statements, and each test has its own desk with its own engine.
"""

from contextlib import AbstractContextManager, ExitStack
from functools import partial
from typing import Any
from unittest.mock import patch

import sqlalchemy
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.util import LRUCache

from atendimento_tui.data.backend import postgresql, sqlite

_STATEMENTS = 2_000
"""The number of compiled statements that are kept."""


def compiled_once() -> AbstractContextManager[object]:
    """Let all engines that are made meanwhile use one cache."""
    options: dict[str, Any] = {"compiled_cache": LRUCache(_STATEMENTS)}
    shared = ExitStack()
    for backend in (sqlite, postgresql):
        shared.enter_context(
            patch.object(backend, "create_engine", partial(sqlalchemy.create_engine, execution_options=options))
        )
    # The key of a statement in the cache has its engine's dialect: those of one kind and version are equal.
    shared.enter_context(patch.object(DefaultDialect, "__eq__", _are_alike))
    shared.enter_context(patch.object(DefaultDialect, "__hash__", lambda dialect: hash(type(dialect))))
    return shared


def _are_alike(one: DefaultDialect, other: object) -> bool:
    return type(one) is type(other) and one.server_version_info == getattr(other, "server_version_info", None)
