"""The wallet double behind a real HTTP socket, with the weather of real networks."""

import json
import socket
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from random import Random
from threading import Thread

from tests.casino.simulator.wallet_double import WalletDouble


@dataclass
class Weather:
    """How often (0 to 1) a request is lost before or after it was carried out, or turned away."""

    lost_before: float = 0.0
    lost_after: float = 0.0
    busy: float = 0.0
    limited: float = 0.0
    dice: Random = field(default_factory=lambda: Random(1))

    def strikes(self, chance: float) -> bool:
        """Whether it happens this time."""
        return chance > 0 and self.dice.random() < chance


class Handler(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    wbufsize = -1
    disable_nagle_algorithm = True
    server: "WalletServer"

    def do_GET(self) -> None:
        """Ping and transactions."""
        self._serve()

    def do_POST(self) -> None:
        """Everything else."""
        self._serve()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Stay quiet."""

    def _serve(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        weather = self.server.weather
        if weather.strikes(weather.lost_before):
            self.close_connection = True
            return
        if weather.strikes(weather.busy):
            self._answer(503, problem("busy"), {})
            return
        if weather.strikes(weather.limited):
            self._answer(429, problem("rate_limited"), {"Retry-After": "0"})
            return
        headers = {name.lower(): value for name, value in self.headers.items()}
        try:
            status, answer, more = self.server.wallet.handle(self.command, self.path, headers, body)
        except RuntimeError:
            status, answer, more = 500, b"<h1>Server Error</h1>", {"Content-Type": "text/html"}
        if weather.strikes(weather.lost_after):
            self.close_connection = True
            return
        request_id = headers.get("x-request-id")
        self._answer(status, answer, ({"X-Request-Id": request_id} if request_id else {}) | more)

    def _answer(self, status: int, body: bytes, more: dict[str, str]) -> None:
        if status in (429, 503):
            told = json.loads(body)
            body = json.dumps(told | {"request_id": self.headers.get("X-Request-Id", "made")}).encode()
        self.send_response(status)
        for name, value in ({"Content-Type": "application/json"} | more).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def problem(code: str) -> bytes:
    """A capacity error in the contract's form."""
    return json.dumps({"status": "error", "error": {"code": code, "class": "retry", "message": code}}).encode()


class WalletServer(ThreadingHTTPServer):
    """Serves a wallet until stopped; stopping cuts every connection, as a kill does."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, wallet: WalletDouble, *, port: int = 0, weather: Weather | None = None) -> None:
        self.wallet = wallet
        self.weather = weather or Weather()
        self._connections: list[socket.socket] = []
        super().__init__(("127.0.0.1", port), Handler)
        self._thread = Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        """The base URL."""
        return f"http://127.0.0.1:{self.server_port}"

    def get_request(self) -> tuple[socket.socket, object]:
        """Accept a connection and remember it."""
        accepted, address = super().get_request()
        self._connections.append(accepted)
        return accepted, address

    def handle_error(self, request: object, client_address: object) -> None:
        """Clients that hung up are part of the game."""

    def stop(self) -> None:
        """Stop at once."""
        self.shutdown()
        self.server_close()
        for connection in self._connections:
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue
        self._thread.join()
