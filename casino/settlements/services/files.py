"""Loading a settlement file: read whole, kept line by line, booked once."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from casino.gateways.registry import adapter_get
from casino.gateways.types import SettlementLine as ToldLine
from casino.settlements.errors import FileLoadedAlready, FileUnreadable
from casino.settlements.locks import gateway_lock
from casino.settlements.models import SettlementFile, SettlementLine, SettlementTotal
from casino.settlements.postings import Sums, settlement_legs, sums_of
from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record
from wallet.enums import AccountKind, TransactionKind
from wallet.services.accounts import house_account
from wallet.services.transactions import Movement, transaction_post

FILE_MOST: Final = 64 * 1024 * 1024
ACCOUNTS: Final = {
    "bank": AccountKind.BANK, "clearing": AccountKind.PAYMENT_CLEARING, "cost": AccountKind.PAYMENT_COST,
}  # fmt: skip


@transaction.atomic
def settlement_load(*, gateway: str, name: str, content: bytes, actor: str, now: datetime) -> SettlementFile:
    """Load a gateway's settlement file and book it: gross leaves clearing, net reaches the bank, fees are costs.

    The very same bytes, or another file of the same name, are refused. Raises GatewayUnknown, FileUnreadable (which
    names the line), FileLoadedAlready.
    """
    told = _read(gateway, name, content)
    digest = hashlib.sha256(content).hexdigest()
    gateway_lock(gateway)
    known = SettlementFile.objects.filter(sha256=digest) | SettlementFile.objects.filter(gateway=gateway, name=name)
    if known.exists():
        raise FileLoadedAlready(file=name)
    sums = sums_of(told)
    booked = _book(gateway, name, list(sums.values()), actor, now)
    file = SettlementFile.objects.create(
        gateway=gateway, name=name, sha256=digest, period_from=min(line.booked_on for line in told),
        period_to=max(line.booked_on for line in told), line_count=len(told), loaded_at=now, loaded_by=actor,
        transaction_id=booked,
    )  # fmt: skip
    SettlementTotal.objects.bulk_create(
        SettlementTotal(file=file, currency=one.currency, gross=one.gross, fee=one.fee, net=one.net)
        for one in sums.values()
    )
    SettlementLine.objects.bulk_create(
        (_row(file, number, line) for number, line in enumerate(told, start=1)), batch_size=1000
    )
    audit_record(
        name=EventName.SETTLEMENT_LOADED, actor=actor, now=now, subject=f"settlements.settlementfile:{file.pk}",
        after={"gateway": gateway, "file": name, "sha256": digest, "lines": len(told)},
    )  # fmt: skip
    return file


def _read(gateway: str, name: str, content: bytes) -> list[ToldLine]:
    if len(content) > FILE_MOST:
        raise FileUnreadable(file=name, why=f"longer than {FILE_MOST // 1024**2} MiB")
    try:
        told = list(adapter_get(gateway).settlement_lines(io.BytesIO(content)))
    except ValueError as problem:
        raise FileUnreadable(file=name, why=str(problem)[:300]) from problem
    if not told:
        raise FileUnreadable(file=name, why="no lines")
    return told


def _book(gateway: str, name: str, sums: Sequence[Sums], actor: str, now: datetime) -> UUID | None:
    movements = []
    for one in sums:
        at = {
            role: house_account(kind=kind, scope=gateway, currency=one.currency).id for role, kind in ACCOUNTS.items()
        }
        movements += [Movement(at[leg.source], at[leg.target], leg.amount) for leg in settlement_legs(one)]
    if not movements:
        return None
    return transaction_post(
        kind=TransactionKind.SETTLEMENT, movements=movements, actor=actor, now=now, reference=f"{gateway} {name}"
    )


def _row(file: SettlementFile, number: int, line: ToldLine) -> SettlementLine:
    return SettlementLine(
        file=file, number=number, gateway=file.gateway, kind=line.kind, reference=line.reference[:100],
        gateway_reference=line.gateway_reference[:200], gross=line.gross, fee=line.fee, currency=line.currency,
        booked_on=line.booked_on, text=line.text[:300],
    )  # fmt: skip
