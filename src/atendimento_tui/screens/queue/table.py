"""The list of the queue and the field of its filter."""

from typing import ClassVar

from atendimento_tui.contracts.queue import QueueRow
from atendimento_tui.widgets.line_input import LineInput
from atendimento_tui.widgets.window_table import WindowTable


class QueueTable(WindowTable[QueueRow]):
    """The table, with the styles that the queue's columns name."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "state--on-time",
        "state--warning",
        "state--overdue",
        "state--paused",
        "severity--critica",
        "severity--alta",
        "dim",
    }


class FilterInput(LineInput):
    """The field of the filter. The arrow down moves the focus to the list."""

    def key_down(self) -> None:
        self.screen.query_one(QueueTable).focus()
