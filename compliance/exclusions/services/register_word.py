"""What a national register says about a person, made to hold here: for as long as the register says so."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from compliance.exclusions.enums import ComesOff, ExclusionKind, ExclusionScope
from compliance.exclusions.locks import players_lock
from compliance.exclusions.models import Exclusion
from compliance.exclusions.selectors.people import accounts_of_person, digests_of_player
from compliance.exclusions.selectors.standing import in_force
from compliance.exclusions.services.exclusions import Placed, placed_for_all, standing_for
from compliance.exclusions.services.rows import Wish, exclusion_over
from compliance.exclusions.terms import Terms
from players.models import Player


@transaction.atomic
def exclusion_of_register(*, player_id: int, register: str, asked_at: datetime, actor: str, now: datetime) -> Placed:
    """The register says that the person is excluded: every account of theirs is, until the register says otherwise."""
    player = Player.objects.select_related("brand").get(pk=player_id)
    others = accounts_of_person(player)
    players_lock([player.pk, *(other.pk for other in others.certain)])
    rows = Exclusion.objects.filter(in_force(now), player=player, kind=ExclusionKind.REGISTER)
    standing = rows.select_related("origin").first()
    if standing is not None:
        first = standing.origin or standing
        return Placed(exclusion=first, player_ids=standing_for(first))
    terms = Terms(length="", ends_at=None, over_at=None, comes_off=ComesOff.BY_REGISTER, cooling_off_hours=0)
    wish = Wish(ExclusionKind.REGISTER, ExclusionScope.GROUP, terms, f"Told by {register}", "")
    return placed_for_all(player, others, wish, digests_of_player(player_id), actor, asked_at)


@transaction.atomic
def register_exclusions_end(*, player_id: int, asked_at: datetime, actor: str) -> tuple[int, ...]:
    """The register says that the person is not excluded (any more): what it told before is over. Which players' it was.

    `asked_at` is the moment of that lookup; the database compares.
    """
    rows = Exclusion.objects.filter(
        player_id=player_id, kind=ExclusionKind.REGISTER, over_at=None, starts_at__lt=asked_at
    )
    ended: list[int] = []
    for first in sorted({row.origin_id or row.pk for row in rows}):
        ended += exclusion_over(exclusion_id=first, over_at=asked_at, reason="Told by the register", actor=actor)
    return tuple(ended)
