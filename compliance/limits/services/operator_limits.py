"""The house's own limits for a player: staff tighten them at once, two people together loosen them.

Nothing here touches a limit that the player set (G-17).
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from compliance.audit.names import EventName
from compliance.limits.amounts import amount_check, period_check
from compliance.limits.enums import LimitOwner
from compliance.limits.errors import LimitNotFound, LimitUnchanged, OperatorLimitLooser, OperatorLimitNotLooser
from compliance.limits.locks import limits_lock
from compliance.limits.models import Limit
from compliance.limits.services.limit_rows import limit_begin, limit_in_force, limit_stop, limit_told
from compliance.policy.catalogue import PERIODS
from players.models import Player
from wallet.locks import busy_when_locked


@busy_when_locked()
@transaction.atomic
def operator_limit_set(
    *, player_id: int, kind: str, period: str, amount: Decimal, reason: str, actor: str, now: datetime
) -> Limit:
    """A first or stricter limit of the house, from now on. `amount` in the player's currency, or minutes.

    Raises OperatorLimitLooser, LimitUnchanged, LimitPeriodRefused, LimitAmountRefused.
    """
    player = Player.objects.get(pk=player_id)
    period_check(kind, period, PERIODS)
    amount_check(kind, period, amount, player.currency)
    limits_lock(player)
    present = limit_in_force(player=player, owner=LimitOwner.OPERATOR, kind=kind, period=period)
    if present is not None and amount == present.amount:
        raise LimitUnchanged
    if present is not None and amount > present.amount:
        raise OperatorLimitLooser
    return limit_begin(
        player=player, owner=LimitOwner.OPERATOR, kind=kind, period=period, amount=amount, replaces=present,
        name=EventName.OPERATOR_LIMIT_SET, actor=actor, now=now, reason=reason,
    )  # fmt: skip


@busy_when_locked()
@transaction.atomic
def operator_limit_loosen(
    *, limit_id: int, amount: Decimal | None, reason: str, approval: str, actor: str, now: datetime
) -> Limit:
    """A looser limit of the house, or none: what two people decided. Returns the limit in force, or the ended one.

    Raises LimitNotFound, OperatorLimitNotLooser, LimitAmountRefused.
    """
    found = Limit.objects.select_related("player").filter(pk=limit_id, owner=LimitOwner.OPERATOR).first()
    if found is None:
        raise LimitNotFound
    limits_lock(found.player)
    found.refresh_from_db()
    if found.ended_at is not None:
        raise LimitNotFound
    if amount is None:
        limit_stop(limit=found, actor=actor, now=now)
        limit_told(
            limit=found, name=EventName.OPERATOR_LIMIT_LOOSENED, actor=actor, now=now, reason=reason,
            approval=approval, before={"amount": found.amount}, after={"amount": None},
        )  # fmt: skip
        return found
    amount_check(found.kind, found.period, amount, found.player.currency)
    if amount <= found.amount:
        raise OperatorLimitNotLooser
    return limit_begin(
        player=found.player, owner=LimitOwner.OPERATOR, kind=found.kind, period=found.period, amount=amount,
        replaces=found, name=EventName.OPERATOR_LIMIT_LOOSENED, actor=actor, now=now, reason=reason,
        approval=approval,
    )  # fmt: skip
