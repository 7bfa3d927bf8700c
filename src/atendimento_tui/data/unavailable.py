"""The error for a database that cannot be used."""

from atendimento_tui.domain.refusals import UserFacingError

LOCK_TIMEOUT_S = 10.0
"""How long a write waits for others before it is refused."""


class DatabaseUnavailable(UserFacingError):
    """The database cannot be used."""
