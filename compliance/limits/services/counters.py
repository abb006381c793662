"""Counters: begun from the ledger when a limit of their period is set, and added to with the money."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from decimal import Decimal

from django.db import connection, transaction

from common.money import decimal_text
from compliance.limits.decisions import count_now
from compliance.limits.models import Counter
from compliance.limits.selectors.counts import count_from_ledger
from compliance.limits.types import Count
from players.models import Player


@transaction.atomic
def counters_begin(*, player: Player, periods: Iterable[str], now: datetime) -> None:
    """Count the running periods anew from the ledger and the deposits under way. Needs `limits_lock`."""
    for period in periods:
        kept = Counter.objects.filter(player=player, period=period).first()
        # Whoever waited for the lock over midnight must not put a counter back into the day that is over.
        moment = now if kept is None else max(now, kept.starts_at)
        counted = asdict(count_from_ledger(player=player, period=period, now=moment))
        Counter.objects.update_or_create(player=player, period=counted.pop("period"), defaults=counted)


@transaction.atomic
def counters_move(*, player: Player, now: datetime, since: datetime | None = None, **moved: Decimal) -> None:
    """Add to the player's running counters: names of `Count`'s sums with amounts. Needs `limits_lock`.

    With `since`, only to those whose period had begun then: what is taken back was counted in no other.
    """
    rows = []
    for row in Counter.objects.filter(player=player):
        running = count_now(Count(row.period, row.starts_at, row.ends_at), row.period, now, player.time_zone)
        if since is None or since >= running.starts_at:
            times = {"starts_at": running.starts_at.isoformat(), "ends_at": running.ends_at.isoformat()}
            texts = {name: decimal_text(amount) for name, amount in moved.items()}
            rows.append({"period": row.period} | times | texts)
    if rows:
        with connection.cursor() as cursor:
            cursor.execute("SELECT limits_count(%s, %s)", [player.pk, json.dumps(rows)])
