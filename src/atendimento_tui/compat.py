"""All private names of Textual that the program uses, each with the reason.

Checked with Textual 8.2.8. `tests/rooms/test_compat.py` fails if another module uses a private name of Textual, if an
override is missing in `OVERRIDDEN`, or if a name no longer exists in the installed Textual.
"""

from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from textual._xterm_parser import XTermParser
    from textual.app import App
    from textual.dom import DOMNode
    from textual.geometry import Size
    from textual.map_geometry import MapGeometry
    from textual.message import Message
    from textual.message_pump import MessagePump
    from textual.notifications import Notification
    from textual.screen import Screen
    from textual.scroll_view import ScrollView
    from textual.widget import Widget

Dispatch = Callable[["Message"], Awaitable[None]]
Layout = Mapping["Widget", "MapGeometry"]
"""Where the widgets of a screen are."""

OVERRIDDEN = {
    "_on_key": "an Input handles Enter before the letters typed after it; there is no public hook before bindings",
    "_on_paste": "fields refuse or change a paste; a second handler would not prevent that of Textual",
    "_on_scroll_up": "a list scrolls without animation; the handlers of Textual call `scroll_page_up` with it",
    "_on_scroll_down": "as `_on_scroll_up`",
    "_on_scroll_to": "as `_on_scroll_up`",
    "_dispatch_message": "a fault in one message ends the program in Textual; there is no hook around one message",
    "_register_child": "faults in all widgets are caught, also in those of Textual; each widget is registered here",
    "_handle_exception": "the only place that gets faults of timers, callbacks and painting",
    "_compositor_refresh": "a new dialog is painted at each layout, a covered place again and again; there is no hook",
    "_refresh_layout": "a change is painted also if the layout was computed before its turn; nothing tells of that",
    "_watch_value": "a line of text lays out the screen at each letter; there is no hook",
    "_screen_resized": "an event of the present size lays out all again; there is no hook",
    "_sequence_to_key_events": "a letter right after Esc is two keys, not one with Alt; the parser has no setting",
}
"""Private methods of Textual that classes of this program override -> the reason."""


def bind(node: "DOMNode", key: str, action: str, title: str = "") -> None:
    """Bind a key of one widget. Public bindings belong to classes; the letters of a dialog are known at run time."""
    node._bindings.bind(key, action, title, show=False)


def rebind(screen: "Screen[Any]", bindings: Iterable[tuple[str, str, str]]) -> None:
    """Replace the bindings of a screen by those of its class and the given ones (key, action, title).

    The keys of a ticket change with its step.
    """
    screen._bindings = type(screen)._merge_bindings()
    for key, action, title in bindings:
        bind(screen, key, action, title)
    screen.refresh_bindings()


def screens_of(app: "App[Any]") -> list["Screen[Any]"]:
    """All open screens of all modes; `screen_stack` has those of the current mode only."""
    return [screen for stack in app._screen_stacks.values() for screen in stack]


def take_present_styles(app: "App[Any]", screen: "Screen[Any]") -> None:
    """Tell Textual that a new screen needs no other styles than the present ones.

    It would parse all style sheets again, and apply them to all widgets, for the first screen of each mode.
    """
    screen._css_update_count = app._css_update_count


def is_exiting(app: "App[Any]") -> bool:
    """Whether the application is about to exit; `is_running` is still true then."""
    return app._exit


def is_being_removed(widget: "Widget") -> bool:
    """Whether a widget is being removed or was; `is_attached` stays true until its children are removed."""
    return widget._pruning or not widget.is_attached


def cancel_mouse_press(app: "App[Any]", *, button: bool) -> None:
    """Cancel the started click and, if `button` was released, the selection. There is no public method for it."""
    app._mouse_down_widget = None
    if button:
        app.screen._mouse_down_offset = None
        app.screen._selecting = False


def app_of(driver: Any) -> Any:
    """The application of a driver."""
    return driver._app


def write(app: "App[Any]", codes: str) -> None:
    """Write codes to the terminal. The public clipboard method writes OSC 52 only, which tmux does not forward."""
    if app._driver is not None:
        app._driver.write(codes)


def set_clipboard(app: "App[Any]", text: str) -> None:
    """Set `App.clipboard`, which has no setter."""
    app._clipboard = text


def keep_toasts_above(widget: "Widget") -> None:
    """Show the toasts of a widget's screen above the widget, which they would cover for seconds."""
    from textual.widgets._toast import ToastRack  # late: the check for a terminal comes before Textual

    screen = widget.screen
    screen.get_child_by_type(ToastRack).styles.margin = (0, 0, screen.size.height - widget.region.y, 0)


def layout_of(screen: "Screen[Any]") -> Layout:
    """The last computed layout: after a scroll that of the visible widgets, else that of all."""
    compositor = screen._compositor
    return compositor._full_map if compositor._visible_map is None else compositor._visible_map


@contextmanager
def new_sizes(*, lay_out: bool) -> Iterator[None]:
    """Whether a new virtual size asks for a layout meanwhile.

    A layout sets those that it has computed, and Textual then lays out everything again. So does a line of text at each
    letter, though only its own scroll depends on it.
    """
    from textual.widget import Widget  # late: the check for a terminal comes before Textual

    reactive: Any = Widget.__dict__["virtual_size"]
    before, reactive._layout = reactive._layout, lay_out
    try:
        yield
    finally:
        reactive._layout = before


def set_virtual_size(view: "ScrollView", size: "Size") -> None:
    """Set the size of what is scrolled, and the scroll bars. By its own setter all is laid out and painted again."""
    view.set_reactive(type(view).virtual_size, size)
    view._scroll_update(size)


def size_of_layout(screen: "Screen[Any]") -> "Size":
    """The size for which the last layout was computed."""
    return screen._compositor.size


def show_through(screen: "Screen[Any]") -> bool:
    """If another screen covers this one and lets it be seen, let that one paint what has changed.

    Textual also asks for the whole covered screen again at each of these paints. So one change of a place below a
    dialog painted the whole terminal at each frame, until something else stopped it.

    Returns:
        Whether the screen is covered.
    """
    app = screen.app
    if screen is app.screen or screen not in app._background_screens:
        return False
    changed = screen._compositor._dirty_regions
    if changed:
        app.screen.refresh(*changed)
        changed.clear()
    screen._dirty_widgets.clear()
    return True


def paint_difference(screen: "Screen[Any]", painted: Layout) -> None:
    """Mark what differs between a layout and the last computed one, to be painted with the next layout."""
    computed = layout_of(screen)
    if computed is painted:
        return
    before, after = ({(it, at.region, at.clip) for it, at in layout.items()} for layout in (painted, computed))
    visible = (clip.intersection(region) for _, region, clip in before ^ after)
    screen._compositor._dirty_regions.update(filter(None, visible))


def forget_removed_widgets(app: "App[Any]") -> None:
    """Release what Textual keeps of widgets that were removed.

    A cache is keyed by the object whose method it is: it keeps the last thousand removed widgets with all lines that
    they drew, some 50 MiB after a busy day. It is filled again as widgets are painted. The frame around a toast that is
    replaced stays in the rack of toasts, empty.
    """
    from textual._styles_cache import StylesCache  # late: the check for a terminal comes before Textual
    from textual.widgets._toast import ToastHolder, ToastRack  # late: as above

    StylesCache.get_inner_outer.cache_clear()
    shown = {ToastRack._toast_id(notification) for notification in app._notifications}
    for stack in app._screen_stacks.values():
        for screen in stack:
            for holder in screen.query(ToastHolder):
                if holder.id not in shown and not holder.children:
                    holder.remove()


def driver_of(app: "App[Any]") -> Any:
    """The driver of the terminal, if any."""
    return app._driver


def is_debug(driver: Any) -> bool:
    """Whether a driver was created for debugging; an argument of the key parser."""
    return bool(driver._debug)


def toasts(app: "App[Any]") -> list["Notification"]:
    """The shown toasts, oldest first; there are public methods only to add and clear them."""
    return [*app._notifications]


def remove_toast(app: "App[Any]", toast: "Notification") -> None:
    """Remove a toast without repainting."""
    app._unnotify(toast, refresh=False)


def remove_information(app: "App[Any]") -> None:
    """Remove the toasts that are no warnings."""
    for toast in toasts(app):
        if toast.severity == "information":
            remove_toast(app, toast)


def dispatch_by(widget: "Widget", around: Callable[[Dispatch], Dispatch]) -> None:
    """Wrap the message handling of a widget. Does nothing if it is wrapped already."""
    if "_dispatch_message" not in vars(widget):
        widget._dispatch_message = around(widget._dispatch_message)  # type: ignore[method-assign, assignment]


def active_node() -> "MessagePump | None":
    """The message pump whose message is handled in this task."""
    from textual._context import active_message_pump  # late: the check for a terminal comes before Textual

    return active_message_pump.get(None)


def key_parser() -> "type[XTermParser]":
    """The class that parses input of a terminal; a driver creates its own, which cannot be replaced."""
    from textual._xterm_parser import XTermParser  # late: the check for a terminal comes before Textual

    return XTermParser


def read_one(timeout: float | None) -> Any:
    """What the parser yields to read one character, within a time or without limit."""
    from textual._parser import Read1  # late: the check for a terminal comes before Textual

    return Read1(timeout)


def key_sequences() -> dict[str, Any]:
    """Escape sequence of a terminal -> its keys."""
    from textual._ansi_sequences import ANSI_SEQUENCES_KEYS  # late: the check for a terminal comes before Textual

    return dict(ANSI_SEQUENCES_KEYS)
