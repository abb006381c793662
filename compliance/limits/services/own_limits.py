"""A player's own limits: stricter at once, looser after a wait and a second act (UK-08, SE-02, NL, DK; G-17).

Every step takes the wallet's lock first, so that no bet or deposit passes between two amounts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from compliance.audit.names import EventName
from compliance.limits.amounts import amount_check, period_check
from compliance.limits.enums import ChangeState, LimitOwner
from compliance.limits.errors import LimitMandatory, LimitNotFound, LimitUnchanged
from compliance.limits.locks import limits_lock
from compliance.limits.models import Limit, LimitChange
from compliance.limits.selectors.missing import mandatory_period
from compliance.limits.selectors.rules import limit_policy, wait_for_looser
from compliance.limits.services.care_cases import contact_open
from compliance.limits.services.limit_rows import limit_begin, limit_in_force, limit_told
from compliance.policy.keys import PolicyKey
from players.models import Player
from wallet.locks import busy_when_locked


@dataclass(frozen=True, slots=True)
class LimitOutcome:
    """What became of a request: `limit` is in force now; `change` waits, if it asked for something looser."""

    limit: Limit
    change: LimitChange | None = None


@busy_when_locked()
@transaction.atomic
def limit_set(*, player_id: int, kind: str, period: str, amount: Decimal, actor: str, now: datetime) -> LimitOutcome:
    """A first limit or a stricter one is in force at once and cancels a raise that waits; a looser one waits.

    `amount` is in the player's currency, or in minutes; `period` is empty for a single stake.
    Raises LimitPeriodRefused, LimitAmountRefused, LimitUnchanged.
    """
    player = Player.objects.get(pk=player_id)
    period_check(kind, period, limit_policy(player, now).words(PolicyKey.LIMIT_PERIODS))
    amount_check(kind, period, amount, player.currency)
    limits_lock(player)
    present = limit_in_force(player=player, owner=LimitOwner.PLAYER, kind=kind, period=period)
    if present is not None and amount > present.amount:
        return LimitOutcome(present, _ask(player, present, amount, actor, now))
    if present is not None:
        cancelled = changes_cancel(limit=present, actor=actor, now=now)
        if amount == present.amount:
            if cancelled:
                return LimitOutcome(present)
            raise LimitUnchanged
    limit = limit_begin(
        player=player, owner=LimitOwner.PLAYER, kind=kind, period=period, amount=amount, replaces=present,
        name=EventName.LIMIT_SET if present is None else EventName.LIMIT_LOWERED, actor=actor, now=now,
    )  # fmt: skip
    if present is None:
        contact_open(player=player, limit=limit, now=now)
    return LimitOutcome(limit)


@busy_when_locked()
@transaction.atomic
def limit_remove_ask(*, player_id: int, kind: str, period: str, actor: str, now: datetime) -> LimitOutcome:
    """Ask for no limit any more: it waits like a raise. Raises LimitNotFound, LimitMandatory (SE-01)."""
    player = Player.objects.get(pk=player_id)
    limits_lock(player)
    present = limit_in_force(player=player, owner=LimitOwner.PLAYER, kind=kind, period=period)
    if present is None:
        raise LimitNotFound
    if mandatory_period(player=player, kind=kind, period=period, now=now):
        raise LimitMandatory
    return LimitOutcome(present, _ask(player, present, None, actor, now))


def changes_cancel(*, limit: Limit, actor: str, now: datetime) -> int:
    """End the request that waits for a limit, if there is one. Needs `limits_lock`. Returns how many."""
    waiting = LimitChange.objects.filter(limit=limit, state=ChangeState.WAITING)
    for change in waiting:
        change_end(change=change, state=ChangeState.CANCELLED, actor=actor, now=now)
        limit_told(
            limit=limit, name=EventName.LIMIT_CHANGE_CANCELLED, actor=actor, now=now,
            after={"change": change.pk, "asked": change.amount},
        )  # fmt: skip
    return len(waiting)


def change_end(*, change: LimitChange, state: ChangeState, actor: str, now: datetime) -> None:
    """A request ends once; what follows from it is the caller's to do. Needs `limits_lock`."""
    change.state, change.ended_at, change.ended_by = state, now, actor
    change.save(update_fields=["state", "ended_at", "ended_by"])


def _ask(player: Player, limit: Limit, amount: Decimal | None, actor: str, now: datetime) -> LimitChange:
    """The same request again waits on as it did; another takes its place and waits anew."""
    waiting = LimitChange.objects.filter(limit=limit, state=ChangeState.WAITING).first()
    if waiting is not None and waiting.amount == amount and not _too_late(waiting, now):
        return waiting
    changes_cancel(limit=limit, actor=actor, now=now)
    wait = wait_for_looser(player=player, period=limit.period, now=now)
    change = LimitChange.objects.create(
        player=player, limit=limit, amount=amount, asked_at=now, asked_by=actor, effective_from=wait.effective_from,
        needs_confirmation=wait.needs_confirmation, confirm_by=wait.confirm_by, policy=wait.policy,
    )  # fmt: skip
    limit_told(
        limit=limit, name=EventName.LIMIT_RAISE_ASKED, actor=actor, now=now,
        after={"change": change.pk, "asked": amount, "effective_from": change.effective_from},
    )  # fmt: skip
    return change


def _too_late(change: LimitChange, now: datetime) -> bool:
    return change.confirm_by is not None and change.confirm_by < now
