from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from casino.calls.services import upkeep
from casino.calls.services.calls import call_record, shipper, spool_writer
from casino.calls.services.shipping import Shipment
from casino.calls.spool.files import spool_folder
from casino.calls.types import CallEntry
from tests.casino.calls.entries import NOON


@pytest.fixture
def spool(settings: Settings, tmp_path: Path) -> Iterator[Path]:
    """A spool of this test alone, without the thread; the folder appears with the first call."""
    settings.CALL_LOG_SPOOL = str(tmp_path / "call-log")
    settings.CALL_LOG_SHIP_MS = 0
    spool_writer.abandon()
    shipper.forget()
    yield spool_folder()
    spool_writer.abandon()
    shipper.forget()


def ship(*entries: CallEntry) -> Shipment:
    """Record the calls and bring them to the database."""
    for entry in entries:
        call_record(entry)
    spool_writer.rotate()
    return upkeep.call_log_ship(now=NOON)
