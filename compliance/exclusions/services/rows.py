"""One exclusion's row: written with its marks and its event, followed by those of the person's other accounts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record
from compliance.enums import RestrictionKind
from compliance.exclusions.enums import ComesOff, ExclusionKind, ExclusionScope
from compliance.exclusions.identity import IdentityDigest
from compliance.exclusions.models import ExcludedIdentity, Exclusion
from compliance.exclusions.selectors.people import digests_of_player
from compliance.exclusions.terms import Terms
from compliance.selectors.restrictions import restrictions_of_player
from compliance.services.restrictions import restriction_place
from players.models import Brand, Player

NAMESAKE: Final = (
    "May be somebody who is excluded (name and birth date, or a contact, are the same): verify who this is."
)


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be placed."""

    kind: ExclusionKind
    scope: ExclusionScope
    terms: Terms
    reason: str
    contact_note: str


def exclusion_over(*, exclusion_id: int, over_at: datetime, reason: str, actor: str) -> list[int]:
    """End an exclusion with those that follow it, in the caller's transaction; the database decides whether it may.

    Returns the players whose it was.
    """
    rows = Exclusion.objects.filter(pk=exclusion_id) | Exclusion.objects.filter(origin_id=exclusion_id)
    ended = []
    for row in rows.filter(over_at=None).select_related("brand").order_by("pk"):
        row.over_at = over_at
        row.save(update_fields=["over_at"])
        audit_record(
            name=EventName.EXCLUSION_LIFTED, actor=actor, now=over_at, subject=f"exclusions.exclusion:{row.pk}",
            reason=reason, brand_id=row.brand_id, player_id=row.player_id, before={"over_at": None},
            after={"over_at": over_at, "kind": row.kind},
        )  # fmt: skip
        if row.player_id is not None:
            ended.append(row.player_id)
    return ended


def follower_row(first: Exclusion, player: Player, actor: str, now: datetime) -> Exclusion:
    """The same against another account of the person; it is over when the first is."""
    terms = Terms(
        length=first.length, ends_at=first.ends_at, over_at=first.over_at, comes_off=ComesOff(first.comes_off),
        cooling_off_hours=first.cooling_off_hours,
    )  # fmt: skip
    reason = "Another account of the same person"
    wish = Wish(ExclusionKind(first.kind), ExclusionScope(first.scope), terms, reason, "")
    return exclusion_row(player, player.brand, wish, first, digests_of_player(player.pk), actor, now)


def exclusion_row(
    player: Player | None, brand: Brand, wish: Wish, first: Exclusion | None, marks: frozenset[IdentityDigest],
    actor: str, now: datetime,
) -> Exclusion:  # fmt: skip
    """Write it with its marks and its event."""
    terms = wish.terms
    row = Exclusion.objects.create(
        player=player, brand=brand, group_id=brand.group_id if wish.scope == ExclusionScope.GROUP else None,
        jurisdiction=player.jurisdiction if player else brand.jurisdiction, kind=wish.kind, scope=wish.scope,
        length=terms.length, starts_at=first.starts_at if first else now, ends_at=terms.ends_at,
        over_at=terms.over_at, comes_off=terms.comes_off, cooling_off_hours=terms.cooling_off_hours,
        reason=wish.reason[:500], contact_note=wish.contact_note[:1000], placed_by=actor, origin=first,
    )  # fmt: skip
    marks_add(row, marks)
    audit_record(
        name=EventName.EXCLUSION_PLACED, actor=actor, now=now, subject=f"exclusions.exclusion:{row.pk}",
        reason=wish.reason, brand_id=brand.pk, player_id=row.player_id,
        after={
            "kind": row.kind, "scope": row.scope, "length": row.length, "ends_at": row.ends_at,
            "comes_off": row.comes_off, "follows": row.origin_id, "contact_recorded": bool(row.contact_note),
        },
    )  # fmt: skip
    return row


def marks_add(row: Exclusion, marks: frozenset[IdentityDigest]) -> int:
    """Remember by what the person is known again; how many marks were new."""
    known = {bytes(digest) for digest in row.identities.values_list("digest", flat=True)}
    new = sorted((mark for mark in marks if mark.digest not in known), key=lambda mark: (mark.kind.value, mark.digest))
    ExcludedIdentity.objects.bulk_create(
        ExcludedIdentity(exclusion=row, kind=mark.kind, digest=mark.digest) for mark in new
    )
    return len(new)


def namesake_hold(player: Player, actor: str, now: datetime) -> None:
    """Stop an account that may be an excluded person's until somebody verified who it is."""
    live = restrictions_of_player(player.pk).filter(kind=RestrictionKind.KYC_REQUIRED, ends_at=None)
    if not live.exists():
        restriction_place(
            player_id=player.pk, kind=RestrictionKind.KYC_REQUIRED, starts_at=now, ends_at=None, reason=NAMESAKE,
            actor=actor, now=now,
        )  # fmt: skip
