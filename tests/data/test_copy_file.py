"""Files that are made under another name and then put in their place."""

import fcntl
from pathlib import Path
from unittest.mock import patch

from atendimento_tui.data import copy_file

LOCK = fcntl.flock


def test_a_new_file_that_another_process_cleans_away_before_it_is_locked_is_made_again(tmp_path: Path) -> None:
    target = tmp_path / "copia.db"
    cleaned: list[list[Path]] = []

    def lock(descriptor: int, how: int) -> None:
        if not cleaned:
            cleaned.append(list(tmp_path.iterdir()))
            copy_file.clean(target)  # as another process does at this moment
        LOCK(descriptor, how)

    with patch.object(fcntl, "flock", lock), copy_file.temporary(target) as (partial, _):
        assert partial.exists()
        assert cleaned != [[partial]]
        copy_file.clean(target)
        assert partial.exists()
    assert list(tmp_path.iterdir()) == []
