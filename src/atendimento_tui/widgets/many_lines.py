"""A field of many lines that is let go of when it closes."""

from textual._types import WatchCallbackType
from textual.dom import DOMNode
from textual.widgets import TextArea


class ManyLines(TextArea):
    """A field as Textual's own, with the cursor behind what stands in it already."""

    def watch(self, obj: DOMNode, attribute_name: str, callback: WatchCallbackType, init: bool = True) -> None:
        """Watch nothing of the application: until its theme changes, it would keep every one of these."""
        if obj is not self.app:
            super().watch(obj, attribute_name, callback, init)

    def on_mount(self) -> None:
        """One goes on where the text ends."""
        self.move_cursor(self.document.end)
