"""Mouse events on widgets that are being removed are dropped without a fault."""

from collections.abc import Callable

import pytest
from rich.style import Style
from textual import events
from textual.geometry import Offset
from textual.widget import Widget
from textual.widgets import Input, OptionList
from textual.widgets._toast import Toast

from atendimento_tui.widgets.live_mouse import WAITING_AT_MOST
from tests.driver import Window

MouseKind = type[events.MouseEvent]
KINDS: list[MouseKind] = [events.MouseDown, events.MouseUp, events.MouseMove, events.MouseScrollDown]


def mouse(kind: MouseKind, at: Offset, button: int = 1) -> events.MouseEvent:
    """A mouse event of the driver."""
    return kind(None, at.x, at.y, 0, 0, button, shift=False, meta=False, ctrl=False, screen_x=at.x, screen_y=at.y)


def while_it_goes(window: Window, widget: Widget, then: Callable[[], object]) -> None:
    """Remove a widget and call a function before the next layout."""

    async def remove() -> None:
        await widget.remove()
        assert not widget.is_attached
        assert widget in window.app.screen._compositor.full_map, "the last layout still has it"  # noqa: SLF001 - Textual has no public name for it
        then()

    window.let(lambda: window.app.run_worker(remove()))


@pytest.mark.parametrize("kind", KINDS)
def test_a_press_on_a_toast_being_removed_is_dropped(desk: Window, kind: MouseKind) -> None:
    desk.press("fila.filtrar").until(lambda: isinstance(desk.app.focused, Input), "the filter has the focus")
    desk.show_message("Um aviso.").rest()
    toast = desk.app.screen.query_one(Toast)
    at = toast.region.offset + Offset(3, 1)
    while_it_goes(desk, toast, lambda: [desk.app.post_message(mouse(kind, at))])
    assert desk.rest().faults() == []
    assert isinstance(desk.app.focused, Input)


def test_a_toast_removed_during_a_drag_releases_the_mouse(desk: Window) -> None:
    desk.show_message("Um aviso.").rest()
    toast = desk.app.screen.query_one(Toast)
    at = toast.region.offset + Offset(3, 1)
    desk.let(lambda: [desk.app.post_message(mouse(kind, at)) for kind in (events.MouseMove, events.MouseDown)])
    assert desk.app.screen._selecting  # noqa: SLF001 - Textual has no public name for it
    while_it_goes(
        desk,
        toast,
        lambda: [desk.app.post_message(mouse(kind, at)) for kind in (events.MouseMove, events.MouseUp)],
    )
    desk.let(lambda: [desk.app.post_message(mouse(kind, Offset(3, 5))) for kind in KINDS])
    assert desk.rest().faults() == []


def test_waiting_mouse_events_are_limited_and_releases_follow_presses(desk: Window) -> None:
    at, app = Offset(50, 8), desk.app
    down, up = mouse(events.MouseDown, at), mouse(events.MouseUp, at)
    waiting = [app.accepts(each) for _ in range(WAITING_AT_MOST) for each in (down, up)]
    assert waiting == [True] * WAITING_AT_MOST + [False] * WAITING_AT_MOST
    assert app.accepts(events.Key("a", "a"))
    for each in [down, up] * (WAITING_AT_MOST // 2):
        app.post_message(each)
    desk.rest()
    assert app.accepts(down)
    assert app.accepts(up)


def test_the_release_of_an_accepted_press_is_always_accepted(desk: Window) -> None:
    at, app = Offset(50, 8), desk.app
    moves = [app.accepts(mouse(events.MouseMove, at)) for _ in range(WAITING_AT_MOST - 1)]
    assert all(moves)
    assert app.accepts(mouse(events.MouseDown, at))
    assert not app.accepts(mouse(events.MouseMove, at))
    assert app.accepts(mouse(events.MouseUp, at))


def test_a_click_on_an_option_that_is_gone_is_dropped(desk: Window) -> None:
    desk.press("fila.encaminhar").dialog("ChooseDialog").rest()
    options = desk.app.screen.query_one(OptionList)
    at = options.region.offset
    where = (1, 0, 0, 0, 1, False, False, False, at.x, at.y)
    gone = Style(meta={"option": options.option_count})
    desk.let(lambda: options.post_message(events.Click(options, *where, style=gone)))
    assert desk.rest().dialog("ChooseDialog").faults() == []
    last = Style(meta={"option": options.option_count - 1})
    desk.let(lambda: options.post_message(events.Click(options, *where, style=last)))
    desk.dialog("ReasonDialog")
