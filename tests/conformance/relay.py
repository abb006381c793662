"""A network between the wallet and a server that it needs, which a test can cut, mend, and slow down."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from urllib.parse import unquote, urlsplit, urlunsplit


class Relay:
    """Forwards TCP on 127.0.0.1 to the PostgreSQL or Redis of a URL, over TCP or a Unix socket."""

    def __init__(self, url: str, *, default_port: int) -> None:
        parts = urlsplit(url)
        self._host, self._port = unquote(parts.hostname or "127.0.0.1"), parts.port or default_port
        # `hostname` lower-cases; a socket's folder may not survive that.
        written = unquote(parts.netloc.rpartition("@")[2].partition(":")[0])
        self._socket = f"{written}/.s.PGSQL.{self._port}" if written.startswith("/") else ""
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._lines: list[socket.socket] = []
        self._cut = False
        self.hold_commits = 0.0
        login = parts.netloc.rpartition("@")[0]
        here = f"127.0.0.1:{self._listener.getsockname()[1]}"
        self.url = urlunsplit(parts._replace(netloc=f"{login}@{here}" if login else here))
        threading.Thread(target=self._serve, daemon=True).start()

    def cut(self) -> None:
        """Break every connection and refuse new ones."""
        self._cut = True
        for line in self._lines:
            with contextlib.suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)

    def mend(self) -> None:
        """Let connections through again."""
        self._cut = False

    def close(self) -> None:
        """The end of it."""
        self.cut()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)  # wakes the thread that accepts
        for line in (self._listener, *self._lines):
            line.close()

    def _serve(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            if self._cut:
                near.close()
                continue
            far = self._open()
            self._lines += [near, far]
            threading.Thread(target=self._pump, args=(near, far), daemon=True).start()
            threading.Thread(target=self._pump, args=(far, near), kwargs={"answers": True}, daemon=True).start()

    def _open(self) -> socket.socket:
        if self._socket:
            line = socket.socket(socket.AF_UNIX)
            line.connect(self._socket)
            return line
        return socket.create_connection((self._host, self._port))

    def _pump(self, source: socket.socket, target: socket.socket, *, answers: bool = False) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                if answers and self.hold_commits and b"COMMIT\x00" in data:
                    time.sleep(self.hold_commits)
                if self._cut:
                    break
                target.sendall(data)
        for line in (source, target):
            with contextlib.suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
