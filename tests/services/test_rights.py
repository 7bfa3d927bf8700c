"""Rights are checked in the services: each public function names its permission, and each role is refused."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from atendimento_tui import services
from atendimento_tui.contracts.queue import QueueView
from atendimento_tui.domain.access import SYSTEM, UNNAMED, Actor, Permission, Role
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.services import queue
from atendimento_tui.services.access_control import permission_of
from atendimento_tui.services.desk import Desk
from tests.living import ANA, NOW

INSIDE = {"connection", "work"}
"""Parameters of functions that are called in a transaction of another service, which has checked."""


def functions_of(module: Any) -> Iterator[tuple[str, Callable[..., Any]]]:
    """The public functions and methods that a module defines."""
    for name, found in vars(module).items():
        if name.startswith("_") or getattr(found, "__module__", "") != module.__name__:
            continue
        if inspect.isfunction(found):
            yield name, found
        elif inspect.isclass(found):
            methods = inspect.getmembers(found, inspect.isfunction)
            yield from ((f"{name}.{each}", method) for each, method in methods if not each.startswith("_"))


def with_a_desk() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Every public function of the services that takes a desk."""
    for module in pkgutil.iter_modules(services.__path__):
        loaded = importlib.import_module(f"{services.__name__}.{module.name}")
        for name, function in functions_of(loaded):
            taken = inspect.signature(function).parameters
            if "desk" in taken and not INSIDE & taken.keys():
                yield f"{module.name}.{name}", function


EVERY = dict(with_a_desk())


def test_the_services_are_found() -> None:
    assert len(EVERY) > 30
    assert {"acts.claim", "queue.window", "presence.Visit.note", "drafts.locked"} <= EVERY.keys()


@pytest.mark.parametrize("name", EVERY)
def test_every_service_with_a_desk_names_its_permission(name: str) -> None:
    assert permission_of(EVERY[name]) is not None


def test_every_permission_of_a_ticket_is_named_by_a_service() -> None:
    named = {permission_of(function) for function in EVERY.values()}
    assert {each for each in Permission if each.startswith("atendimento.")} <= named


@pytest.mark.parametrize("name", EVERY)
def test_a_service_refuses_somebody_without_a_role_before_it_looks_at_anything(name: str, desk: Desk) -> None:
    gone = desk.acting_as(Actor(ANA, ""))
    first = (None, gone) if "." in name.partition(".")[2] else (gone,)  # a method has its object before the desk
    with pytest.raises(Refused, match="sem_acesso"):
        EVERY[name](*first)


def test_actors_of_one_desk_share_what_was_read(desk: Desk) -> None:
    other = desk.acting_as(UNNAMED)
    assert (desk.actor, other.actor) == (SYSTEM, UNNAMED)
    assert other.unit is desk.unit
    assert other.calendar(1) is desk.calendar(1)
    desk.info()
    assert other.unit is desk.unit


def test_a_role_reads_the_queue_only_if_the_table_says_so(desk: Desk) -> None:
    queue.counts(desk.acting_as(Actor(ANA, Role.ATTENDANT)), QueueView(), NOW)
    with pytest.raises(Refused, match="papel_nao_pode"):
        queue.counts(desk.acting_as(Actor(ANA, Role.ADMINISTRATOR)), QueueView(), NOW)
