"""The one way into the audit trail (AUD-03)."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from django.db import connection

from compliance.audit.catalogue import weight_of
from compliance.audit.context import facts
from compliance.audit.enums import Outcome
from compliance.audit.names import EventName
from compliance.audit.types import Facts
from compliance.audit.values import canonical_fields, clean_text

REASON_MOST: Final = 1_000
PERSON: Final = "staff:"
_ACTOR: Final = re.compile(r"[a-z][a-z_]*(:[A-Za-z0-9._@+-]+)*")
_INSERT: Final = """
    INSERT INTO audit_auditevent (
        name, severity, significant, occurred_at, actor, roles, on_behalf_of, brand_id, player_id, subject, before,
        after, reason, outcome, request_id, ip, session, approval)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s::jsonb, %s::jsonb, %s, %s, %s, %s::inet, %s, %s)
    RETURNING id
"""


def audit_record(
    *,
    name: EventName,
    actor: str,
    now: datetime,
    subject: str,
    reason: str = "",
    brand_id: int | None = None,
    player_id: int | None = None,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
    outcome: str = Outcome.DONE,
    approval: str = "",
) -> int:
    """Write one event of the closed list in the caller's transaction, and return its number (AUD-01, AUD-09).

    When it can not be written the caller's operation fails with it. `before` and `after` hold declared fields, of
    which `Decimal`, dates, enums and UUIDs become canonical text. Inside a request the person who is signed in is the
    actor, whatever `actor` says: another `staff:…` is whom he acts for. Raises TypeError and ValueError.
    """
    if not isinstance(name, EventName):
        raise TypeError(f"{name!r} is no EventName: the trail's names are a closed list")
    around = facts()
    doer, behalf = _doer(actor, around)
    weight = weight_of(name)
    values = [
        name.value, weight.severity.value, bool(weight.significant), now, doer,
        list(around.roles) if doer == around.actor else [], behalf, brand_id, player_id, subject,
        _json(before), _json(after), clean_text(reason, REASON_MOST), Outcome(outcome).value,
        clean_text(around.request_id, 64), around.ip or None, around.session, clean_text(approval, 100),
    ]  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, values)
        row = cursor.fetchone()
    assert row is not None
    return int(row[0])


def _doer(actor: str, around: Facts) -> tuple[str, str]:
    """The actor, and for whom: a service that is told another person than the one signed in records both."""
    if len(actor) > 100 or not _ACTOR.fullmatch(actor):
        raise ValueError(f"{clean_text(actor, 60)!r} names no actor such as staff:7")
    if around.actor.startswith(PERSON) and actor.startswith(PERSON) and actor != around.actor:
        return around.actor, actor
    return actor, ""


def _json(fields: Mapping[str, object] | None) -> str | None:
    found = canonical_fields(fields)
    return None if found is None else json.dumps(found, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
