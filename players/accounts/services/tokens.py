"""Links in e-mails: a token of 256 bits, kept as its digest, used once, until it expires (G-13)."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from common.errors import BrokenPromise
from players.accounts.enums import TokenPurpose
from players.accounts.errors import TokenNotValid
from players.accounts.models import Credential, OneTimeToken
from players.accounts.selectors.sessions import TOKEN_MOST, token_digest
from players.models import Player

LASTS: Final = {
    TokenPurpose.VERIFY_EMAIL: timedelta(days=3),
    TokenPurpose.RESET_PASSWORD: timedelta(minutes=30),
}


def token_issue(*, player: Player, purpose: TokenPurpose, now: datetime) -> str:
    """A new token for the player's present e-mail address; earlier ones of the purpose no longer count."""
    index = Credential.objects.values_list("login_index", flat=True).get(player=player)
    if index is None:
        raise BrokenPromise(f"player {player.pk} has no e-mail address to prove")
    token = secrets.token_urlsafe(32)
    OneTimeToken.objects.create(
        player=player, purpose=purpose, digest=token_digest(token), login_index=bytes(index), created_at=now,
        expires_at=now + LASTS[purpose],
    )  # fmt: skip
    return token


@transaction.atomic
def token_use(*, token: str, purpose: TokenPurpose, now: datetime) -> Credential:
    """Use a token up; the credential it is for, locked.

    Raises TokenNotValid for one that is unknown, used, too old, followed by a newer one, or of a former address.
    """
    if len(token) > TOKEN_MOST:
        raise TokenNotValid
    kept = OneTimeToken.objects.select_for_update().filter(digest=token_digest(token), purpose=purpose).first()
    if kept is None or kept.used_at is not None or kept.expires_at <= now:
        raise TokenNotValid
    credential = Credential.objects.select_for_update(of=("self",)).select_related("player").get(player=kept.player_id)
    newest = OneTimeToken.objects.filter(player=kept.player_id, purpose=purpose).order_by("-pk").first()
    of_former_address = credential.login_index is None or bytes(credential.login_index) != bytes(kept.login_index)
    if newest != kept or of_former_address:
        raise TokenNotValid
    kept.used_at = now
    kept.save(update_fields=["used_at"])
    return credential


def tokens_clear(*, now: datetime) -> int:
    """Forget tokens that expired a month ago; how many."""
    return OneTimeToken.objects.filter(expires_at__lt=now - timedelta(days=30)).delete()[0]
