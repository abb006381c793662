"""The role matrix and the list of holders as files, each export told to the audit trail."""

from __future__ import annotations

import hashlib
from datetime import datetime

from common.clock import instant_text
from common.csv_text import csv_text
from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record
from compliance.staff.selectors.conflicts import conflicting_people
from compliance.staff.selectors.matrix import holdings, role_matrix


def matrix_export(*, actor: str, now: datetime) -> str:
    """Rights as rows, roles as columns, "x" where a role has the right (R-23)."""
    matrix = role_matrix()
    headers = ["Group", "Right", "Code", "Changes something", *(role.code for role in matrix.roles)]
    rows: list[list[object]] = [
        [group, row.title, row.permission, "yes" if row.changes else "no",
         *("x" if role.code in row.roles else "" for role in matrix.roles)]
        for group, entries in matrix.groups
        for row in entries
    ]  # fmt: skip
    most = [f"{role.adjustment_max.normalize():f}" for role in matrix.roles]
    rows.append(["Limits", "Largest adjustment (base currency)", "", "", *most])
    rows.append(["Limits", "Networks", "", "", *(" ".join(role.allowed_networks) for role in matrix.roles)])
    return _told(csv_text(headers, rows), "matrix", len(rows), actor, now)


def holdings_export(*, actor: str, now: datetime) -> str:
    """Who holds which role where, since when, until when, by whom, under which approval; conflicts beside it."""
    conflicts: dict[int, list[str]] = {}
    for person, conflict in conflicting_people(now=now):
        conflicts.setdefault(person.pk, []).append(f"{' + '.join(conflict.roles)}: {conflict.why}")
    rows = [
        [
            holding.grant.staff.username, holding.grant.staff.get_full_name(), holding.grant.staff.personnel_number,
            holding.grant.role.code, holding.reach, instant_text(holding.grant.granted_at),
            instant_text(holding.grant.valid_until) if holding.grant.valid_until else "until revoked",
            holding.grant.granted_by, holding.grant.approval, holding.grant.reason,
            "; ".join(conflicts.get(holding.grant.staff_id, [])),
        ]
        for holding in holdings(now=now)
    ]  # fmt: skip
    headers = (
        "User name", "Name", "Personnel number", "Role", "For", "Granted", "Until", "Granted by", "Approval", "Reason",
        "Conflicts",
    )  # fmt: skip
    return _told(csv_text(headers, rows), "holders", len(rows), actor, now)


def _told(text: str, what: str, count: int, actor: str, now: datetime) -> str:
    audit_record(
        name=EventName.MATRIX_EXPORTED, actor=actor, now=now, subject=f"staff.role_matrix:{what}",
        after={"rows": count, "sha256": hashlib.sha256(text.encode()).hexdigest()},
    )  # fmt: skip
    return text
