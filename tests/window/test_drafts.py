"""The drafts of a window: threads save and delete them in any order without loss."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, cast

import pytest

from atendimento_tui.contracts.drafts import Unsent
from atendimento_tui.domain.refusals import Refusal
from atendimento_tui.services.drafts import DraftFile
from atendimento_tui.window.drafts import ActDraft, DraftSession
from atendimento_tui.window.requests import Requests

ONE, TWO = Unsent("k", words={"": "um"}), Unsent("k", words={"": "dois"})


class FakeDisk:
    """The folder of drafts: name -> draft. `before_save` is called while a file is being written."""

    def __init__(self) -> None:
        self.saved: dict[str, Unsent] = {}
        self.locked: set[str] = set()
        self.writes = 0
        self.before_save: Callable[[], None] = lambda: None

    def open(self, draft: Unsent) -> DraftFile:
        return cast(DraftFile, FakeFile(self, draft.key))


class FakeFile:
    def __init__(self, disk: FakeDisk, name: str) -> None:
        self._disk, self._name = disk, name

    def save(self, draft: Unsent) -> None:
        before, self._disk.before_save = self._disk.before_save, lambda: None
        before()
        self._disk.writes += 1
        self._disk.locked.add(self._name)
        self._disk.saved[self._name] = draft

    def release(self) -> None:
        self._disk.locked.discard(self._name)

    def discard(self) -> None:
        self._disk.saved.pop(self._name, None)
        self.release()


class FakeWindow:
    """A window whose threads and timers run when the test says so."""

    desk = object()

    def __init__(self) -> None:
        self.jobs: list[Callable[[], None]] = []
        self.timers: list[Callable[[], None]] = []
        self.refusals: list[Refusal] = []

    def serve(self, work: Callable[..., Any], then: Callable[[Any], None], _refused: object) -> None:
        self.jobs.append(lambda: then(work(None, None)))

    def set_timer(self, _delay: float, callback: Callable[[], None]) -> object:
        self.timers.append(callback)
        return callback

    def warn_draft_not_saved(self, refusal: Refusal) -> None:
        self.refusals.append(refusal)

    def run(self, *, backwards: bool = False) -> None:
        """Let the timers fire and the threads work."""
        while self.timers:
            self.timers.pop()()
        while self.jobs:
            self.jobs.pop(-1 if backwards else 0)()


@pytest.fixture
def window() -> FakeWindow:
    return FakeWindow()


@pytest.fixture
def disk() -> FakeDisk:
    return FakeDisk()


@pytest.fixture
def session(window: FakeWindow, disk: FakeDisk) -> DraftSession[Unsent]:
    return DraftSession(cast(Requests, window), ONE, disk.open, window.warn_draft_not_saved)


def test_the_newest_draft_is_saved_in_any_order_of_threads(
    session: DraftSession[Unsent], window: FakeWindow, disk: FakeDisk
) -> None:
    session.save_now()
    session.change(TWO)
    session.save_now()
    window.run(backwards=True)
    assert disk.saved == {"k": TWO}


def test_a_change_during_a_save_is_saved_next(
    session: DraftSession[Unsent], window: FakeWindow, disk: FakeDisk
) -> None:
    disk.before_save = lambda: session.change(TWO)
    session.save()
    assert disk.saved == {"k": ONE}
    window.run()
    assert disk.saved == {"k": TWO}


def test_many_letters_are_saved_once(session: DraftSession[Unsent], window: FakeWindow, disk: FakeDisk) -> None:
    for count in range(1, 50):
        session.change(replace(ONE, words={"": "a" * count}))
    assert len(window.timers) == 1
    window.run()
    session.save_now()
    assert not window.jobs
    assert disk.writes == 1


def test_an_earlier_save_does_not_lock_a_released_draft(
    session: DraftSession[Unsent], window: FakeWindow, disk: FakeDisk
) -> None:
    session.save_now()
    session.save_and_release()
    assert disk.saved == {"k": ONE}
    window.run()
    assert not disk.locked


def test_a_released_draft_that_changes_is_saved_and_locked(
    session: DraftSession[Unsent], window: FakeWindow, disk: FakeDisk
) -> None:
    session.save_and_release()
    session.change(TWO)
    window.run()
    assert disk.saved == {"k": TWO}
    assert disk.locked == {"k"}


@pytest.mark.parametrize("backwards", [False, True])
def test_a_discarded_draft_is_not_saved_again(
    session: DraftSession[Unsent], window: FakeWindow, disk: FakeDisk, *, backwards: bool
) -> None:
    ended: list[bool] = []
    session.change(TWO)
    session.save_now()
    session.discard(lambda: ended.append(True))
    window.run(backwards=backwards)
    assert disk.saved == {}
    assert ended == [True]


def test_a_failed_save_is_tried_again(session: DraftSession[Unsent], disk: FakeDisk) -> None:
    def full() -> None:
        raise OSError("no space left")

    disk.before_save = full
    with pytest.raises(OSError, match="no space left"):
        session.save()
    session.save()
    assert disk.saved == {"k": ONE}


class TestActs:
    @pytest.fixture
    def draft(self, window: FakeWindow, disk: FakeDisk, monkeypatch: pytest.MonkeyPatch) -> ActDraft:
        from atendimento_tui.services import drafts

        monkeypatch.setattr(drafts, "act_file", lambda _desk, _what, _protocol, key: disk.open(Unsent(key)))
        return ActDraft(cast(Requests, window), "comentar", "12345620260302000001")

    def typed(self, draft: ActDraft, text: str) -> Unsent:
        draft.change(replace(draft.now, words={"": text} if text else {}))
        return draft.now

    def test_without_words_it_has_no_file(self, draft: ActDraft, window: FakeWindow) -> None:
        draft.change(replace(draft.now, aim="bruno"))
        assert not window.timers

    @pytest.mark.parametrize("backwards", [False, True])
    def test_input_during_a_deletion_is_saved(
        self, draft: ActDraft, window: FakeWindow, disk: FakeDisk, *, backwards: bool
    ) -> None:
        self.typed(draft, "um")
        window.run()
        self.typed(draft, "")
        draft.closed()
        again = self.typed(draft, "dois")
        window.run(backwards=backwards)
        assert list(disk.saved.values()) == [again]

    def test_input_after_sending_is_a_draft_of_another_act(
        self, draft: ActDraft, window: FakeWindow, disk: FakeDisk
    ) -> None:
        sent = self.typed(draft, "um")
        since = self.typed(draft, "um e dois")
        draft.written(sent)
        window.run()
        [saved] = disk.saved.values()
        assert saved.words == since.words
        assert saved.key != sent.key

    def test_a_written_act_leaves_no_draft(self, draft: ActDraft, window: FakeWindow, disk: FakeDisk) -> None:
        sent = self.typed(draft, "um")
        window.run()
        draft.written(sent)
        window.run()
        assert disk.saved == {}
        assert draft.now.key != sent.key
