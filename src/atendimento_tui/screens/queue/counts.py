"""Counts the tickets of all tabs, one count at a time."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from textual.timer import Timer

from atendimento_tui import services

if TYPE_CHECKING:
    from atendimento_tui.contracts.queue import QueueView, Tab
    from atendimento_tui.domain.refusals import Refusal
    from atendimento_tui.screens.base import Place
    from atendimento_tui.services.desk import Desk

COUNTS_EVERY_S = 1.0
"""Minimum seconds between two counts after changes of others. Their rows are shown at once."""


class Counted(NamedTuple):
    """The result of a count.

    Attributes:
        view: The view that was counted.
        tabs: Tickets of each tab.
        overdue: Overdue tickets of the desk.
    """

    view: "QueueView"
    tabs: dict["Tab", int]
    overdue: int


class Counter:
    """Counts in a thread.

    Args:
        place: The place that shows the counts.
        view: Returns the view to count.
        show: Called with each result.
    """

    def __init__(self, place: "Place", view: Callable[[], "QueueView"], show: Callable[[Counted], None]) -> None:
        self._place = place
        self._view = view
        self._show = show
        self._is_counting = self._is_wanted = self._is_wanted_later = False
        self._pause: Timer | None = None
        """Runs while changes of others must wait for the next count."""

    @property
    def is_pausing(self) -> bool:
        """Whether changes of others wait for the next count."""
        return self._pause is not None

    def count(self) -> None:
        """Count now; if a count is running, once more after it."""
        if self._is_counting or not self._place.desk_app.desk_info:
            self._is_wanted = True
            return
        self._is_counting, self._is_wanted = True, False
        view = self._view()

        def read(desk: "Desk", now: datetime) -> tuple[dict["Tab", int], int]:
            return services.queue.counts_with_overdue(desk, view, now)

        self._place.desk_app.serve(read, partial(self._counted, view), self._end)

    def count_soon(self) -> None:
        """Count now, but at most every `COUNTS_EVERY_S` seconds."""
        if self._pause is None:
            self.count()
            self._pause = self._place.set_timer(COUNTS_EVERY_S, self._pause_ended)
        else:
            self._is_wanted_later = True

    def _pause_ended(self) -> None:
        self._pause = None
        if self._is_wanted_later:
            self._is_wanted_later = False
            self.count_soon()

    def _counted(self, view: "QueueView", counted: tuple[dict["Tab", int], int]) -> None:
        self._show(Counted(view, *counted))
        self._end()

    def _end(self, _refusal: "Refusal | None" = None) -> None:
        self._is_counting = False
        if self._is_wanted:
            self.count()
