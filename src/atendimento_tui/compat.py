"""The private names of Textual that the program uses, each with the reason. No other module of the program uses one.

Seen in Textual 8.2.8. `tests/rooms/test_compat.py` reads the code: a private name of Textual elsewhere, or an override
that `OVERRIDDEN` does not tell, is a failing test; so is a name that a later Textual has no more.
"""

from collections.abc import Awaitable, Callable, Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from textual._xterm_parser import XTermParser
    from textual.app import App
    from textual.dom import DOMNode
    from textual.message import Message
    from textual.message_pump import MessagePump
    from textual.notifications import Notification
    from textual.screen import Screen
    from textual.widget import Widget

Dispatch = Callable[["Message"], Awaitable[None]]

OVERRIDDEN = {
    "_on_key": "an Input hears Enter at once, before the letters behind it; there is no public hook before bindings",
    "_on_paste": "fields refuse or shorten what is pasted; a second handler would not keep Textual's own from pasting",
    "_on_scroll_up": "a list jumps where Textual glides; the handlers call `scroll_page_up` with its animation",
    "_on_scroll_down": "as `_on_scroll_up`",
    "_on_scroll_to": "as `_on_scroll_up`",
    "_dispatch_message": "a fault in one message ends the program in Textual; there is no hook around one message",
    "_register_child": "every widget is to survive so, Textual's own too; here each becomes part of the application",
    "_handle_exception": "faults of timers, callbacks and painting arrive here only",
    "_compositor_refresh": "a new dialog is painted each time it is laid out; a batch would hold its layout up, too",
    "_sequence_to_key_events": "a letter right behind Esc is two keys, not Alt; the parser has no setting for it",
}
"""Private methods of Textual that classes of ours override, and why."""


def bind(node: "DOMNode", key: str, action: str, title: str = "") -> None:
    """Bind a key of one widget. Public bindings belong to classes; letters of a dialog are known when it is made."""
    node._bindings.bind(key, action, title, show=False)


def rebind(screen: "Screen[Any]", bindings: Iterable[tuple[str, str, str]]) -> None:
    """Give a screen the bindings of its class and these: key, action, title. The keys of a ticket's step change."""
    screen._bindings = type(screen)._merge_bindings()
    for key, action, title in bindings:
        bind(screen, key, action, title)
    screen.refresh_bindings()


def screens_of(app: "App[Any]") -> list["Screen[Any]"]:
    """Every screen that is open, of all modes; `screen_stack` has those of the current mode only."""
    return [screen for stack in app._screen_stacks.values() for screen in stack]


def is_exiting(app: "App[Any]") -> bool:
    """Whether the application is told to end; `is_running` is still true then."""
    return app._exit


def is_being_removed(widget: "Widget") -> bool:
    """Whether a widget is to be removed, or was; `is_attached` is still true until its children are gone."""
    return widget._pruning or not widget.is_attached


def cancel_mouse_press(app: "App[Any]", *, button: bool) -> None:
    """Forget the click that was begun and, where the button was let go, the selection. No public way ends them."""
    app._mouse_down_widget = None
    if button:
        app.screen._mouse_down_offset = None
        app.screen._selecting = False


def app_of(driver: Any) -> Any:
    """The application that a driver reads for."""
    return driver._app


def write(app: "App[Any]", codes: str) -> None:
    """Write codes to the terminal. The public way to the clipboard writes OSC 52 alone, which tmux does not pass on."""
    if app._driver is not None:
        app._driver.write(codes)


def set_clipboard(app: "App[Any]", text: str) -> None:
    """Set what `App.clipboard` answers, which has no setter."""
    app._clipboard = text


def driver_of(app: "App[Any]") -> Any:
    """The driver of the terminal; None where there is none."""
    return app._driver


def is_debug(driver: Any) -> bool:
    """Whether a driver was made for debugging, which the parser of keys is told."""
    return bool(driver._debug)


def toasts(app: "App[Any]") -> list["Notification"]:
    """The toasts that are shown, oldest first; the public way only adds them."""
    return [*app._notifications]


def remove_toast(app: "App[Any]", toast: "Notification") -> None:
    """Take a toast away, without painting."""
    app._unnotify(toast, refresh=False)


def dispatch_by(widget: "Widget", around: Callable[[Dispatch], Dispatch]) -> None:
    """Put something around the handling of each message of a widget, once."""
    if "_dispatch_message" not in vars(widget):
        widget._dispatch_message = around(widget._dispatch_message)  # type: ignore[method-assign, assignment]


def active_node() -> "MessagePump | None":
    """Whose message is being handled in this task."""
    from textual._context import active_message_pump

    return active_message_pump.get(None)


def key_parser() -> "type[XTermParser]":
    """The parser of what a terminal sends; drivers make one of their own, and none can be handed in."""
    from textual._xterm_parser import XTermParser

    return XTermParser


def key_sequences() -> dict[str, Any]:
    """Sequence of a terminal -> its keys."""
    from textual._ansi_sequences import ANSI_SEQUENCES_KEYS

    return dict(ANSI_SEQUENCES_KEYS)
