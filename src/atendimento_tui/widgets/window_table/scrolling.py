"""Scrolling without animation. Textual animates scrolling by scrollbar, which is slow in a long list."""

from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollDown, ScrollTo, ScrollUp


class InstantScrollView(ScrollView, inherit_bindings=False):
    """A scroll view without animation."""

    def action_page(self, pages: int) -> None:
        """Scroll `pages` pages down."""
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
