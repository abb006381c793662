"""A merchant's webhook that keeps what it is told and answers as it is ordered."""

from __future__ import annotations

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from casino.gateways.types import RawMessage


class Sink(ThreadingHTTPServer):
    """Listens on a port of its own."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Hears)
        self.heard: list[RawMessage] = []
        self.status = 200
        Thread(target=self.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        """Where messages go."""
        return f"http://127.0.0.1:{self.server_port}/notify"


class Hears(BaseHTTPRequestHandler):
    """One message."""

    server: Sink

    def do_POST(self) -> None:
        """Keep it and answer."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.server.heard.append(RawMessage(gateway="sandbox", method="POST", headers=headers, query="", body=body))
        self.send_response(self.server.status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Silent."""
