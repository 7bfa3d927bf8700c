"""Validation of the names of the desk, its people and its groups."""

from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.text import entered

SHORTEST, LONGEST = 2, 100
"""Minimum of letters and digits in a name, and maximum of characters."""


def checked_name(written: str, which: str) -> str:
    """A name as it is stored.

    Args:
        written: As it was typed.
        which: Whose name it is, for the refusal: `unidade`, `supervisor`.

    Raises:
        Refused: It is blank, too short to identify anyone, or too long to be shown.
    """
    name = entered(written).strip()
    if not name:
        raise Refused("nome_vazio", which=which)
    if sum(c.isalnum() for c in name) < SHORTEST:
        raise Refused("nome_curto", which=which, typed=name, least=SHORTEST)
    if len(name) > LONGEST:
        raise Refused("nome_longo", which=which, count=len(name), most=LONGEST)
    return name
