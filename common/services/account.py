"""The account that the servers run as: PostgreSQL refuses root, so root hands both to `nobody`."""

import os
import pwd
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from common.services.errors import ServicesError

OTHERS_MAY_PASS = 0o001
OTHERS_MAY_READ = 0o004
OTHERS_MAY_WRITE = 0o022


@dataclass(frozen=True)
class Account:
    """A user and group of this machine; `changed` when it is not the one we already are."""

    uid: int
    gid: int
    changed: bool

    def popen_options(self) -> dict[str, Any]:
        """What `subprocess` needs to become this account."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []} if self.changed else {}

    def own(self, path: Path) -> None:
        """Give `path` to this account."""
        if self.changed:
            os.chown(path, self.uid, self.gid)

    def reaches(self, path: Path) -> bool:
        """Whether this account can walk to `path` and read it. Nobody owns nothing, so other people's bits decide."""
        if not self.changed:
            return True
        parents_open = all(parent.stat().st_mode & OTHERS_MAY_PASS for parent in path.resolve().parents)
        needed = OTHERS_MAY_READ | (OTHERS_MAY_PASS if path.is_dir() else 0)
        return parents_open and path.stat().st_mode & needed == needed


def server_account() -> Account:
    """Ourselves, or `nobody` when we are root."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid(), changed=False)
    try:
        entry = pwd.getpwnam("nobody")
    except KeyError:
        raise ServicesError("PostgreSQL does not run as root and this machine has no account 'nobody'.") from None
    return Account(entry.pw_uid, entry.pw_gid, changed=True)


def private_directory(path: Path, account: Account, *, mode: int = 0o700) -> Path:
    """Make `path`, or check that it is ours: somebody else's directory in a shared place is refused, not used."""
    path.mkdir(mode=mode, parents=True, exist_ok=True)
    status = path.lstat()
    if path.is_symlink() or status.st_uid not in {os.geteuid(), account.uid} or status.st_mode & OTHERS_MAY_WRITE:
        raise ServicesError(f"{path} belongs to somebody else or is open to everybody: remove it and start again.")
    path.chmod(mode)
    return path
