"""Hearing that somebody changed the database: each commit of others once, nothing else."""

from collections.abc import Callable
from threading import Event

import pytest

from atendimento_tui.data.feed import watch
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.services.desk import Desk, open_desk
from atendimento_tui.services.view import ticket_view
from tests.databases import on_files
from tests.living import NOW, Living


class Steps(Event):
    """Instead of waiting, it does the next thing; after the last one the watch is over."""

    def __init__(self, *things: Callable[[], object]) -> None:
        super().__init__()
        self.things = list(things)

    def wait(self, timeout: float | None = None) -> bool:
        assert timeout is not None, "the watch never waits for ever"
        if not self.things:
            return True
        self.things.pop(0)()
        return False


def nothing() -> None:
    """Time passes."""


@on_files
def test_a_commit_of_another_program_is_heard_once(desk: Desk) -> None:
    other = open_desk(str(desk.engine.url.database), NOW)
    living = Living(other)
    heard: list[str] = []

    def two_acts() -> None:
        living.comment(1)
        living.comment(1)

    def a_look() -> None:
        ticket_view(other, NOW, ticket_id=1)

    def refused() -> None:
        with pytest.raises(Refused):
            living.comment(1, " ")
        with pytest.raises(Refused):
            living.comment(77)

    def opens() -> None:
        living.open()

    def told(step: Callable[[], None]) -> Callable[[], None]:
        def done() -> None:
            heard.append(getattr(step, "__name__", ""))
            step()

        return done

    steps = (nothing, nothing, opens, nothing, two_acts, a_look, refused, nothing)
    watch(desk.engine, lambda: heard.append("heard"), Steps(*map(told, steps)))
    other.close()
    assert heard == [
        "nothing", "nothing", "opens", "heard", "nothing", "two_acts", "heard", "a_look", "refused", "nothing"
    ]  # fmt: skip


@on_files
def test_the_windows_own_commits_are_heard_too(desk: Desk) -> None:
    """They go over another connection of the same engine."""
    living, heard = Living(desk), list[str]()
    watch(desk.engine, lambda: heard.append("heard"), Steps(nothing, living.open, nothing))
    assert heard == ["heard"]
