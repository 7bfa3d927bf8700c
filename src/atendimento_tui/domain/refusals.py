"""How the domain says no: a code and values, which `texts` turns into Portuguese."""

from collections.abc import Mapping
from functools import partial
from typing import Any, NamedTuple


class Refusal(NamedTuple):
    """A no as a screen gets it: the code and the values of what was raised.

    Screens look at the code and never at the sentence; `texts.refusals.sentence(*refusal)` says it.
    """

    code: str
    values: Mapping[str, object] = {}


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

    @property
    def refusal(self) -> Refusal:
        """What is handed on of it."""
        return Refusal(self.code, self.values)

    def __reduce__(self) -> tuple[Any, ...]:
        """Values are named when it is made again in another process: an exception's own way knows no names."""
        return partial(type(self), self.code, **self.values), ()


class Refused(Explained):
    """An act that the rules do not allow."""
