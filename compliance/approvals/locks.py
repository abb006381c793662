"""The lock of an approval: whoever decides about it takes its row first, then what its kind locks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.db import OperationalError

from compliance.approvals.errors import ApprovalBusy, ApprovalUnknown
from compliance.approvals.models import Approval


@contextmanager
def busy_when_locked() -> Iterator[None]:
    """Around a transaction: waiting too long for a row (LOCK_TIMEOUT_MS) is the refusal ApprovalBusy."""
    try:
        yield
    except OperationalError as error:
        if isinstance(error.__cause__, psycopg.errors.LockNotAvailable):
            raise ApprovalBusy from error
        raise


def approval_lock(approval_id: int) -> Approval:
    """The approval as it stands, locked until the transaction ends. Raises ApprovalUnknown."""
    found = Approval.objects.select_for_update(no_key=True).filter(pk=approval_id).first()
    if found is None:
        raise ApprovalUnknown
    return found
