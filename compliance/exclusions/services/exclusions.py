"""Placing breaks and exclusions: at once, for every account of the person that they reach, never loosened here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import structlog
from django.db import transaction

from compliance.exclusions.effects import effects_run
from compliance.exclusions.enums import ExclusionKind, ExclusionScope
from compliance.exclusions.errors import AllBrandsIncluded, ContactNotRecorded, ReasonNotTold
from compliance.exclusions.identity import IdentityDigest, identity_digests
from compliance.exclusions.locks import players_lock
from compliance.exclusions.models import Exclusion
from compliance.exclusions.selectors.people import (
    Accounts,
    accounts_of_person,
    digests_of_player,
    exclusions_of_marks,
)
from compliance.exclusions.selectors.standing import in_force
from compliance.exclusions.services.rows import Wish, exclusion_row, follower_row, marks_add, namesake_hold
from compliance.exclusions.terms import exclusion_terms
from compliance.policy.keys import PolicyKey
from compliance.policy.selectors.policies import policy_of
from compliance.policy.types import Policy
from players.models import Brand, Player
from players.personal.types import PersonalDetails

WORDS_LEAST: Final = 5
REPEATED: Final = timedelta(seconds=30)  # the same wish twice within this is a button pressed twice
log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """An exclusion and everybody against whom it stands: end their game sessions and sign-ins."""

    exclusion: Exclusion
    player_ids: tuple[int, ...]


@transaction.atomic
def exclusion_place(
    *,
    player_id: int,
    kind: ExclusionKind,
    length: str,
    all_brands: bool = True,
    reason: str = "",
    contact_note: str = "",
    actor: str,
    now: datetime,
) -> Placed:
    """Exclude a player from now on, for a length that the jurisdiction offers (UK-18, UK-19, ON-01, ON-02, MT-05).

    Staff who act for a player record the contact; the operator's own exclusion gives its reason. Longer is always
    possible, shorter never: each further one stands beside the earlier. Raises LengthNotOffered, AllBrandsIncluded,
    ContactNotRecorded, ReasonNotTold.
    """
    player = Player.objects.select_related("brand").get(pk=player_id)
    policy = policy_of(jurisdiction=player.jurisdiction, now=now)
    _check_words(kind, reason, contact_note, actor)
    if not all_brands and policy.word(PolicyKey.EXCLUSION_BRANDS) != "ask":
        raise AllBrandsIncluded
    terms = exclusion_terms(policy, kind=kind, length=length, zone=zone_of(player, policy), now=now)
    scope = ExclusionScope.GROUP if all_brands else ExclusionScope.BRAND
    others = accounts_of_person(player) if all_brands else Accounts()
    players_lock([player.pk, *(other.pk for other in others.certain)])
    if (repeated := _repeated(player.pk, kind, length, scope, now)) is not None:
        return Placed(exclusion=repeated, player_ids=standing_for(repeated))
    wish = Wish(kind, scope, terms, reason, contact_note)
    return placed_for_all(player, others, wish, digests_of_player(player_id), actor, now)


@transaction.atomic
def person_exclude(
    *, details: PersonalDetails, brand_id: int, length: str, contact_note: str, actor: str, now: datetime
) -> Exclusion:
    """Keep somebody without an account from opening one, because they asked for it (MT-06).

    Raises ContactNotRecorded, LengthNotOffered, and ReasonNotTold when the details name nobody.
    """
    brand = Brand.objects.get(pk=brand_id)
    if len(contact_note.strip()) < WORDS_LEAST:
        raise ContactNotRecorded
    marks = identity_digests(details)
    if not any(mark.certain for mark in marks):
        raise ReasonNotTold
    policy = policy_of(jurisdiction=brand.jurisdiction, now=now)
    kind = ExclusionKind.SELF_EXCLUSION
    terms = exclusion_terms(policy, kind=kind, length=length, zone=policy.zone, now=now)
    wish = Wish(kind, ExclusionScope.GROUP, terms, "", contact_note.strip())
    return exclusion_row(None, brand, wish, None, marks, actor, now)


@transaction.atomic
def exclusions_follow(*, player_id: int, actor: str, now: datetime) -> tuple[int, ...]:
    """Have an account that turns out to be an excluded person's be excluded, too; for sign-in and changed details.

    Who may be that person is held until somebody verified who it is, and an excluded person is known by changed
    details from now on. Returns the numbers of the exclusions that were added.
    """
    player = Player.objects.select_related("brand").get(pk=player_id)
    marks = digests_of_player(player_id)
    players_lock([player_id])
    own = list(Exclusion.objects.filter(in_force(now), player_id=player_id))
    for row in own:
        marks_add(row, marks)
    known = {pk for row in own for pk in (row.pk, row.origin_id)}
    added: list[int] = []
    for match in exclusions_of_marks(marks, brand=player.brand, now=now):
        first = match.exclusion.origin or match.exclusion
        if first.pk in known:
            continue
        if match.same_person:
            added.append(follower_row(first, player, actor, now).pk)
            known.add(first.pk)
        elif first.kind != ExclusionKind.TIME_OUT:
            namesake_hold(player, actor, now)
    return tuple(added)


def zone_of(player: Player, policy: Policy) -> ZoneInfo:
    """The player's own time zone; the jurisdiction's where it is not known."""
    try:
        return ZoneInfo(player.time_zone) if player.time_zone not in ("", "UTC") else policy.zone
    except (ZoneInfoNotFoundError, ValueError):
        return policy.zone


def placed_for_all(
    player: Player, others: Accounts, wish: Wish, marks: frozenset[IdentityDigest], actor: str, now: datetime
) -> Placed:
    """Write it for every account of the person, and have everything else end that it ends."""
    first = exclusion_row(player, player.brand, wish, None, marks, actor, now)
    for other in others.certain:
        follower_row(first, other, actor, now)
    if wish.kind != ExclusionKind.TIME_OUT:
        for other in others.possible:
            namesake_hold(other, actor, now)
    player_ids = (player.pk, *(other.pk for other in others.certain))
    effects_run(player_ids, first.pk, now, actor)
    log.info("compliance:exclusion:placed", exclusion=first.pk, kind=wish.kind.value, accounts=len(player_ids))
    return Placed(exclusion=first, player_ids=player_ids)


def _repeated(
    player_id: int, kind: ExclusionKind, length: str, scope: ExclusionScope, now: datetime
) -> Exclusion | None:
    recent = Exclusion.objects.filter(in_force(now), player_id=player_id, kind=kind, length=length, scope=scope)
    return recent.filter(starts_at__gt=now - REPEATED, origin=None).order_by("-pk").first()


def standing_for(first: Exclusion) -> tuple[int, ...]:
    """Whose it is, and the accounts that follow."""
    followers = Exclusion.objects.filter(origin=first).order_by("pk").values_list("player_id", flat=True)
    return tuple(pk for pk in (first.player_id, *followers) if pk is not None)


def _check_words(kind: ExclusionKind, reason: str, contact_note: str, actor: str) -> None:
    if kind == ExclusionKind.OPERATOR:
        if len(reason.strip()) < WORDS_LEAST:
            raise ReasonNotTold
    elif actor.startswith("staff:") and len(contact_note.strip()) < WORDS_LEAST:
        raise ContactNotRecorded
