"""How a database says that it cannot be used."""

from atendimento_tui.domain.refusals import Explained

PATIENCE_S = 10.0
"""How long a write waits for others before it is refused."""


class DatabaseUnavailable(Explained):
    """The database cannot be used."""
