"""The clipboard of the user's machine, also over ssh, tmux and screen.

The terminal takes the text by OSC 52. By default tmux does not forward that (it needs `set-clipboard on`, or
`allow-passthrough on` for the wrapped form), but it sends the text that it gets by `load-buffer -w`. So in tmux all
three are done: each sets the same text.
"""

import subprocess
from base64 import b64encode
from collections.abc import Mapping

_TIMEOUT_S = 2.0


def codes(text: str, environ: Mapping[str, str]) -> str:
    """The escape sequences that set the clipboard.

    Args:
        text: The text.
        environ: The environment, which shows whether this is inside tmux (`TMUX`) or screen (`STY`).
    """
    osc52 = f"\x1b]52;c;{b64encode(text.encode(errors='replace')).decode()}\a"
    if environ.get("TMUX"):
        return osc52 + "\x1bPtmux;" + osc52.replace("\x1b", "\x1b\x1b") + "\x1b\\"
    return f"\x1bP{osc52}\x1b\\" if environ.get("STY") else osc52


def load_into_tmux(text: str) -> bool:
    """Give the text to tmux, which sends it to its terminal. Blocks for a moment.

    Returns:
        Whether tmux took it. Before 3.2 it is only in tmux's own buffer (prefix and `]` paste it).
    """
    for options in (("-w",), ()):
        try:
            command = ("tmux", "load-buffer", *options, "-")
            done = subprocess.run(
                command, input=text.encode(errors="replace"), capture_output=True, timeout=_TIMEOUT_S, check=False
            )
        except (OSError, subprocess.TimeoutExpired):
            return False
        if done.returncode == 0:
            return True
    return False
