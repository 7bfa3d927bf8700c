"""Drives a window in tests, by chained calls, and reads its screen.

    desk.queue().press("fila.assumir").shows("Você assumiu")

A test is a plain function: the driver runs the application headless on its own event loop, in one context, and runs the
loop in each call. Nothing sleeps and nothing depends on time: a call returns when the application is idle, or when the
awaited condition is true. After `LOCK_TIMEOUT_S` of its own work and waiting it fails with a picture of the screen;
other processes on the machine do not shorten that.
"""

import asyncio
import contextvars
import difflib
import os
import re
import selectors
import threading
import time
import unicodedata
from collections.abc import Callable, Coroutine, Hashable, Iterator, Sized
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager, ExitStack, contextmanager, suppress
from datetime import timedelta
from functools import partial, wraps
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar
from unittest.mock import patch

from rich.console import RenderableType
from rich.style import Style
from sqlalchemy import Engine, event
from textual import events
from textual._compositor import Compositor
from textual._context import visible_screen_stack
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.dom import DOMNode
from textual.geometry import Region
from textual.keys import _character_to_key
from textual.message_pump import MessagePump
from textual.notifications import Notification
from textual.pilot import Pilot
from textual.screen import ModalScreen, Screen
from textual.strip import Strip
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input, TextArea
from textual.worker import Worker, WorkerCancelled

from atendimento_tui.actions import registry
from atendimento_tui.app import AtendimentoApp
from atendimento_tui.config import Settings
from atendimento_tui.contracts.queue import QueueRow
from atendimento_tui.screens.queue.screen import QueueScreen
from atendimento_tui.screens.queue.table import QueueTable
from atendimento_tui.texts import formats
from atendimento_tui.widgets.bars import Bar
from atendimento_tui.window import desk_window
from tests.small_desk import Clock

SNAPSHOTS = Path(__file__).parent / "snapshots"
UPDATE_VARIABLE = "ATUALIZAR_TELAS"

LOCK_TIMEOUT_S = 15.0
"""Seconds after which a wait fails: processor time of its thread, and moments in which it had nothing to do."""

ResultT = TypeVar("ResultT")

_MOMENT_S = 0.02
"""Seconds between two checks of a condition, if no event announces its change."""

_TURNS = 32
"""Turns of the loop in which something that takes a system call is done once."""

_A_DAY_S = 86_400.0
"""Seconds that a toast stays: a test removes it by `forget_toasts`. On a busy machine it would go unread."""

_LONGEST_TIMER_S = 1.0
"""Seconds of the longest timer of a window that runs. A test calls by `let` what a window does now and then, as the
sweep: by its timer it would come in the middle of a test on a busy machine, and on an idle one not at all."""

_ENDLESS = "feed"  # the worker that listens to the database does not end


class _Patience:
    """Ends a wait that is in vain. On a busy machine a moment is longer, so that it is not ended early."""

    def __init__(self) -> None:
        self._began = 0.0
        self._moments = 0
        self._checks = 0

    def took(self, *, a_moment: bool) -> None:
        """Note a turn of the loop, in which there was nothing to do if it was a moment."""
        self._moments += a_moment

    @property
    def is_over(self) -> bool:
        """Whether the wait has failed. The clock is read at one check of many: a reading takes longer than a turn."""
        self._checks += 1
        if self._checks % _TURNS:
            return self._moments * _MOMENT_S > LOCK_TIMEOUT_S
        now = time.thread_time()
        self._began = self._began or now
        return now - self._began + self._moments * _MOMENT_S > LOCK_TIMEOUT_S


class _Selector(selectors.DefaultSelector):
    """Waits for threads, and asks the system for files only at one turn of many.

    A headless window has no files of its own: threads add their callbacks to the loop.
    """

    _turn = 0
    is_asleep = False
    """Whether the loop has to be woken up. While it runs, it finds the callbacks of threads by itself."""

    def __init__(self) -> None:
        super().__init__()
        self.woken = threading.Event()
        self.ready: Sized = ()
        """The callbacks of the loop that are to be called."""

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """The files that are ready."""
        self._turn += 1
        if timeout != 0:
            self.is_asleep = True
            if not self.ready:  # a thread may just have added one
                self.woken.wait(timeout)
            self.is_asleep = False
            self.woken.clear()
        return super().select(0) if self._turn % _TURNS == 0 else []


class _Loop(asyncio.SelectorEventLoop):
    """An event loop that threads wake up only if it sleeps; threads of all windows are the same ones."""

    def __init__(self) -> None:
        self._selector: _Selector
        super().__init__(_Selector())
        self._selector.ready = self._ready  # type: ignore[attr-defined]
        self.threads = _Threads()
        self.set_default_executor(self.threads)

    def _write_to_self(self) -> None:
        if self._selector.is_asleep:
            self._selector.woken.set()


class _Threads(ThreadPoolExecutor):
    """The threads of a window. They are not ended with it, because a thread takes longer to start than most services.

    Attributes:
        running: What is being computed.
    """

    _shared = ThreadPoolExecutor(64)

    def __init__(self) -> None:
        super().__init__()
        self.running = set[Future[Any]]()

    def submit(self, work: Callable[..., Any], /, *values: Any, **named: Any) -> "Future[Any]":
        """Call a function in a thread."""
        result = self._shared.submit(contextvars.Context().run, work, *values, **named)
        self.running.add(result)
        result.add_done_callback(self.running.discard)
        return result


class Cost:
    """The number of transactions and the statements of a window."""

    def __init__(self) -> None:
        self.transactions = 0
        self.statements: list[str] = []


class Window:
    """One window on a desk.

    Args:
        database: The desk's file.
        clock: The clock of the window; when it is moved, the window ticks.
        actor: Name of the acting person; None leaves it to the application.
        size: Columns and rows.
        settings: The user's settings.
    """

    def __init__(
        self,
        database: Path | str,
        clock: Clock,
        *,
        actor: str | None = None,
        size: tuple[int, int] = (120, 40),
        settings: Settings | None = None,
    ) -> None:
        self.clock = clock
        self._settings = settings or Settings()
        self.app = AtendimentoApp(str(database), actor, clock, self._settings)
        self.app.animation_level = "none"
        self.app.hold_at_most_s = LOCK_TIMEOUT_S  # on a busy machine the data of a dialog takes longer than usual
        self._size = size
        self._context = contextvars.copy_context()
        self._inside = False
        self._unseen = ExitStack()
        self._loop = _Loop()
        self._loop.set_task_factory(getattr(asyncio, "eager_task_factory", None))  # as `App.run` does
        self._running: AbstractAsyncContextManager[Pilot[None]] | None = None
        self._faults: list[Exception] = []
        self._frame: list[Strip] | None = None
        self._pilot: Pilot[None]

    def __enter__(self) -> Self:
        self._unseen.enter_context(patch.object(Compositor, "render_update", _paint_on_request))
        self._unseen.enter_context(patch.object(Screen, "_update_timer", property(_frame_of)))
        self._unseen.enter_context(patch.object(Stylesheet, "_parse_rules", _parsed_once))
        self._unseen.enter_context(patch.object(RuleSet, "__hash__", object.__hash__))  # the same, in C
        self._unseen.enter_context(patch.object(Notification, "time_left", _A_DAY_S))  # toasts stay
        self._unseen.enter_context(patch.object(Input, "_toggle_cursor"))  # cursors do not blink
        self._unseen.enter_context(patch.object(TextArea, "_toggle_cursor_blink_visible"))
        self._unseen.enter_context(patch.object(desk_window, "SWEEP_AFTER_S", 0.001))  # before the test acts
        for name in ("set_timer", "set_interval"):
            begin_timer = _of_short_time(getattr(MessagePump, name))
            self._unseen.enter_context(patch.object(MessagePump, name, begin_timer))
        self._unseen.enter_context(patch.object(self.app, "fault_survived", self._note_fault))
        self._running = self.app.run_test(size=self._size, notifications=True)
        with patch.object(self.app, "_tick"):  # the first tick of the application would be one too many
            self._pilot = self.do(self._running.__aenter__())
        self.clock.moved = self._time_moved
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.clock.moved = lambda: None
        assert self._running
        try:
            self.do(self._leave(self._running))
        finally:
            self._end_loop()
            self._unseen.close()
        if error is None:
            self._raise_faults()

    # Input.

    def press(self, *actions: str) -> Self:
        """Press the keys of actions, by their ids in the registry."""
        for action in actions:
            written = self._settings.keys.get(action)
            keys = written.split(",") if written else registry()[action].keys
            assert keys, f"{action} has no key"
            self.press_key(keys[0])
        return self

    def press_key(self, *keys: str) -> Self:
        """Press keys by Textual's names: `j`, `down`, `ctrl+s`; or by their character."""
        for key in keys:
            self._send(_key_event(key))
        return self

    def press_at_once(self, *keys: str) -> Self:
        """Press keys without waiting until the application is idle."""
        for key in keys:
            self.app.post_message(_key_event(key))
        self.do(self._pilot.pause(0))
        return self

    def type(self, text: str) -> Self:
        """Type a text letter by letter, without waiting between letters."""
        for character in text:
            self.app.post_message(_key_event(character))
        return self.rest()

    def paste(self, text: str) -> Self:
        """Paste a text, as a terminal sends it."""
        return self._send(events.Paste(text))

    def click(self, text: str) -> Self:
        """Click on a visible text."""
        for y, line in enumerate(self.lines()):
            if text in line:
                x = sum(_cells(character) for character in line[: line.index(text)])
                self.do(self._pilot.click(offset=(x, y)))
                return self.rest()
        raise AssertionError(f"{text!r} is not visible:\n{self._picture()}")

    def resize(self, width: int, height: int) -> Self:
        """Resize the terminal."""
        self._size = (width, height)
        self.do(self._pilot.resize_terminal(width, height))
        return self.rest()

    def tick(self) -> Self:
        """Let the window tick once, without moving the clock."""
        return self.let(lambda: self.app.place.tick(self.clock()))

    def let(self, call: Callable[[], object]) -> Self:
        """Call a function in the application, as a message handler."""
        self.do(self._call(call))
        return self.rest()

    def let_at_once(self, call: Callable[[], object]) -> Self:
        """Call a function in the application, without waiting until it is idle."""
        self.do(self._call(call))
        self.do(self._pilot.pause(0))
        return self

    def show_message(self, text: str, *, warning: bool = False) -> Self:
        """Let the application show a toast."""
        return self.let(lambda: self.app.show_message(text, warning=warning))

    def read_panel(self) -> Self:
        """Let the place read again what it shows, as after a change."""
        return self.let(self.app.place.desk_changed)

    def let_focus(self, widget: Widget) -> Self:
        """Give the focus to a widget."""
        return self.let(widget.focus)

    def forget_toasts(self) -> Self:
        """Remove all toasts."""
        return self.let(self.app.clear_notifications)

    # Waiting and reading.

    def queue(self) -> Self:
        """Wait until the desk is open and queue, counts and panel are shown."""
        self.until(lambda: self.app.desk_info is not None, "the desk is open")
        self.until(self._tabs_are_counted, "the tabs are counted")
        self.until(self._panel_is_read, "the panel is read")
        return self.rest()

    def _panel_is_read(self) -> bool:
        place = self.app.place
        if not isinstance(place, QueueScreen) or not place.has_class("-wide"):
            return True
        return place.has_ticket_panel or place.table.cursor_key is None

    def shows(self, text: str) -> Self:
        """Wait until a text is visible, within a line or across line ends."""
        return self.until(lambda: self._reads(text), f"{text!r} is visible")

    def does_not_show(self, text: str) -> Self:
        """Wait until the application is idle and a text is not visible."""
        self.rest()
        return self.until(lambda: not self._reads(text), f"{text!r} is not visible")

    def cursor_on(self, protocol: str) -> Self:
        """Wait until the cursor is on a ticket."""
        return self.until(lambda: self._cursor_protocol() == protocol, f"the cursor is on {protocol}")

    def dialog(self, name: str) -> Self:
        """Wait until a dialog of this class is on top."""
        return self.until(lambda: type(self.app.screen).__name__ == name, f"{name} is open")

    def no_dialog(self) -> Self:
        """Wait until no dialog is open."""
        return self.until(lambda: not isinstance(self.app.screen, ModalScreen), "no dialog is open")

    def place(self, name: str) -> Self:
        """Wait until a place of this class is shown, below all dialogs, and the application is idle."""
        return self.place_is(name).rest()

    def place_is(self, name: str) -> Self:
        """Wait until a place of this class is shown; services may still run."""
        return self.until(lambda: type(self.app.place).__name__ == name, f"{name} is there")

    def left(self, code: int) -> Self:
        """Wait until the application exits with a code."""
        return self.until(lambda: self.app.return_code == code, f"the application ends with {code}")

    def until(self, holds: Callable[[], bool], what: str) -> Self:
        """Wait until a condition is true.

        Raises:
            AssertionError: It was not true in time; with a picture of the screen.
        """
        patience = _Patience()
        while not self.look(holds):
            self._raise_faults()
            if patience.is_over:
                raise AssertionError(f"never: {what}\n{self._picture()}")
            patience.took(a_moment=self.do(self._go_on()))
        return self

    def rest(self) -> Self:
        """Wait until the application is idle: no message waits, no service runs."""
        self.do(self._settle())
        self._raise_faults()
        return self

    def faults(self) -> list[Exception]:
        """The faults since the last call. A fault that is not fetched by this method is raised at the next wait."""
        self.do(self._settle())
        faults, self._faults = self._faults, []
        return faults

    def lines(self) -> list[str]:
        """The lines of the screen, with dialogs and toasts, without trailing spaces."""
        return [strip.text.rstrip() for strip in self.strips()]

    def line_with(self, text: str) -> str:
        """The first line that contains a text."""
        self.shows(text)
        return next(line for line in self.lines() if text in line)

    def text(self) -> str:
        """The screen as one text."""
        return "\n".join(self.lines())

    def strips(self) -> list[Strip]:
        """The screen as it is painted. Two readings without a turn of the event loop in between are one."""
        if self._frame is None:
            self._frame = self.look(self._painted)
        return self._frame

    def style_of(self, text: str) -> Style:
        """The style of the first occurrence of a text."""
        for strip in self.strips():
            x = strip.text.find(text)
            for segment in strip if x >= 0 else ():
                if x < len(segment.text):
                    return segment.style or Style()
                x -= len(segment.text)
        raise AssertionError(f"{text!r} is not visible:\n{self._picture()}")

    def rows(self) -> list[str]:
        """The visible lines of the queue with a ticket."""
        self.strips()  # a table has lines once it was painted
        table = self.table
        return [
            self.look(partial(table.render_line, y)).text.rstrip()
            for y in range(1, min(table.total + 1, table.size.height))
        ]

    @property
    def table(self) -> QueueTable:
        """The table of the queue."""
        return next(place for place in self.app.places if isinstance(place, QueueScreen)).table

    def cells_repainted_by(self, **time: float) -> int:
        """Move the clock; return how many cells of the queue change."""
        self.rest().strips()
        self.clock.now += timedelta(**time)
        self._frame = None
        return self.look(lambda: self.table.tick(self.clock()))

    def invalidate_layout(self) -> Self:
        """Let the next read of a region compute the layout, as after a scroll or for a new widget."""
        self.app.screen._compositor._full_map_invalidated = True
        return self

    def regions_painted_by(self, act: Callable[[], object]) -> list[Region]:
        """The regions of the screen that are painted because of an act."""
        painted = list[Region]()

        def note(compositor: Compositor, *args: Any, **how: Any) -> RenderableType | None:
            painted.extend(compositor._dirty_regions)
            return _paint_on_request(compositor, *args, **how)

        with patch.object(Compositor, "render_update", note):
            self.let(act).rest()
        return painted

    def layouts_by(self, act: Callable[[], object]) -> int:
        """How often a screen is laid out because of an act."""
        counted, refresh = count(), Screen._refresh_layout

        def note(screen: Screen[Any], *args: Any, **how: Any) -> None:
            next(counted)
            refresh(screen, *args, **how)

        self.rest()
        with patch.object(Screen, "_refresh_layout", note):
            act()
            self.rest()
        return next(counted)

    @staticmethod
    def nodes() -> int:
        """The number of DOM nodes in memory, without those that a test found (`few_objects`)."""
        import gc

        gc.collect()
        return sum(isinstance(thing, DOMNode) for thing in gc.get_objects())

    @contextmanager
    def statements(self) -> Iterator[list[str]]:
        """Collect the SQL statements of the window."""
        executed: list[str] = []

        def listen(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
            if not statement.startswith(("BEGIN", "PRAGMA")):
                executed.append(statement)

        engine = self._engine()
        event.listen(engine, "before_cursor_execute", listen)
        try:
            yield executed
        finally:
            event.remove(engine, "before_cursor_execute", listen)

    def _engine(self) -> Engine:
        """The engine of the desk, by which all of the window reads and writes: its person, the feed, the sweep."""
        assert self.app.desk
        return self.app.desk._shared.engine

    @contextmanager
    def cost(self) -> Iterator["Cost"]:
        """Count the transactions and statements of the window, with those after it has received its own commit."""
        engine, cost = self._engine(), Cost()

        def begin(_connection: Any) -> None:
            cost.transactions += 1

        event.listen(engine, "begin", begin)
        before = self.app.changes_received
        try:
            with self.statements() as executed:
                yield cost
                self.until(lambda: self.app.changes_received > before, "the commit was received").rest()
                self.until(self._nothing_is_delayed, "no read is delayed").rest()
                cost.statements = [*executed]
        finally:
            event.remove(engine, "begin", begin)

    def _nothing_is_delayed(self) -> bool:
        queues = [place for place in self.app.places if isinstance(place, QueueScreen)]
        return not self.app.is_throttled and not any(queue.is_count_delayed for queue in queues)

    def snapshot(self, name: str) -> Self:
        """Compare the text and the styles of the screen, when the application is idle, with a stored snapshot.

        With `ATUALIZAR_TELAS=1` the snapshot is overwritten.
        """
        path, seen = SNAPSHOTS / f"{name}.txt", self.rest().look(self._pictured)
        if os.environ.get(UPDATE_VARIABLE) == "1":
            path.write_text(seen, "utf-8")
        assert path.exists(), f"there is no {path.name}; look at the screen, then {UPDATE_VARIABLE}=1:\n{seen}"
        kept = path.read_text("utf-8")
        if kept != seen:
            changes = difflib.unified_diff(kept.splitlines(), seen.splitlines(), "kept", "seen", lineterm="")
            raise AssertionError("\n".join((f"{path.name} differs from the screen", *changes)))
        return self

    # Helpers.

    def look(self, read: Callable[[], ResultT]) -> ResultT:
        """Call a function in the context of the application, without a turn of its loop.

        The loop counts as running: a list that is painted may need a scroll bar, which starts a task.
        """
        if self._inside:
            return read()
        self._inside, before = True, asyncio._get_running_loop()
        asyncio._set_running_loop(self._loop)
        try:
            return self._context.run(read)
        finally:
            asyncio._set_running_loop(before)
            self._inside = False

    def do(self, work: Coroutine[Any, Any, ResultT]) -> ResultT:
        """Run a coroutine in the loop and context of the window."""
        self._frame = None
        return self._loop.run_until_complete(self._loop.create_task(work, context=self._context))

    def _note_fault(self, fault: Exception) -> None:
        self._faults.append(fault)
        AtendimentoApp.fault_survived(self.app, fault)

    def _raise_faults(self) -> None:
        for fault in (self.app._exception, *self._faults):
            if fault:
                raise fault

    def ended_by(self) -> Exception:
        """Wait until a fault ends the application, and return it."""
        patience = _Patience()
        while self.app._exception is None and not patience.is_over:
            patience.took(a_moment=self.do(self._go_on()))
        fault, self.app._exception = self.app._exception, None
        assert fault, f"no fault ends the application\n{self._picture()}"
        return fault

    async def _call(self, call: Callable[[], object]) -> None:
        self.app.call_later(call)

    def _send(self, message: events.Event) -> Self:
        self.app.post_message(message)
        return self.rest()

    def _time_moved(self) -> None:
        self.tick()

    def _end_loop(self) -> None:
        """Cancel running tasks, wait for threads and close the loop, as `asyncio.run` does."""
        tasks = asyncio.all_tasks(self._loop)
        for task in tasks:
            task.cancel()
        if tasks:
            self._loop.run_until_complete(asyncio.wait(tasks))
        services = [asyncio.wrap_future(each, loop=self._loop) for each in [*self._loop.threads.running]]
        if services:
            self._loop.run_until_complete(asyncio.wait(services))
        self._loop.close()

    async def _leave(self, running: AbstractAsyncContextManager[Pilot[None]]) -> None:
        """Exit the application as the program does."""
        self.app.exit()
        if self.app._task:
            await asyncio.wait([self.app._task])
        await running.__aexit__(None, None, None)

    async def _settle(self) -> None:
        quiet = 0
        while quiet < 2 and self._lives():
            await self._do_what_is_due()
            busy = self._busy()
            is_unpainted = self._is_unpainted()
            quiet = 0 if busy or is_unpainted or self._is_answering() else quiet + 1
            for worker in busy:
                with suppress(WorkerCancelled):  # the window is being closed
                    await worker.wait()
            if not (busy or quiet or is_unpainted):
                await asyncio.sleep(_MOMENT_S)

    async def _go_on(self) -> bool:
        """Run all ready callbacks; if there are none, wait for a service or a moment.

        Returns:
            Whether it waited.
        """
        if await self._do_what_is_due():
            return False
        services = [worker._task for worker in self._busy() if worker._task] if self._lives() else []
        if services:
            await asyncio.wait(services, timeout=_MOMENT_S, return_when=asyncio.FIRST_COMPLETED)
        else:
            await asyncio.sleep(_MOMENT_S)
        return True

    async def _do_what_is_due(self) -> bool:
        """Run all ready callbacks and update the layout.

        Textual's `Pilot.pause` sends a message to each widget instead, which takes longer than the tests.

        Returns:
            Whether there were any.
        """
        did = await self._run_dry()
        if self._lives() and self.app.screen_stack:
            for screen in (*self.app._background_screens, self.app.screen):
                screen._on_timer_update()
        return await self._run_dry() or did

    async def _run_dry(self) -> bool:
        ready: Sized = self._loop._ready  # type: ignore[attr-defined]
        patience, did, dry = _Patience(), False, 0
        while dry < 2:  # twice, because the loop checks files and timers in between
            await asyncio.sleep(0)
            dry = 0 if ready else dry + 1
            did = did or not dry
            assert not patience.is_over, "the application does not become idle"
        return did

    def _is_answering(self) -> bool:
        """Whether a key or a message is being handled."""
        pumps = (self.app, *self.app._registry)
        return self.app.is_handling_key or any(pump.is_running and not _waits_for_messages(pump) for pump in pumps)

    def _is_unpainted(self) -> bool:
        """Whether a visible screen is to be laid out or painted."""
        shown = (*self.app._background_screens, self.app.screen) if self.app.screen_stack else ()
        return any(_frame_of(screen).is_due for screen in shown)

    def _busy(self) -> list[Worker[Any]]:
        return [worker for worker in self.app.workers if _is_busy(worker)]

    def _lives(self) -> bool:
        return self.app.is_running and not self.app._exception

    def _painted(self) -> list[Strip]:
        if not self.app.screen_stack:
            return []
        visible_screen_stack.set(self.app._background_screens)
        return self.app.screen._compositor.render_strips()

    def _reads(self, text: str) -> bool:
        """Whether a text is visible, also if a dialog wraps it."""
        lines = self.lines()
        return any(text in line for line in lines) or _squeezed(text) in _squeezed(" ".join(lines))

    def _tabs_are_counted(self) -> bool:
        """Whether the first tab shows a number; read without painting the screen, which tests may leave at once."""
        bars = self.app.place.query("#tabs").results(Bar)
        return not any("…" in piece.text for bar in bars for piece in bar.left[:1])

    def _cursor_protocol(self) -> str | None:
        row: QueueRow | None = self.table.cursor_row
        return formats.protocol_short(row.protocol, self.clock().year) if row else None

    def _picture(self) -> str:
        width = self._size[0]
        rows = "\n".join(f"|{line:{width}}|" for line in self.lines())
        return f"+{'-' * width}+\n{rows}\n+{'-' * width}+"

    def _pictured(self) -> str:
        """The text of the screen, then its styled words by style."""
        legend: dict[str, list[str]] = {}
        for strip in self._painted():
            for segment in strip:
                style, words = segment.style, segment.text.strip()
                if style and words:
                    names = [name for name in ("bold", "dim", "italic", "reverse", "underline") if getattr(style, name)]
                    legend.setdefault(" ".join(names), []).append(words)
        styled = [f"{names}: {' | '.join(dict.fromkeys(words))}" for names, words in sorted(legend.items()) if names]
        return "\n".join([*(strip.text.rstrip() for strip in self._painted()), "", *styled, ""])


_paint = Compositor.render_update


def _paint_on_request(compositor: Compositor, full: bool = False, **how: Any) -> RenderableType | None:
    """Paint only complete frames on request: a headless screen shows none, and a test reads the last one."""
    if full:
        return _paint(compositor, full, **how)
    compositor._dirty_regions.clear()
    return None


class _Frame:
    """The next frame of a screen, made when the application has nothing else to do. Takes the place of a timer."""

    is_due = False

    def resume(self) -> None:
        """Ask for it."""
        self.is_due = True

    def pause(self) -> None:
        """It is made."""
        self.is_due = False


def _frame_of(screen: Screen[Any]) -> _Frame:
    """The next frame of a screen."""
    frame: _Frame = screen.__dict__.setdefault("_frame_of_tests", _Frame())
    return frame


def _of_short_time(begin: Callable[..., Timer]) -> Callable[..., Timer]:
    """A method that begins a timer, which stays paused if it is a long one."""

    @wraps(begin)
    def begun(pump: MessagePump, seconds: float, callback: Callable[..., Any] | None = None, **how: Any) -> Timer:
        return begin(pump, seconds, callback, **{**how, "pause": how.get("pause") or seconds > _LONGEST_TIMER_S})

    return begun


_parse = Stylesheet._parse_rules
_parsed: dict[Hashable, list[RuleSet]] = {}


def _parsed_once(sheet: Stylesheet, css: str, *how: Any, **named: Any) -> list[RuleSet]:
    """Parse a part of the style sheet once for all windows with the same variables."""
    key = (css, *how, *named.items(), *sheet._variables.items())
    if key not in _parsed:
        _parsed[key] = _parse(sheet, css, *how, **named)
    return _parsed[key]


def _waits_for_messages(pump: MessagePump) -> bool:
    return bool(pump._message_queue.ready_event._waiters)


def _is_busy(worker: Worker[Any]) -> bool:
    return not worker.is_finished and worker.name != _ENDLESS


def _squeezed(text: str) -> str:
    """The text without frames and with single spaces."""
    return re.sub(r"[\s│┃▌▐█▎▁▔╭╮╰╯─┊]+", " ", text)


def _cells(character: str) -> int:
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _key_event(key: str) -> events.Key:
    """The event of a key, with its character if it has one."""
    if len(key) == 1:
        return events.Key(key if key.isalnum() else _character_to_key(key), key)
    signs = {"slash": "/", "question_mark": "?", "space": " "}
    return events.Key(key, signs.get(key))
