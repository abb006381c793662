"""The whole proof inside a test's own transaction, without a screen."""

from __future__ import annotations

from wallet.verification.registry import Promise
from wallet.verification.run import Proof, promises_prove


class NobodyWatches:
    """A watcher that shows nothing."""

    def begins(self, number: int, of: int, promise: Promise) -> None:
        """Nothing."""

    def checked(self, rows: int) -> None:
        """Nothing."""

    def proved(self, number: int, of: int, proof: Proof) -> None:
        """Nothing."""


def everything_verified() -> None:
    """Every promise of verify_ledger holds, the wallet's and the play's."""
    broken = [
        (proof.promise.name, breach) for proof in promises_prove(watcher=NobodyWatches()) for breach in proof.breaches
    ]
    assert broken == []
