"""Kill switches: stopping all gaming, a provider, a game or a player at once, and resuming with a reason.

One person stops alone and at once (on call); another reviews it afterwards. Rounds that run are settled.
"""

from __future__ import annotations

import time
from datetime import datetime
from typing import Final

import structlog
from django.db import IntegrityError, transaction

from casino.games import errors
from casino.games.enums import ENDED_BY_PEOPLE_ONLY, StopReason, StopScope
from casino.games.models import Game, Provider, Stop, StopReview
from casino.games.selectors.stops import same_person, stop_of, transaction_number_now, transactions_ended_below
from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record
from players.models import Player

_TARGETS: Final[dict[StopScope, type[Provider] | type[Game] | type[Player]]] = {
    StopScope.PROVIDER: Provider,
    StopScope.GAME: Game,
    StopScope.PLAYER: Player,
}
# Longer than a bet can wait for its player's row.
_SECONDS_FOR_BETS: Final = 3.0
_SYSTEM: Final = "system"
# Places stops for broken promises of the books (reporting.monitoring); their end goes through the incident alone.
FREEZER: Final = "system:freeze"
log = structlog.get_logger()


@transaction.atomic
def stop_place(
    *,
    scope: StopScope,
    target_id: int | None,
    code: StopReason,
    reason: str,
    until: datetime | None,
    actor: str,
    now: datetime,
) -> Stop:
    """Refuse every bet and launch of the target from now on, until resumed or `until`; what runs is settled.

    Returns after the bets that were under way have ended, so that none is booked once the stop was confirmed; it
    waits for them for a few seconds at most. Raises StoppedAlready, StopEndsTooEarly, LegalStopHasNoPlannedEnd and
    StopTargetUnknown.
    """
    if until is not None and until <= now:
        raise errors.StopEndsTooEarly
    if until is not None and code in ENDED_BY_PEOPLE_ONLY:
        raise errors.LegalStopHasNoPlannedEnd
    target: dict[str, int | None] = {}
    if scope is not StopScope.ALL:
        if not _TARGETS[scope].objects.filter(pk=target_id or 0).exists():
            raise errors.StopTargetUnknown
        target = {f"{scope.value}_id": target_id}
    try:
        with transaction.atomic():
            stop = Stop.objects.create(
                scope=scope, reason_code=code, reason=reason, placed_by=actor, starts_at=now, until=until, **target
            )
    except IntegrityError as error:
        if stop_of(scope=scope, target_id=target_id) is None:
            raise
        raise errors.StoppedAlready from error
    audit_record(
        name=EventName.PLAY_STOPPED, actor=actor, now=now, subject=_subject(stop), reason=reason,
        player_id=stop.player_id, after={"scope": scope, "target": target_id, "code": code, "until": until},
    )  # fmt: skip
    transaction.on_commit(_wait_for_bets_under_way)
    return stop


def _wait_for_bets_under_way() -> None:
    """A bet that looked before the stop was committed may still be booking: let it end."""
    number = transaction_number_now()
    deadline = time.monotonic() + _SECONDS_FOR_BETS
    while not transactions_ended_below(number):
        if time.monotonic() > deadline:
            log.warning("games:play:stop_did_not_see_all_end", seconds=_SECONDS_FOR_BETS)
            return
        time.sleep(0.01)


@transaction.atomic
def stop_end(*, stop_id: int, reason: str, actor: str, now: datetime, incident: str = "") -> Stop:
    """Resume play: the next bet is accepted again. Raises StopEndedAlready, and StopNeedsAPerson for legal ones.

    One that was placed for a broken promise ends by its `incident`. Raises StopEndsByIncident.
    """
    stop = Stop.objects.select_for_update(of=("self",)).get(pk=stop_id)
    if stop.ended_at is not None:
        raise errors.StopEndedAlready
    if stop.reason_code in ENDED_BY_PEOPLE_ONLY and not actor.startswith("staff:"):
        raise errors.StopNeedsAPerson
    if stop.placed_by == FREEZER and not incident:
        raise errors.StopEndsByIncident
    stop.ended_at, stop.ended_by, stop.end_reason = max(now, stop.starts_at), actor, reason
    stop.save(update_fields=["ended_at", "ended_by", "end_reason"])
    audit_record(
        name=EventName.PLAY_RESUMED, actor=actor, now=now, subject=_subject(stop), reason=reason,
        player_id=stop.player_id, before={"scope": stop.scope, "code": stop.reason_code, "since": stop.starts_at},
    )  # fmt: skip
    return stop


def stops_end_due(*, now: datetime, most: int = 100) -> int:
    """Resume what was stopped until a moment that has come; returns how many. Safe to run twice."""
    due = Stop.objects.filter(ended_at__isnull=True, until__lte=now).order_by("until").values_list("pk", flat=True)
    ended = 0
    for stop_id in list(due[:most]):
        try:
            stop_end(stop_id=stop_id, reason="The planned end has come.", actor=_SYSTEM, now=now)
        except errors.StopEndedAlready:
            continue
        ended += 1
    return ended


@transaction.atomic
def stop_review(*, stop_id: int, justified: bool, note: str, actor: str, now: datetime) -> StopReview:
    """Say afterwards whether a stop was right: once, by a person who did not place it with any account.

    Raises StopReviewedByItsMaker and StopReviewedAlready.
    """
    stop = Stop.objects.select_for_update(of=("self",)).get(pk=stop_id)
    if same_person(stop.placed_by, actor):
        raise errors.StopReviewedByItsMaker
    if StopReview.objects.filter(stop=stop).exists():
        raise errors.StopReviewedAlready
    review = StopReview.objects.create(stop=stop, justified=justified, note=note, reviewed_by=actor, reviewed_at=now)
    audit_record(
        name=EventName.STOP_REVIEWED, actor=actor, now=now, subject=_subject(stop), reason=note,
        player_id=stop.player_id, after={"justified": justified},
    )  # fmt: skip
    return review


def _subject(stop: Stop) -> str:
    """The stop's target as the audit trail names it; all gaming is named by the stop itself."""
    if stop.player_id is not None:
        return f"players.player:{stop.player_id}"
    if stop.game_id is not None:
        return f"games.game:{stop.game_id}"
    return f"games.provider:{stop.provider_id}" if stop.provider_id is not None else f"games.stop:{stop.pk}"
