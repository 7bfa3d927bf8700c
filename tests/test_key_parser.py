"""Bytes of a terminal as keys: Esc is handled soon, and longer sequences stay whole."""

import os
import select
from collections.abc import Iterator
from itertools import count, pairwise
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from textual import _parser
from textual.events import Key

from atendimento_tui import terminal


class Clock:
    """The clock of the parser, in seconds."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(_parser, "get_time", clock)
    monkeypatch.delenv("ESCDELAY", raising=False)
    return clock


def keys(messages: Iterator[Any]) -> list[str]:
    return [message.key for message in messages if isinstance(message, Key)]


def test_esc_is_a_key_of_its_own_after_twenty_milliseconds(clock: Clock) -> None:
    parser = terminal._key_parser(False)
    assert parser.waits_s is None
    assert keys(parser.feed("\x1b")) == []
    assert parser.waits_s == terminal.ESC_WAIT_S == 0.02
    clock.now += 0.019
    assert keys(parser.tick()) == []
    clock.now += 0.001
    assert keys(parser.tick()) == ["escape"]
    assert parser.waits_s is None, "the thread that reads goes back to its slow poll"


@pytest.mark.parametrize(
    ("pieces", "pressed"),
    [
        (("\x1b[A",), ["up"]),
        (("\x1b", "[A"), ["up"]),
        (("\x1b[", "5~"), ["pageup"]),
        (("\x1b", "O", "P"), ["f1"]),
        (("\x1bj",), ["escape", "j"]),
        (("\x1b\x1b",), ["escape", "escape"]),
    ],
)
def test_pieces_that_come_soon_are_one_sequence(clock: Clock, pieces: tuple[str, ...], pressed: list[str]) -> None:
    parser, found = terminal._key_parser(False), []
    for piece in pieces:
        found += keys(parser.feed(piece))
        clock.now += 0.015
        found += keys(parser.tick())
    clock.now += 1
    assert found + keys(parser.tick()) == pressed


def test_a_paste_in_pieces_stays_one_paste(clock: Clock) -> None:
    parser, found = terminal._key_parser(False), []
    for piece in ("\x1b[200~uma ", "linha", "\x1b[201~"):
        found += [message for message in parser.feed(piece) if not isinstance(message, Key)]
        clock.now += 5
        assert not list(parser.tick())
    assert [message.text for message in found] == ["uma linha"]


@given(
    before=st.text("a\x1b[20~", max_size=3),
    pasted=st.text("ação\x1b[1~20A\r", max_size=30).filter(lambda text: "\x1b[201~" not in text),
    cuts=st.lists(st.integers(0, 60), max_size=4),
)
@example(before="", pasted="Olá \x1b[31mverm\x1b[0m \x1b[21~ fim\x1b", cuts=[])
@example(before="", pasted="\x1b", cuts=[6, 7, 8])
def test_a_paste_with_escape_sequences_is_one_text_and_no_key(before: str, pasted: str, cuts: list[int]) -> None:
    sent = f"{before}\x1b[200~{pasted}\x1b[201~x"
    ends = [0, *sorted(min(cut, len(sent)) for cut in cuts), len(sent)]
    cleaner = terminal.PastedText()
    got = "".join(cleaner.without_esc(sent[begin:end]) for begin, end in pairwise(ends))
    assert got == f"{before}\x1b[200~{pasted.replace(chr(27), '')}\x1b[201~x"


def test_keys_in_a_paste_are_not_pressed() -> None:
    messages = list(terminal._key_parser(False).feed("\x1b[200~Olá \x1b[31mverm \x1b[21~\x1bOP fim\x1b[201~k"))
    assert [getattr(message, "text", None) or message.key for message in messages] == ["Olá [31mverm [21~OP fim", "k"]


def test_the_variable_of_terminals_still_decides(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ESCDELAY", "100")
    parser = terminal._key_parser(False)
    assert keys(parser.feed("\x1b")) == []
    assert parser.waits_s == 0.1


def test_the_thread_that_reads_is_woken_to_end_and_asks_nothing_meanwhile() -> None:
    event = terminal.SelectableEvent()
    try:
        for _ in range(3):
            assert not select.select([event], [], [], 0)[0]
            event.set()
            event.set()
            assert event.is_set()
            assert select.select([event], [], [], 0)[0]
            event.clear()
            assert not event.is_set()
    finally:
        os.close(event._reader)
        os.close(event._writer)


def test_the_rest_of_a_sequence_that_waits_in_the_terminal_is_read_before_esc_times_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A thread that gets no processor for a while would take the head of a sequence for Esc."""
    monkeypatch.setattr("textual._parser.get_time", count().__next__)  # each look at the clock is a second later
    reader, writer = os.pipe()
    event, messages = terminal.SelectableEvent(), list[Any]()

    def process_message(message: Any) -> None:
        messages.append(message)
        if message.key != "a":
            event.set()

    driver = SimpleNamespace(fileno=reader, exit_event=event, process_message=process_message, _debug=False)
    try:
        os.write(writer, b"a" * 4095 + b"\x1bOP")  # the thread reads 4096 bytes at a time
        terminal._read_keys(driver)
    finally:
        for descriptor in (reader, writer, event._reader, event._writer):
            os.close(descriptor)
    assert [message.key for message in messages] == ["a"] * 4095 + ["f1"]
