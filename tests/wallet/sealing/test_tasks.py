"""The scheduled work: rates from a live server, seals from settled rows, and one line when it can not be done."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from django.conf import LazySettings

from tests.wallet.fx.test_ecb import SAMPLE
from tests.wallet.ledger_books import Books
from tests.wallet.sealing.sealer import rows_waiting, seal_everything, seal_key
from wallet.ecb import RatesFileError
from wallet.models import FxRate, Seal
from wallet.sealing.keys import SealKey
from wallet.tasks import load_fx_rates, seal_ledger

__all__ = ["seal_key"]
pytestmark = pytest.mark.django_db(transaction=True)


class Bank(BaseHTTPRequestHandler):
    """Serves the sample at /daily.xml and nothing else."""

    def do_GET(self) -> None:
        found = self.path == "/daily.xml"
        self.send_response(200 if found else 404)
        self.end_headers()
        if found:
            self.wfile.write(SAMPLE)

    def log_message(self, *_arguments: object) -> None:
        """Quiet."""


@pytest.fixture
def bank() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Bank)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_the_daily_task_loads_the_rates_and_may_run_twice(bank: str, settings: LazySettings) -> None:
    settings.FX_SOURCE_URL = f"{bank}/daily.xml"
    load_fx_rates()
    load_fx_rates()
    assert FxRate.objects.count() == 30


def test_the_daily_task_says_in_one_line_why_there_are_no_rates_and_asks_for_another_try(
    bank: str, settings: LazySettings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.FX_SOURCE_URL = f"{bank}/closed.xml"
    with pytest.raises(RatesFileError, match="answers 404"):
        load_fx_rates()
    assert [record.levelname for record in caplog.records if "answers 404" in record.getMessage()] == ["WARNING"]
    assert load_fx_rates.max_retries == 6
    assert not FxRate.objects.exists()


def test_the_sealing_task_seals_what_is_settled(seal_key: SealKey) -> None:
    Books().deposit("100")
    seal_everything(seal_key)
    Books().deposit("100")
    count = Seal.objects.count()
    seal_ledger()
    seal_ledger()
    assert Seal.objects.count() - count in (0, 1)  # 0 when a transaction of another database still ran
    seal_everything(seal_key)
    assert not rows_waiting()


def test_the_sealing_task_says_in_one_line_that_the_key_is_missing(
    tmp_path: Path, settings: LazySettings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.SEAL_KEY_FILE = str(tmp_path / "none.key")
    with caplog.at_level(logging.ERROR):
        seal_ledger()
    assert [record.getMessage().startswith("The ledger is not being sealed: ") for record in caplog.records] == [True]
