"""The people of the desk."""

import difflib
from collections.abc import Sequence

from atendimento_tui.contracts.people import Member
from atendimento_tui.data.engine import reading
from atendimento_tui.data.queries.people import members
from atendimento_tui.domain.access import Permission
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.text import entered, folded
from atendimento_tui.services.access_control import needs
from atendimento_tui.services.desk import Desk

_NAMES_SUGGESTED = 8
"""Number of names in the refusal of an unknown name."""


def person_named(members: Sequence[Member], name: str) -> Member:
    """The person with this name; case and accents do not matter if only one person matches.

    Raises:
        Refused: No person or several match; it has the most similar names.
    """
    wanted = folded(entered(name)).split()
    alike = [member for member in members if folded(member.name).split() == wanted]
    exact = [member for member in alike if member.name == name]
    if len(found := exact or alike) == 1:
        return found[0]
    nearest = difflib.get_close_matches(name, [member.name for member in members], n=_NAMES_SUGGESTED, cutoff=0)
    raise Refused("pessoa_desconhecida", name=name, known=", ".join(nearest) or None)


@needs(Permission.USE)
def find_actor(desk: Desk, name: str) -> Member:
    """The person of the desk with this name, who acts.

    Raises:
        Refused: As `person_named`.
    """
    with reading(desk.engine) as connection:
        return person_named(members(connection), name)
