"""The terminal guards: faulty input, signals, a lost terminal, restored modes."""

import asyncio
import os
import pty
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from textual.app import App

from atendimento_tui import terminal as guards
from atendimento_tui.terminal import NoTerminal, refuse_without_terminal
from tests.terminal.harness import Terminal
from tests.warm import Warm

TINY = [sys.executable, str(Path(__file__).with_name("tiny_app.py"))]


@pytest.fixture
def closed(tmp_path: Path) -> Path:
    """The file that `close` creates."""
    return tmp_path / "closed"


@pytest.fixture
def tiny(closed: Path, warm: Warm) -> Iterator[Terminal]:
    with Terminal([*TINY, str(closed)], cols=80, rows=24, warm=warm) as terminal:
        terminal.wait_for("tamanho 80x24")
        terminal.wait_for("0 letras")
        yield terminal


def test_an_exit_that_does_not_end_is_ended_and_logged(tiny: Terminal, closed: Path) -> None:
    tiny.press("f8")
    assert tiny.exit_code() == 0
    assert tiny.modes_left_on() == set()
    assert "events.Unmount()" in Path(f"{closed}.log").read_text("utf-8")
    assert closed.exists(), "typed text was saved first"


class TestTyping:
    def test_accents_are_shown(self, tiny: Terminal) -> None:
        tiny.type("João ação çãé ÇÃÉ €")
        tiny.wait_for("João ação çãé ÇÃÉ €")
        tiny.wait_for("19 letras")

    def test_a_letter_sent_in_two_parts_is_read(self, tiny: Terminal) -> None:
        first, second = "é".encode()[:1], "é".encode()[1:]
        tiny.send(b"caf" + first)
        tiny.wait_for("caf")
        tiny.send(second + b"!")
        tiny.wait_for("café!")

    def test_invalid_utf8_is_no_fault(self, tiny: Terminal) -> None:
        tiny.send(b"antes \xe7\xe3\xff\xc3( depois")
        tiny.wait_for("depois")
        tiny.type(" ção")
        tiny.wait_for("ção")
        tiny.press("ctrl+q")
        assert tiny.exit_code() == 0

    @pytest.mark.parametrize("key", ["k", "ç", "K", "1", "/"])
    def test_a_letter_right_after_esc_is_a_separate_key(self, tiny: Terminal, key: str) -> None:
        tiny.type("antes")
        tiny.wait_for("5 letras")
        tiny.type(f"\x1b{key}")
        tiny.wait_for("1 letras")
        tiny.type(".")
        tiny.wait_for(f" {key}.")

    def test_an_unknown_key_sequence_is_not_esc(self, tiny: Terminal) -> None:
        tiny.type("antes")
        tiny.wait_for("5 letras")
        tiny.type("\x1b[5i")
        tiny.wait_for("antes[5i")

    def test_the_key_to_move_back_by_a_word_works(self, tiny: Terminal) -> None:
        tiny.type("uma carta\x1bbboa ")
        tiny.wait_for("uma boa carta")

    def test_a_large_paste_is_complete(self, tiny: Terminal) -> None:
        tiny.paste("linha de tamanho bastante comum, çã\n" * 1700)
        tiny.wait_for(f"{36 * 1700} letras")

    def test_resizing_to_one_cell_and_back_is_no_fault(self, tiny: Terminal) -> None:
        tiny.type("fica")
        tiny.wait_for("4 letras")
        tiny.resize(1, 1)
        tiny.type(" aqui")
        tiny.resize(40, 10)
        tiny.wait_for("tamanho 40x10")
        tiny.wait_for("fica aqui")
        tiny.resize(100, 30)
        tiny.wait_for("tamanho 100x30")

    def test_the_last_size_is_shown_if_a_signal_comes_while_another_is_handled(self, tiny: Terminal) -> None:
        tiny.press("f10")
        tiny.wait_for("depois")
        tiny.wait_for("tamanho 80x24")


class TestExit:
    def test_modes_are_on_while_it_runs(self, tiny: Terminal) -> None:
        tiny.wait_until(
            lambda t: {"alternate screen", "mouse clicks", "bracketed paste", "no echo"} < t.modes_left_on()
        )

    def test_an_exit_restores_the_terminal(self, tiny: Terminal, closed: Path) -> None:
        tiny.press("ctrl+q")
        assert (tiny.exit_code(), tiny.modes_left_on()) == (0, set())
        assert not closed.exists()

    @pytest.mark.parametrize(
        ("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129)], ids=["SIGTERM", "SIGHUP"]
    )
    def test_a_signal_restores_the_terminal(self, tiny: Terminal, number: signal.Signals, code: int) -> None:
        tiny.signal(number)
        assert (tiny.exit_code(), tiny.modes_left_on()) == (code, set())

    def test_a_signal_that_was_ignored_stays_ignored(self, closed: Path, warm: Warm) -> None:
        with Terminal([*TINY, str(closed)], ignored=[signal.SIGHUP], warm=warm) as terminal:
            terminal.wait_for("0 letras")
            terminal.signal(signal.SIGHUP)
            terminal.type("ainda aqui")
            terminal.wait_for("ainda aqui")

    @pytest.mark.parametrize("ignored", [[], [signal.SIGHUP]], ids=["plain", "under-nohup"])
    def test_a_lost_terminal_ends_the_program(self, closed: Path, ignored: list[signal.Signals]) -> None:
        with Terminal([*TINY, str(closed)], ignored=ignored) as terminal:
            terminal.wait_for("0 letras")
            terminal.hang_up()
            assert terminal.exit_code() == 129

    def test_close_is_called_before_the_end(self, closed: Path, warm: Warm) -> None:
        with Terminal([*TINY, str(closed)], ignored=[signal.SIGHUP], warm=warm) as terminal:
            terminal.wait_for("0 letras")
            terminal.hang_up()
            terminal.exit_code()
        assert closed.exists()

    def test_it_ends_even_if_the_event_loop_hangs(self, closed: Path, warm: Warm) -> None:
        with Terminal([*TINY, str(closed)], ignored=[signal.SIGHUP], warm=warm) as terminal:
            terminal.wait_for("0 letras")
            terminal.press("f9")
            terminal.wait_until(lambda _: Path(f"{closed}.hangs").exists())
            terminal.hang_up()
            assert terminal.exit_code() == 129
        assert not closed.exists()


class TestReading:
    def test_a_lost_terminal_is_not_read_repeatedly(self) -> None:
        """The reading thread ends. Textual's own would read a lost terminal forever, on a full core."""
        master, slave = pty.openpty()
        driver = SimpleNamespace(_debug=False, fileno=slave, exit_event=guards.SelectableEvent(), process_message=print)
        os.close(master)
        reader = threading.Thread(target=guards._read_keys, args=[driver], daemon=True)
        reader.start()
        reader.join(30)
        os.close(slave)
        assert not reader.is_alive()

    def test_the_exit_is_handled_after_all_read_keys(self) -> None:
        """The reading thread posts keys in two steps; the exit once came before keys between the two."""
        done: list[str] = []

        class Application:
            _driver = None

            def call_later(self, then: Callable[[], None]) -> bool:
                then()
                return True

        async def handle(key: str) -> None:
            done.append(key)

        async def read_and_leave() -> None:
            loop, left = asyncio.get_running_loop(), asyncio.Event()

            def leave() -> None:
                done.append("leave")
                left.set()

            asyncio.run_coroutine_threadsafe(handle("a"), loop)
            loop.call_soon(guards._call_after_reading, cast(App[Any], Application()), leave)
            asyncio.run_coroutine_threadsafe(handle("b"), loop)  # was read before the exit checks for unsent input
            await left.wait()

        asyncio.run(read_and_leave())
        assert done == ["a", "b", "leave"]

    def test_the_exit_waits_for_much_text_that_is_read_slowly(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Posting hundreds of letters takes seconds on a busy machine."""
        reading, writing = os.pipe()
        looks = iter([True] * 200 + [False])

        class Driver:
            fileno, has_read_all = reading, False
            has_unsent_input = property(lambda _: next(looks))

        class Application:
            _driver = Driver()

            def call_later(self, then: Callable[[], None]) -> bool:
                then()
                return True

        async def read_and_leave() -> None:
            left = asyncio.Event()
            guards._call_after_reading(cast(App[Any], Application()), left.set)
            await left.wait()

        monkeypatch.setattr(guards, "_READ_TRY_S", 0)
        asyncio.run(read_and_leave())
        assert list(looks) == []
        os.close(reading)
        os.close(writing)

    def test_the_exit_waits_for_available_input(self) -> None:
        """Input that is available but not marked as unsent yet."""
        reading, writing = os.pipe()
        driver = SimpleNamespace(fileno=reading, has_unsent_input=False, has_read_all=False)
        assert not guards._is_reading(driver)
        os.write(writing, b"a")
        assert guards._is_reading(driver)
        os.read(reading, 1)
        assert not guards._is_reading(driver)
        driver.has_unsent_input = True
        assert guards._is_reading(driver)
        os.close(writing)  # the end of the terminal, until it is read
        driver.has_unsent_input = False
        assert guards._is_reading(driver)
        driver.has_read_all = True
        assert not guards._is_reading(driver)
        os.close(reading)


class TestRefusing:
    @pytest.fixture
    def tty(self) -> Iterator[int]:
        master, slave = pty.openpty()
        yield slave
        os.close(master)
        os.close(slave)

    @pytest.fixture
    def pipe(self) -> Iterator[int]:
        ends = os.pipe()
        yield ends[0]
        for end in ends:
            os.close(end)

    def test_a_terminal_is_accepted(self, tty: int) -> None:
        assert refuse_without_terminal({"TERM": "xterm"}, [tty, tty, tty]) is None
        assert refuse_without_terminal({}, [tty, tty, tty]) is None

    def test_a_dumb_terminal_is_refused(self, tty: int) -> None:
        assert refuse_without_terminal({"TERM": "dumb"}, [tty, tty, tty]) is NoTerminal.DUMB

    def test_streams_without_a_terminal_are_refused(self, tty: int, pipe: int) -> None:
        for streams in ([pipe, tty, tty], [tty, pipe, tty], [tty, tty, pipe]):
            assert refuse_without_terminal({"TERM": "xterm"}, streams) is NoTerminal.NOT_A_TERMINAL

    def test_textual_serve_needs_no_terminal(self, pipe: int) -> None:
        web = "textual.drivers.web_driver:WebDriver"
        assert refuse_without_terminal({"TEXTUAL_DRIVER": web, "TERM": "dumb"}, [pipe]) is None

    @pytest.mark.parametrize(
        "driver", ["x:Y", "x", ":", "os:path", "textual.driver:nada", "..:Y", "os:PathLike", "\x1b["]
    )
    def test_an_unknown_driver_is_refused(self, tty: int, driver: str) -> None:
        reason = refuse_without_terminal({"TEXTUAL_DRIVER": driver, "TERM": "xterm"}, [tty, tty, tty])
        assert reason is NoTerminal.UNKNOWN_DRIVER

    def test_a_terminal_driver_needs_a_terminal(self, tty: int, pipe: int) -> None:
        environ = {"TEXTUAL_DRIVER": "textual.drivers.linux_driver:LinuxDriver", "TERM": "xterm"}
        assert refuse_without_terminal(environ, [tty, tty, tty]) is None
        assert refuse_without_terminal(environ, [pipe, tty, tty]) is NoTerminal.NOT_A_TERMINAL

    def test_an_empty_driver_variable_is_ignored(self, tty: int, monkeypatch: pytest.MonkeyPatch) -> None:
        assert refuse_without_terminal({"TEXTUAL_DRIVER": "", "TERM": "dumb"}, [tty, tty, tty]) is NoTerminal.DUMB
        monkeypatch.setenv("TEXTUAL_DRIVER", "")
        assert guards.driver_class() is not None

    def test_the_check_does_not_import_textual(self) -> None:
        code = "import sys, atendimento_tui.terminal; sys.exit(bool({'textual', 'asyncio'} & sys.modules.keys()))"
        assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_without_a_terminal_the_guard_does_nothing() -> None:
    threads = threading.active_count()
    guards.guard(cast(App[Any], SimpleNamespace(is_headless=True, is_web=False)), close=pytest.fail)
    assert threading.active_count() == threads


def test_textual_serve_keeps_its_own_driver(monkeypatch: pytest.MonkeyPatch) -> None:
    assert guards.driver_class() is not None
    monkeypatch.setenv("TEXTUAL_DRIVER", "textual.drivers.web_driver:WebDriver")
    assert guards.driver_class() is None
