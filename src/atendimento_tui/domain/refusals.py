"""The errors of the domain: a code and values, which `texts` turns into a Portuguese sentence."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import Any, NamedTuple


class Refusal(NamedTuple):
    """A refusal as a screen gets it: the code and the values of the error.

    Screens check the code, never the sentence, which is `texts.refusals.sentence(*refusal)`.
    """

    code: str
    values: Mapping[str, object] = {}

    @property
    def beside(self) -> "Mapping[str, Refusal]":
        """For a refused form: key of the field -> what is wrong with its answer."""
        found = self.values.get("beside", {})
        assert isinstance(found, Mapping)
        return found


class UserFacingError(Exception):
    """An operation that failed for a reason that the user is told. Nothing was changed.

    Attributes:
        code: The reason; every code has a sentence in `texts.refusals`.
        values: The values of the sentence: names, instants, numbers.
    """

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code, values)
        self.code = code
        self.values: Mapping[str, object] = values

    @property
    def refusal(self) -> Refusal:
        """The code and values as a `Refusal`."""
        return Refusal(self.code, self.values)

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle the values by name, which the default of exceptions does not do."""
        return partial(type(self), self.code, **self.values), ()


class Refused(UserFacingError):
    """An act that the rules do not allow."""


class Wrong:
    """Collects all errors of a form, so that they are reported together.

    wrong = Wrong()
    with wrong.at("cpf"):
        cpf = read(typed)
    wrong.refuse()
    """

    def __init__(self) -> None:
        self.found: dict[str, Refusal] = {}

    @contextmanager
    def at(self, key: str) -> Iterator[None]:
        """Collect refusals raised in this block under the field's key."""
        try:
            yield
        except UserFacingError as error:
            self.found[key] = error.refusal

    def refuse(self) -> None:
        """Raise the collected errors: one as it is, several together.

        Raises:
            Refused: With each refusal under its field's key in `beside`.
        """
        if len(self.found) == 1:
            [only] = self.found.values()
            raise Refused(only.code, **{**only.values, "beside": self.found})
        if self.found:
            raise Refused("formulario", beside=self.found)
