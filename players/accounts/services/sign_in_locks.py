"""Failed sign-ins in a row, counted by brand and name whether or not the name exists: a lock tells nothing (G-12)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from players.accounts.models import SignInLock
from players.models import Brand


@dataclass(frozen=True, slots=True, kw_only=True)
class LockRule:
    """So many failures in a row, within so long, lock a name for so long; by policy (`sign_in.lock`)."""

    failures: int
    within: timedelta
    locked_for: timedelta


def lock_holds(*, brand: Brand, login_index: bytes, now: datetime) -> bool:
    """Whether sign-in under this name is locked, however right the password."""
    return SignInLock.objects.filter(brand=brand, login_index=login_index, locked_until__gt=now).exists()


@transaction.atomic
def failure_count(*, brand: Brand, login_index: bytes, rule: LockRule, now: datetime) -> bool:
    """Count one more failure; whether it closed the lock."""
    kept, _ = SignInLock.objects.select_for_update().get_or_create(
        brand=brand, login_index=login_index, defaults={"failures": 0, "first_failed_at": now}
    )
    over = kept.locked_until is not None and kept.locked_until <= now
    if over or now - kept.first_failed_at > rule.within:
        kept.failures, kept.first_failed_at, kept.locked_until = 0, now, None
    kept.failures += 1
    closed = kept.failures >= rule.failures and kept.locked_until is None
    if closed:
        kept.locked_until = now + rule.locked_for
    kept.save(update_fields=["failures", "first_failed_at", "locked_until"])
    return closed


def failures_forget(*, brand: Brand, login_index: bytes) -> None:
    """After a right sign-in, and after a password reset, the count begins anew."""
    SignInLock.objects.filter(brand=brand, login_index=login_index).delete()


def locks_clear(*, now: datetime) -> int:
    """Forget counts that are two days old: no rule counts for longer than a day, or locks for longer. How many."""
    return SignInLock.objects.filter(first_failed_at__lt=now - timedelta(days=2)).delete()[0]
