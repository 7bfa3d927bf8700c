"""Copies while many processes write, and copies that are killed: complete, or not offered."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from atendimento_tui.data import copy_file
from atendimento_tui.services import restore, safekeeping
from atendimento_tui.services.desk import open_desk
from atendimento_tui.services.restore import Numbers
from tests.databases import Databases, on_files
from tests.full import IN_FULL
from tests.living import NOW, Living, audited, rows
from tests.services.crowd import TICKETS, copy_and_die, write_until
from tests.warm import forking

WRITERS = 8 if IN_FULL else 3
COPY_FOR_S = 60.0 if IN_FULL else 0.0
"""How long copies are made while others write; one is made in any case."""

KILLS = 50 if IN_FULL else 5
PATIENCE_S = 120


@pytest.fixture
def database(databases: Databases) -> Iterator[str]:
    with databases.copied() as made:
        with audited(made) as desk:
            for number in range(TICKETS):
                Living(desk).open(request=f"before-{number}")
        yield made


def test_a_copy_taken_while_others_write_has_every_act_that_was_acknowledged_before(
    database: str, tmp_path: Path
) -> None:
    context = forking()
    together, tell, stopped = context.Barrier(WRITERS + 1), context.Queue(), context.Event()
    writers = [
        context.Process(target=write_until, args=(database, number, together, tell, stopped), daemon=True)
        for number in range(WRITERS)
    ]
    for writer in writers:
        writer.start()
    copies: list[tuple[float, str]] = []
    with open_desk(database, NOW) as desk:
        together.wait(PATIENCE_S)
        end = time.monotonic() + COPY_FOR_S
        while not copies or time.monotonic() < end:
            if not copies:  # some acts come first
                Living(desk).comment(1, "antes da cópia")
            began = time.monotonic()
            target = tmp_path / f"copy-{len(copies)}"
            copies.append((began, safekeeping.copy_desk(desk, NOW, target).path))
    stopped.set()
    acknowledged = [act for _ in writers for act in tell.get(timeout=PATIENCE_S)]
    for writer in writers:
        writer.join()
        assert writer.exitcode == 0
    tell.close()
    for number, (began, copy) in enumerate([copies[0], copies[-1]]):
        target = tmp_path / f"again-{number}.db"
        restore.restore(Path(copy), target, NOW, Numbers(skip=0), lambda *_: None)
        with audited(target) as again:  # at the end, rows are compared with the history
            there = {text for (text,) in rows(again, "SELECT text FROM event WHERE kind = 'comentado'")}
        assert "antes da cópia" in there
        assert {text for text, _, ended in acknowledged if ended < began} <= there
        assert there - {"antes da cópia"} <= {text for text, *_ in acknowledged}


def killed_at(database: str, folder: Path, step: int) -> int | None:
    """Kill a copy at a step; the number of its steps if it had fewer."""
    context = forking()
    tell = context.Queue()
    process = context.Process(target=copy_and_die, args=(database, str(folder), step, tell), daemon=True)
    process.start()
    process.join(PATIENCE_S)
    steps = tell.get(timeout=PATIENCE_S) if process.exitcode == 0 else None
    process.close()
    tell.close()
    return steps


@on_files
def test_a_killed_copy_is_never_offered_and_its_rest_is_deleted_by_the_next(database: str, tmp_path: Path) -> None:
    folder = tmp_path / "copies"
    steps = killed_at(database, folder, 10**9)
    assert steps
    assert steps > 20
    complete = set(folder.iterdir())
    left = 0
    for number in range(KILLS):
        assert killed_at(database, folder, 1 + number * (steps - 1) // (KILLS - 1)) is None
        found = set(folder.iterdir()) - complete
        left += any(path.name.endswith(".parcial") for path in found)
        for row in safekeeping.listed_without_desk(database, folder):
            path = Path(row.path)
            assert copy_file.is_copy(path)
            assert copy_file.integrity_problem(path) is None
            assert copy_file.noted_digest(path) in (None, copy_file.digest_of(path))
            complete |= {path, path.with_name(f"{path.name}.sha256")}
    assert left
    with audited(database) as desk:
        copy = safekeeping.copy_desk(desk, NOW, folder=folder)
        assert copy.is_good
    assert [path.name for path in folder.iterdir() if "parcial" in path.name] == []
