"""Breaks and exclusions as they take effect: placed, games ended, sign-ins ended, in one transaction.

After it a player may sign in again to see the account and to withdraw; the gate refuses everything else.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from casino.play.enums import SessionEnd as GameSessionEnd
from casino.play.models import GameSession
from casino.play.services.sessions import sessions_end as game_sessions_end
from compliance.audit.enums import Outcome
from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record
from compliance.exclusions.enums import ExclusionKind
from compliance.exclusions.selectors.marketable import unasked
from compliance.exclusions.selectors.people import exclusion_against
from compliance.exclusions.services.exclusions import Placed, exclusion_place, exclusions_follow
from compliance.exclusions.services.register_word import exclusion_of_register, register_exclusions_end
from compliance.register.enums import Occasion
from compliance.register.selectors.due import register_due
from compliance.register.services.lookups import Applicant, register_check
from compliance.register.types import RegisterAnswer
from players.accounts.enums import RegistrationOutcome, SessionEnd
from players.accounts.models import PlayerSession
from players.accounts.services.sessions import sessions_end
from players.models import Brand, Player
from players.personal.types import PersonalDetails


@transaction.atomic
def break_take(*, player_id: int, length: str, all_brands: bool = True, actor: str, now: datetime) -> Placed:
    """A player's time-out: everything that runs ends at once (UK-18, ON-01).

    Raises LengthNotOffered, AllBrandsIncluded.
    """
    placed = exclusion_place(
        player_id=player_id, kind=ExclusionKind.TIME_OUT, length=length, all_brands=all_brands, actor=actor, now=now
    )
    return _ended(placed, "The player takes a break", actor, now)


@transaction.atomic
def player_exclude(
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
    """An exclusion, by the player or by staff: everything that runs ends at once (UK-19, ON-02, G-18).

    Raises what exclusion_place raises.
    """
    placed = exclusion_place(
        player_id=player_id, kind=kind, length=length, all_brands=all_brands, reason=reason, contact_note=contact_note,
        actor=actor, now=now,
    )  # fmt: skip
    return _ended(placed, ExclusionKind(kind).label, actor, now)


def register_pass(*, player_id: int, occasion: Occasion, actor: str, now: datetime) -> RegisterAnswer:
    """Ask the player's national register, where the policy asks it on this occasion, and make its answer hold.

    Call outside of transactions. Excluded: every account of the person is, and what runs ends. Not (any more): what
    the register told before is over. Silent: the gate refuses play and lets withdrawals through until it answers.
    """
    answer = register_check(who=player_id, occasion=occasion, actor=actor, now=now)
    if answer.excluded:
        assert answer.asked_at is not None
        with transaction.atomic():
            placed = exclusion_of_register(
                player_id=player_id, register=answer.register, asked_at=answer.asked_at, actor=actor, now=now
            )
            _ended(placed, "On the national register", actor, now)
    elif answer.required and answer.known:
        assert answer.asked_at is not None
        register_exclusions_end(player_id=player_id, asked_at=answer.asked_at, actor=actor)
    return answer


def registers_ask_for_marketing(*, players: QuerySet[Player], actor: str, now: datetime, most: int = 1000) -> int:
    """Ask the registers of those whom an export would leave out for want of an answer; how many may be written to now.

    Call outside of transactions, before `marketing_list` (SE-05, DK-06).
    """
    ids = unasked(players, now=now, most=most)
    answers = [register_pass(player_id=pk, occasion=Occasion.MARKETING, actor=actor, now=now) for pk in ids]
    return sum(answer.may_play for answer in answers)


def registers_refresh(*, now: datetime, most: int = 500) -> int:
    """Ask anew about players who are signed in and whose answer is about to be a day old (UK-20); how many were asked.

    Call outside of transactions. One whose register is silent is asked again in the next round.
    """
    signed_in = PlayerSession.objects.filter(ended_at__isnull=True).values_list("player_id", flat=True).distinct()
    playing = GameSession.objects.filter(ended_at__isnull=True).values_list("player_id", flat=True).distinct()
    due = register_due({*signed_in, *playing}, now=now, most=most)
    for player_id in due:
        register_pass(player_id=player_id, occasion=Occasion.DAILY, actor="system:registers", now=now)
    return len(due)


@transaction.atomic
def account_follow(*, player_id: int, actor: str, now: datetime) -> tuple[int, ...]:
    """At every sign-in and after changed details: an account of an excluded person is excluded, too.

    Returns the numbers of the exclusions that were added.
    """
    added = exclusions_follow(player_id=player_id, actor=actor, now=now)
    if added:
        play_end([player_id], "An account of an excluded person", actor, now)
    return added


def applicant_refused(*, details: PersonalDetails, brand: Brand, now: datetime) -> RegistrationOutcome | None:
    """Whether an applicant may not have an account: EXCLUDED by us or by the register, REGISTER_SILENT, or None.

    Call outside of transactions, before the account is opened; then `account_follow` in the opening transaction, which
    holds a namesake until verified (G-11, UK-20, MT-06).
    """
    match = exclusion_against(details=details, brand_id=brand.pk, now=now)
    if match is not None and match.certain:
        _matched(brand, match.exclusion.pk, match.by, now)
        return RegistrationOutcome.EXCLUDED
    applicant = Applicant(details=details, brand_id=brand.pk, jurisdiction=brand.jurisdiction)
    answer = register_check(who=applicant, occasion=Occasion.REGISTRATION, actor="system:registration", now=now)
    if answer.excluded:
        return RegistrationOutcome.EXCLUDED
    return None if answer.known else RegistrationOutcome.REGISTER_SILENT


def sign_in_protect(*, player_id: int, now: datetime) -> RegisterAnswer:
    """What every sign-in asks, between the proof of who it is and the start of the session; outside of transactions.

    Never refuses the sign-in: withdrawal stays open. What it finds out is the gate's from then on.
    """
    actor = f"player:{player_id}"
    account_follow(player_id=player_id, actor=actor, now=now)
    return register_pass(player_id=player_id, occasion=Occasion.SIGN_IN, actor=actor, now=now)


@transaction.atomic
def _matched(brand: Brand, exclusion_id: int, by: tuple[str, ...], now: datetime) -> None:
    audit_record(
        name=EventName.REGISTRATION_MATCHED, actor="system:registration", now=now,
        subject=f"exclusions.exclusion:{exclusion_id}", brand_id=brand.pk, after={"by": by}, outcome=Outcome.REFUSED,
    )  # fmt: skip


def play_end(player_ids: Iterable[int], reason: str, actor: str, now: datetime) -> None:
    """End every game session and sign-in of players, in the caller's transaction."""
    for player_id in sorted(player_ids):
        game_sessions_end(player_id=player_id, end=GameSessionEnd.REVOKED, reason=reason, actor=actor, now=now)
        sessions_end(player_id=player_id, why=SessionEnd.EXCLUDED, actor=actor, now=now)


def _ended(placed: Placed, reason: str, actor: str, now: datetime) -> Placed:
    play_end(placed.player_ids, reason, actor, now)
    return placed
