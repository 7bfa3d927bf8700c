"""The system's viewer of files."""

import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path


def has_display(environ: Mapping[str, str]) -> bool:
    """Whether this machine has a screen on which a viewer could open; over ssh it has none."""
    if environ.get("SSH_CONNECTION") and not environ.get("DISPLAY"):
        return False
    return sys.platform == "darwin" or bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))


def show_file(path: Path) -> bool:
    """Open a file by the system's viewer, without waiting for it.

    Returns:
        Whether there is a viewer.
    """
    program = shutil.which("open" if sys.platform == "darwin" else "xdg-open")
    if program is None:
        return False
    try:
        subprocess.Popen(
            [program, str(path.absolute())],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError:
        return False
    return True
