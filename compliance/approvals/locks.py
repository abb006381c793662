"""The lock of an approval: whoever decides about it takes its row first, then what its kind locks."""

from __future__ import annotations

from functools import partial
from typing import Final

from common.database.row_locks import refused_when_locked
from compliance.approvals.errors import ApprovalBusy, ApprovalUnknown
from compliance.approvals.models import Approval

busy_when_locked: Final = partial(refused_when_locked, ApprovalBusy)


def approval_lock(approval_id: int) -> Approval:
    """The approval as it stands, locked until the transaction ends. Raises ApprovalUnknown."""
    found = Approval.objects.select_for_update(no_key=True).filter(pk=approval_id).first()
    if found is None:
        raise ApprovalUnknown
    return found
