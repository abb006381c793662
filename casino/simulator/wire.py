"""One keep-alive HTTP/1.1 connection, as bytes.

Sending and receiving are separate steps, because a provider in production hangs up between them, and because
parallel duplicates are two requests sent before either answer is read.
"""

import select
import socket
import ssl
import time
from dataclasses import dataclass
from urllib.parse import urlsplit

MAX_ANSWER_BYTES = 8 * 1024 * 1024


class WireError(Exception):
    """No whole answer came: whether the call was carried out is unknown."""


class ConnectError(WireError):
    """No connection could be opened: the call was not sent."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where the wallet listens."""

    host: str
    port: int
    tls: bool
    prefix: str

    @classmethod
    def from_url(cls, url: str) -> "Endpoint":
        """Read ``http://host:port[/prefix]``; raises ValueError with a line for people."""
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError(f"--url must look like http://127.0.0.1:8000, not {url!r}")
        tls = parts.scheme == "https"
        return cls(parts.hostname, parts.port or (443 if tls else 80), tls, parts.path.rstrip("/"))

    @property
    def authority(self) -> str:
        """The ``Host`` header."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}"


@dataclass(frozen=True, slots=True)
class RawAnswer:
    """What came back: header names in lower case, the body byte for byte, and the seconds it took."""

    status: int
    headers: dict[str, str]
    body: bytes
    seconds: float


class Connection:
    """A connection that opens itself when needed; not shared between threads."""

    def __init__(self, *, endpoint: Endpoint, timeout: float) -> None:
        self._endpoint = endpoint
        self._timeout = timeout
        self._socket: socket.socket | None = None
        self._buffer = bytearray()
        self._sent_at = 0.0

    def send(self, *, method: str, target: str, headers: dict[str, str], body: bytes) -> None:
        """Send one request whole; raises WireError."""
        lines = [f"{method} {target} HTTP/1.1", f"Host: {self._endpoint.authority}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        lines += ["Content-Type: application/json", f"Content-Length: {len(body)}", "", ""]
        message = "\r\n".join(lines).encode("latin-1") + body
        opened = self._open()
        self._sent_at = time.perf_counter()
        try:
            opened.sendall(message)
        except OSError as error:
            self.hang_up()
            raise WireError(f"sending failed: {error}") from error

    def receive(self) -> RawAnswer:
        """Read the answer to the request just sent; raises WireError when none comes whole."""
        try:
            status, headers = self._read_head()
            body = self._read_body(status, headers)
        except (OSError, ValueError) as error:
            self.hang_up()
            raise WireError(f"no whole answer: {error}") from error
        except WireError:
            self.hang_up()
            raise
        seconds = time.perf_counter() - self._sent_at
        if headers.get("connection", "").lower() == "close":
            self.hang_up()
        return RawAnswer(status, headers, body, seconds)

    def hang_up(self) -> None:
        """Close without reading what may still come."""
        if self._socket is not None:
            self._socket.close()
        self._socket = None
        self._buffer.clear()

    def _open(self) -> socket.socket:
        if self._socket is not None and self._gone(self._socket):
            self.hang_up()
        if self._socket is None:
            where = (self._endpoint.host, self._endpoint.port)
            try:
                plain = socket.create_connection(where, timeout=self._timeout)
                plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                self._socket = self._wrap(plain)
            except OSError as error:
                raise ConnectError(f"cannot connect to {self._endpoint.authority}: {error}") from error
        return self._socket

    def _wrap(self, plain: socket.socket) -> socket.socket:
        if not self._endpoint.tls:
            return plain
        return ssl.create_default_context().wrap_socket(plain, server_hostname=self._endpoint.host)

    @staticmethod
    def _gone(opened: socket.socket) -> bool:
        # An idle connection with something to read was closed by the server: sending on it would only be lost.
        poller = select.poll()
        poller.register(opened, select.POLLIN)
        return bool(poller.poll(0))

    def _fill(self) -> None:
        if self._socket is None:
            raise WireError("nothing was sent")
        chunk = self._socket.recv(65536)
        if not chunk:
            raise WireError("the server closed the connection")
        self._buffer += chunk
        if len(self._buffer) > MAX_ANSWER_BYTES:
            raise WireError("the answer is too long")

    def _take(self, count: int) -> bytes:
        while len(self._buffer) < count:
            self._fill()
        taken = bytes(self._buffer[:count])
        del self._buffer[:count]
        return taken

    def _take_until(self, mark: bytes) -> bytes:
        while (end := self._buffer.find(mark)) < 0:
            self._fill()
        return self._take(end + len(mark))[: -len(mark)]

    def _read_head(self) -> tuple[int, dict[str, str]]:
        while True:
            first, *rest = self._take_until(b"\r\n\r\n").decode("latin-1").split("\r\n")
            status = int(first.split(" ", 2)[1]) if first.startswith("HTTP/1.") else 0
            if status == 0:
                raise WireError(f"not an HTTP answer: {first[:80]!r}")
            if status >= 200:
                break
        headers: dict[str, str] = {}
        for line in rest:
            name, _, value = line.partition(":")
            headers[name.strip().lower()] = value.strip()
        return status, headers

    def _read_body(self, status: int, headers: dict[str, str]) -> bytes:
        if status in (204, 304):
            return b""
        if headers.get("transfer-encoding", "").lower() == "chunked":
            return self._read_chunks()
        if "content-length" in headers:
            return self._take(int(headers["content-length"]))
        raise WireError("the answer states no length")

    def _read_chunks(self) -> bytes:
        whole = bytearray()
        while size := int(self._take_until(b"\r\n").split(b";")[0], 16):
            whole += self._take(size)
            self._take(2)
        while self._take_until(b"\r\n"):
            pass
        return bytes(whole)
