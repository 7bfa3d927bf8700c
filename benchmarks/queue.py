# ruff: noqa: A005 - named after the place it measures; nothing imports it
"""The queue on a pty, beside a bare Textual app: first frame, key to repaint, tick, memory, what another window sees.

`python benchmarks/queue.py [--full]` runs the four scripts that measure it (`start`, `keys`, `idle`, `live`).
"""

import os
import sys
from pathlib import Path

RUN = Path(__file__).with_name("run.py")

if __name__ == "__main__":
    # In a process of its own: while this one runs, the standard library's `queue` is hidden behind this file.
    form = sys.argv[1:] or ["--short"]
    os.execv(sys.executable, [sys.executable, str(RUN), *form, "--only", "start", "keys", "idle", "live"])
