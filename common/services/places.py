"""Where everything lies: what is kept (`var/`), and the short path that a Unix socket needs."""

import hashlib
import tempfile
from dataclasses import dataclass
from pathlib import Path

from common.services.account import Account, private_directory

SHARED_PLACES = (Path("/var/tmp"), Path("/tmp"))  # noqa: S108 - ownership and mode are checked before use


@dataclass(frozen=True)
class Places:
    """All paths of the services whose `var` folder this is."""

    var: Path

    @property
    def mark(self) -> str:
        """Tells the services of one checkout from those of another, in places that checkouts share."""
        return hashlib.sha256(str(self.var.resolve()).encode()).hexdigest()[:10]

    @property
    def devstack(self) -> Path:
        """The running services' own description (0600, it holds Valkey's password)."""
        return self.var / "devstack.json"

    @property
    def supervisor_lock(self) -> Path:
        """Held by the supervisor for as long as it lives."""
        return self.var / "lock"

    @property
    def start_lock(self) -> Path:
        """Held while somebody finds out whether a supervisor runs, and starts one."""
        return self.var / "lock.start"

    @property
    def users_lock(self) -> Path:
        """Shared by every process that uses the services; the supervisor ends when it can have it alone."""
        return self.var / "lock.users"

    @property
    def failure(self) -> Path:
        """The one line of a supervisor that could not start."""
        return self.var / "services.failed"

    @property
    def logs(self) -> Path:
        """A file per process."""
        return self.var / "log"

    @property
    def valkey_secret(self) -> Path:
        """Port and password, kept so that clients outlive a restart."""
        return self.var / "valkey.json"

    def prepare(self) -> None:
        """Make the folders that the present user owns."""
        self.var.mkdir(parents=True, exist_ok=True)
        self.logs.mkdir(exist_ok=True)

    def data(self, account: Account) -> Path:
        """The folder for cluster and binaries' copies: in `var/` if the servers' account can get there, else shared."""
        inside = self.var / "services"
        inside.mkdir(parents=True, exist_ok=True, mode=0o755)
        if account.reaches(inside):
            return inside
        return private_directory(SHARED_PLACES[0] / f"casino-{self.mark}", account, mode=0o755)

    def sockets(self, account: Account) -> Path:
        """A short path (the limit is 107 bytes) that only the servers' account and root may enter."""
        shared = (Path(tempfile.gettempdir()), *SHARED_PLACES[::-1])
        place = next(place for place in shared if account.reaches(place) or place == shared[-1])
        path = private_directory(place / f"casino-{account.uid}-{self.mark}", account)
        account.own(path)
        return path
