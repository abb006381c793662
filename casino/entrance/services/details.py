"""A player changes their own details: proved anew, told by e-mail to where they were reached before (G-13)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import datetime
from typing import Final

from django.db import IntegrityError, transaction

from casino.entrance.details import EMAIL, EMAIL_MOST, details_tidy
from casino.entrance.services.protection import account_follow
from casino.entrance.services.sign_in import session_prove
from common.clock import instant_text
from players.accounts.disposable import is_disposable
from players.accounts.enums import LetterKind
from players.accounts.errors import DetailMissing, EmailNotAccepted
from players.accounts.locks import identities_lock
from players.accounts.models import Credential, PlayerSession
from players.accounts.selectors.brands import brands_together
from players.accounts.services.letters import letter_write
from players.personal.identity import identity_digests
from players.personal.selectors.details import details_open
from players.personal.selectors.matches import accounts_alike
from players.personal.services.personal_data import personal_data_set
from players.personal.types import PersonalDetails
from players.personal.vault import email_index, phone_index

# Name and birth date are who the player was registered and verified as: staff correct them, on evidence.
OWN: Final = frozenset({"email", "phone", "address_lines", "city", "postcode"})


def details_change(
    *, session: PlayerSession, password: str, code: str, changes: Mapping[str, str], now: datetime
) -> list[str]:
    """Put new contact details or a new address in place; which fields changed.

    Raises as a sign-in does for a wrong proof, DetailMissing, EmailNotAccepted, NothingChanged.
    """
    session_prove(session=session, password=password, code=code, now=now)
    player_id = session.player_id
    known = details_open(player_id=player_id)
    wanted = details_tidy(replace(known, **{k: v for k, v in changes.items() if k in OWN}))  # type: ignore[arg-type]  # texts
    _check(wanted)
    changed = [f.name for f in fields(wanted) if getattr(wanted, f.name) != getattr(known, f.name)]
    try:
        with transaction.atomic():
            _alone(session, wanted, changed)
            _put(session, known, wanted, changed, now)
            account_follow(player_id=player_id, actor=f"player:{player_id}", now=now)
    except IntegrityError as problem:
        raise DetailMissing(email="can not be used") from problem
    return changed


def _check(wanted: PersonalDetails) -> None:
    if not (EMAIL.fullmatch(wanted.email) and len(wanted.email) <= EMAIL_MOST):
        raise DetailMissing(email="is no e-mail address")
    if wanted.phone and phone_index(wanted.phone) is None:
        raise DetailMissing(phone="has too few digits")
    if is_disposable(wanted.email):
        raise EmailNotAccepted


def _alone(session: PlayerSession, wanted: PersonalDetails, changed: list[str]) -> None:
    """Nobody else of the group has this e-mail address."""
    if "email" not in changed:
        return
    digests = identity_digests(wanted)
    identities_lock([digests.email] if digests.email else [])
    for alike in accounts_alike(digests=digests, brand_ids=brands_together(session.player.brand)):
        if alike.player_id != session.player_id and "email" in alike.by:
            raise DetailMissing(email="can not be used")


def _put(
    session: PlayerSession, known: PersonalDetails, wanted: PersonalDetails, changed: list[str], now: datetime
) -> None:
    player = session.player
    personal_data_set(
        player_id=player.pk, details=wanted, actor=f"player:{player.pk}", reason="changed by the player", now=now
    )
    told = {"at": instant_text(now), "fields": ", ".join(name.replace("_", " ") for name in changed)}
    letter_write(player=player, kind=LetterKind.PERSONAL_CHANGED, now=now, facts=told, address=known.email)
    if "email" in changed:
        Credential.objects.filter(player=player).update(login_index=email_index(wanted.email), email_verified_at=None)
        letter_write(player=player, kind=LetterKind.VERIFY_EMAIL, now=now)
