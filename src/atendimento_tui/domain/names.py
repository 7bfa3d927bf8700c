"""Names of the desk, its people and its groups: how short and how long they may be."""

from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.text import entered

SHORTEST, LONGEST = 2, 100
"""Letters and digits that a name has at least, and characters that it has at most."""


def checked_name(written: str, which: str) -> str:
    """A name as it is kept.

    Args:
        written: As it was typed.
        which: Whose name it is, said in the refusal: `unidade`, `supervisor`.

    Raises:
        Refused: It is blank, too short to tell anybody by, or too long to be shown.
    """
    name = entered(written).strip()
    if not name:
        raise Refused("nome_vazio", which=which)
    if sum(c.isalnum() for c in name) < SHORTEST:
        raise Refused("nome_curto", which=which, typed=name, least=SHORTEST)
    if len(name) > LONGEST:
        raise Refused("nome_longo", which=which, count=len(name), most=LONGEST)
    return name
