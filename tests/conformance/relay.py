"""A network between the wallet and PostgreSQL that a test can cut, and slow down at the answer to a commit."""

from __future__ import annotations

import contextlib
import os
import socket
import threading
import time
from urllib.parse import parse_qs, unquote, urlsplit

import psycopg

from tests.wallet.api.house import relocated


class Relay:
    """Forwards TCP to the database's server, wherever its URL says it listens."""

    def __init__(self, url: str) -> None:
        self._target = psycopg.conninfo.conninfo_to_dict(url)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._lines: list[socket.socket] = []
        self._cut = False
        self.hold_answers = 0.0
        self.url = relocated(_without_host(url), host="127.0.0.1", port=self._listener.getsockname()[1])
        threading.Thread(target=self._serve, daemon=True).start()

    def cut(self) -> None:
        """Break every connection and refuse new ones."""
        self._cut = True
        for line in self._lines:
            with contextlib.suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
        self._lines.clear()

    def mend(self) -> None:
        """Let connections through again."""
        self._cut = False

    def close(self) -> None:
        self.cut()
        self._listener.close()

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
            threading.Thread(target=self._pump, args=(near, far, False), daemon=True).start()
            threading.Thread(target=self._pump, args=(far, near, True), daemon=True).start()

    def _open(self) -> socket.socket:
        host, port = str(self._target.get("host") or "127.0.0.1"), int(self._target.get("port") or 5432)
        if host.startswith("/"):
            line = socket.socket(socket.AF_UNIX)
            line.connect(os.path.join(host, f".s.PGSQL.{port}"))  # noqa: PTH118 - a socket's name, not a file's
            return line
        return socket.create_connection((host, port))

    def _pump(self, source: socket.socket, target: socket.socket, answers: bool) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                if answers and self.hold_answers and b"COMMIT\x00" in data:
                    time.sleep(self.hold_answers)
                target.sendall(data)
        with contextlib.suppress(OSError):
            target.shutdown(socket.SHUT_RDWR)


def _without_host(url: str) -> str:
    """The same URL without `?host=`, which would outrank the address."""
    parts = urlsplit(url)
    kept = "&".join(f"{k}={unquote(v[0])}" for k, v in parse_qs(parts.query).items() if k not in ("host", "port"))
    return parts._replace(query=kept).geturl()
