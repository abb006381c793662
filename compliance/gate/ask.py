"""The one function that every touchpoint asks: may this player do this now, and if not, why exactly."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from decimal import Decimal

from compliance.gate.enums import Touchpoint
from compliance.gate.errors import refusal_of
from compliance.gate.rules.table import reasons_against
from compliance.gate.selectors.facts import facts_of
from compliance.gate.selectors.many import MANY, facts_of_many
from compliance.gate.types import Asked, Verdict


def gate_ask(
    *,
    player_id: int,
    touchpoint: Touchpoint,
    now: datetime,
    amount: Decimal | None = None,
    slot: bool = False,
    last_active_at: datetime | None = None,
) -> Verdict:
    """Allowed, or every reason against it. Reads the facts as they are committed now; writes nothing.

    Ask inside the transaction of what is to be done, under the wallet's lock where money moves. `amount` in the
    player's currency, `slot` and `last_active_at` as `Asked` says. Raises Player.DoesNotExist.
    """
    asked = Asked(touchpoint=touchpoint, amount=amount, slot=slot, last_active_at=last_active_at)
    facts = facts_of(player_id=player_id, now=now, asked=asked)
    return Verdict(touchpoint=touchpoint, reasons=reasons_against(facts, asked))


def gate_ask_many(*, player_ids: Collection[int], touchpoint: Touchpoint, now: datetime) -> dict[int, Verdict]:
    """The same answers for many players at once, by id, for touchpoints in MANY alone. Unknown ids are left out."""
    if touchpoint not in MANY:
        raise ValueError(f"{touchpoint} is asked for one player at a time")
    asked = Asked(touchpoint=touchpoint)
    return {
        facts.player.id: Verdict(touchpoint=touchpoint, reasons=reasons_against(facts, asked))
        for facts in facts_of_many(player_ids=player_ids, now=now)
    }


def gate_pass(
    *,
    player_id: int,
    touchpoint: Touchpoint,
    now: datetime,
    amount: Decimal | None = None,
    slot: bool = False,
    last_active_at: datetime | None = None,
) -> None:
    """Ask, and raise the first reason as its typed refusal (compliance/gate/errors.py)."""
    verdict = gate_ask(
        player_id=player_id, touchpoint=touchpoint, now=now, amount=amount, slot=slot, last_active_at=last_active_at
    )
    if not verdict.allowed:
        raise refusal_of(verdict.reasons[0])
