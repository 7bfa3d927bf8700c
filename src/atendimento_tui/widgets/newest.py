"""A scrollable part whose newest lines, the last ones, stay in sight."""

from textual.containers import VerticalScroll


class Newest(VerticalScroll):
    """Stays at its end, whatever changes its lines or its own height, until the user scrolls up; again from the end on.

    Textual's `anchor` shows lines that do not fill the part at its bottom.
    """

    _is_at_end = True

    def watch_scroll_target_y(self, target: float) -> None:
        """Note whether the user scrolls to the end. An animated scroll has its target from its first step on."""
        self._is_at_end = target >= self.max_scroll_y

    def watch_virtual_size(self) -> None:
        """Its lines are more, fewer, or narrower: a scrollbar has come. The layout is complete after this call."""
        self.call_later(self._stay)

    def on_resize(self) -> None:
        """Its own height is another one."""
        self._stay()

    def _stay(self) -> None:
        if self._is_at_end:
            self.scroll_end(animate=False, immediate=True)
        self._is_at_end = self.scroll_target_y >= self.max_scroll_y
