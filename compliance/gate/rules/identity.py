"""Who the player is, as far as the law asks: register, verification, due diligence."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.gate.facts import Facts
from compliance.gate.types import Asked, Reason


def register_state(facts: Facts, _asked: Asked) -> Iterator[Reason]:
    """Where a register is asked, only its clear and recent answer opens play (UK-20, 2.8 rule 6)."""
    said = facts.register
    if said is None or (said.clear and said.valid_until is not None and facts.now < said.valid_until):
        return
    known = bool(said.outcome) and not said.clear
    yield Reason(
        code="register_unknown",
        title="The national register does not clear the player." if known else "The national register is not answered.",
        evidence={"register": said.register, "outcome": said.outcome or "never_asked", "policy_row": said.row},
        source=f"policy.policyrow:{said.row}",
    )


def kyc_required(facts: Facts, _asked: Asked) -> Iterator[Reason]:
    """Verified before play where the law says so, or where something asks for it."""
    if facts.kyc is None or facts.kyc.verified or not facts.kyc.due:
        return
    yield Reason(
        code="kyc_required",
        title="Identity must be verified first.",
        evidence={"due": facts.kyc.due, "policy_row": facts.kyc_row},
        source=facts.kyc.source,
    )


def kyc_locked(facts: Facts, _asked: Asked) -> Iterator[Reason]:
    """The locked wallet: deposits and bets go on, nothing is withdrawn (UK-28)."""
    if facts.kyc is not None and facts.kyc.locked:
        yield Reason(
            code="locked_cdd",
            title="Nothing is withdrawn until due diligence is done.",
            evidence={"due": facts.kyc.due},
            source=facts.kyc.source,
        )
