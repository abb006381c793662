"""Recorded answers, found by their provider and the provider's transaction id, or by the id alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import Q

from wallet.models import RecordedAnswer


def answers_find(*, provider_ids: Sequence[int], provider_transaction_id: str) -> list[RecordedAnswer]:
    """The answers that these providers' calls with this id received; at most one for each provider."""
    rows = RecordedAnswer.objects.filter(provider_id__in=provider_ids, provider_transaction_id=provider_transaction_id)
    return list(rows.order_by("provider_id"))


def answers_of_calls(calls: Iterable[tuple[int, str]]) -> dict[tuple[int, str], RecordedAnswer]:
    """The answers of several (provider, provider's transaction id), by that pair."""
    wanted = Q(pk__in=[])
    by_provider: dict[int, list[str]] = {}
    for provider_id, call in calls:
        by_provider.setdefault(provider_id, []).append(call)
    for provider_id, ids in by_provider.items():
        wanted |= Q(provider_id=provider_id, provider_transaction_id__in=ids)
    if not by_provider:
        return {}
    return {(a.provider_id, a.provider_transaction_id): a for a in RecordedAnswer.objects.filter(wanted)}
