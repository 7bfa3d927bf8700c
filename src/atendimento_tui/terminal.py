"""Protection against faulty input and lost terminals, and cleanup of the terminal at exit.

Measured on a pty: Textual ends at a byte that is not UTF-8, leaves mouse and raw mode on when a signal stops it, and
keeps running on a full core when its terminal is gone without a signal. Three guards:

- `refuse_without_terminal()`, before drawing (does not import Textual);
- `driver_class()`, passed to `App(driver_class=...)`;
- `guard(app, close)`, called in `App.on_mount`.
"""

import contextlib
import io
import os
import select
import selectors
import signal
import sys
import threading
import time
from codecs import getincrementaldecoder
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any

from atendimento_tui import compat

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop

    from textual.app import App
    from textual.driver import Driver
    from textual.drivers.linux_driver import LinuxDriver
    from textual.events import Key
    from textual.message import Message

STANDARD_STREAMS = (0, 1, 2)  # Textual reads the first and draws on the last
TERMINAL_IS_GONE = 129
"""The exit code of a program whose terminal died: 128 + SIGHUP, as a shell reports it."""

_DRIVER_VARIABLE = "TEXTUAL_DRIVER"  # set by textual-serve, which needs no terminal
_COLOR_VARIABLE = "TEXTUAL_COLOR_SYSTEM"
_COLOR_SYSTEMS = ("auto", "standard", "256", "truecolor", "windows")
"""The values that Rich knows; Textual ends in a traceback for another one."""
_ESC = "\x1b"
_BEGIN_LONGER = "[OP]X^_"  # after Esc: CSI, SS3 and the string sequences
_PASTE_BEGINS, _PASTE_ENDS = "\x1b[200~", "\x1b[201~"
ESC_WAIT_S = 0.02
"""Seconds that the rest of an escape sequence may come later than its Esc. A terminal sends both at once."""

_CHECK_EVERY_MS = 1000
_LOOP_TIMEOUT_S = 5.0
"""Seconds that the event loop has to answer after the terminal is lost: writing to it may block the loop forever."""

_DRAIN_TIMEOUT_S = 20.0
"""Seconds that an exit waits for typed text to be written into its fields, while the event loop answers."""

_READ_TRY_S = 0.02
_READ_TRIES = round(_DRAIN_TIMEOUT_S / _READ_TRY_S)
"""An exit looks so often, at this interval, whether all input that was read is posted."""


class NoTerminal(StrEnum):
    """Why the screen cannot open; `texts` has the sentences, the command exits with 2."""

    NOT_A_TERMINAL = "not_a_terminal"
    DUMB = "dumb_terminal"
    UNKNOWN_DRIVER = "unknown_driver"
    UNKNOWN_COLORS = "unknown_colors"


def refuse_without_terminal(
    environ: Mapping[str, str] = os.environ, streams: Sequence[int] = STANDARD_STREAMS
) -> NoTerminal | None:
    """Return why the screen cannot open, or None if it can.

    A dumb terminal is refused because Textual would print raw escape sequences on it.
    """
    if environ.get(_COLOR_VARIABLE, "auto") not in _COLOR_SYSTEMS:
        return NoTerminal.UNKNOWN_COLORS
    if name := environ.get(_DRIVER_VARIABLE):
        named = _named_driver(name)
        if named is None:
            return NoTerminal.UNKNOWN_DRIVER
        if not _draws_on_a_terminal(named):
            return None
    if not all(map(os.isatty, streams)):
        return NoTerminal.NOT_A_TERMINAL
    return NoTerminal.DUMB if environ.get("TERM") == "dumb" else None


def driver_class() -> "type[Driver] | None":
    """Return Textual's driver for a POSIX terminal with fixes; None leaves the choice to Textual.

    A subclass, not a patch, so that other applications are not affected. To be removed when
    https://github.com/Textualize/textual/issues/6456 is closed.
    """
    if sys.platform == "win32" or os.environ.get(_DRIVER_VARIABLE):
        return None
    from asyncio import get_running_loop  # late: the check for a terminal needs no event loop

    from textual.drivers.linux_driver import LinuxDriver  # late: the check for a terminal comes before Textual

    class SurvivingDriver(LinuxDriver):
        """Accepts any byte and a letter after Esc, stops when the terminal is lost, resets all mouse modes."""

        is_gone = False
        """Whether the terminal is lost."""

        has_read_all = False
        """Whether there is no more input, because the terminal is lost."""

        has_unsent_input = False
        """Whether input was read and not passed to the application yet."""

        def __init__(self, *args: Any, **options: Any) -> None:
            super().__init__(*args, **options)
            self.exit_event = SelectableEvent()
            self._one_reads = threading.Lock()

        def start_application_mode(self) -> None:
            """Handle a new size in the event loop.

            In a handler of Python's, a second signal may come between the reading of the size and its message: the
            message of the older size would then be the last one, and the screen stays at a size that is gone.
            """
            super().start_application_mode()  # type: ignore[no-untyped-call]
            resized = signal.getsignal(signal.SIGWINCH)
            if callable(resized):
                get_running_loop().add_signal_handler(signal.SIGWINCH, resized, signal.SIGWINCH, None)

        def run_input_thread(self) -> None:
            """Read keys, when no other thread does: SIGCONT, as of a hang-up, starts one beside the present one."""
            with self._one_reads:
                _read_keys(self)

        def write(self, data: str) -> None:
            """Write to the terminal unless it is lost: the output queue would fill up and block the program."""
            if not self.is_gone:
                super().write(data)

        def send_message(self, message: "Message") -> None:
            """Pass a message to the application, if it accepts it (`LiveMouse.accepts`)."""
            accepts = getattr(compat.app_of(self), "accepts", None)
            if accepts is None or accepts(message):
                super().send_message(message)

        def _disable_mouse_support(self) -> None:
            super()._disable_mouse_support()
            if self._mouse_pixels:
                self.write("\x1b[?1016l")

    return SurvivingDriver


def _named_driver(name: str) -> "type[Driver] | None":
    """The driver that an environment variable names as `module:Class`, if it exists."""
    from textual.driver import Driver  # late: the check for a terminal comes before Textual

    module, _, symbol = name.partition(":")
    try:
        named = getattr(import_module(module), symbol)
    except Exception:  # noqa: BLE001 - importing a module may raise anything
        return None
    return named if isinstance(named, type) and issubclass(named, Driver) else None


def _draws_on_a_terminal(driver: "type[Driver]") -> bool:
    if sys.platform == "win32":
        return False
    from textual.drivers.linux_driver import LinuxDriver  # late: the check for a terminal comes before Textual

    return issubclass(driver, LinuxDriver)


class SelectableEvent(threading.Event):
    """An event that `select` waits for, so that the thread that reads input need not check for its end all the time."""

    def __init__(self) -> None:
        super().__init__()
        self._reader, self._writer = os.pipe()
        os.set_blocking(self._reader, False)

    def fileno(self) -> int:
        """The descriptor that is readable while the event is set."""
        return self._reader

    def set(self) -> None:
        """Set the event."""
        super().set()
        os.write(self._writer, b"\0")

    def clear(self) -> None:
        """Clear the event."""
        super().clear()
        with contextlib.suppress(BlockingIOError):
            os.read(self._reader, 4096)


def _read_keys(driver: Any) -> None:
    """Convert the terminal's input to messages, until the driver stops or the terminal is lost.

    Textual's own loop decodes strictly, so that a single Latin-1 byte (a wrong locale, a binary file dragged in, line
    noise) ends the program; and it reads the end of a dead terminal again and again, as fast as it can.
    """
    parser = _key_parser(compat.is_debug(driver))
    decode = getincrementaldecoder("utf-8")(errors="replace").decode
    with selectors.SelectSelector() as selector:  # the other selectors do not work on terminals of macOS
        selector.register(driver.fileno, selectors.EVENT_READ)
        selector.register(driver.exit_event, selectors.EVENT_READ)
        while not driver.exit_event.is_set():
            driver.has_unsent_input = False
            ready = selector.select(parser.waits_s)
            if not ready:  # and only then: after a slow read, the rest of a sequence may be waiting in the terminal
                _process(driver, parser.tick())
            elif any(key.fd == driver.fileno for key, _ in ready):
                driver.has_unsent_input = True
                data = _read(driver.fileno)
                if not data:
                    driver.is_gone, driver.has_read_all, driver.has_unsent_input = True, True, False
                    return
                if text := decode(data):  # an incomplete character decodes to "", which would end the parser
                    _process(driver, parser.feed(text))


class PastedText:
    """Removes Esc from what is pasted, in input that comes in pieces.

    Most terminals do so; tmux does not. Textual's parser takes an escape sequence inside a paste for keys, which come
    before the text: `F10` in a copied text would close the program.
    """

    def __init__(self) -> None:
        self._is_pasting = False
        self._last = ""
        """The last characters, if they may begin the mark that is expected next."""

    def without_esc(self, data: str) -> str:
        """The input without Esc in pastes. What may be the beginning of a paste's end is kept until the next call."""
        return "".join(map(self._next, data))

    def _next(self, character: str) -> str:
        mark = _PASTE_ENDS if self._is_pasting else _PASTE_BEGINS
        both = self._last + character
        if mark.startswith(both):
            is_whole = both == mark
            self._last = "" if is_whole else both
            if not self._is_pasting:
                self._is_pasting = is_whole
                return character
            self._is_pasting = not is_whole
            return both if is_whole else ""
        self._last = _ESC if character == _ESC else ""
        if not self._is_pasting:
            return character
        return both.replace(_ESC, "")


def _key_parser(debug: bool) -> Any:
    """Return Textual's parser, except that a letter right after Esc is two keys, not one with Alt; a paste has no keys.

    A terminal sends the same bytes for both, and no key of the program has Alt (`config` refuses it). Esc and a letter
    arrive together on a slow line or when typed fast; the letter would otherwise go into the field that Esc leaves.
    Longer sequences are unchanged. Esc is a key of its own if nothing follows it within `ESC_WAIT_S`: Textual waits 100
    ms, which the user feels at every Esc. The variable ESCDELAY (ms), if set, still decides.

    `waits_s` of the parser is the time that it waits for the rest of a sequence; None if it waits for none.
    """
    from textual.events import Key  # late: the check for a terminal comes before Textual

    # Option and a digit on some terminals of macOS ("¡" for 1), and tabs of ours behind Esc. Moves by a word stay.
    signs = {s for s, key in compat.key_sequences().items() if len(s) == 2 and s[0] == _ESC and isinstance(key, str)}

    esc_wait_s = None if os.environ.get("ESCDELAY") else ESC_WAIT_S

    class KeyParser(compat.key_parser()):  # type: ignore[misc]
        waits_s: float | None = None

        def __init__(self, debug: bool) -> None:
            super().__init__(debug)
            self._pasted = PastedText()

        def feed(self, data: str) -> "Iterable[Message]":
            text = self._pasted.without_esc(data)
            return super().feed(text) if text else ()  # an empty text would end the parser

        def read1(self, timeout: float | None = None) -> Any:
            self.waits_s = timeout if timeout is None else esc_wait_s or timeout
            return compat.read_one(self.waits_s)

        def _sequence_to_key_events(self, sequence: str, alt: bool = False) -> "Iterable[Key]":
            if sequence in signs or (alt and sequence not in _BEGIN_LONGER):
                yield Key("escape", _ESC)
                sequence, alt = sequence[-1], False
            yield from super()._sequence_to_key_events(sequence, alt)

    return KeyParser(debug)


def _read(fd: int) -> bytes:
    """Read the available input; empty if the terminal is lost."""
    try:
        return os.read(fd, 4096)
    except OSError:
        return b""


def _process(driver: "LinuxDriver", messages: "Iterable[Message]") -> None:
    for message in messages:
        driver.process_message(message)


def guard(
    app: "App[Any]",
    close: Callable[[], None],
    call_after_typed_text: Callable[[Callable[[], None], float], None] = lambda end, _within: end(),
) -> None:
    """Exit cleanly on a signal, and at once when the terminal is lost.

    To be called in `App.on_mount`. Without a real terminal (tests, textual-serve) it does nothing.

    Args:
        app: The running application.
        close: Closes the database. Called in the thread of the event loop, and only if the terminal is gone; a normal
            exit returns to the caller.
        call_after_typed_text: Calls its first argument when all text that was read is written into its fields, at the
            latest after the seconds of its second argument.
    """
    terminals = [fd for fd in STANDARD_STREAMS if os.isatty(fd)]
    if sys.platform == "win32" or app.is_headless or app.is_web or not terminals:
        return
    from asyncio import get_running_loop  # late: the check for a terminal needs no event loop

    loop = get_running_loop()
    after_reading = partial(_call_after_reading, app)
    for number in (signal.SIGTERM, signal.SIGHUP):
        # Under nohup SIGHUP is ignored; the thread below ends the program if the terminal is lost.
        if signal.getsignal(number) is not signal.SIG_IGN:
            leave = partial(_leave, app, close, 128 + number)
            loop.add_signal_handler(
                number, _call_after_reading, app, partial(call_after_typed_text, leave, _DRAIN_TIMEOUT_S)
            )
    # A thread, because a write to a lost terminal may block the event loop and its timers forever.
    end = partial(after_reading, partial(call_after_typed_text, partial(_abandon, close), _DRAIN_TIMEOUT_S))
    driver = compat.driver_of(app)
    watch = threading.Thread(target=_watch, args=(terminals, loop, driver, end), name="terminal-watch", daemon=True)
    watch.start()


def end_within(seconds: float, app: "App[Any]", save: Callable[[], object], log: Callable[[str], object]) -> None:
    """End the process if the application is not closed in time: no widget may keep the user waiting at the exit.

    Everything acknowledged is in the database by then. To be called when the exit begins. Does nothing without a real
    terminal.

    Args:
        seconds: The time that the exit may take.
        app: The application, in whose event loop this is called.
        save: Saves typed text; called in a thread.
        log: Called with the stacks of all tasks, which show what the exit waits for.
    """
    if app.is_headless or app.is_web:
        return
    from asyncio import get_running_loop  # late: the check for a terminal needs no event loop

    timer = threading.Timer(seconds, _end_now, (app, get_running_loop(), save, log))
    timer.daemon = True
    timer.start()


def _end_now(
    app: "App[Any]", loop: "AbstractEventLoop", save: Callable[[], object], log: Callable[[str], object]
) -> None:
    from asyncio import all_tasks  # late: the check for a terminal needs no event loop

    try:
        save()
        stacks = io.StringIO()
        for task in all_tasks(loop):
            task.print_stack(limit=8, file=stacks)
        log(stacks.getvalue())
        if driver := compat.driver_of(app):
            driver.stop_application_mode()
            driver.close()
    finally:
        os._exit(app.return_code or 0)


def _call_after_reading(app: "App[Any]", then: Callable[[], None], patience: int = _READ_TRIES) -> None:
    """Call `then` in the application's task, after all input that was read is posted to it."""
    from asyncio import get_running_loop, run_coroutine_threadsafe  # late: the check for a terminal needs no event loop

    loop = get_running_loop()
    if patience and _is_reading(compat.driver_of(app)):
        loop.call_later(_READ_TRY_S, _call_after_reading, app, then, patience - 1)
    else:  # posted in the same two steps as keys; a call in one step would come before keys between the two
        run_coroutine_threadsafe(_call_in_app(app, then), loop)


def _is_reading(driver: Any) -> bool:
    """Whether input of the terminal is not posted to the application yet.

    The descriptor is checked before the flag, because the reading thread sets the flag before it reads.
    """
    if driver is None or getattr(driver, "has_read_all", True):
        return False
    is_to_be_read = bool(select.select([driver.fileno], [], [], 0)[0])
    return is_to_be_read or driver.has_unsent_input


async def _call_in_app(app: "App[Any]", then: Callable[[], None]) -> None:
    if not app.call_later(then):
        then()


def _watch(terminals: Sequence[int], loop: "AbstractEventLoop", driver: Any, end: Callable[[], None]) -> None:
    """Wait until a terminal is lost, then end the program: normally while the event loop answers, else at once."""
    _wait_until_gone(terminals)
    driver.is_gone = True  # also while what was read before is passed on: nothing is written any more
    with contextlib.suppress(RuntimeError):  # the loop is closed already
        loop.call_soon_threadsafe(end)
        give_up_at = time.monotonic() + _DRAIN_TIMEOUT_S + _LOOP_TIMEOUT_S
        while _answers(loop) and time.monotonic() < give_up_at:
            time.sleep(_LOOP_TIMEOUT_S / 10)
    os._exit(TERMINAL_IS_GONE)


def _answers(loop: "AbstractEventLoop") -> bool:
    """Whether the event loop is not blocked. Raises RuntimeError if it is closed."""
    answered = threading.Event()
    loop.call_soon_threadsafe(answered.set)
    return answered.wait(_LOOP_TIMEOUT_S)


def _wait_until_gone(terminals: Sequence[int]) -> None:
    poll = select.poll()
    for fd in terminals:
        poll.register(fd, 0)  # a hang-up is always reported; input must not wake this thread
    while not poll.poll(_CHECK_EVERY_MS):  # Linux reports it at once; for other kernels it is checked once a second
        pass


def _leave(app: "App[Any]", close: Callable[[], None], code: int) -> None:
    """Exit; if the terminal is lost, as for that, because the interpreter fails to flush what was not written to it."""
    if getattr(compat.driver_of(app), "is_gone", False):
        _abandon(close)
    app.exit(return_code=code)


def _abandon(close: Callable[[], None]) -> None:
    """Close and end the process at once: a normal exit would block on writing to the lost terminal."""
    try:
        close()
    finally:
        os._exit(TERMINAL_IS_GONE)
