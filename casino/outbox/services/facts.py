"""The one way into the outbox: in the transaction of the fact itself."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime

from django.db import connection

from casino.outbox.enums import FactName
from common.errors import BrokenPromise


def fact_announce(*, name: FactName, player_id: int, key: str, payload: Mapping[str, str], now: datetime) -> bool:
    """Announce a fact in the caller's transaction; False where it is announced already (same name and key).

    `payload` holds texts: amounts as decimal text with their currency beside them ("amount", "currency"). Raises
    BrokenPromise outside of a transaction, where the fact could be announced and never become true, and TypeError for
    anything in the payload but texts.
    """
    if not connection.in_atomic_block:
        raise BrokenPromise("a fact is announced in the transaction in which it becomes true")
    if wrong := [word for word, text in payload.items() if not isinstance(text, str)]:
        raise TypeError(f"a fact's payload holds texts alone: {', '.join(sorted(wrong))}")
    # An IntegrityError would end the caller's transaction with it; DO NOTHING leaves that as it is.
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO outbox_fact (name, key, player_id, payload, occurred_at) VALUES (%s, %s, %s, %s::jsonb, %s)"
            " ON CONFLICT (name, key) DO NOTHING",
            [name.value, key, player_id, json.dumps(dict(payload), ensure_ascii=False, sort_keys=True), now],
        )
        return bool(cursor.rowcount)
