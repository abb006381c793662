"""Terms in force, and which of them a player has yet to accept."""

from __future__ import annotations

from datetime import datetime

from players.accounts.enums import TermsKind
from players.accounts.models import TermsAcceptance, TermsVersion
from players.models import Brand, Player


def terms_in_force(*, brand: Brand, now: datetime) -> dict[TermsKind, TermsVersion]:
    """The version of each kind that is in force: of those that took effect, the last."""
    rows = TermsVersion.objects.filter(brand=brand, effective_at__lte=now).order_by("kind", "-effective_at")
    return {TermsKind(row.kind): row for row in rows.distinct("kind")}


def terms_due(*, player: Player, now: datetime) -> list[TermsVersion]:
    """Versions in force that the player has not accepted."""
    standing = terms_in_force(brand=player.brand, now=now).values()
    accepted = set(TermsAcceptance.objects.filter(player=player, terms__in=standing).values_list("terms_id", flat=True))
    return [version for version in standing if version.pk not in accepted]
