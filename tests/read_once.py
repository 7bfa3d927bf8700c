"""Reads each stored process once for all desks of a test run.

A desk reads its processes once, which takes 5 ms each, and each test has its own desk with the same processes.
"""

from contextlib import AbstractContextManager, ExitStack
from functools import lru_cache
from unittest.mock import patch

from atendimento_tui.data.repositories import documents
from atendimento_tui.domain.process import stored
from atendimento_tui.services import proof, restore

_PROCESSES = 500
"""The number of processes that are kept. They cannot be changed."""


def read_once() -> AbstractContextManager[object]:
    """Let all modules that read stored processes meanwhile share them."""
    reading = lru_cache(_PROCESSES)(stored.read_stored)
    shared = ExitStack()
    for module in (stored, documents, proof, restore):
        shared.enter_context(patch.object(module, "read_stored", reading))
    return shared
