"""How an export ends other than by its file: cancelled, not approved, tried again, deleted in time."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import transaction

from compliance.approvals.enums import OPEN_STATES, ApprovalState
from compliance.approvals.models import Approval
from compliance.audit.names import EventName
from reporting.exports.enums import ExportState
from reporting.exports.locks import export_lock
from reporting.exports.models import Export
from reporting.exports.places import leftovers_remove
from reporting.exports.services.steps import export_move
from reporting.exports.services.trail import export_tell

SYSTEM: Final = "system:exports"


@transaction.atomic
def export_cancel(*, export_id: int, actor: str, reason: str, now: datetime) -> Export:
    """Stop an export; what is written of it is deleted by its run. Raises ExportUnknown, ExportStateRefused."""
    export = export_lock(export_id)
    before = export_move(export, ExportState.CANCELLED, now=now, reason=reason[:500])
    export_tell(export, EventName.EXPORT_CANCELLED, actor=actor, now=now, reason=reason, before=before)
    return export


@transaction.atomic
def export_again(*, export_id: int, actor: str, now: datetime) -> Export:
    """Put a failed export into the queue once more: the same question. Raises ExportUnknown, ExportStateRefused."""
    export = export_lock(export_id)
    before = export_move(export, ExportState.QUEUED, now=now, lease=None, attempts=0)
    export_tell(export, EventName.EXPORT_REQUESTED, actor=actor, now=now, before=before, more={"again": True})
    return export


@transaction.atomic
def export_drop_unapproved(*, export_id: int, now: datetime) -> bool:
    """Cancel an export whose proposal ended without agreement; False while it is open."""
    export = export_lock(export_id)
    if export.state != ExportState.WAITING:
        return False
    approval = Approval.objects.filter(pk=int(export.approval.partition(":")[2] or 0)).first()
    if approval is not None and approval.state in OPEN_STATES:
        return False
    words = ApprovalState(approval.state).label if approval is not None else "not proposed"
    before = export_move(export, ExportState.CANCELLED, now=now, reason=f"The approval: {words.lower()}.")
    export_tell(export, EventName.EXPORT_CANCELLED, actor=SYSTEM, now=now, reason=export.reason, before=before)
    return True


@transaction.atomic
def export_expire(*, export_id: int, now: datetime) -> bool:
    """Delete the package of an export that was kept long enough; its record stays."""
    export = export_lock(export_id)
    if export.state != ExportState.DONE or export.expires_at is None or export.expires_at > now:
        return False
    before = export_move(export, ExportState.EXPIRED, now=now)
    export_tell(export, EventName.EXPORT_EXPIRED, actor=SYSTEM, now=now, before=before)
    # Twice deleted is deleted; kept after a roll-back it is found by the next run.
    transaction.on_commit(lambda: leftovers_remove(export.pk))
    return True
