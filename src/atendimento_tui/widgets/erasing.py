"""A screen that paints what changes, and no more: also what is no longer on it, and below a dialog."""

from typing import Any

from textual.geometry import Size
from textual.screen import Screen
from textual.widget import Widget

from atendimento_tui import compat


class ErasingScreen(Screen[Any]):
    """A screen that paints all that a new layout changes.

    Textual paints the difference between the last layout and the new one. After a scroll or for a new widget, reading
    the region of any widget computes the layout again; what changed until then is not painted: a removed toast stayed
    on the terminal. Below a dialog it paints a change once (`compat.show_through`).
    """

    _painted_layout: compat.Layout | None = None

    def _compositor_refresh(self) -> None:
        with compat.new_sizes(lay_out=True):  # a list that is painted may find that it is higher
            if not compat.show_through(self):
                super()._compositor_refresh()

    def _screen_resized(self, size: Size) -> None:
        """Lay out for a new size only. Textual does so two or three times for the same size when a screen opens."""
        if size != compat.size_of_layout(self):
            super()._screen_resized(size)

    def scroll_to_center(self, widget: Widget, *args: Any, **how: Any) -> None:
        """Scroll at once to a field that gets the focus.

        Textual does so after the next layout, and then undid the scroll to the error of the field.
        """
        super().scroll_to_center(widget, *args, **(how | {"animate": False, "immediate": True}))

    def _refresh_layout(self, size: Size | None = None, scroll: bool = False) -> None:
        if self._painted_layout is not None:
            compat.paint_difference(self, self._painted_layout)
        with compat.new_sizes(lay_out=False):
            super()._refresh_layout(size, scroll)
        self._painted_layout = compat.layout_of(self)
