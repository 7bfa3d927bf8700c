"""How the domain says no: a code and values, which `texts` turns into Portuguese."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import Any, NamedTuple


class Refusal(NamedTuple):
    """A no as a screen gets it: the code and the values of what was raised.

    Screens look at the code and never at the sentence; `texts.refusals.sentence(*refusal)` says it.
    """

    code: str
    values: Mapping[str, object] = {}

    @property
    def beside(self) -> "Mapping[str, Refusal]":
        """Of a form that was refused: key of the field -> what is wrong with its answer."""
        found = self.values.get("beside", {})
        assert isinstance(found, Mapping)
        return found


class UserFacingError(Exception):
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


class Refused(UserFacingError):
    """An act that the rules do not allow."""


class Wrong:
    """All that is wrong in a form, so that it is told at once and not one by one.

    wrong = Wrong()
    with wrong.at("cpf"):
        cpf = read(typed)
    wrong.refuse()
    """

    def __init__(self) -> None:
        self.found: dict[str, Refusal] = {}

    @contextmanager
    def at(self, key: str) -> Iterator[None]:
        """Whatever is refused here is wrong with this field."""
        try:
            yield
        except UserFacingError as error:
            self.found[key] = error.refusal

    def refuse(self) -> None:
        """Refuse the form, if something is wrong: by what that is, or where it is several things, by all of them.

        Raises:
            Refused: With each refusal under its field's key in `beside`.
        """
        if len(self.found) == 1:
            [only] = self.found.values()
            raise Refused(only.code, **{**only.values, "beside": self.found})
        if self.found:
            raise Refused("formulario", beside=self.found)
