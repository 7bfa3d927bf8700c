"""What a terminal may do to the program, and what the program owes the terminal when it leaves.

Measured on a pty: without help Textual dies of one byte that is no UTF-8, leaves mouse and raw mode on when it is told
to stop by a signal, and lives on at a full core when its terminal is gone and nobody told it. Three small guards:

- `refuse_without_terminal()`, before anything is drawn (imports no Textual);
- `driver_class()`, handed to `App(driver_class=...)`;
- `guard(app, close)`, called in `App.on_mount`.
"""

import contextlib
import os
import select
import selectors
import signal
import sys
import threading
from codecs import getincrementaldecoder
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop

    from textual._xterm_parser import XTermParser
    from textual.app import App
    from textual.driver import Driver
    from textual.drivers.linux_driver import LinuxDriver
    from textual.events import Key
    from textual.message import Message

STANDARD_STREAMS = (0, 1, 2)  # Textual reads the first and draws on the last
TERMINAL_IS_GONE = 129
"""The exit code of a program whose terminal died: 128 + SIGHUP, as a shell reports it."""

_DRIVER_VARIABLE = "TEXTUAL_DRIVER"  # set by textual-serve, which needs no terminal
_ESC = "\x1b"
_BEGIN_LONGER = "[OP]X^_"  # behind Esc: CSI, SS3 and the strings
_CHECK_EVERY_MS = 1000
_PATIENCE_S = 5.0
_LAST_WORDS_WITHIN_S = 4.0
"""How long text that was read has to get into its field: longer than where somebody waits for the program to end."""

_READ_TRY_S, _READ_TRIES = 0.02, 25


class NoTerminal(StrEnum):
    """Why there is nowhere to draw; `texts` says it in Portuguese, the command exits with 2."""

    NOT_A_TERMINAL = "not_a_terminal"
    DUMB = "dumb_terminal"
    UNKNOWN_DRIVER = "unknown_driver"


def refuse_without_terminal(
    environ: Mapping[str, str] = os.environ, streams: Sequence[int] = STANDARD_STREAMS
) -> NoTerminal | None:
    """Return why the screen cannot open here, or None if it can.

    A dumb terminal is refused because Textual would draw on it all the same, in raw escape sequences.
    """
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
    """Return Textual's driver for a POSIX terminal with its faults mended; None leaves the choice to Textual.

    A subclass and not a patch, so that nothing changes for anyone who does not ask for it. To be left out once
    https://github.com/Textualize/textual/issues/6456 is closed.
    """
    if sys.platform == "win32" or os.environ.get(_DRIVER_VARIABLE):
        return None
    from textual.drivers.linux_driver import LinuxDriver

    class SurvivingDriver(LinuxDriver):
        """Reads any byte and a letter behind Esc, stops when the terminal is gone, turns every mouse mode off."""

        is_gone = False
        """Whether nothing that is written is seen any more."""

        hands_on = False
        """Whether something was read that is not handed to the application yet."""

        def run_input_thread(self) -> None:
            _read_keys(self)

        def write(self, data: str) -> None:
            """Write to the terminal, if there is one: the queue to one that is gone fills up, and stops the program."""
            if not self.is_gone:
                super().write(data)

        def _disable_mouse_support(self) -> None:
            super()._disable_mouse_support()
            if self._mouse_pixels:
                self.write("\x1b[?1016l")

    return SurvivingDriver


def _named_driver(name: str) -> "type[Driver] | None":
    """The driver that a variable names as `module:Class`; None where there is no such one."""
    from importlib import import_module

    from textual.driver import Driver

    module, _, symbol = name.partition(":")
    try:
        named = getattr(import_module(module), symbol)
    except Exception:  # noqa: BLE001 - whatever a module does that is no driver
        return None
    return named if isinstance(named, type) and issubclass(named, Driver) else None


def _draws_on_a_terminal(driver: "type[Driver]") -> bool:
    if sys.platform == "win32":
        return False
    from textual.drivers.linux_driver import LinuxDriver

    return issubclass(driver, LinuxDriver)


def _read_keys(driver: Any) -> None:
    """Turn what the terminal sends into messages, until the driver stops or the terminal is gone.

    Textual's own loop decodes strictly, so that a single Latin-1 byte (a wrong locale, a binary file dragged in, line
    noise) ends the program; and it reads the end of a dead terminal again and again, as fast as it can.
    """
    parser = _key_parser(driver._debug)
    decode = getincrementaldecoder("utf-8")(errors="replace").decode
    with selectors.SelectSelector() as selector:  # the others do not work on a terminal of macOS
        selector.register(driver.fileno, selectors.EVENT_READ)
        while not driver.exit_event.is_set():
            driver.hands_on = False
            if selector.select(0.1):
                driver.hands_on = True
                data = _read(driver.fileno)
                if not data:
                    driver.is_gone, driver.hands_on = True, False
                    return
                if text := decode(data):  # half a letter decodes to "", which would end the parser
                    _process(driver, parser.feed(text))
            _process(driver, parser.tick())


def _key_parser(debug: bool) -> "XTermParser":
    """Return Textual's parser, but for a letter right behind Esc: two keys, not one with Alt.

    A terminal sends the same bytes for both, and no key of ours has Alt in it (`config` refuses it). Esc and a letter
    come together whenever the line is slow or the hand is quick; the letter would else be written into the field that
    Esc was to leave. What begins a longer sequence stays as it was: an unknown key of the terminal is no Esc.
    """
    from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
    from textual._xterm_parser import XTermParser
    from textual.events import Key

    # Option and a digit on some terminals of macOS ("¡" for 1), and tabs of ours behind Esc. Moves by a word stay.
    signs = {s for s, key in ANSI_SEQUENCES_KEYS.items() if len(s) == 2 and s[0] == _ESC and isinstance(key, str)}

    class KeyParser(XTermParser):
        def _sequence_to_key_events(self, sequence: str, alt: bool = False) -> "Iterable[Key]":
            if sequence in signs or (alt and sequence not in _BEGIN_LONGER):
                yield Key("escape", _ESC)
                sequence, alt = sequence[-1], False
            yield from super()._sequence_to_key_events(sequence, alt)

    return KeyParser(debug)


def _read(fd: int) -> bytes:
    """Read what is there; nothing at all means that the terminal is gone."""
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
    when_written: Callable[[Callable[[], None], float], None] = lambda end, _within: end(),
) -> None:
    """Leave cleanly when told to by a signal, and at once when the terminal is gone.

    To be called in `App.on_mount`. Without a real terminal (tests, textual-serve) it does nothing.

    Args:
        app: The running application.
        close: Puts away what must not be left open (the database). Called in the thread of the event loop, only if
            the terminal died; an ordinary exit ends in the caller's own code.
        when_written: Calls what it is given as soon as every key that was read is written where it belongs, and after
            so many seconds at the latest.
    """
    terminals = [fd for fd in STANDARD_STREAMS if os.isatty(fd)]
    if sys.platform == "win32" or app.is_headless or app.is_web or not terminals:
        return
    from asyncio import get_running_loop

    loop = get_running_loop()
    for number in (signal.SIGTERM, signal.SIGHUP):
        # A program under nohup was asked to stay when the line drops; the watch below ends it if the terminal did.
        if signal.getsignal(number) is not signal.SIG_IGN:
            leave = partial(app.exit, return_code=128 + number)
            loop.add_signal_handler(number, _when_read, app, partial(when_written, leave, _LAST_WORDS_WITHIN_S))
    # A thread, because a write to a dead terminal may block the event loop for ever, and a timer in it with it.
    end = partial(_when_read, app, partial(when_written, partial(_abandon, close), _LAST_WORDS_WITHIN_S))
    watch = threading.Thread(target=_watch, args=(terminals, loop, end), name="terminal-watch", daemon=True)
    watch.start()


def _when_read(app: "App[Any]", then: Callable[[], None], patience: int = _READ_TRIES) -> None:
    """Call `then` in the application's own turn, behind every key that was read."""
    from asyncio import get_running_loop, run_coroutine_threadsafe

    loop = get_running_loop()
    if patience and _is_reading(app._driver):
        loop.call_later(_READ_TRY_S, _when_read, app, then, patience - 1)
    else:  # the way of the keys, which has two steps: a shorter one would overtake those between the two
        run_coroutine_threadsafe(_call_in_turn(app, then), loop)


def _is_reading(driver: Any) -> bool:
    """Whether something that the terminal has sent is not handed to the application yet.

    Whether it is to be read is asked before whether it is handed on: the thread says that it hands on before it reads.
    """
    if driver is None or getattr(driver, "is_gone", True):
        return False
    is_to_be_read = bool(select.select([driver.fileno], [], [], 0)[0])
    return is_to_be_read or driver.hands_on


async def _call_in_turn(app: "App[Any]", then: Callable[[], None]) -> None:
    if not app.call_later(then):
        then()


def _watch(terminals: Sequence[int], loop: "AbstractEventLoop", end: Callable[[], None]) -> None:
    """Wait until a terminal is gone, then end the program: in order if the event loop still answers, else without."""
    _wait_until_gone(terminals)
    with contextlib.suppress(RuntimeError):  # the loop is closed already
        loop.call_soon_threadsafe(end)
    threading.Event().wait(_PATIENCE_S)
    os._exit(TERMINAL_IS_GONE)


def _wait_until_gone(terminals: Sequence[int]) -> None:
    poll = select.poll()
    for fd in terminals:
        poll.register(fd, 0)  # a hang-up is reported whatever one asks for, and typing shall not wake us
    while not poll.poll(_CHECK_EVERY_MS):  # Linux wakes us at once; where a kernel does not, we look once a second
        pass


def _abandon(close: Callable[[], None]) -> None:
    """Close and end without another word: an orderly exit would write to the dead terminal, and wait for it."""
    try:
        close()
    finally:
        os._exit(TERMINAL_IS_GONE)
