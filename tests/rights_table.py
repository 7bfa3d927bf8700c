"""The table of rights in docs/rights.md, generated from `domain.access`."""

from atendimento_tui.actions import PLACES, shown_in
from atendimento_tui.domain.access import PEOPLE_ROLES, PERMISSIONS, Reach, Role
from atendimento_tui.texts.access import PERMISSION
from atendimento_tui.texts.words import ROLE

_HEAD = """# Rights

Who may do what, by role. Made of the table in `src/atendimento_tui/domain/access.py` by `make generated`; do not edit
it here.

- **sim**: on every ticket; for what is not about a ticket, simply yes.
- **seus**: on the tickets that a group of the person holds or that the person owns. On others the refusal says so.
- **—**: not at all. The refusal names the roles that may; the key is dim and says why.

What is allowed by role may still be refused by the ticket's process (`papeis`, `corrige`), its state, or its secrecy:
a ticket of a secret service (`sigilo` in its file, see [processes.md](processes.md)) exists only for the members of
its group, each of whom works on it whatever stands here under *seus*.

The roles:

- *atendimento*, *análise* and *supervisão* attend: each works on every ticket. N1, N2 and P&D are groups, not roles.
- *setor* is another department (cadastro, contas médicas, tesouraria, financeiro): it sees and does only what its
  groups hold. It opens nothing: what it is told, an attendant records.
- *auditoria* is the audit of the health plan. It reads every ticket, because it decides with the whole history of a
  request; it acts only where the process has given the ticket to its group (the audit steps), and never changes a
  severity.
- *ouvidoria* reads what went before, and opens and treats what its group holds.
- *comitê de integridade* sees only what its group holds: it does not attend.
- *administração* keeps people, accounts, calendars, settings and copies. It sees no ticket: none of this needs one.
  Where a ticket has to be named (who leaves hands over), it sees the protocol without the subject.
- *sem nome* is a command or a window in which nobody has said who acts. It never sees a secret ticket.

The desk itself (the sweep, an import, the demonstration) may do everything. The rights bind the program only: whoever
can open the file or the database by other means can read all of it.
"""

_KEYS = """## Keys

The actions that a right belongs to (see [keys.md](keys.md)). Their keys are dim for a role without it, in the
footer and, with the reason, in the help. All other actions are for every role.
"""

_WORDS = {Reach.ALL: "sim", Reach.HELD: "seus", Reach.NONE: "—"}


def rights_table() -> str:
    """The whole document."""
    roles = [*PEOPLE_ROLES, Role.UNNAMED]
    lines = [_HEAD, f"| | {' | '.join(ROLE[role] for role in roles)} |", "|---|" + "---|" * len(roles)]
    for permission, of_roles in PERMISSIONS.items():
        cells = [_WORDS[of_roles.get(role, Reach.NONE)] for role in roles]
        lines.append(f"| {PERMISSION[permission]} | {' | '.join(cells)} |")
    return "\n".join((*lines, "", *_keys(), ""))


def _keys() -> list[str]:
    """The actions of each permission, by their names in the settings file."""
    lines = [_KEYS, "| right | actions |", "|---|---|"]
    for permission in PERMISSIONS:
        names = [f"`{action.id}`" for action in shown_in(*PLACES) if action.permission == permission]
        if names:
            lines.append(f"| {PERMISSION[permission]} | {' '.join(names)} |")
    return lines
