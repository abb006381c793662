"""What our ledger expects gateways to settle, gathered from its clearing accounts."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from casino.settlements.locks import gathering_lock
from casino.settlements.models import Movement
from casino.settlements.selectors.names import Name, names_of
from wallet.selectors.clearing import clearing_movements
from wallet.selectors.seals import settled_horizon


@transaction.atomic
def movements_gather(*, now: datetime) -> int:  # noqa: ARG001 - every write takes its moment; rows carry the ledger's
    """Read on from where the last reading ended, as far as nothing can appear any more; returns how many came."""
    read = gathering_lock()
    horizon = settled_horizon()
    found = list(clearing_movements(low=read.commit_order, high=horizon))
    names = names_of({one.transaction_id for one in found})
    rows = []
    for one in found:
        name = names.get(one.transaction_id, Name(one.reference[:100]))
        rows.append(
            Movement(
                transaction_id=one.transaction_id, player_id=one.player_id, gateway=one.gateway,
                currency=one.currency, amount=-one.amount, kind=one.kind, reference=name.reference,
                gateway_reference=name.gateway_reference, also=name.also, booked_at=one.booked_at,
            )
        )  # fmt: skip
    Movement.objects.bulk_create(rows, batch_size=1000)
    read.commit_order = max(read.commit_order, horizon)
    read.save(update_fields=["commit_order"])
    return len(rows)
