"""A player asks for money: checked, held at once, and led to where the checks say, all in one transaction (PAY-02)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from hashlib import sha256

from django.db import transaction

from casino.cashier.errors import AmountRefused, ConversionNotOffered
from casino.cashier.services.conversion import figures_out
from casino.cashier.types import Figures
from casino.gateways.enums import Purpose
from casino.outbox.enums import FactName
from casino.outbox.services.facts import fact_announce
from casino.routing.decisions.fees import fee_of
from casino.routing.enums import FeePayer
from casino.routing.selectors.offers import methods_for
from casino.withdrawals.decisions.checks import checks_of
from casino.withdrawals.decisions.outcome import outcome_of
from casino.withdrawals.decisions.risk import risk_of
from casino.withdrawals.enums import WithdrawalState
from casino.withdrawals.errors import (
    RequestKeyMissing,
    RequestKeyTaken,
    WithdrawalAmountRefused,
    WithdrawalNotPossible,
)
from casino.withdrawals.models import Payout, Rule, Withdrawal
from casino.withdrawals.selectors.facts import facts_of
from casino.withdrawals.selectors.numbers import numbers_of, rule_in_force
from casino.withdrawals.selectors.risk import risk_facts
from casino.withdrawals.services.steps import step_write, withdrawal_step
from casino.withdrawals.types import Check, CheckFacts, Outcome, Risk, Share
from common.currencies import CURRENCIES
from common.ids import public_id
from common.money import ZERO, base_amount, decimal_text
from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record
from compliance.gate.ask import gate_pass
from compliance.gate.enums import Touchpoint
from compliance.limits.locks import limits_lock
from players.models import Player
from wallet.locks import busy_when_locked
from wallet.selectors.rates import units_per_base
from wallet.services.holds import hold_place


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """What a request would come to: facts, every rule's answer, the score, where they lead, and figures per part."""

    facts: CheckFacts
    checks: tuple[Check, ...]
    risk: Risk
    outcome: Outcome
    rule: Rule
    figures: tuple[Figures, ...]


@busy_when_locked()
@transaction.atomic
def withdrawal_request(
    *,
    player_id: int,
    amount: Decimal,
    method: str,
    instrument_id: int | None,
    request_key: str,
    actor: str,
    now: datetime,
    last_active_at: datetime | None = None,
) -> Withdrawal:
    """Ask for `amount` of the wallet's currency; the money is held at once. The same key again: the same withdrawal.

    `instrument_id` takes what no deposit asks back. Raises the gate's first reason, WithdrawalNotPossible with the
    sentence of the first rule that refuses, WithdrawalAmountRefused, RequestKeyTaken, RequestKeyMissing.
    """
    if not 8 <= len(request_key) <= 100:
        raise RequestKeyMissing
    player = Player.objects.select_related("brand").get(pk=player_id)
    limits_lock(player)
    known = Withdrawal.objects.filter(player=player, request_key=request_key).first()
    digest = sha256(f"{decimal_text(amount)}\n{method}\n{instrument_id or ''}".encode()).hexdigest()
    if known is not None:
        if known.request_hash != digest:
            raise RequestKeyTaken
        return known
    gate_pass(player_id=player_id, touchpoint=Touchpoint.WITHDRAWAL, now=now, last_active_at=last_active_at)
    found = request_assess(player=player, amount=amount, instrument_id=instrument_id, now=now)
    if found.outcome.refused is not None:
        check = found.outcome.refused
        raise WithdrawalNotPossible(check.player_text or check.text, reason=check.code)
    asked = Withdrawal.objects.create(
        reference=public_id("W").replace("_", "-"), player=player, request_key=request_key, request_hash=digest,
        amount=amount, currency=player.currency, method=method or found.facts.split.shares[0].way.method,
        instrument_id=instrument_id, base=found.facts.base, rule=found.rule, requested_at=now, state_since=now,
    )  # fmt: skip
    _parts_hold(asked, found, actor, now)
    step_write(asked, "", actor=actor, reason="Asked for; the money is held.", now=now)
    audit_record(
        name=EventName.WITHDRAWAL_REQUESTED, actor=actor, now=now, subject=f"withdrawals.withdrawal:{asked.pk}",
        brand_id=player.brand_id, player_id=player.pk,
        after={"amount": amount, "currency": asked.currency, "reference": asked.reference},
    )  # fmt: skip
    fact_announce(
        name=FactName.WITHDRAWAL_REQUESTED, player_id=player.pk, key=asked.reference, now=now,
        payload={"reference": asked.reference, "amount": decimal_text(amount), "currency": asked.currency},
    )  # fmt: skip
    _checked(asked, found, now)
    return asked


def request_assess(*, player: Player, amount: Decimal, instrument_id: int | None, now: datetime) -> Assessment:
    """What asking for this would come to, for the preview and the request. Writes nothing.

    Raises WithdrawalAmountRefused, TemporarilyUnavailable where no rate is known.
    """
    unit = Decimal(1).scaleb(-CURRENCIES[player.currency].display_digits)
    if amount <= ZERO or amount % unit:
        raise WithdrawalAmountRefused
    rule = rule_in_force(jurisdiction=player.jurisdiction, at=now)
    numbers = numbers_of(rule)
    base = base_amount(amount, units_per_base(player.currency, now).units_per_base)
    facts = facts_of(player=player, amount=amount, base=base, chosen=instrument_id, numbers=numbers, now=now)
    checks = checks_of(facts)
    risk = risk_of(risk_facts(player=player, checks=facts, before=now, own=None), numbers.weights)
    return Assessment(
        facts=facts, checks=checks, risk=risk, rule=rule,
        outcome=outcome_of(checks=checks, risk=risk, base=base, numbers=numbers),
        figures=tuple(share_figures(player=player, share=share, now=now) for share in facts.split.shares),
    )  # fmt: skip


def share_figures(*, player: Player, share: Share, now: datetime) -> Figures:
    """What arrives of one part: its conversion at today's rate and the fee that the player pays.

    Raises WithdrawalNotPossible where nothing would be left or no conversion is offered.
    """
    currency = share.way.currency
    offers = methods_for(player.pk, Purpose.PAYOUT, now, currency=currency)
    offer = next((one for one in offers if one.method == share.way.method), None)
    try:
        whole = figures_out(
            brand_id=player.brand_id, wallet=share.amount, wallet_currency=player.currency, currency=currency, now=now
        )
        if offer is None or offer.fee.payer is not FeePayer.PLAYER:
            return whole
        return figures_out(
            brand_id=player.brand_id, wallet=share.amount, wallet_currency=player.currency, currency=currency, now=now,
            fee=fee_of(offer.fee, whole.amount, CURRENCIES[currency]),
        )  # fmt: skip
    except (AmountRefused, ConversionNotOffered) as refusal:
        raise WithdrawalNotPossible(refusal.message, reason=refusal.code) from refusal


def _parts_hold(asked: Withdrawal, found: Assessment, actor: str, now: datetime) -> None:
    """Each part of the split holds its own money, and is planned as a payment."""
    for part, (share, figures) in enumerate(zip(found.facts.split.shares, found.figures, strict=True), start=1):
        hold = hold_place(
            player_id=asked.player_id, currency=asked.currency, amount=share.amount,
            reason=f"withdrawal {asked.reference}-{part}", actor=actor, now=now,
        )  # fmt: skip
        payout_plan(
            asked=asked, part=part, attempt=1, hold_id=hold.pk, instrument_id=share.way.instrument_id,
            closed_loop=share.closed_loop, method=share.way.method, figures=figures, now=now,
        )  # fmt: skip


def payout_plan(
    *, asked: Withdrawal, part: int, attempt: int, hold_id: int, instrument_id: int | None, closed_loop: bool,
    method: str, figures: Figures, now: datetime,
) -> Payout:  # fmt: skip
    """A payment that is to be sent; each try has a reference of its own, and a gateway is asked once for each."""
    rate = figures.rate
    return Payout.objects.create(
        withdrawal=asked, player_id=asked.player_id, part=part, attempt=attempt,
        reference=f"{asked.reference}-{part}-{attempt}", hold_id=hold_id, instrument_id=instrument_id,
        closed_loop=closed_loop, method=method, held=figures.wallet, fee=figures.fee, amount=figures.amount,
        currency=figures.currency, margin=figures.margin, rate_id=rate.target_id if rate else None,
        wallet_rate_id=rate.source_id if rate else None, margin_row_id=rate.margin_id if rate else None, created_at=now,
    )  # fmt: skip


def _checked(asked: Withdrawal, found: Assessment, now: datetime) -> None:
    system = "system:withdrawals"
    green = sum(check.green for check in found.checks)
    withdrawal_step(
        asked, WithdrawalState.CHECKED, actor=system, now=now, checks=found.checks, risk=found.risk, rule=found.rule,
        reason=f"{green} of {len(found.checks)} rules are green, risk {found.risk.score}.",
    )  # fmt: skip
    asked.auto_approved = found.outcome.auto
    withdrawal_step(
        asked, WithdrawalState(found.outcome.state), actor=system, now=now, reason=found.outcome.reason, rule=found.rule
    )
