"""Recorded answers, for providers in doubt and for staff."""

from __future__ import annotations

from wallet.models import RecordedAnswer


def recorded_answer(*, provider_id: int, transaction_id: str) -> RecordedAnswer | None:
    """The first determinate outcome of a provider's transaction id, or None."""
    return RecordedAnswer.objects.filter(provider_id=provider_id, provider_transaction_id=transaction_id).first()
