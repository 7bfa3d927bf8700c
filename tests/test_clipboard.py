"""The clipboard: bytes for the terminal, text for tmux."""

from base64 import b64encode
from pathlib import Path

import pytest

from atendimento_tui.clipboard import codes, load_into_tmux

SAID = b64encode("ação\n2".encode()).decode()


def test_a_terminal_gets_osc_52() -> None:
    assert codes("ação\n2", {}) == f"\x1b]52;c;{SAID}\a"


def test_tmux_gets_plain_and_wrapped_osc_52() -> None:
    wrapped = f"\x1bPtmux;\x1b\x1b]52;c;{SAID}\a\x1b\\"
    assert codes("ação\n2", {"TMUX": "/tmp/tmux-0/default,1,0"}) == f"\x1b]52;c;{SAID}\a{wrapped}"


def test_screen_gets_wrapped_osc_52() -> None:
    assert codes("ação\n2", {"STY": "1.pts-0"}) == f"\x1bP\x1b]52;c;{SAID}\a\x1b\\"


@pytest.mark.parametrize(("knows_w", "options"), [(True, "-w"), (False, "")], ids=["3.2", "3.1"])
def test_tmux_loads_the_text_if_it_can(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, knows_w: bool, options: str
) -> None:
    script = tmp_path / "tmux"
    refuses = "" if knows_w else 'case "$*" in *-w*) exit 1;; esac\n'
    script.write_text(f'#!/bin/sh\n{refuses}echo "$*" > "{tmp_path}/called"; cat > "{tmp_path}/text"\n', "utf-8")
    script.chmod(0o700)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    assert load_into_tmux("ação\n2")
    assert (tmp_path / "text").read_text("utf-8") == "ação\n2"
    assert (tmp_path / "called").read_text("utf-8").split() == ["load-buffer", *options.split(), "-"]


def test_without_tmux_nothing_is_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not load_into_tmux("x")
