"""The file system that a file is on: a desk is not kept on a network."""

import os
import re
from pathlib import Path

from atendimento_tui.data.unavailable import DatabaseUnavailable

_NETWORK_KINDS = frozenset(
    [
        "9p",
        "afs",
        "beegfs",
        "ceph",
        "cifs",
        "coda",
        "davfs",
        "glusterfs",
        "gpfs",
        "lustre",
        "ncpfs",
        "nfs",
        "nfs4",
        "orangefs",
        "prl_fs",
        "smb2",
        "smb3",
        "smbfs",
        "vboxsf",
        "virtiofs",
        "vmhgfs",
    ]
)
"""Network file systems. SQLite's write-ahead log needs shared memory (sqlite.org/wal.html), so it loses data there."""


_OWN_AS_ROOT = frozenset({"9p", "virtiofs"})
"""Those of them that a virtual machine may have its root directory on."""


_LOCAL_FUSE = frozenset(
    f"fuse.{name}"
    for name in ["bindfs", "cryfs", "encfs", "fuse-overlayfs", "gocryptfs", "mergerfs", "ntfs-3g", "securefs"]
)
"""Local file systems on FUSE. Others (sshfs, rclone...) are on the network."""


_MOUNTS = Path("/proc/self/mountinfo")


def refuse_network(path: Path) -> None:
    """Refuse a file on a network file system. Where mounts cannot be read, nothing is refused.

    Raises:
        DatabaseUnavailable: It is on one.
    """
    try:
        mounts = _MOUNTS.read_text("utf-8", "surrogateescape")
    except OSError:
        return
    if kind := network_kind(mounts, os.path.realpath(path)):
        raise DatabaseUnavailable("banco_na_rede", path=str(path), kind=kind)


def network_kind(mounts: str, path: str) -> str | None:
    """The type of the network file system that a path is on.

    Args:
        mounts: The text of `/proc/self/mountinfo` (proc(5)).
        path: An absolute path without symbolic links; it need not exist.

    Returns:
        None for a local file system.
    """
    kind, where = "", ""
    for line in mounts.splitlines():
        before, separator, after = line.partition(" - ")
        fields = before.split(" ")
        if not separator or len(fields) < 5:
            continue
        point = re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), fields[4])
        is_above = path == point or path.startswith(point.rstrip("/") + "/")
        if is_above and len(point) >= len(where):  # of two mounts on one path the later one hides the earlier one
            kind, where = after.split(" ")[0], point
    if where == "/" and kind in _OWN_AS_ROOT:
        return None
    is_fuse = kind == "fuse" or kind.startswith("fuse.")
    return kind if kind in _NETWORK_KINDS or (is_fuse and kind not in _LOCAL_FUSE) else None
