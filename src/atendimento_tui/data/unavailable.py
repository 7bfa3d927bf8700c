"""How a database says that it cannot be used."""

PATIENCE_S = 10.0
"""How long a write waits for others before it is refused."""


class DatabaseUnavailable(Exception):
    """The database cannot be used; nothing was changed.

    Attributes:
        code: Why; its sentence stands in `texts.refusals`.
        values: What the sentence needs.
    """

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code, values)
        self.code = code
        self.values = values
