"""The daily verification: ledger, trail, seals and facts, with a signed result (AUD-06, AUD-07)."""

from __future__ import annotations

import time
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import transaction

from common.clock import instant_text
from compliance.audit.enums import Outcome
from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record
from reporting.facts.selectors.state import facts_ledger_ties
from reporting.monitoring.enums import FreezeScope, ProofKind, Severity
from reporting.monitoring.models import HouseProof
from reporting.monitoring.selectors.broken_rows import target_of
from reporting.monitoring.services.freezing import freeze
from wallet.sealing.canonical import Json, canonical_line
from wallet.sealing.keys import seal_key_load
from wallet.services.proofs import proof_record
from wallet.verification.registry import Breach, Promise
from wallet.verification.run import Proof, ledger_verify

ACTOR: Final = "system:prove_house"
FACT_DAYS: Final = 35
Part = dict[str, Any]


class _Nobody:
    """Watches no progress."""

    def begins(self, number: int, of: int, promise: Promise) -> None: ...

    def checked(self, rows: int) -> None: ...

    def proved(self, number: int, of: int, proof: Proof) -> None: ...


def house_prove(*, now: datetime, since_seal: int = 0) -> HouseProof:
    """Verify everything, or what came after a seal; keep the signed result and freeze what a break is about.

    Must not run inside another transaction. Raises SealKeyError when there is nothing to sign with.
    """
    key = seal_key_load(Path(settings.SEAL_KEY_FILE))
    began = time.monotonic()
    proofs = ledger_verify(watcher=_Nobody(), since_seal=since_seal)
    proof_record(proofs=proofs, since_seal=since_seal, actor=ACTOR, now=now)
    parts = [_part(proof) for proof in proofs]
    facts = _facts_part(now.date())
    parts.append(facts)
    broken = next((part for part in parts if part["broken"]), None)
    words = "" if broken is None else f"{broken['name']}: {broken['broken'][0]}"[:500]
    kind = ProofKind.INCREMENTAL if since_seal else ProofKind.FULL
    document = canonical_line(
        {
            "proof": "house", "version": 1, "kind": kind.value, "since_seal": since_seal,
            "proved_at": instant_text(now),
            "sound": broken is None, "broken": words, "key_id": key.id, "parts": list[Json](parts),
        }
    )  # fmt: skip
    with transaction.atomic():
        proof = HouseProof.objects.create(
            kind=kind, proved_at=now, sound=broken is None, broken=words, document=document.decode(), key_id=key.id,
            took_ms=round((time.monotonic() - began) * 1000), signature=key.sign(document),
        )  # fmt: skip
        audit_record(
            name=EventName.HOUSE_PROVED, actor=ACTOR, now=now, subject=f"monitoring.houseproof:{proof.pk}",
            outcome=Outcome.DONE if proof.sound else Outcome.FAILED, reason=words, after={"parts": len(parts)},
        )  # fmt: skip
    if proofs[-1].breaches:
        for breach in proofs[-1].breaches:
            _freeze(proofs[-1].promise.name, breach, now)
    return proof


def _part(proof: Proof) -> Part:
    return {
        "name": proof.promise.name, "rows": proof.rows,
        "broken": [f"{one.row}: expected {one.expected}, found {one.found}" for one in proof.breaches],
    }  # fmt: skip


def _facts_part(today: date) -> Part:
    """The facts of the last 35 finished days against the ledger."""
    ties = facts_ledger_ties(today - timedelta(days=FACT_DAYS), today - timedelta(days=1), None)
    broken = [tie for tie in ties if tie.difference]
    return {
        "name": "facts_tie_to_the_ledger", "rows": len(ties),
        "broken": [f"{tie.name} {tie.currency}: expected {tie.ledger:f}, found {tie.reported:f}" for tie in broken[:5]],
    }  # fmt: skip


def _freeze(promise: str, breach: Breach, now: datetime) -> None:
    """Freeze whom the broken row is about; a row that is about nobody is told by the alert alone."""
    target = target_of(breach.row)
    if target is not None:
        scope, number = target
        freeze(
            scope=FreezeScope(scope), target_id=number, severity=Severity.P1, promise=promise, row=breach.row,
            expected=breach.expected[:300], found=breach.found[:300], now=now,
        )  # fmt: skip
