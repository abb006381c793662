"""Rows as the player API words them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from common.clock import instant_text
from players.accounts.models import Credential, PlayerSession, TermsVersion
from players.accounts.selectors.terms import terms_due
from players.accounts.services.sessions import StartedSession
from players.api.kit.idle import idle_after
from players.models import Player


def account_answer(player: Player, now: datetime) -> dict[str, Any]:
    """The account as its player sees it."""
    credential = Credential.objects.get(player=player)
    return {
        "player_id": player.public_id,
        "brand": player.brand.code,
        "nickname": player.nickname,
        "status": player.status,
        "currency": player.currency,
        "country": player.country,
        "language": player.language,
        "time_zone": player.time_zone,
        "jurisdiction": player.jurisdiction,
        "created_at": instant_text(player.created_at),
        "email_verified": credential.email_verified_at is not None,
        "second_factor": credential.totp_confirmed_at is not None,
        "terms_due": sorted(version.kind for version in terms_due(player=player, now=now)),
    }


def signed_in_answer(
    *, player: Player, started: StartedSession, previous: PlayerSession | None, device_id: str, now: datetime
) -> dict[str, Any]:
    """A new sign-in, with the one before it (G-16)."""
    return {
        "token": started.token,
        "session_id": started.session.public_id,
        "device_id": device_id,
        "reauthenticate_after_seconds": int(idle_after(player, now).total_seconds()),
        "previous_sign_in": None
        if previous is None
        else {
            "created_at": instant_text(previous.created_at),
            "ip": previous.ip,
            "device": previous.device.kind,
        },
        "account": account_answer(player, now),
    }


def session_answer(session: PlayerSession, current: PlayerSession) -> dict[str, Any]:
    """One sign-in in a list."""
    return {
        "id": session.public_id,
        "created_at": instant_text(session.created_at),
        "last_seen_at": instant_text(session.last_seen_at),
        "ended_at": instant_text(session.ended_at) if session.ended_at else None,
        "end_reason": session.end_reason,
        "ip": session.ip,
        "device": session.device.kind,
        "current": session.pk == current.pk,
    }


def terms_answer(version: TermsVersion) -> dict[str, Any]:
    """One version of a text."""
    return {
        "kind": version.kind,
        "version": version.version,
        "title": version.title,
        "text": version.text,
        "effective_at": instant_text(version.effective_at),
    }
