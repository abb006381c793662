"""A new row of policy is for two people (SEC-20), who see beforehand whom it would reach and whom it would stop."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any, Final

from common.clock import instant_text
from compliance.approvals.registry import ApprovalKind, approval_kind_register
from compliance.approvals.types import ApprovalScope, Consequence, Execution, Fact, Payload
from compliance.policy.catalogue import CATALOGUE
from compliance.policy.effects import Change, effects_of
from compliance.policy.errors import (
    PolicyJurisdictionRefused,
    PolicyKeyUnknown,
    PolicyMomentTaken,
    PolicyNoticeTooShort,
    PolicySourceMissing,
    PolicyUnchanged,
    PolicyValueRefused,
)
from compliance.policy.keys import PolicyKey
from compliance.policy.local_time import local_words
from compliance.policy.models import PolicyRow
from compliance.policy.models.policy_row import FALLBACK, POLICY_NOTICE
from compliance.policy.selectors.affected import players_by_brand, players_governed
from compliance.policy.selectors.explanation import value_words
from compliance.policy.selectors.policies import policy_of
from compliance.policy.services.rows import policy_row_write

KIND: Final = "policy_row"
JURISDICTION: Final = re.compile(r"\*|[A-Z]{2,3}(-[A-Z0-9]{1,4})?")


def row_payload(
    *, jurisdiction: str, key: str, value: Any, effective_from: datetime, source: str, verified: bool
) -> Payload:
    """A row from what somebody filled in, `value` as JSON. Raises a PolicyRefusal whose sentence says what is wrong."""
    if not JURISDICTION.fullmatch(jurisdiction) or len(jurisdiction) > 8:
        raise PolicyJurisdictionRefused
    if key not in set(PolicyKey):
        raise PolicyKeyUnknown
    if not source.strip():
        raise PolicySourceMissing
    facts = CATALOGUE[PolicyKey(key)]
    if value is not None:
        facts.shape.read(value)
    elif not facts.none:
        raise PolicyValueRefused(f"{facts.title}: a value is needed.")
    return {
        "jurisdiction": jurisdiction, "key": key, "value": value, "effective_from": instant_text(effective_from),
        "source": source.strip()[:300], "verified": verified,
    }  # fmt: skip


def policy_kind_register() -> None:
    """Called once from the app's ready()."""
    approval_kind_register(
        ApprovalKind(
            code=KIND,
            title="Row of a jurisdiction's policy",
            propose_permission="policy.propose_policyrow",
            approve_permission="policy.approve_policyrow",
            facts=_facts,
            consequences=_consequences,
            state=_state,
            execute=_execute,
            scope=_scope,
        )
    )


def _key(payload: Payload) -> PolicyKey:
    return PolicyKey(str(payload["key"]))


def _at(payload: Payload) -> datetime:
    return datetime.fromisoformat(str(payload["effective_from"]))


def _scope(payload: Payload) -> ApprovalScope:
    jurisdiction = str(payload["jurisdiction"])
    subject = f"policy.key:{payload['key']}"
    return ApprovalScope(subject=subject, jurisdiction="" if jurisdiction == FALLBACK else jurisdiction)


def _facts(payload: Payload) -> list[Fact]:
    key, jurisdiction, at = _key(payload), str(payload["jurisdiction"]), _at(payload)
    zone = policy_of(jurisdiction=jurisdiction, now=at).zone
    return [
        ("Jurisdiction", jurisdiction if jurisdiction != FALLBACK else "* (where a jurisdiction has no row)"),
        ("What", f"{CATALOGUE[key].title} ({key})"),
        ("Value", value_words(key, payload["value"])),
        ("Takes effect", f"{local_words(at, zone)} in {zone.key}, {at:%Y-%m-%d %H:%M} UTC"),
        ("Source", str(payload["source"])),
        ("Seen in the source", "yes" if payload["verified"] else "no: to be checked"),
    ]


def _consequences(payload: Payload, now: datetime) -> list[Consequence]:
    _check(payload, now)
    key, jurisdiction, at = _key(payload), str(payload["jurisdiction"]), _at(payload)
    policy = policy_of(jurisdiction=jurisdiction, now=at)
    row = policy.rows.get(key)
    after = value_words(key, payload["value"])
    lines = [Consequence(CATALOGUE[key].title, value_words(key, row.value) if row else "no row", after)]
    players = players_governed(jurisdiction=jurisdiction, key=key, at=at)
    brands = players_by_brand(players)
    lines += [
        Consequence(f"Players of {brand} ({code})", f"{number}", f"{number} under the new value")
        for brand, code, number in brands
    ] or [Consequence("Players", "0", "nobody is under this row yet")]
    shape = CATALOGUE[key].shape
    change = Change(
        key=key,
        before=policy.value(key) if row else None,
        after=None if payload["value"] is None else shape.read(payload["value"]),
        at=at, now=now, players=players, policy=policy,
    )  # fmt: skip
    return lines + effects_of(change)


def _state(payload: Payload, _now: datetime) -> dict[str, str]:
    key, jurisdiction, at = _key(payload), str(payload["jurisdiction"]), _at(payload)
    row = policy_of(jurisdiction=jurisdiction, now=at).rows.get(key)
    later = PolicyRow.objects.filter(jurisdiction=jurisdiction, key=key, effective_from__gt=at).order_by("pk")
    return {
        "In force at that moment": f"row {row.id}: {value_words(key, row.value)}" if row else "no row",
        "Later rows": ", ".join(f"row {pk}" for pk in later.values_list("pk", flat=True)) or "none",
    }


def _check(payload: Payload, now: datetime) -> None:
    """Whether the row may be proposed as it stands; what changes until it is agreed is `_state`'s."""
    key, jurisdiction, at = _key(payload), str(payload["jurisdiction"]), _at(payload)
    if at < now + POLICY_NOTICE:
        raise PolicyNoticeTooShort
    if PolicyRow.objects.filter(jurisdiction=jurisdiction, key=key, effective_from=at).exists():
        raise PolicyMomentTaken
    row = policy_of(jurisdiction=jurisdiction, now=at).rows.get(key)
    same = row is not None and row.jurisdiction == jurisdiction and row.value == payload["value"]
    if same and row is not None and row.verified == payload["verified"] and row.source == payload["source"]:
        raise PolicyUnchanged


def _execute(payload: Payload, run: Execution) -> str:
    made = policy_row_write(
        jurisdiction=str(payload["jurisdiction"]), key=_key(payload), value=payload["value"],
        effective_from=_at(payload), source=str(payload["source"]), verified=bool(payload["verified"]),
        approval_id=int(run.reference.partition(":")[2]), reason=run.reason, actor=run.maker, now=run.now,
    )  # fmt: skip
    return f"policy.policyrow:{made.pk}"
