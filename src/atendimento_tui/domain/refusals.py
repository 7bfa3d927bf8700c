"""How the domain says no: a code and values, which `texts` turns into Portuguese."""

from collections.abc import Mapping


class Refused(Exception):
    """An act that the rules do not allow. Nothing was changed.

    Attributes:
        code: Which rule said no; every code has its sentence in `texts.refusals`.
        values: What the sentence needs: names, instants, numbers.
    """

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code, values)
        self.code = code
        self.values: Mapping[str, object] = values
