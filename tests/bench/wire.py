"""Round trips, counted on the wire: a Unix socket between the web server and PostgreSQL that passes bytes on."""

from __future__ import annotations

import contextlib
import select
import shutil
import socket
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

SOCKET_NAME = ".s.PGSQL.5432"
READ_BYTES = 65536
READY_FOR_QUERY = ord("Z")


@dataclass(slots=True)
class Counts:
    """`trips`: times that the client spoke after the server had. `ready`: the server's ReadyForQuery messages,
    of which a pipeline can have several in one trip. `client_bytes` and `server_bytes` went each way."""

    trips: int = 0
    ready: int = 0
    client_bytes: int = 0
    server_bytes: int = 0

    def since(self, earlier: Counts) -> Counts:
        """What was counted after `earlier`."""
        return Counts(
            self.trips - earlier.trips,
            self.ready - earlier.ready,
            self.client_bytes - earlier.client_bytes,
            self.server_bytes - earlier.server_bytes,
        )


class ServerMessages:
    """Finds ReadyForQuery in the server's stream, however it is cut: a type byte, a length, a content."""

    def __init__(self) -> None:
        self._head = b""
        self._skip = 0

    def ready_in(self, part: bytes) -> int:
        """How many ReadyForQuery messages begin in this part."""
        found, at = 0, 0
        while at < len(part):
            if self._skip:
                step = min(self._skip, len(part) - at)
                self._skip -= step
                at += step
                continue
            taken = part[at : at + 5 - len(self._head)]
            self._head += taken
            at += len(taken)
            if len(self._head) == 5:
                found += self._head[0] == READY_FOR_QUERY
                self._skip = int.from_bytes(self._head[1:], "big") - 4
                self._head = b""
        return found


class Tap:
    """Listens in `folder`, a PostgreSQL host for clients, and passes every connection on to `server`."""

    def __init__(self, folder: Path, server: Path) -> None:
        self.server = server
        self._counts = Counts()
        self._lock = threading.Lock()
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(str(folder / SOCKET_NAME))
        self._listener.listen(64)
        threading.Thread(target=self._accept, daemon=True).start()

    def counts(self) -> Counts:
        """What was counted so far."""
        with self._lock:
            counted = self._counts
            return Counts(counted.trips, counted.ready, counted.client_bytes, counted.server_bytes)

    def close(self) -> None:
        """Take no further connections."""
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._converse, args=(client,), daemon=True).start()

    def _converse(self, client: socket.socket) -> None:
        """Pass bytes on until one side hangs up."""
        messages, server_spoke = ServerMessages(), True
        with client, socket.socket(socket.AF_UNIX) as server, contextlib.suppress(ConnectionError):
            server.connect(str(self.server))
            while True:
                ready, _, _ = select.select([client, server], [], [])
                for source in ready:
                    part = source.recv(READ_BYTES)
                    if not part:
                        return
                    with self._lock:
                        self._count(part, messages, from_server=source is server, spoke=server_spoke)
                    server_spoke = source is server
                    (client if server_spoke else server).sendall(part)

    def _count(self, part: bytes, messages: ServerMessages, *, from_server: bool, spoke: bool) -> None:
        counts = self._counts
        if from_server:
            counts.ready += messages.ready_in(part)
            counts.server_bytes += len(part)
        else:
            counts.trips += spoke
            counts.client_bytes += len(part)


@contextmanager
def tapped(server: Path) -> Iterator[tuple[Path, Tap]]:
    """A folder that stands in for PostgreSQL's socket folder `server`, and what is counted in it."""
    folder = Path(tempfile.mkdtemp(prefix="casino-tap-"))
    tap = Tap(folder, server / SOCKET_NAME)
    try:
        yield folder, tap
    finally:
        tap.close()
        shutil.rmtree(folder, ignore_errors=True)
