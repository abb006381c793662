"""Choosing a password anew: by a link, or by the one that is known."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from casino.entrance.passwords import password_check
from casino.entrance.services.sign_in import session_prove
from compliance.audit.enums import Outcome
from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record
from players.accounts.enums import LetterKind
from players.accounts.models import PlayerSession
from players.accounts.selectors.brands import brand_open
from players.accounts.services.credentials import credential_find, password_hash, password_reset, password_set
from players.accounts.services.letters import letter_write


@transaction.atomic
def reset_ask(*, brand_code: str, email: str, now: datetime) -> None:
    """Send a link to whoever has this e-mail address; the answer is the same where nobody has it (G-12).

    Raises BrandUnknown.
    """
    brand = brand_open(brand_code)
    credential = credential_find(brand=brand, email=email)
    known = credential is not None
    audit_record(
        name=EventName.RESET_ASKED, actor="anonymous", now=now,
        subject=f"players.player:{credential.player_id}" if credential else f"players.brand:{brand.pk}",
        brand_id=brand.pk, player_id=credential.player_id if credential else None,
        outcome=Outcome.DONE if known else Outcome.REFUSED,
    )  # fmt: skip
    if credential is not None:
        letter_write(player=credential.player, kind=LetterKind.RESET_PASSWORD, now=now)


def password_choose(*, token: str, password: str, now: datetime) -> None:
    """A new password by a link; every sign-in ends (G-13). Raises PasswordTooWeak, TokenNotValid."""
    password_check(password)
    password_reset(token=token, hashed=password_hash(password), now=now)


def password_change(*, session: PlayerSession, old: str, code: str, new: str, now: datetime) -> None:
    """A new password by the old one; every other sign-in ends. Raises PasswordTooWeak, and as a sign-in does."""
    password_check(new)
    session_prove(session=session, password=old, code=code, now=now)
    password_set(
        player_id=session.player_id, hashed=password_hash(new), actor=f"player:{session.player_id}", now=now,
        keep_session=session.pk,
    )  # fmt: skip
