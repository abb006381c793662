"""The daily comparison: fetch what gateways have settled, load it, match it, show what does not fit (PAY-06, R-27)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final, Protocol, runtime_checkable

from casino.gateways.credentials import credentials_of, gateway_configured
from casino.gateways.registry import adapter_codes, adapter_get
from casino.gateways.types import Credentials
from casino.settlements.errors import FileLoadedAlready
from casino.settlements.models import SettlementFile
from casino.settlements.services.files import settlement_load
from casino.settlements.services.gathering import movements_gather
from casino.settlements.services.matching import gateway_match

FILES_AT_ONCE: Final = 50


@runtime_checkable
class FileSource(Protocol):
    """An adapter whose gateway hands its files out; the files of others are uploaded by people."""

    def settlement_names(self, credentials: Credentials) -> Sequence[str]:
        """The files that there are."""

    def settlement_fetch(self, name: str, credentials: Credentials) -> bytes | None:
        """A file; None when it does not come."""


def files_fetch(*, gateway: str, actor: str, now: datetime) -> int:
    """Load the files that a gateway has and we have not; returns how many. No transaction is open while it is asked."""
    adapter = adapter_get(gateway)
    if not isinstance(adapter, FileSource) or not gateway_configured(gateway):
        return 0
    credentials = credentials_of(gateway)
    told = adapter.settlement_names(credentials)
    known = set(SettlementFile.objects.filter(gateway=gateway, name__in=told).values_list("name", flat=True))
    loaded = 0
    for name in [name for name in told if name not in known][:FILES_AT_ONCE]:
        content = adapter.settlement_fetch(name, credentials)
        if content is None:
            continue
        try:
            settlement_load(gateway=gateway, name=name, content=content, actor=actor, now=now)
        except FileLoadedAlready:
            continue
        loaded += 1
    return loaded


def reconcile(*, now: datetime) -> int:
    """Read the ledger on and match every gateway's files; returns how many lines found their movement."""
    movements_gather(now=now)
    return sum(gateway_match(gateway=gateway, now=now) for gateway in adapter_codes())
