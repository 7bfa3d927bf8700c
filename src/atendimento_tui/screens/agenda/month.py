"""The dialog of a month of the agenda: how full each day is. Enter goes to a day."""

from collections.abc import Callable
from datetime import date
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import Static

from atendimento_tui import outputs
from atendimento_tui.contracts.agenda import AgendaMonth, MonthDay
from atendimento_tui.texts import agenda as texts
from atendimento_tui.widgets.bindings import own_bindings
from atendimento_tui.widgets.dialog import Dialog
from atendimento_tui.widgets.month_grid import DayCell, MonthGrid
from atendimento_tui.widgets.text import plain


class MonthDialog(Dialog[date]):
    """Shows how full the days of a month are; its result is the day that was chosen.

    Args:
        day: The day under the cursor.
        today: The present day.
        read: Reads the month of a first day; gets a function for the answer.
    """

    AUTO_FOCUS = "MonthGrid"
    BINDINGS: ClassVar[list[BindingType]] = own_bindings("leitura.voltar")

    def __init__(self, day: date, today: date, read: Callable[[date, Callable[[AgendaMonth], None]], None]) -> None:
        super().__init__()
        self._day, self._today, self._ask = day, today, read
        self._month: AgendaMonth | None = None
        self._asked = self._shown = 0
        """Which question was asked last, and whose answer is shown: a later answer may come first."""

    def compose(self) -> ComposeResult:
        """Title, limit, days, the day under the cursor, hint."""
        with Vertical(classes="box"):
            yield Static(classes="title")
            yield Static(classes="limit")
            yield MonthGrid(texts.MONTH_WEEK, self._day, self._today)
            yield Static(classes="day")
            yield Static(plain(texts.MONTH_HINT), classes="hint")

    def on_mount(self) -> None:
        """Read the month."""
        self._read()

    @property
    def grid(self) -> MonthGrid:
        """The days."""
        return self.query_one(MonthGrid)

    def _read(self) -> None:
        """Read the month of the cursor."""
        first = self.grid.cursor.replace(day=1)
        self._month = None
        self._say(".title", outputs.agenda_month.name(first))
        self._say(".limit", "")
        self._say(".day", texts.READING)
        self.grid.show({})
        self.read_again()

    def read_again(self) -> None:
        """Read the month of the cursor while the former figures are shown: others may have booked.

        An answer about a month that was left meanwhile is not shown.
        """
        self._asked += 1
        number = self._asked

        def show(month: AgendaMonth) -> None:
            if self.is_mounted and number > self._shown and month.first == self.grid.cursor.replace(day=1):
                self._month, self._shown = month, number
                self._paint(month)

        self._ask(self.grid.cursor.replace(day=1), show)

    def _paint(self, month: AgendaMonth) -> None:
        self._say(".title", outputs.agenda_month.title(month))
        self._say(".limit", " ".join(outputs.agenda.limit_lines(month.limit)))
        self.grid.show({each.day: _cell(each, month) for each in month.days})
        self._moved()

    def _say(self, where: str, text: str) -> None:
        self.query_one(where, Static).update(plain(text))

    @on(MonthGrid.Moved)
    def _moved(self) -> None:
        day, month = self.grid.cursor, self._month
        if month is None or month.first != day.replace(day=1):
            self._read()
        else:
            self._say(".day", outputs.agenda_month.about(month.days[day.day - 1], month))

    @on(MonthGrid.Chosen)
    def _chosen(self) -> None:
        if self.grid.cursor < self._today:
            self._say(".day", texts.MONTH_OVER_DAY)
        else:
            self.dismiss(self.grid.cursor)


def _cell(day: MonthDay, month: AgendaMonth) -> DayCell:
    full, note = outputs.agenda_month.fullness(day, month), " ".join(outputs.agenda_month.notes(day, month)[:1])
    words = outputs.agenda_month.words(day, month)
    if full is None:
        return DayCell(words, note, None, "dim")
    if day.day < month.today:
        style = "dim"
    elif not day.free:
        style = "$text-error"
    else:
        style = "$text-warning" if full >= outputs.agenda_month.LITTLE_ROOM else "$text-success"
    return DayCell(words, note, lambda width: outputs.agenda_month.bar(full, width), style)
