"""Reads each process once for all desks of a test run.

A new desk reads the shipped processes, and a desk its stored ones, which takes 5 ms each. Each test has its own desk
with the same processes.
"""

from contextlib import AbstractContextManager, ExitStack
from functools import lru_cache
from unittest.mock import patch

from atendimento_tui.data.repositories import documents
from atendimento_tui.domain.process import read, stored
from atendimento_tui.services import processes, proof, restore

_PROCESSES = 500
"""The number of processes that are kept. They cannot be changed."""


def read_once() -> AbstractContextManager[object]:
    """Let services and reads that read a process meanwhile share it."""
    reading, of_files = (lru_cache(_PROCESSES)(function) for function in (stored.read_stored, read.read_process))
    shared = ExitStack()
    for module in (stored, documents, proof, restore):
        shared.enter_context(patch.object(module, "read_stored", reading))
    for module in (read, processes):
        shared.enter_context(patch.object(module, "read_process", of_files))
    return shared
