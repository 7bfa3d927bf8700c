"""The table of rights."""

import pytest

from atendimento_tui.domain.access import (
    PEOPLE_ROLES,
    PERMISSIONS,
    SYSTEM,
    UNNAMED,
    Actor,
    Permission,
    Reach,
    Role,
    reach,
    require,
    require_on_ticket,
)
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.texts import access, words
from atendimento_tui.texts.refusals import sentence

MINE, OTHERS = 1, 2


def test_every_permission_has_a_row_and_a_text() -> None:
    assert PERMISSIONS.keys() == set(Permission) == access.PERMISSION.keys()


def test_every_role_has_a_word() -> None:
    assert set(Role) <= words.ROLE.keys()


def test_somebody_of_the_desk_has_every_permission_and_the_supervisor_has_all() -> None:
    assert all(reach(Role.SUPERVISOR, permission) is Reach.ALL for permission in Permission)


def test_the_desk_itself_may_do_everything() -> None:
    for permission in Permission:
        require_on_ticket(SYSTEM, permission, protocol="1", group=None, owner=None)


@pytest.mark.parametrize("role", Role)
def test_what_the_table_does_not_say_is_refused(role: Role) -> None:
    refused = {permission: refusals_of(permission, role) for permission in Permission}
    expected: dict[Reach, dict[int, str]] = {
        Reach.ALL: {},
        Reach.HELD: {OTHERS: "papel_so_do_grupo"},
        Reach.NONE: dict.fromkeys((MINE, OTHERS), "papel_nao_pode"),
    }
    assert refused == {permission: expected[reach(role, permission)] for permission in Permission}


def refusals_of(permission: Permission, role: Role) -> dict[int, str]:
    """Group of a ticket -> why somebody of the role, who is in one of the groups, may not act on it."""
    actor = Actor(7, role, frozenset({MINE}))
    refused: dict[int, str] = {}
    for group in (MINE, OTHERS):
        try:
            require_on_ticket(actor, permission, protocol="20260302000001", group=group, owner=None)
        except Refused as refusal:
            refused[group] = refusal.code
            text = sentence(*refusal.refusal)
            assert access.PERMISSION[permission] in text
            assert words.ROLE[role] in text
    return refused


def test_a_refusal_names_the_roles_that_may() -> None:
    with pytest.raises(Refused) as refused:
        require(Actor(1, Role.ATTENDANT), Permission.PEOPLE)
    assert "Quem pode: supervisão, administração." in sentence(*refused.value.refusal)


@pytest.mark.parametrize("role", ["", "importado", "chefe"])
def test_a_role_that_is_none_of_the_desk_may_nothing(role: str) -> None:
    for permission in Permission:
        with pytest.raises(Refused, match="sem_acesso"):
            require(Actor(1, role), permission)


def test_a_ticket_that_a_person_owns_is_the_persons_own() -> None:
    actor = Actor(7, Role.DEPARTMENT, frozenset({MINE}))
    require_on_ticket(actor, Permission.COMMENT, protocol="1", group=OTHERS, owner=7)
    with pytest.raises(Refused, match="papel_so_do_grupo"):
        require_on_ticket(actor, Permission.COMMENT, protocol="1", group=None, owner=8)


def test_an_administrator_sees_no_ticket() -> None:
    """The role keeps people, calendars, settings and copies, for which no content of a ticket is needed."""
    about_tickets = [each for each in Permission if each.startswith("atendimento.")]
    assert not any(reach(Role.ADMINISTRATOR, permission) for permission in about_tickets)


def test_people_have_roles_of_people_only() -> None:
    assert {SYSTEM.role, UNNAMED.role}.isdisjoint(PEOPLE_ROLES)
