"""How the domain says no: a code and values, which `texts` turns into Portuguese."""

from collections.abc import Mapping
from functools import partial
from typing import Any


class Explained(Exception):
    """Something that could not be done, as it is told to people. Nothing was changed.

    Attributes:
        code: Why; every code has its sentence in `texts.refusals`.
        values: What the sentence needs: names, instants, numbers.
    """

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code, values)
        self.code = code
        self.values: Mapping[str, object] = values

    def __reduce__(self) -> tuple[Any, ...]:
        """Values are named when it is made again in another process: an exception's own way knows no names."""
        return partial(type(self), self.code, **self.values), ()


class Refused(Explained):
    """An act that the rules do not allow."""
