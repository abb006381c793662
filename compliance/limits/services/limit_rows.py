"""The rows behind every change of a limit: one ends, the next begins, and both are told to the trail."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record
from compliance.limits.enums import LimitKind
from compliance.limits.models import Limit, LimitChange
from compliance.limits.services.counters import counters_begin
from players.models import Player


def limit_in_force(*, player: Player, owner: str, kind: str, period: str) -> Limit | None:
    """The limit of this owner, kind and period, if there is one."""
    return Limit.objects.filter(player=player, owner=owner, kind=kind, period=period, ended_at=None).first()


def limit_begin(
    *,
    player: Player,
    owner: str,
    kind: str,
    period: str,
    amount: Decimal,
    replaces: Limit | None,
    name: EventName,
    actor: str,
    now: datetime,
    reason: str = "",
    change: LimitChange | None = None,
    approval: str = "",
) -> Limit:
    """A new amount from now on, in the place of `replaces`. Needs `limits_lock`."""
    if replaces is not None:
        limit_stop(limit=replaces, actor=actor, now=now)
    limit = Limit.objects.create(
        player=player, owner=owner, kind=kind, period=period, amount=amount, starts_at=now, set_by=actor,
        currency="" if kind == LimitKind.SESSION_TIME else player.currency, reason=reason, replaces=replaces,
        change=change,
    )  # fmt: skip
    if period:
        counters_begin(player=player, periods=[period], now=now)
    before: dict[str, object] | None = {"amount": replaces.amount} if replaces is not None else None
    limit_told(limit=limit, name=name, actor=actor, now=now, reason=reason, before=before, approval=approval)
    return limit


def limit_stop(*, limit: Limit, actor: str, now: datetime) -> None:
    """The row ends; whether another takes its place is the caller's to tell."""
    limit.ended_at = max(now, limit.starts_at)
    limit.ended_by = actor
    limit.save(update_fields=["ended_at", "ended_by"])


def limit_told(
    *,
    limit: Limit,
    name: EventName,
    actor: str,
    now: datetime,
    reason: str = "",
    before: dict[str, object] | None = None,
    after: dict[str, object] | None = None,
    approval: str = "",
) -> None:
    """One event about a limit, with what it is."""
    told: dict[str, object] = {
        "kind": limit.kind, "period": limit.period, "owner": limit.owner, "amount": limit.amount,
        "currency": limit.currency,
    }  # fmt: skip
    audit_record(
        name=name, actor=actor, now=now, subject=f"limits.limit:{limit.pk}", reason=reason,
        brand_id=limit.player.brand_id, player_id=limit.player_id, before=before,
        after=told if after is None else told | after, approval=approval,
    )  # fmt: skip
