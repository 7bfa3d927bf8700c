"""Who may do what: the roles, the permissions, and the table that joins them.

`services/access_control.py` checks it; `docs/rights.md` is printed from it.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from types import MappingProxyType

from atendimento_tui.domain.refusals import Refused


class Role(StrEnum):
    """The roles of people, of scripts, and of the desk itself. The words are stored; never rename one.

    `setor` is a person of another department (cadastro, contas médicas, tesouraria, financeiro), `auditor` one of the
    health plan's audit. N1, N2 and P&D are groups, not roles.
    """

    ATTENDANT = "atendente"
    DEPARTMENT = "setor"
    AUDITOR = "auditor"
    ANALYST = "analista"
    SUPERVISOR = "supervisor"
    OMBUDSMAN = "ouvidoria"
    COMMITTEE = "comite_integridade"
    ADMINISTRATOR = "administrador"
    UNNAMED = "sem_nome"
    SYSTEM = "sistema"


PEOPLE_ROLES = tuple(role for role in Role if role not in (Role.UNNAMED, Role.SYSTEM))
"""The roles that a person can have."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks a service for something.

    Attributes:
        person: Id of the person; None for a script, a command without a name, and the desk itself.
        role: A value of `Role`. Any other text has no rights.
        groups: Ids of the groups whose tickets are the actor's.
    """

    person: int | None
    role: str
    groups: frozenset[int] = frozenset()

    @property
    def is_system(self) -> bool:
        """Whether this is the desk itself."""
        return self.role == Role.SYSTEM


SYSTEM = Actor(None, Role.SYSTEM)
"""The desk itself: the sweep, an import, the creation of a desk, the demonstration. It may do everything."""

UNNAMED = Actor(None, Role.UNNAMED)
"""A window or a command in which nobody has said who acts. It never sees a secret ticket."""


class Permission(StrEnum):
    """What a role may do. `texts/access.py` has the words that users read."""

    USE = "mesa.usar"
    READ = "atendimento.ver"
    OPEN = "atendimento.abrir"
    CLAIM = "atendimento.assumir"
    COMMENT = "atendimento.comentar"
    PAUSE = "atendimento.pausar"
    RESUME = "atendimento.retomar"
    ACT = "atendimento.agir"
    HAND_OVER = "atendimento.encaminhar"
    SEVERITY = "atendimento.criticidade"
    CORRECT = "atendimento.corrigir"
    DOCUMENT = "atendimento.documentos"
    NUMBER = "atendimento.numeros"
    ATTACH = "atendimento.anexar"
    TASK = "atendimento.tarefas"
    FIND_BENEFICIARY = "beneficiario.procurar"
    ADD_BENEFICIARY = "beneficiario.cadastrar"
    CHANGE_BENEFICIARY = "beneficiario.alterar"
    REVEAL_BENEFICIARY = "beneficiario.revelar"
    IMPORT_BENEFICIARIES = "beneficiario.importar"
    EXPORT = "prazos.exportar"
    CATALOG = "catalogo.alterar"
    IMPORT = "historico.importar"
    FIND_PROCEDURE = "procedimentos.procurar"
    PROCEDURES = "procedimentos.alterar"
    BILLS = "boletos.importar"
    PEOPLE = "pessoas.alterar"
    ACCOUNTS = "acessos.alterar"
    CALENDARS = "calendarios.alterar"
    UNIT = "unidade.alterar"
    COPY = "copias.fazer"
    RESTORE = "copias.restaurar"
    VERIFY = "trilha.verificar"
    REGISTER = "registro.escrever"
    PRIVACY = "dados.pessoais"
    REMIT = "remessas.fechar"
    FIND_SLOT = "agenda.procurar"
    SUPPLY = "agenda.oferta"
    BOOK = "agenda.marcar"
    IMPORT_BOOKINGS = "agenda.importar"


OF_TICKETS = "atendimento."
"""How the permissions of acts on a ticket begin."""


class Reach(IntEnum):
    """On which tickets a permission holds; for one that is not about a ticket, `ALL` is simply yes."""

    NONE = 0
    HELD = 1
    """Those that a group of the person holds, or that the person owns."""
    ALL = 2


def _each(roles: Iterable[Role], of_each: Reach = Reach.ALL) -> dict[str, Reach]:
    return dict.fromkeys(roles, of_each)


_DESK = (Role.ATTENDANT, Role.ANALYST, Role.SUPERVISOR)
"""The people who attend: each works on every ticket."""

_OF_GROUPS = (Role.DEPARTMENT, Role.AUDITOR, Role.OMBUDSMAN, Role.COMMITTEE)
"""The people who act on the tickets of their groups only."""

_ACTS = _each(_DESK) | _each(_OF_GROUPS, Reach.HELD)
_READS = _each((*_DESK, Role.AUDITOR, Role.OMBUDSMAN, Role.UNNAMED)) | _each(
    (Role.DEPARTMENT, Role.COMMITTEE), Reach.HELD
)
_INTAKE = _each((*_DESK, Role.OMBUDSMAN, Role.COMMITTEE))
_KEEPS = _each((Role.SUPERVISOR, Role.ADMINISTRATOR))

PERMISSIONS: Mapping[Permission, Mapping[str, Reach]] = MappingProxyType(
    {
        Permission.USE: _each((*PEOPLE_ROLES, Role.UNNAMED)),
        Permission.READ: _READS,
        Permission.OPEN: _INTAKE,
        Permission.CLAIM: _ACTS,
        Permission.COMMENT: _ACTS,
        Permission.PAUSE: _ACTS,
        Permission.RESUME: _ACTS,
        Permission.ACT: _ACTS,
        Permission.HAND_OVER: _ACTS,
        Permission.SEVERITY: _each(_DESK) | _each((Role.OMBUDSMAN, Role.COMMITTEE), Reach.HELD),
        Permission.CORRECT: _ACTS,
        Permission.DOCUMENT: _ACTS,
        Permission.ATTACH: _ACTS,
        Permission.NUMBER: _ACTS,
        Permission.TASK: _ACTS,
        Permission.FIND_BENEFICIARY: _each((*_DESK, *_OF_GROUPS)),
        Permission.ADD_BENEFICIARY: _INTAKE,
        Permission.CHANGE_BENEFICIARY: _each((*_DESK, Role.DEPARTMENT)),
        Permission.IMPORT_BENEFICIARIES: _KEEPS,
        Permission.REVEAL_BENEFICIARY: _each((*_DESK, Role.DEPARTMENT, Role.OMBUDSMAN, Role.COMMITTEE)),
        Permission.EXPORT: _READS,
        Permission.CATALOG: _KEEPS | _each((Role.UNNAMED,)),
        Permission.IMPORT: _KEEPS | _each((Role.UNNAMED,)),
        Permission.FIND_PROCEDURE: _each((*PEOPLE_ROLES, Role.UNNAMED)),
        Permission.PROCEDURES: _KEEPS | _each((Role.UNNAMED,)),
        Permission.BILLS: _KEEPS | _each((Role.DEPARTMENT,)),
        Permission.PEOPLE: _KEEPS,
        Permission.ACCOUNTS: _KEEPS,
        Permission.CALENDARS: _KEEPS,
        Permission.UNIT: _KEEPS,
        Permission.COPY: _KEEPS,
        Permission.RESTORE: _KEEPS,
        Permission.VERIFY: _KEEPS | _each((Role.UNNAMED,)),
        Permission.REGISTER: _KEEPS,
        Permission.PRIVACY: _KEEPS,
        Permission.REMIT: _each(_DESK),
        Permission.FIND_SLOT: _each((*PEOPLE_ROLES, Role.UNNAMED)),
        Permission.SUPPLY: _KEEPS,
        Permission.BOOK: _each(_DESK),
        Permission.IMPORT_BOOKINGS: _KEEPS,
    }
)
"""Permission -> role -> on which tickets. A role that is missing in a row may not; `Role.SYSTEM` may everything."""


def reach(role: str, permission: Permission) -> Reach:
    """On which tickets a role has the permission."""
    return Reach.ALL if role == Role.SYSTEM else PERMISSIONS[permission].get(role, Reach.NONE)


def roles_with(permission: Permission) -> tuple[Role, ...]:
    """The roles of people that have the permission, on some ticket at least."""
    return tuple(role for role in PEOPLE_ROLES if PERMISSIONS[permission].get(role))


def holds(actor: Actor, group: int | None, owner: int | None) -> bool:
    """Whether a ticket of this group and owner is one of the actor's own (`Reach.HELD`)."""
    return group in actor.groups or (owner is not None and owner == actor.person)


def is_for(actor: Actor, secret_group: int | None) -> bool:
    """Whether something exists for the actor.

    Args:
        secret_group: The group for whose members alone it exists; None if it is not secret.
    """
    return secret_group is None or actor.is_system or secret_group in actor.groups


def may_change_members(actor: Actor, group: int, members: Collection[int], secret_groups: Collection[int]) -> bool:
    """Whether the actor may change who is in a group, if the role may change groups at all (`Permission.PEOPLE`).

    Only members change a secret group. The first members of an empty one are named by whoever keeps the groups.

    Args:
        group: Id of the group.
        members: Ids of its members, also of those who were deactivated.
        secret_groups: Ids of the groups of secret services.
    """
    return group not in secret_groups or not members or actor.is_system or actor.person in members


def require_way_in(actor: Actor, name: str, opened: Collection[str]) -> None:
    """Refuse to change how a member of secret groups enters: who gives a password or a login can enter as the member.

    Members of these groups may, and administrators, whose act the members are told.

    Args:
        name: The member's name.
        opened: Names of the groups that the actor is not in.

    Raises:
        Refused: The actor is neither.
    """
    is_administrator = actor.role == Role.ADMINISTRATOR and actor.person is not None
    if opened and not (actor.is_system or is_administrator):
        raise Refused("acesso_de_membro", name=name, groups=", ".join(opened))


def require(actor: Actor, permission: Permission) -> None:
    """Refuse what the actor's role forbids on every ticket.

    Raises:
        Refused: The role lacks the permission; the refusal has the roles that have it. Or it is no role of the desk, as
            that of somebody who was deactivated.
    """
    if actor.role not in tuple(Role):
        raise Refused("sem_acesso")
    if not reach(actor.role, permission):
        raise Refused("papel_nao_pode", permission=permission, role=actor.role, roles=", ".join(roles_with(permission)))


def require_on_ticket(
    actor: Actor, permission: Permission, *, protocol: str, group: int | None, owner: int | None
) -> None:
    """Refuse what the actor's role forbids on this ticket.

    Raises:
        Refused: As `require`; or the role has it for the tickets of its groups only, and this is none of them.
    """
    require(actor, permission)
    if reach(actor.role, permission) is Reach.HELD and not holds(actor, group, owner):
        raise Refused("papel_so_do_grupo", permission=permission, role=actor.role, protocol=protocol)
