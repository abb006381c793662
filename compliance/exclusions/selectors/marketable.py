"""What the gate says of each of many players when marketing would write to them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import Final

from django.db.models import QuerySet

from compliance.gate.ask import gate_ask_many
from compliance.gate.enums import Touchpoint
from compliance.gate.types import Verdict
from players.models import Player

AT_ONCE: Final = 2_000
UNKNOWN: Final = "register_unknown"


def marketing_verdicts(players: QuerySet[Player], *, now: datetime) -> Iterator[tuple[int, Verdict]]:
    """Each of the players once, by id, with the gate's answer. Their consents are another matter (players.accounts)."""
    ids = players.order_by("pk").values_list("pk", flat=True).distinct().iterator()
    while stretch := list(islice(ids, AT_ONCE)):
        verdicts = gate_ask_many(player_ids=stretch, touchpoint=Touchpoint.MARKETING, now=now)
        yield from verdicts.items()


def unasked(players: QuerySet[Player], *, now: datetime, most: int) -> list[int]:
    """Those who are left out only because their register was not asked, or did not answer, within a day."""
    return list(islice((pk for pk, verdict in marketing_verdicts(players, now=now) if is_unasked(verdict)), most))


def is_unasked(verdict: Verdict) -> bool:
    """Whether the register's silence alone is in the way."""
    return [reason.code for reason in verdict.reasons] == [UNKNOWN]
