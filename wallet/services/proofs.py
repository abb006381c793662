"""Proving the books, with the result in the audit trail (AUD-07)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from compliance.audit.enums import Outcome
from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record
from wallet.verification.registry import Promise
from wallet.verification.run import Proof, ledger_verify


class _Nobody:
    """Watches no progress."""

    def begins(self, number: int, of: int, promise: Promise) -> None: ...

    def checked(self, rows: int) -> None: ...

    def proved(self, number: int, of: int, proof: Proof) -> None: ...


def proof_run(*, actor: str, now: datetime) -> str | None:
    """Prove everything without an audience and record the result; what is broken in one line, or None."""
    return proof_record(proofs=ledger_verify(watcher=_Nobody()), since_seal=0, actor=actor, now=now)


def proof_record(*, proofs: Sequence[Proof], since_seal: int, actor: str, now: datetime) -> str | None:
    """Write down what a verification found; what is broken in one line, or None."""
    last = proofs[-1]
    after: dict[str, object] = {"promises": len(proofs), "rows": sum(proof.rows for proof in proofs)}
    if since_seal:
        after["since_seal"] = since_seal
    if not last.breaches:
        audit_record(name=EventName.LEDGER_VERIFIED, actor=actor, now=now, subject="wallet.ledger:all", after=after)
        return None
    first = last.breaches[0]
    after |= {"promise": last.promise.name, "row": first.row, "expected": first.expected, "found": first.found}
    audit_record(
        name=EventName.LEDGER_BROKEN, actor=actor, now=now, subject="wallet.ledger:all", outcome=Outcome.FAILED,
        reason=last.promise.title, after=after,
    )  # fmt: skip
    return f"{last.promise.name}: {first.row}: expected {first.expected}, found {first.found}"
