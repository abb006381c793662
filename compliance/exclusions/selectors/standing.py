"""Which exclusions stand against a player: what the gate, the cashier and marketing read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Q

from compliance.exclusions.enums import DepositOutcome, ExclusionKind
from compliance.exclusions.models import Exclusion
from players.enums import PlayerStatus
from players.models import Player

# The order in which they are told; what stands without an end before what has one.
ORDER: Final = (
    ExclusionKind.SELF_EXCLUSION, ExclusionKind.REGISTER, ExclusionKind.OPERATOR, ExclusionKind.TIME_OUT,
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class ExclusionFact:
    """One that stands. `ends_at` is its term's end; `until` when play opens by itself again, None: not by itself."""

    id: int
    kind: str
    scope: str
    starts_at: datetime
    ends_at: datetime | None
    until: datetime | None
    comes_off: str

    @property
    def source(self) -> str:
        """Its record, as reasons of the gate name it."""
        return f"exclusions.exclusion:{self.id}"


def in_force(now: datetime) -> Q:
    """The look-up of exclusions that stand at a moment."""
    return Q(starts_at__lte=now) & (Q(over_at__isnull=True) | Q(over_at__gt=now))


def firsts_of(player_id: int) -> Q:
    """The look-up of a player's exclusions, those of other accounts that the player's own follow included."""
    followed = Exclusion.objects.filter(player_id=player_id).values("origin_id")
    return Q(player_id=player_id, origin=None) | Q(pk__in=followed)


def exclusions_in_force(*, player_id: int, now: datetime) -> tuple[ExclusionFact, ...]:
    """Every exclusion that stands against a player, the weightiest first."""
    rows = Exclusion.objects.filter(in_force(now), player_id=player_id).order_by("pk")
    found = [
        ExclusionFact(
            id=row.pk, kind=row.kind, scope=row.scope, starts_at=row.starts_at, ends_at=row.ends_at, until=row.over_at,
            comes_off=row.comes_off,
        )
        for row in rows
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda fact: (ORDER.index(ExclusionKind(fact.kind)), fact.id)))


def deposit_outcome_for(*, player_id: int, now: datetime) -> DepositOutcome:
    """Whether a deposit that succeeds now is credited, or goes back: to who is excluded or closed, however late (2.8).

    Ask under the wallet's lock, in the transaction that would credit it.
    """
    if Exclusion.objects.filter(in_force(now), player_id=player_id).exists():
        return DepositOutcome.REFUND
    closed = Player.objects.filter(pk=player_id, status=PlayerStatus.CLOSED).exists()
    return DepositOutcome.REFUND if closed else DepositOutcome.CREDIT
