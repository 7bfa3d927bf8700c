"""Drafts on disk: complete, unchanged, and offered when no window has them locked."""

import multiprocessing
import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from atendimento_tui import paths
from atendimento_tui.contracts.drafts import Unsent
from atendimento_tui.contracts.intake import Draft
from atendimento_tui.domain.words import Severity
from atendimento_tui.domain.workflow import Answer
from atendimento_tui.services import acts, catalog, drafts, intake, processes
from atendimento_tui.services.desk import Desk, open_desk
from tests.databases import on_files
from tests.hostile import HOSTILE_STRINGS
from tests.living import ANA, NOW, Living, create_test_desk
from tests.services.test_intake import ABANDONED_AT_THE_END
from tests.warm import forking


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))


@pytest.fixture
def draft(desk: Desk) -> Draft:
    """A draft of an intake that was begun."""
    catalog.ship(desk.engine)
    service = next(service for service in processes.offered(desk) if service.key == "falha_tecnica")
    done = intake.begin(desk, service.version, ANA, "first", NOW)
    return Draft(
        request="first",
        finishing="last",
        process=service.version,
        service="Falha técnica",
        ticket=done.ticket,
        protocol=done.protocol,
        version=done.version,
        begun_at=NOW,
        severity=Severity.MEDIUM,
    )


def left_intake(desk: Desk, draft: Draft) -> None:
    """A window that is gone left an intake."""
    file = drafts.intake_file(desk, "first")
    file.save(draft)
    file.release()


def files() -> list[Path]:
    return sorted(path for path in paths.drafts_folder().rglob("*") if path.is_file())


@on_files
def test_a_draft_is_read_back_unchanged(desk: Desk, draft: Draft) -> None:
    for text in HOSTILE_STRINGS:
        typed = replace(draft, requester=text, subject=text, beneficiary_text=text, answers={"descricao": text})
        left_intake(desk, typed)
        assert drafts.waiting(desk) == [typed]


def test_a_draft_is_readable_by_its_owner_only(desk: Desk, draft: Draft) -> None:
    file = drafts.intake_file(desk, "first")
    assert file.lock()
    file.save(draft)
    assert {path.stat().st_mode & 0o777 for path in files()} == {0o600}
    assert paths.drafts_folder().stat().st_mode & 0o777 == 0o700


def test_a_locked_draft_is_not_offered(desk: Desk, draft: Draft) -> None:
    one, other = drafts.intake_file(desk, "first"), drafts.intake_file(desk, "first")
    one.save(draft)
    assert one.lock()
    assert not other.lock()
    assert drafts.waiting(desk) == []
    one.release()
    assert drafts.waiting(desk) == [draft]
    assert other.lock()
    other.release()


def test_each_desk_has_its_own_drafts(desk: Desk, draft: Draft, tmp_path: Path) -> None:
    left_intake(desk, draft)
    create_test_desk(tmp_path / "other.db")
    other = open_desk(tmp_path / "other.db", NOW)
    assert drafts.waiting(other) == []
    other.close()


def test_a_draft_whose_ticket_was_opened_is_deleted(desk: Desk, draft: Draft, living: Living) -> None:
    left_intake(desk, draft)
    given: Mapping[str, str] = {"produto": "ERP", "descricao": "Não abre"}
    asked = intake.Intake(severity=Severity.HIGH, requester="Loja Íris", answers=given)
    intake.finish(desk, living.order(draft.ticket, request="last"), asked)
    assert drafts.waiting(desk) == []
    assert not [path for path in files() if path.suffix == ".json"]


def test_a_draft_whose_ticket_was_opened_and_abandoned_by_its_process_is_deleted(
    desk: Desk, draft: Draft, living: Living, tmp_path: Path
) -> None:
    (tmp_path / "retorno.toml").write_text(ABANDONED_AT_THE_END, "utf-8")
    processes.include_file(desk, tmp_path / "retorno.toml")
    [service] = [each for each in processes.offered(desk) if each.key == "retorno"]
    done = intake.begin(desk, service.version, ANA, "second", NOW)
    draft = replace(draft, request="second", process=service.version, ticket=done.ticket, protocol=done.protocol)
    left_intake(desk, draft)
    intake.finish(desk, living.order(draft.ticket, request="last"), intake.Intake(Severity.HIGH, "Loja Íris"))
    acts.act(desk, living.order(draft.ticket), "desistir", Answer("", {}))
    assert drafts.waiting(desk) == []


def test_other_files_are_not_changed(desk: Desk, draft: Draft) -> None:
    left_intake(desk, draft)
    stranger = drafts.folder_of(desk) / "stranger.json"
    stranger.write_text("{", "utf-8")
    assert drafts.waiting(desk) == [draft]
    assert stranger.exists()


def _type_until_killed(folder: Path, draft: Draft, ready: "multiprocessing.synchronize.Event") -> None:
    file = drafts.DraftFile(folder, "first")
    file.lock()
    for number in range(1, 100_000):
        file.save(replace(draft, subject="ç" * (number % 5000)))
        if number == 5:
            ready.set()


def test_a_killed_writer_leaves_a_complete_draft(desk: Desk, draft: Draft) -> None:
    context = forking()
    for _ in range(3):
        ready = context.Event()
        typist = context.Process(target=_type_until_killed, args=(drafts.folder_of(desk), draft, ready))
        typist.start()
        assert ready.wait(60)
        assert typist.pid
        os.kill(typist.pid, 9)
        typist.join()
        [kept] = drafts.waiting(desk)
        assert replace(kept, subject="") == draft
        assert set(kept.subject) <= {"ç"}


PROTOCOL = "12345620260302000001"


def left(desk: Desk, unsent: Unsent, what: str = "comentar", protocol: str = PROTOCOL) -> None:
    """A window that is gone left words for an act."""
    file = drafts.act_file(desk, what, protocol, unsent.key)
    file.save(unsent)
    file.release()


def found(desk: Desk, what: str = "comentar", protocol: str = PROTOCOL) -> Unsent | None:
    """The draft that is offered when the act is started again."""
    taken = drafts.find_unsent(desk, what, protocol)
    if taken is None:
        return None
    taken[0].release()
    return taken[1]


class TestWordsOfAnAct:
    @on_files
    def test_they_are_read_back_unchanged(self, desk: Desk) -> None:
        for text in HOSTILE_STRINGS:
            unsent = Unsent("k", words={"": text, "campo": f"{text}\n{text}"})
            left(desk, unsent)
            assert found(desk) == unsent

    def test_they_are_offered_for_the_same_act_and_ticket_only(self, desk: Desk) -> None:
        left(desk, Unsent("k", words={"": "x"}))
        assert found(desk, what="pausar") is None
        assert found(desk, protocol="12345620260302000002") is None

    def test_a_draft_locked_by_a_window_is_not_offered(self, desk: Desk) -> None:
        left(desk, Unsent("one", words={"": "um"}))
        left(desk, Unsent("other", words={"": "dois"}))
        first, second = drafts.find_unsent(desk, "comentar", PROTOCOL), drafts.find_unsent(desk, "comentar", PROTOCOL)
        assert first
        assert second
        assert {first[1].key, second[1].key} == {"one", "other"}
        assert found(desk) is None
        first[0].release()
        assert found(desk) == first[1]
        second[0].release()

    def test_an_emptied_draft_is_deleted_and_a_new_text_is_saved(self, desk: Desk) -> None:
        file = drafts.act_file(desk, "comentar", PROTOCOL, "k")
        file.save(Unsent("k", words={"": "x"}))
        file.save(Unsent("k"))
        assert [path.suffix for path in files()] == [".lock"]
        file.save(Unsent("k", words={"": "y"}))
        file.release()
        assert found(desk) == Unsent("k", words={"": "y"})

    def test_they_are_readable_by_their_owner_only_and_file_names_tell_nothing(self, desk: Desk) -> None:
        left(desk, Unsent("k", words={"": "Maria"}))
        [path] = [each for each in files() if each.suffix == ".words"]
        assert path.stat().st_mode & 0o777 == 0o600
        assert "comentar" not in str(path)
        assert PROTOCOL not in str(path)

    def test_they_are_not_offered_as_an_intake(self, desk: Desk, draft: Draft) -> None:
        left(desk, Unsent("k", words={"": "x"}))
        left_intake(desk, draft)
        assert drafts.waiting(desk) == [draft]

    def test_unknown_files_are_not_changed(self, desk: Desk) -> None:
        left(desk, Unsent("k", words={"": "x"}))
        [path] = [each for each in files() if each.suffix == ".words"]
        for text in ("{", "[]", '{"key": "k"}', '{"key": "k", "aim": "", "words": 1}'):
            path.write_text(text, "utf-8")
            assert found(desk) is None
            assert path.read_text("utf-8") == text

    def test_a_discarded_draft_is_deleted(self, desk: Desk) -> None:
        file = drafts.act_file(desk, "comentar", PROTOCOL, "k")
        file.save(Unsent("k", words={"": "x"}))
        file.discard()
        assert files() == []

    def test_drafts_of_written_acts_are_deleted(self, desk: Desk, living: Living) -> None:
        done, unsent = living.opened(), Unsent("k", words={"": "Liguei."})
        left(desk, unsent, protocol=done.protocol)
        acts.comment(desk, living.order(done.ticket, request=drafts.request_of(unsent)), "Liguei.")
        assert found(desk, protocol=done.protocol) is None
        assert not [path for path in files() if path.suffix == ".words"]

    def test_drafts_changed_after_their_act_are_kept(self, desk: Desk, living: Living) -> None:
        done, sent = living.opened(), Unsent("k", words={"": "Liguei."})
        acts.comment(desk, living.order(done.ticket, request=drafts.request_of(sent)), "Liguei.")
        changed = replace(sent, words={"": "Liguei de novo."})
        left(desk, changed, protocol=done.protocol)
        assert found(desk, protocol=done.protocol) == changed

    def test_the_same_words_are_the_same_act_and_other_words_another(self) -> None:
        one = Unsent("k", "a", {"": "x", "campo": "y"})
        assert drafts.request_of(one) == drafts.request_of(Unsent("k", "a", {"campo": "y", "": "x"}))
        others = (
            replace(one, key="l"),
            replace(one, aim="b"),
            replace(one, words={"": "x"}),
            replace(one, words={"": "x", "campo": "\ud800"}),
        )
        assert len({drafts.request_of(each) for each in (one, *others)}) == 5
