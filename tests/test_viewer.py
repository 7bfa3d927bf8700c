"""The system's viewer: when there is one, and what is left of its files."""

import os
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from atendimento_tui.viewer import OPEN_FOR, forget_files, has_display, show_file

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({}, False),
        ({"DISPLAY": ":0"}, True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, True),
        ({"SSH_CONNECTION": "x", "WAYLAND_DISPLAY": "wayland-0"}, False),
        ({"SSH_CONNECTION": "x", "DISPLAY": "localhost:10.0"}, True),
    ],
)
def test_a_viewer_needs_a_display(environ: dict[str, str], expected: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    assert has_display(environ) is expected


def test_the_viewer_gets_the_path_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    file, seen = tmp_path / "anexo-1.pdf", tmp_path / "seen"
    assert not show_file(file)
    program = tmp_path / "xdg-open"
    os.mkfifo(seen)
    program.write_text(f'#!/bin/sh\necho "$#" "$1" > {seen}\n')
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    assert show_file(file)
    assert seen.read_text() == f"1 {file}\n"


def test_files_of_the_viewer_are_deleted_when_it_has_read_them(tmp_path: Path) -> None:
    forget_files(tmp_path / "missing", NOW)
    for name, age in (("old.pdf", OPEN_FOR + timedelta(seconds=1)), ("new.pdf", timedelta(0))):
        (tmp_path / name).touch()
        os.utime(tmp_path / name, ((NOW - age).timestamp(),) * 2)
    forget_files(tmp_path, NOW)
    assert [path.name for path in tmp_path.iterdir()] == ["new.pdf"]
