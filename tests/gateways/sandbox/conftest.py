from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.gateways.sandbox.process import SandboxProcess
from tests.gateways.sandbox.sink import Sink


@pytest.fixture
def gateway(tmp_path: Path) -> Iterator[SandboxProcess]:
    process = SandboxProcess(tmp_path).start()
    yield process
    process.kill()


@pytest.fixture
def sink() -> Iterator[Sink]:
    server = Sink()
    yield server
    server.shutdown()
    server.server_close()
