"""The list of the queue and the field of its filter."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import ClassVar

from textual.binding import Binding, BindingType

from atendimento_tui.contracts.queue import QueueRow
from atendimento_tui.texts import queue as texts
from atendimento_tui.widgets.line_input import LineInput
from atendimento_tui.widgets.window_table import Column, WindowTable


class QueueTable(WindowTable[QueueRow]):
    """The table, with the styles that the queue's columns name."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "state--on-time",
        "state--warning",
        "state--overdue",
        "state--paused",
        "severity--critica",
        "severity--alta",
        "alerted",
        "dim",
    }

    def __init__(
        self,
        columns: Sequence[Column[QueueRow]],
        same_until: Callable[[QueueRow, datetime], datetime],
        paint_footer: Callable[[], None],
    ) -> None:
        """Create an empty table.

        Args:
            columns: The columns from left to right.
            same_until: Until when the countdown of a row stays as it is at an instant.
            paint_footer: Called at each move of the cursor: the possible actions depend on its ticket.
        """
        super().__init__(columns, empty_text=texts.LOADING_QUEUE, same_until=same_until, id="queue")
        self._paint_footer = paint_footer

    def at_cursor_move(self) -> None:
        """Paint the footer in the same frame as the cursor."""
        self._paint_footer()


class FilterInput(LineInput):
    """The field of the filter. The arrow down moves the focus to the list."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("down", "screen.to_list", show=False)]
