"""Sealing in tests: a key of their own, and patience with other transactions of the same server."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.db import transaction

from common.clock import utc_now
from wallet.models import Seal
from wallet.sealing.keys import SealKey, seal_key_create
from wallet.sealing.kinds import sealed_kinds
from wallet.selectors.seals import sealed_rows
from wallet.services.seals import BLOCK_ROWS, seal_next

PATIENCE_SECONDS = 60


@pytest.fixture
def seal_key(tmp_path: Path, settings: LazySettings) -> SealKey:
    """A fresh key at SEAL_KEY_FILE."""
    settings.SEAL_KEY_FILE = str(tmp_path / "keys" / "seal.key")
    return seal_key_create(Path(settings.SEAL_KEY_FILE))


def seal_everything(key: SealKey, *, limit: int = BLOCK_ROWS) -> list[Seal]:
    """Seal until no row waits: the horizon may stand behind a transaction of another database for a while."""
    seals: list[Seal] = []
    ends = time.monotonic() + PATIENCE_SECONDS
    while rows_waiting():
        assert time.monotonic() < ends, "a transaction of this server runs for too long to seal behind it"
        seal = seal_next(key=key, now=utc_now(), limit=limit)
        if seal is None:
            time.sleep(0.05)
        else:
            seals.append(seal)
    return seals


def rows_waiting() -> bool:
    """Whether a committed row of any kind is not sealed yet."""
    head = Seal.objects.order_by("-number").first()
    order = head.to_order if head else 0
    with transaction.atomic():
        return next(sealed_rows(order, 2**62, sealed_kinds()), None) is not None
