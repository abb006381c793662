"""What colleagues do with a withdrawal that waits: take it, put it back, freeze it, wait for documents, approve it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from casino.withdrawals.decisions.checks import checks_of
from casino.withdrawals.decisions.risk import risk_of
from casino.withdrawals.enums import Effect, WithdrawalState
from casino.withdrawals.errors import ChecksAgainst, TwoPeopleNeeded
from casino.withdrawals.locks import withdrawal_lock
from casino.withdrawals.models import Rule, Withdrawal
from casino.withdrawals.selectors.facts import facts_of
from casino.withdrawals.selectors.numbers import numbers_of, rule_in_force, two_people_needed
from casino.withdrawals.selectors.risk import risk_facts
from casino.withdrawals.services.steps import staff_allowed, withdrawal_step
from casino.withdrawals.types import Check, Risk
from compliance.kyc.models import KycState
from wallet.locks import busy_when_locked

# What nobody may overrule by approving: it is settled first, where it arose.
BINDING = (Effect.REFUSE, Effect.FREEZE, Effect.KYC)


@busy_when_locked()
@transaction.atomic
def withdrawal_move(*, withdrawal_id: int, to: WithdrawalState, reason: str, actor: str, now: datetime) -> Withdrawal:
    """Take into work, put back, freeze, unfreeze, wait for documents or go on without: each by its own right.

    Approving and paying have functions of their own. Raises StepRefused, StepNotAllowed, ReasonMissing.
    """
    asked = withdrawal_lock(withdrawal_id)
    staff_allowed(asked, to, actor=actor, reason=reason, now=now)
    return withdrawal_step(asked, to, actor=actor, reason=reason, now=now)


@busy_when_locked()
@transaction.atomic
def withdrawal_approve(*, withdrawal_id: int, reason: str, actor: str, now: datetime) -> Withdrawal:
    """Approve it alone, below the amount from which two people do; the rules are asked anew.

    Raises what `staff_allowed` raises, TwoPeopleNeeded, ChecksAgainst.
    """
    asked = withdrawal_lock(withdrawal_id)
    staff_allowed(asked, WithdrawalState.APPROVED, actor=actor, reason=reason, now=now)
    if two_people_needed(asked.base, numbers_of(rule_in_force(jurisdiction=asked.player.jurisdiction, at=now))):
        raise TwoPeopleNeeded
    return approved(asked, reason=reason, actor=actor, now=now)


def approved(asked: Withdrawal, *, reason: str, actor: str, now: datetime) -> Withdrawal:
    """Ask the rules anew and move a locked withdrawal to approved. Raises ChecksAgainst, StepRefused."""
    checks, risk, rule = recheck(asked, now)
    against = [check for check in checks if not check.green and check.effect in BINDING]
    if against:
        raise ChecksAgainst(" ".join(f"{check.title}: {check.text}" for check in against), rules=against[0].code)
    return withdrawal_step(
        asked, WithdrawalState.APPROVED, actor=actor, reason=reason, now=now, checks=checks, risk=risk, rule=rule
    )


def recheck(asked: Withdrawal, now: datetime) -> tuple[tuple[Check, ...], Risk, Rule]:
    """Every rule as it stands now, with the numbers in force now. Under the withdrawal's lock, or for a screen."""
    rule = rule_in_force(jurisdiction=asked.player.jurisdiction, at=now)
    numbers = numbers_of(rule)
    facts = facts_of(
        player=asked.player, amount=asked.amount, base=asked.base, chosen=asked.instrument_id, numbers=numbers,
        now=now, asked=asked,
    )  # fmt: skip
    found = risk_facts(player=asked.player, checks=facts, before=asked.requested_at, own=asked.pk)
    return checks_of(facts), risk_of(found, numbers.weights), rule


@busy_when_locked()
@transaction.atomic
def withdrawal_documents_came(*, withdrawal_id: int, actor: str, now: datetime) -> bool:
    """Go on to review once verification asks for nothing any more; False while it does."""
    asked = withdrawal_lock(withdrawal_id)
    if asked.state != WithdrawalState.KYC:
        return False
    checks, risk, rule = recheck(asked, now)
    if any(not check.green and check.effect is Effect.KYC for check in checks):
        return False
    level = KycState.objects.filter(player_id=asked.player_id).values_list("level", flat=True).first() or 0
    withdrawal_step(
        asked, WithdrawalState.REVIEW, actor=actor, reason=f"Verification is at level {level}.", now=now,
        checks=checks, risk=risk, rule=rule,
    )  # fmt: skip
    return True
