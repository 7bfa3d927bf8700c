"""Scrolling at once. Textual glides where a scrollbar is used; a reader of a long list wants to be there."""

from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollDown, ScrollTo, ScrollUp


class InstantScrollView(ScrollView, inherit_bindings=False):
    """A list that is scrolled without gliding."""

    def action_page(self, pages: int) -> None:
        """So many pages down."""
        raise NotImplementedError

    def _on_scroll_up(self, event: ScrollUp) -> None:
        event.prevent_default().stop()
        self.action_page(-1)

    def _on_scroll_down(self, event: ScrollDown) -> None:
        event.prevent_default().stop()
        self.action_page(1)

    def _on_scroll_to(self, message: ScrollTo) -> None:
        message.prevent_default().stop()
        self.scroll_to(y=message.y, animate=False)
