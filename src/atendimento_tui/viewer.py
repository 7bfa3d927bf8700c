"""The system's viewer of files."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

OPEN_FOR = timedelta(hours=1)
"""How long a file may be needed by its viewer, which has read it by then."""


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
        # The shell ends at once, so that the viewer belongs to nobody here and is never waited for.
        subprocess.run(
            ["/bin/sh", "-c", '"$0" "$1" </dev/null >/dev/null 2>&1 &', program, str(path.absolute())],
            check=True,
            start_new_session=True,
        )
    except (OSError, subprocess.CalledProcessError):
        return False
    return True


def forget_files(folder: Path, now: datetime) -> None:
    """Delete the files that were written for the viewer more than `OPEN_FOR` ago."""
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            with suppress(OSError):
                if entry.stat(follow_symlinks=False).st_mtime < (now - OPEN_FOR).timestamp():
                    os.unlink(entry.path)
