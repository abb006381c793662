"""One row of every screen of player accounts, for a player who was made without registration."""

from __future__ import annotations

from datetime import datetime, timedelta

from players.accounts.enums import ErasureState, RegistrationOutcome, TermsKind
from players.accounts.models import Erasure, Registration, TermsVersion
from players.accounts.services.devices import device_seen
from players.accounts.services.sessions import session_start
from players.models import BrandGroup, Player


def account_rows(player: Player, now: datetime) -> dict[str, int]:
    """The keys by the model's name."""
    BrandGroup.objects.get_or_create(code="north", defaults={"name": "North"})
    device, _ = device_seen(
        player=player, device_id=f"device-of-{player.public_id}", user_agent="Firefox Linux", ip="192.0.2.7", now=now
    )
    started = session_start(
        player=player, device=device, ip="192.0.2.7", user_agent="Firefox Linux", actor=f"player:{player.pk}", now=now
    )
    attempt = Registration.objects.create(
        brand=player.brand, outcome=RegistrationOutcome.UNDERAGE, country="MT", attempted_at=now
    )
    version = f"of-{player.nickname}"
    terms = TermsVersion.objects.create(
        brand=player.brand, kind=TermsKind.TERMS, version=version, title="Terms", text="Be kind.", effective_at=now,
        created_at=now,
    )  # fmt: skip
    erasure = Erasure.objects.create(
        player=player, state=ErasureState.RESTRICTED, requested_at=now, delete_after=now + timedelta(days=1800)
    )
    return {
        "playersession": started.session.pk,
        "registration": attempt.pk,
        "termsversion": terms.pk,
        "erasure": erasure.pk,
    }
