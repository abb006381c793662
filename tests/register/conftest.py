"""The simulated register, run for real: a process of its own, asked over HTTP."""

from __future__ import annotations

import ssl
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from ipaddress import ip_address
from pathlib import Path
from threading import Thread
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.conf import LazySettings

from common.services.processes import start_child, stop_child, wait_until
from common.services.valkey import free_port

CHECKOUT = Path(__file__).resolve().parents[2]
KEY = "key-of-tests"


@dataclass
class Register:
    """Where it answers, and orders to it."""

    port: int
    process: subprocess.Popen[bytes]
    log: Path

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v2"

    def order(self, what: str, **form: str) -> None:
        """`exclude`, `return` (a person's form) or `mode`."""
        address = f"http://127.0.0.1:{self.port}/control/{what}"
        with urlopen(Request(address, data=urlencode(form).encode()), timeout=5) as answer:
            assert answer.status == 204

    def ready(self) -> bool:
        try:
            urlopen(f"http://127.0.0.1:{self.port}/control/ready", timeout=2).close()
        except URLError:
            return False
        return True


@pytest.fixture(scope="session")
def register_process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    port, log = free_port(), tmp_path_factory.mktemp("register") / "register.log"
    command = [sys.executable, "-m", "compliance.register.simulator", "--port", str(port), "--key", KEY]
    process = start_child([*command, "--silence", "3"], log=log, env={"PATH": ""}, cwd=CHECKOUT)
    register = Register(port, process, log)
    assert wait_until(register.ready, seconds=15), log.read_text()
    yield register
    stop_child(process)


@pytest.fixture
def register(register_process: Register, settings: LazySettings) -> Register:
    """GAMSTOP as this house knows it."""
    settings.REGISTERS = {"gamstop": ("gamstop", register_process.url, KEY)}
    settings.REGISTER_TIMEOUT_MS = 700
    register_process.order("mode", mode="")
    return register_process


@pytest.fixture
def tls_register(tmp_path: Path) -> Iterator[str]:
    """A server with a certificate that it signed itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(1).not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    file = tmp_path / "server.pem"
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file.write_bytes(private + made.public_bytes(Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    server = HTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"https://127.0.0.1:{server.server_port}/v2"
    server.shutdown()
    server.server_close()
