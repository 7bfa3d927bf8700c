"""Forgets the trees of the modules after the tests of this folder: they are half a million objects."""

from collections.abc import Iterator

import pytest

from tests.rooms.sources import parsed


@pytest.fixture(scope="package", autouse=True)
def trees() -> Iterator[None]:
    """The trees are kept meanwhile."""
    yield
    parsed.cache_clear()
