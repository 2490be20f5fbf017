"""Which file system a path is on: a SQLite file on a network share could be damaged."""

from __future__ import annotations

import ctypes
import re
import sys
from pathlib import Path

NETWORK_FILESYSTEMS = frozenset(
    """9p afpfs afs beegfs ceph cifs coda davfs fuse.ceph fuse.davfs fuse.glusterfs fuse.gvfsd-fuse fuse.rclone
    fuse.s3fs fuse.smbnetfs fuse.sshfs gfs2 glusterfs gpfs lustre ncpfs nfs nfs4 ocfs2 orangefs prl_fs pvfs2 smb3
    smbfs vboxsf vmhgfs webdav""".split()  # noqa: SIM905  a line for each would say no more
)


def filesystem_of(path: Path, mounts: str | None = None) -> str:
    """The file system's type under a path, as far as this computer tells; "" where it does not.

    `mounts` stands in for /proc/mounts in tests. A path that begins with two slashes or backslashes, or on a drive
    that Windows calls remote, is "smbfs".
    """
    if str(path).startswith(("\\\\", "//")):
        return "smbfs"
    if mounts is None:
        if sys.platform == "win32":
            return "smbfs" if _is_remote_drive(path.resolve()) else ""
        try:
            mounts = Path("/proc/mounts").read_text(encoding="utf-8", errors="replace")
        except OSError:
            return ""
    target = path.resolve()
    best, kind = -1, ""
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        # Spaces, tabs, newlines and backslashes are written as octal numbers there.
        point = Path(re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), fields[1]))
        if target.is_relative_to(point) and len(point.parts) >= best:
            best, kind = len(point.parts), fields[2]
    return kind


def _is_remote_drive(path: Path) -> bool:
    drive_remote = 4
    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009  exists on Windows only
    return str(path).startswith("\\\\") or bool(kernel.GetDriveTypeW(f"{path.drive}\\") == drive_remote)
