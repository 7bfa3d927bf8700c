"""The account of the operating system behind this process, and the terminal that it runs in."""

import os
import socket
import sys

try:
    import pwd
except ImportError:  # not on Windows
    pwd = None  # type: ignore[assignment]


def account_name(owner: int | None) -> str:
    """The name of the account; empty if the system does not know it.

    It is the account of the real user id, never that of a variable, with one exception. A desk that several accounts
    use by `sudo` belongs to a service account; under it the real user id is the service account's, and sudo has put
    the caller's into SUDO_UID. The variable is believed only where the process runs as the owner of the desk's file:
    an account that can set it there can change the file itself.

    Args:
        owner: The user id that owns the desk's file; None for a database on a server.
    """
    if pwd is None:
        return ""
    real = os.getuid()
    caller = os.environ.get("SUDO_UID", "") if owner == real else ""
    try:
        return pwd.getpwuid(int(caller) if caller.isascii() and caller.isdigit() else real).pw_name
    except (KeyError, OverflowError):
        return ""


def terminal_name() -> str:
    """Machine and terminal, for lists of sessions: `balcao pts/3`."""
    for stream in (sys.__stdin__, sys.__stderr__):
        try:
            terminal = os.ttyname(stream.fileno()) if stream else ""
        except (OSError, ValueError):
            continue
        if terminal:
            return f"{socket.gethostname()} {terminal.removeprefix('/dev/')}"
    return socket.gethostname()
