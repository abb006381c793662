"""Keeping one call: cheap enough to stand at the end of every money call, and unable to fail it."""

from __future__ import annotations

import logging
import os
from typing import Final

from casino.calls.lines import call_line
from casino.calls.services.shipper import Shipper
from casino.calls.spool.writer import SpoolWriter
from casino.calls.types import CallEntry

_log: Final = logging.getLogger(__name__)
spool_writer: Final = SpoolWriter()
shipper: Final = Shipper(spool_writer)


def call_record(entry: CallEntry) -> None:
    """Keep one call with its answer. Never raises: what can not be kept is counted and logged once.

    On return the call outlives this process; it is in the database within about CALL_LOG_SHIP_MS.
    """
    try:
        spool_writer.append(call_line(entry))
        if not shipper.started:
            shipper.start()
    except Exception:  # noqa: BLE001 - a money call is answered whatever becomes of its record
        spool_writer.lost += 1
        _log.exception("A call could not be written down.")


def _after_fork() -> None:
    spool_writer.abandon()
    shipper.forget()


os.register_at_fork(after_in_child=_after_fork)
