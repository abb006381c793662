"""What stands between a player and play, with the evidence, and how the account came to its status."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.db.models import Q, QuerySet

from casino.games.enums import StopScope
from casino.games.models import Stop
from compliance.approvals.enums import OPEN_STATES
from compliance.approvals.models import Approval
from compliance.approvals.registry import approval_kinds
from compliance.audit.models import AuditEvent
from compliance.audit.names import EventName
from compliance.enums import RestrictionKind
from compliance.models import Restriction
from compliance.selectors.restriction_in_force import PRECEDENCE
from compliance.withdrawable import Standing
from players.enums import PlayerStatus
from players.models import Player
from reporting.overview.types import Obstacle, StatusFacts, WaitingApproval

MOVES: Final = {
    EventName.PLAYER_BLOCKED.value: PlayerStatus.BLOCKED,
    EventName.PLAYER_UNBLOCKED.value: PlayerStatus.ACTIVE,
    EventName.PLAYER_CLOSED.value: PlayerStatus.CLOSED,
}
# Words for what a restriction means to the player and to whoever answers him.
MEANS: Final = {
    RestrictionKind.SELF_EXCLUDED: "Self-excluded: no play and no marketing; nobody here can lift it before its end.",
    RestrictionKind.TIME_OUT_ACTIVE: "Taking a time-out: no play; nobody here can lift it before its end.",
    RestrictionKind.KYC_REQUIRED: "The identity check is required before play.",
    RestrictionKind.LIMIT_REACHED: "A limit of the player is used up.",
    RestrictionKind.REALITY_CHECK_DUE: "A reality check waits to be confirmed by the player.",
    RestrictionKind.GEO_BLOCKED: "Play is not allowed where the player is.",
}


def status_facts(*, player: Player, as_of: datetime | None) -> StatusFacts:
    """The status now or at an instant, and the move that led to it, as the audit trail tells."""
    moves = AuditEvent.objects.filter(
        subject=f"players.player:{player.pk}", name__in=list(MOVES), outcome="done"
    ).order_by("-id")
    known = list(moves[:50])
    then = [move for move in known if as_of is None or move.occurred_at <= as_of]
    status = PlayerStatus(player.status)
    if as_of is not None and known:
        # Accounts open active: before the first known move it was active.
        status = MOVES[then[0].name] if then else PlayerStatus.ACTIVE
    last = then[0] if then and MOVES[then[0].name] == status else None
    opened = status == PlayerStatus.ACTIVE and last is None
    return StatusFacts(
        code=status.value,
        label=status.label,
        since=last.occurred_at if last else player.created_at if opened else None,
        reason=last.reason if last else "Account opened." if opened else "Moved before the audit trail began.",
        actor=last.actor if last else "",
    )


def restrictions_standing(*, player_id: int, at: datetime) -> list[Restriction]:
    """Restrictions in force at an instant, in the order in which providers are told of them."""
    rows = Restriction.objects.filter(player_id=player_id, starts_at__lte=at).filter(
        Q(ends_at__isnull=True) | Q(ends_at__gt=at)
    )
    return sorted(rows, key=lambda row: (PRECEDENCE.index(row.kind), row.pk))


def standings_of(rows: Sequence[Restriction]) -> tuple[Standing, ...]:
    """The same as the pure rules want them."""
    return tuple(Standing(row.kind, row.starts_at, row.ends_at, row.reason) for row in rows)


def obstacles_of(
    *, player: Player, status: StatusFacts, restrictions: Sequence[Restriction], at: datetime
) -> tuple[Obstacle, ...]:
    """Everything that stands against play at an instant, what the gate tells first at the head; empty: may play."""
    found: list[Obstacle] = []
    if status.code != PlayerStatus.ACTIVE:
        found.append(
            Obstacle(
                code="player_blocked", text=f"The account is {status.label.lower()}.", since=status.since, until=None,
                by=status.actor, reason=status.reason,
            )
        )  # fmt: skip
    if not player.brand.enabled:
        found.append(
            Obstacle(
                code="player_blocked", text=f"The brand {player.brand.name} is closed.", since=None, until=None,
                by="", reason="", record="players.brand", key=player.brand_id,
            )
        )  # fmt: skip
    found += [
        Obstacle(
            code=row.kind, text=MEANS[RestrictionKind(row.kind)], since=row.starts_at, until=row.ends_at,
            by=row.placed_by, reason=row.reason, record="compliance.restriction", key=row.pk,
        )
        for row in restrictions
    ]  # fmt: skip
    found += [
        Obstacle(
            code="player_blocked" if stop.scope == StopScope.PLAYER else "game_disabled",
            text="Play of this player is stopped." if stop.scope == StopScope.PLAYER else "All gaming is stopped.",
            since=stop.starts_at, until=stop.until, by=stop.placed_by, reason=stop.reason, record="games.stop",
            key=stop.pk,
        )
        for stop in _stops(player.pk, at)
    ]  # fmt: skip
    return tuple(found)


def _stops(player_id: int, at: datetime) -> QuerySet[Stop]:
    """Stops of all gaming and of this player; those of games and providers stop no player."""
    against = Q(scope=StopScope.ALL) | Q(scope=StopScope.PLAYER, player_id=player_id)
    lasting = Q(ended_at__isnull=True) | Q(ended_at__gt=at)
    unplanned = Q(until__isnull=True) | Q(until__gt=at)
    return Stop.objects.filter(against, lasting, unplanned, starts_at__lte=at).order_by("pk")


def approvals_waiting(*, player_id: int, now: datetime) -> tuple[WaitingApproval, ...]:
    """Proposals about the player that wait for a decision, oldest first."""
    rows = Approval.objects.filter(player_id=player_id, state__in=OPEN_STATES, expires_at__gt=now)
    titles = {kind.code: kind.title for kind in approval_kinds()}
    return tuple(
        WaitingApproval(
            id=row.pk, kind=titles.get(row.kind, row.kind), maker=f"staff:{row.maker_id}", created_at=row.created_at
        )
        for row in rows.order_by("pk")[:20]
    )
