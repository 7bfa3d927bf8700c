"""The clipboard of the person's own machine, through whatever stands between: ssh, tmux, screen.

The terminal takes the text by OSC 52. tmux passes that on only where it was told to (`set-clipboard on`, or
`allow-passthrough on` for what is wrapped), which is not so at first; but it sends what it is handed by
`load-buffer -w`. So in tmux all three are done: each sets the same text.
"""

import subprocess
from base64 import b64encode
from collections.abc import Mapping

_PATIENCE_S = 2.0


def codes(text: str, environ: Mapping[str, str]) -> str:
    """What is written to the terminal so that the text comes to the clipboard.

    Args:
        text: The text.
        environ: Tells whether this is inside of tmux (`TMUX`) or screen (`STY`).
    """
    plainly = f"\x1b]52;c;{b64encode(text.encode(errors='replace')).decode()}\a"
    if environ.get("TMUX"):
        return plainly + "\x1bPtmux;" + plainly.replace("\x1b", "\x1b\x1b") + "\x1b\\"
    return f"\x1bP{plainly}\x1b\\" if environ.get("STY") else plainly


def hand_to_tmux(text: str) -> bool:
    """Hand the text to the tmux that this runs in, which sends it on to its own terminal. Blocks for a moment.

    Returns:
        Whether tmux took it; before 3.2 only into its own buffer (prefix and `]` paste it).
    """
    for options in (("-w",), ()):
        try:
            command = ("tmux", "load-buffer", *options, "-")
            done = subprocess.run(
                command, input=text.encode(errors="replace"), capture_output=True, timeout=_PATIENCE_S, check=False
            )
        except (OSError, subprocess.TimeoutExpired):
            return False
        if done.returncode == 0:
            return True
    return False
