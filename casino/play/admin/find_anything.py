"""Ctrl-K: an id of any kind, pasted from a ticket, leads to its page."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from unfold.dataclasses import SearchResult

from casino.games.selectors.providers import provider_names
from casino.play.models import GameSession, Leg, Round
from casino.play.selectors.rounds import legs_by_provider_transaction
from players.models import Player
from wallet.selectors.transactions import transaction_exists

LEAST = 3


def find_anything(request: HttpRequest, term: str) -> list[Any]:
    """unfold's search callback: players, sessions, rounds, booked calls and transactions by exact id."""
    word = term.strip()
    if len(word) < LEAST or not request.user.is_staff:
        return []
    found: list[Any] = [
        _result("players.player", player.pk, str(player), "Player", "person")
        for player in Player.objects.filter(public_id=word)
    ]
    found += [
        _result("play.gamesession", session.pk, session.public_id, "Game session", "sports_esports")
        for session in GameSession.objects.filter(public_id=word)
    ]
    providers = list(provider_names())
    found += [
        _result("play.round", item.pk, item.reference, f"Round of {item.player}", "casino")
        for item in Round.objects.filter(provider_id__in=providers, reference=word).select_related("player")[:10]
    ]
    keys = legs_by_provider_transaction(provider_ids=providers, provider_transaction_id=word)
    try:
        own = UUID(word)
    except ValueError:
        own = None
    if own is not None:
        keys.append(own)
        if transaction_exists(own):
            found.append(_result("wallet.transaction", own, str(own), "Ledger transaction", "receipt_long"))
    found += [
        _result("play.leg", leg.pk, str(leg), f"Booked call, {leg.get_kind_display().lower()}", "swap_vert")
        for leg in Leg.objects.filter(pk__in=keys)
    ]
    return found


def _result(model: str, key: object, title: str, description: str, icon: str) -> Any:
    address = reverse(f"admin:{model.replace('.', '_')}_change", args=[key])
    return SearchResult(title=title, description=description, link=address, icon=icon)
