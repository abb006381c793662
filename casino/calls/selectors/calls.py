"""Reads of the call log: one round's time line, and searches."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db.models import Q, QuerySet

from casino.calls.models import ProviderCall

_BYTES = ("body", "body_sha256", "answer", "headers")


def calls_of_round(
    *, provider_code: str, player: str, round_reference: str, transaction_ids: Collection[str]
) -> QuerySet[ProviderCall]:
    """Every call that touched a round of one player, in time order: those that name the round, and those that name
    one of its transactions as their own or as their original (rollbacks need not name a round).
    """
    touches = Q(round_reference=round_reference, player=player)
    if names := {name for name in transaction_ids if name}:
        touches |= Q(provider_transaction_id__in=names) | Q(original_transaction_id__in=names)
    return ProviderCall.objects.filter(touches, provider_code=provider_code).order_by("received_at", "id")


def token_exchange_of(*, provider_code: str, at: datetime) -> ProviderCall | None:
    """The `auth` call that exchanged a session's token: its session carries the very moment of the call."""
    return ProviderCall.objects.filter(received_at=at, call="auth", provider_code=provider_code, outcome="ok").first()


def calls_search(
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    provider_code: str = "",
    player: str = "",
    round_reference: str = "",
    transaction_id: str = "",
    outcome: str = "",
) -> QuerySet[ProviderCall]:
    """Calls with since <= received_at < until and all the given words, newest first, without their bytes.

    A transaction id finds the calls that carry it and those that reverse it.
    """
    wanted = Q()
    if since is not None:
        wanted &= Q(received_at__gte=since)
    if until is not None:
        wanted &= Q(received_at__lt=until)
    if transaction_id:
        wanted &= Q(provider_transaction_id=transaction_id) | Q(original_transaction_id=transaction_id)
    words = {
        "provider_code": provider_code, "player": player, "round_reference": round_reference, "outcome": outcome
    }  # fmt: skip
    wanted &= Q(**{name: word for name, word in words.items() if word})
    return ProviderCall.objects.filter(wanted).defer(*_BYTES).order_by("-received_at", "-id")
