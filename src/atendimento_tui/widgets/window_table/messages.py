"""The messages of a table. Handlers are called `on_window_table_...`."""

from typing import Generic

from textual.message import Message
from textual.widget import Widget

from atendimento_tui.widgets.window_table.asking import Anchor
from atendimento_tui.widgets.window_table.rows import RowT


class TableMessage(Message):
    """A message of a table."""

    def __init__(self, table: Widget) -> None:
        super().__init__()
        self.table = table

    @property
    def control(self) -> Widget:
        """The table, for selectors."""
        return self.table

    def is_followed_by(self, message: Message) -> bool:
        """Whether the other message has the same type and comes from the same table."""
        return isinstance(message, type(self)) and message.table is self.table


class Needed(TableMessage, namespace="window_table"):
    """Rows are needed: `count` rows from the ordinal `first`. Only the latest request matters."""

    def __init__(self, table: Widget, first: int, count: int, anchor: Anchor) -> None:
        super().__init__(table)
        self.first = first
        self.count = count
        self.anchor = anchor

    def can_replace(self, message: Message) -> bool:
        """Whether a later request replaces this one."""
        return self.is_followed_by(message)


class Highlighted(TableMessage, Generic[RowT], namespace="window_table"):
    """The cursor has moved to another row."""

    def __init__(self, table: Widget, row: RowT) -> None:
        super().__init__(table)
        self.key = row.key
        self.row = row

    def can_replace(self, message: Message) -> bool:
        """Whether a later message replaces this one."""
        return self.is_followed_by(message)


class Selected(TableMessage, Generic[RowT], namespace="window_table"):
    """The row under the cursor was chosen by Enter or a click."""

    def __init__(self, table: Widget, row: RowT) -> None:
        super().__init__(table)
        self.row = row


class CursorLost(TableMessage, namespace="window_table"):
    """The row under the cursor is no longer in the list. The cursor is on the row now at its ordinal, if any."""

    def __init__(self, table: Widget, key: int) -> None:
        super().__init__(table)
        self.key = key
