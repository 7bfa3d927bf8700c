"""A minimal application with the terminal guards and the key queue. It shows typed text, and can block its event loop.

Its argument is the path of a file that `close` creates, so that a test can check the call.
"""

import asyncio
import os
import shutil
import signal
import sys
import threading
from pathlib import Path
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static, TextArea

from atendimento_tui import terminal
from atendimento_tui.widgets.keys_in_turn import KeysInTurn


class TinyApp(KeysInTurn):
    """A field, a count of its letters and the size of the window."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("ctrl+q", "quit"),
        ("f10", "resize_twice"),
        ("f8", "leave_slowly"),
        ("f9", "hang"),
        ("escape", "forget"),
    ]

    def __init__(self, when_closed: Path) -> None:
        super().__init__(driver_class=terminal.driver_class())
        self._when_closed = when_closed
        self._waits = False

    def compose(self) -> ComposeResult:
        yield Static(id="size")
        yield Static(id="count")
        yield TextArea()

    def on_mount(self) -> None:
        terminal.guard(self, close=lambda: self._when_closed.touch())
        self.query_one(TextArea).focus()

    def on_resize(self, event: events.Resize) -> None:
        self.query_one("#size", Static).update(Content(f"tamanho {event.size.width}x{event.size.height}"))

    def on_descendant_focus(self) -> None:
        self._count()  # from now on it takes input

    def on_text_area_changed(self) -> None:
        self._count()

    def action_forget(self) -> None:
        """Clear the field."""
        self.query_one(TextArea).clear()

    def action_resize_twice(self) -> None:
        """Get a second signal of a new size while the first one is handled, which has read a size that is gone."""
        real = shutil.get_terminal_size

        def read_a_former_size() -> os.terminal_size:
            shutil.get_terminal_size = real
            signal.raise_signal(signal.SIGWINCH)
            return os.terminal_size((1, 1))

        shutil.get_terminal_size = read_a_former_size  # type: ignore[assignment]  # without its argument
        signal.raise_signal(signal.SIGWINCH)
        self.set_timer(0.1, lambda: self.query_one("#count", Static).update("depois"))  # later than the new layout

    def action_leave_slowly(self) -> None:
        """Exit, and wait forever in the removal of a widget."""
        self._waits = True
        terminal.end_within(0.2, self, self._when_closed.touch, Path(f"{self._when_closed}.log").write_text)
        self.exit()

    async def on_unmount(self) -> None:
        if self._waits:
            await asyncio.Event().wait()

    def _count(self) -> None:
        self.query_one("#count", Static).update(Content(f"{len(self.query_one(TextArea).text)} letras"))

    def action_hang(self) -> None:
        """Block the event loop forever, as a write to a lost terminal does."""
        Path(f"{self._when_closed}.hangs").touch()
        threading.Event().wait()


if __name__ == "__main__":
    app = TinyApp(Path(sys.argv[1]))
    app.run()
    sys.exit(app.return_code)
