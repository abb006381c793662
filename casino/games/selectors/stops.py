"""What is stopped: live stops by what they concern, and those that nobody has looked at yet."""

from __future__ import annotations

from typing import Final

from django.db import connection
from django.db.models import Q, QuerySet

from casino.games.enums import StopScope
from casino.games.models import Stop
from compliance.staff.models import StaffUser

MOST_SHOWN: Final = 100


def stops_in_force() -> QuerySet[Stop]:
    """Live stops with what they name: all gaming first, then the widest, then the newest."""
    return Stop.objects.filter(ended_at__isnull=True).select_related("provider", "game__provider", "player", "review")


def stop_of(*, scope: StopScope, target_id: int | None) -> Stop | None:
    """The live stop of exactly this target, or None."""
    target = {} if scope is StopScope.ALL else {f"{scope.value}_id": target_id}
    return stops_in_force().filter(scope=scope, **target).first()


def stop_against_play(*, provider_id: int, game_id: int | None, player_id: int) -> StopScope | None:
    """What stands in the way of this player's play of this game: the widest live stop's scope, or None."""
    rows = Stop.objects.filter(ended_at__isnull=True).filter(
        Q(scope=StopScope.ALL)
        | Q(provider_id=provider_id)
        | Q(player_id=player_id)
        | (Q(game_id=game_id) if game_id is not None else Q(pk__in=[]))
    )
    found = set(rows.values_list("scope", flat=True))
    return next((scope for scope in StopScope if scope in found), None)


def stops_not_reviewed() -> QuerySet[Stop]:
    """Stops that one person placed alone and nobody else has looked at, oldest first."""
    return Stop.objects.filter(review__isnull=True).order_by("pk")


def same_person(one: str, other: str) -> bool:
    """Whether two actors ("staff:7") are one person: the same account, or two with one personnel number."""
    if one == other:
        return True
    keys = [actor.removeprefix("staff:") for actor in (one, other)]
    if not all(key.isascii() and key.isdecimal() for key in keys):
        return False
    numbers = StaffUser.objects.filter(pk__in=map(int, keys)).exclude(personnel_number=None)
    people = list(numbers.exclude(personnel_number="").values_list("personnel_number", flat=True))
    return len(people) == len(keys) and len(set(people)) == 1


def transaction_number_now() -> int:
    """A number above those of all transactions that write at this moment.

    A fresh one of our own: a snapshot's xmax is the last that *ended*, and leaves out those begun since.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text::bigint")
        row = cursor.fetchone()
    assert row is not None
    return int(row[0])


def transactions_ended_below(number: int) -> bool:
    """Whether every writing transaction with a number below this one has ended."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint >= %s", [number])
        row = cursor.fetchone()
    return row is not None and bool(row[0])
