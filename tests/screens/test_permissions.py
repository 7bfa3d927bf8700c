"""An action names the permission of the services that it calls: its key is dim for each role that they refuse."""

import dis
import inspect
from collections.abc import Callable, Iterator
from functools import cache
from types import CodeType
from typing import Any, TypeAlias

import pytest

from atendimento_tui import services
from atendimento_tui.actions import PLACE_ROWS, PLACES, registry, shown_in
from atendimento_tui.app import AtendimentoApp
from atendimento_tui.domain.access import Permission, roles_with
from atendimento_tui.screens.places import screen_class
from atendimento_tui.screens.tickets.verbs import VERBS
from atendimento_tui.services.access_control import permission_of

SCREENS = {row.where: screen_class(row) for row in PLACE_ROWS}

CHECK_THEMSELVES = {"view_row", "show_row", "look_instead_of", "cancel_imported"}
"""Methods of the place of people, for all roles: what needs a permission they read only for those who have it. What
can be done with an imported booking is offered to those only who may."""

Needed: TypeAlias = dict[tuple[str, str], set[Permission]]


def paths(code: CodeType) -> Iterator[tuple[str, ...]]:
    """The names with their attributes in a function and in those inside it: `services.staff.add_person` as a tuple."""
    path: tuple[str, ...] = ()
    for step in dis.get_instructions(code):
        if step.opname in ("LOAD_ATTR", "LOAD_METHOD") and path:
            path = (*path, str(step.argval))
            continue
        yield path
        name = step.argval[-1] if isinstance(step.argval, tuple) and step.argval else step.argval
        path = (name,) if step.opname.startswith("LOAD_") and isinstance(name, str) else ()
    yield path
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield from paths(inner)


@cache
def _paths_once(code: CodeType) -> tuple[tuple[str, ...], ...]:
    return tuple(paths(code))


def constants(code: CodeType) -> Iterator[object]:
    """The constants of a function and of those inside it."""
    for each in code.co_consts:
        yield from constants(each) if isinstance(each, CodeType) else (each,)


def services_of(function: Callable[..., Any], owner: type, seen: set[object]) -> Iterator[object]:
    """The services that a function calls, itself or by other methods of its place or of the application."""
    if function in seen:
        return
    seen.add(function)
    for path in _paths_once(function.__code__):
        match path:
            case ("self", "act_on_ticket"):
                for verb in VERBS.keys() & set(constants(function.__code__)):
                    yield from services_of(VERBS[verb].do, owner, seen)
            case ("services", area, name, *_):
                yield getattr(getattr(services, area), name)
            case ("self" | "place", "desk_app" | "app", name, *_):
                yield from _of_method(AtendimentoApp, name, seen)
            case ("self" | "place", name, *_):
                yield from _of_method(owner, name, seen)
            case (name,) if name not in CHECK_THEMSELVES and inspect.isfunction(
                found := function.__globals__.get(name)
            ):
                yield from services_of(found, owner, seen)
            case _:
                pass


def _of_method(owner: type, name: str, seen: set[object]) -> Iterator[object]:
    found = inspect.getattr_static(owner, name, None)
    found = found.fget if isinstance(found, property) else found
    if inspect.isfunction(found) and name not in CHECK_THEMSELVES and found.__module__.startswith("atendimento_tui"):
        yield from services_of(found, owner, seen)


def permissions_of(action: str, where: str) -> set[Permission]:
    """The permissions of all services that an action may call, but for that of everybody who uses the desk."""
    row = registry()[action]
    owner = SCREENS[where] if hasattr(SCREENS[where], row.calls) else AtendimentoApp
    functions: list[Callable[..., Any]] = [getattr(owner, row.calls)]
    if row.calls == "act_on_ticket":
        verb = VERBS[str(row.args[0])]
        functions = [each for each in (verb.do, verb.choose) if each]
    seen: set[object] = set()
    named = (permission_of(service) for function in functions for service in services_of(function, owner, seen))
    return {each for each in named if each is not None and each is not Permission.USE}


@pytest.fixture(scope="module")
def needed() -> Needed:
    """(action, place) -> the permissions of its services."""
    return {
        (action.id, where): permissions_of(action.id, where)
        for where in PLACES
        for action in shown_in(where)
        if action.calls not in CHECK_THEMSELVES
    }


def test_the_services_of_actions_are_found(needed: Needed) -> None:
    """In a method, in a function of another module, in a table of verbs, in the application."""
    assert needed["pessoas.incluir", "pessoas"] == {Permission.PEOPLE}
    assert needed["pessoas.alterar", "pessoas"] == {Permission.PEOPLE, Permission.UNIT}
    assert needed["fila.comentar", "fila"] == {Permission.COMMENT}
    assert needed["fila.encaminhar", "atendimento"] == {Permission.HAND_OVER}
    assert needed["novo.gravar", "novo"] >= {Permission.OPEN}
    assert needed["geral.copia", "fila"] == {Permission.COPY}
    assert sum(map(bool, needed.values())) > 30


def test_an_action_names_a_permission_of_its_services_that_allows_all_of_them(needed: Needed) -> None:
    """So whoever sees the key bright is not refused because of the role."""

    def allows(named: str, services: set[Permission]) -> bool:
        return named in services and all(
            set(roles_with(Permission(named))) <= set(roles_with(each)) for each in services
        )

    wrong = [
        f"{action} in {where} needs {services}"
        for (action, where), services in needed.items()
        if services and not allows(registry()[action].permission, services)
    ]
    assert wrong == []


def test_no_key_is_dim_for_a_role_that_no_service_would_refuse(needed: Needed) -> None:
    for row in shown_in(*PLACES):
        goes_to_a_place = row.calls in ("go", "open_ticket")
        if row.permission and not goes_to_a_place:
            assert row.permission in set[Permission]().union(*(needed[row.id, where] for where in row.where)), row.id
