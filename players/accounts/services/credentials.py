"""Passwords of players, as argon2 hashes. Hashing takes its time: it is done before a transaction opens."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction

from common.clock import instant_text
from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record
from players.accounts.enums import LetterKind, SessionEnd, TokenPurpose
from players.accounts.models import Credential
from players.accounts.services.letters import letter_write
from players.accounts.services.sessions import sessions_end
from players.accounts.services.sign_in_locks import failures_forget
from players.accounts.services.tokens import token_use
from players.models import Brand, Player
from players.personal.vault import email_index


def password_hash(raw: str) -> str:
    """The hash to keep."""
    return make_password(raw)


def credential_proved(*, credential: Credential | None, raw: str) -> bool:
    """Whether the password is right. Takes as long for nobody's name as for somebody's (G-12)."""
    if credential is None:
        check_password(raw, _nobodys_hash())
        return False
    return check_password(raw, credential.password)


@lru_cache(maxsize=1)
def _nobodys_hash() -> str:
    return make_password("nobody has this password")


def credential_open(*, player: Player, email: str, hashed: str, now: datetime) -> Credential:
    """The credential of a new account, in the caller's transaction; the e-mail address is unique in the brand."""
    return Credential.objects.create(
        player=player, brand_id=player.brand_id, login_index=email_index(email), password=hashed,
        password_changed_at=now,
    )  # fmt: skip


def credential_find(*, brand: Brand, email: str) -> Credential | None:
    """The credential under an e-mail address in a brand."""
    index = email_index(email)
    if index is None:
        return None
    return Credential.objects.filter(brand=brand, login_index=index).select_related("player__brand").first()


@transaction.atomic
def password_set(*, player_id: int, hashed: str, actor: str, now: datetime, keep_session: int | None = None) -> None:
    """A new password, told by e-mail; every other sign-in ends with it."""
    credential = Credential.objects.select_for_update(of=("self",)).select_related("player").get(player_id=player_id)
    credential.password, credential.password_changed_at = hashed, now
    credential.save(update_fields=["password", "password_changed_at"])
    player = credential.player
    audit_record(
        name=EventName.PLAYER_PASSWORD_CHANGED, actor=actor, now=now, subject=f"players.player:{player_id}",
        brand_id=player.brand_id, player_id=player_id,
    )  # fmt: skip
    sessions_end(player_id=player_id, why=SessionEnd.PASSWORD, actor=actor, now=now, but=keep_session)
    letter_write(player=player, kind=LetterKind.PASSWORD_CHANGED, now=now, facts={"at": instant_text(now)})


@transaction.atomic
def password_reset(*, token: str, hashed: str, now: datetime) -> Player:
    """A new password by a link: used once, it ends every sign-in and opens a locked name (G-13). Raises TokenNotValid.

    Whoever used the link reads the player's mail, so the address is confirmed with it.
    """
    credential = token_use(token=token, purpose=TokenPurpose.RESET_PASSWORD, now=now)
    player = credential.player
    password_set(player_id=player.pk, hashed=hashed, actor=f"player:{player.pk}", now=now)
    if credential.email_verified_at is None:
        _email_verified(credential, now)
    assert credential.login_index is not None
    failures_forget(brand=credential.brand, login_index=bytes(credential.login_index))
    return player


@transaction.atomic
def email_verify(*, token: str, now: datetime) -> Player:
    """The player has the e-mail address that they told. Raises TokenNotValid."""
    credential = token_use(token=token, purpose=TokenPurpose.VERIFY_EMAIL, now=now)
    if credential.email_verified_at is None:
        _email_verified(credential, now)
    return credential.player


def _email_verified(credential: Credential, now: datetime) -> None:
    Credential.objects.filter(pk=credential.pk).update(email_verified_at=now)
    audit_record(
        name=EventName.EMAIL_VERIFIED, actor=f"player:{credential.player_id}", now=now,
        subject=f"players.player:{credential.player_id}", brand_id=credential.player.brand_id,
        player_id=credential.player_id,
    )  # fmt: skip
