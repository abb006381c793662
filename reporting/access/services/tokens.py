"""Access tokens live for minutes; who is no longer trusted loses them at once."""

from __future__ import annotations

from datetime import datetime

from oauth2_provider.models import AccessToken


def tokens_end(*, client_id: int) -> int:
    """Drop all tokens of a client. Returns how many there were."""
    count, _kinds = AccessToken.objects.filter(application_id=client_id).delete()
    return int(count)


def tokens_clear(*, now: datetime) -> int:
    """Drop tokens that have expired. Returns how many there were."""
    count, _kinds = AccessToken.objects.filter(expires__lt=now).delete()
    return int(count)
