"""What two people do at the cashier: the refund of a credited deposit, and the margin of a conversion."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Final

from casino.cashier.enums import DepositState
from casino.cashier.errors import DepositNotRefundable, MarginRefused
from casino.cashier.locks import deposit_lock
from casino.cashier.models import ConversionMargin, Deposit
from casino.cashier.services.margins import margin_set
from casino.cashier.services.refunds import refund_ask
from common.clock import instant_text
from common.money import ZERO, base_amount, decimal_text
from compliance.approvals.registry import ApprovalKind, approval_kind_register
from compliance.approvals.selectors.rules import rule_in_force
from compliance.approvals.types import ApprovalScope, Consequence, Execution, Fact, Payload
from players.models import Brand
from wallet.enums import AccountKind
from wallet.selectors.player_balances import player_balances
from wallet.selectors.rates import units_per_base

REFUND: Final = "deposit_refund"
MARGIN: Final = "conversion_margin"


def refund_payload(*, deposit: Deposit) -> dict[str, str | int]:
    """The refund of a whole deposit. Raises DepositNotRefundable."""
    if deposit.state != DepositState.CREDITED:
        raise DepositNotRefundable(state=deposit.state)
    return {"deposit": deposit.pk, "player": deposit.player_id, "reference": deposit.reference}


def margin_payload(
    *, brand: Brand, source: str, target: str, percent: Decimal, valid_from: datetime
) -> dict[str, str | int]:
    """A margin from an instant on. Raises MarginRefused."""
    if source == target or not Decimal(0) <= percent <= Decimal(20):
        raise MarginRefused
    return {
        "brand": brand.pk, "percent": decimal_text(percent), "source": source, "target": target,
        "valid_from": instant_text(valid_from),
    }  # fmt: skip


def cashier_kinds_register() -> None:
    """Called once from the app's ready()."""
    approval_kind_register(
        ApprovalKind(
            code=REFUND, title="Refund of a deposit", propose_permission="cashier.propose_deposit_refund",
            approve_permission="cashier.approve_deposit_refund", facts=_refund_facts,
            consequences=_refund_consequences, state=_refund_state, execute=_refund, scope=_refund_scope,
            lock=_refund_lock, third_person=_refund_third, third_person_from=Decimal(1000),
        )
    )  # fmt: skip
    approval_kind_register(
        ApprovalKind(
            code=MARGIN, title="Margin of a conversion", propose_permission="cashier.propose_conversionmargin",
            approve_permission="cashier.approve_conversionmargin", facts=_margin_facts,
            consequences=_margin_consequences, state=_margin_state, execute=_margin, scope=_margin_scope,
        )
    )  # fmt: skip


def _deposit(payload: Payload) -> Deposit:
    return Deposit.objects.select_related("player").get(pk=int(str(payload["deposit"])))


def _words(amount: Decimal, currency: str) -> str:
    return f"{decimal_text(amount)} {currency}"


def _balances(deposit: Deposit) -> tuple[Decimal, Decimal]:
    """Real money, and what is owed (not negative)."""
    found = player_balances(player_id=deposit.player_id, currency=deposit.credit_currency)
    return found.get(AccountKind.PLAYER_REAL, ZERO), -found.get(AccountKind.PLAYER_RECEIVABLE, ZERO)


def _refund_facts(payload: Payload) -> list[Fact]:
    deposit = _deposit(payload)
    return [
        ("Player", deposit.player.public_id),
        ("Deposit", deposit.reference),
        ("Paid", f"{_words(deposit.amount, deposit.currency)} by {deposit.method}, {deposit.gateway}"),
        ("Credited", _words(deposit.credit, deposit.credit_currency)),
        ("Goes back to", str(deposit.instrument or "where it came from")),
    ]


def _refund_consequences(payload: Payload, _now: datetime) -> list[Consequence]:
    deposit = _deposit(payload)
    (real, owed), currency = _balances(deposit), deposit.credit_currency
    taken = min(real, deposit.credit)
    return [
        Consequence("Real money", _words(real, currency), _words(real - taken, currency)),
        Consequence(
            "Owed by the player", _words(owed, currency), _words(owed + deposit.credit - taken, currency),
            deposit.credit > taken,
        ),
        Consequence("Sent to the player", "0", _words(deposit.amount, deposit.currency)),
    ]  # fmt: skip


def _refund_state(payload: Payload, _now: datetime) -> dict[str, str]:
    deposit = _deposit(payload)
    real, owed = _balances(deposit)
    currency = deposit.credit_currency
    return {
        "Deposit": deposit.get_state_display(), "Real money": _words(real, currency), "Owed": _words(owed, currency)
    }  # fmt: skip


def _refund_scope(payload: Payload) -> ApprovalScope:
    deposit = _deposit(payload)
    return ApprovalScope(
        subject=f"cashier.deposit:{deposit.pk}", brand_id=deposit.player.brand_id,
        jurisdiction=deposit.player.jurisdiction, player_id=deposit.player_id,
    )  # fmt: skip


def _refund_lock(payload: Payload) -> None:
    deposit_lock(int(str(payload["deposit"])))


def _refund_third(payload: Payload, now: datetime) -> bool:
    deposit = _deposit(payload)
    worth = base_amount(deposit.credit, units_per_base(deposit.credit_currency, now).units_per_base)
    return rule_in_force(REFUND, now).wants_third_person(worth)


def _refund(payload: Payload, run: Execution) -> str:
    made = refund_ask(
        deposit_id=int(str(payload["deposit"])), reason=run.reason, approval=run.reference, actor=run.maker, now=run.now
    )
    return f"cashier.refund:{made.pk}"


def _brand(payload: Payload) -> Brand:
    return Brand.objects.get(pk=int(str(payload["brand"])))


def _margin_facts(payload: Payload) -> list[Fact]:
    return [
        ("Brand", _brand(payload).name),
        ("Conversion", f"{payload['source']} to {payload['target']}"),
        ("Margin", f"{payload['percent']} %"),
        ("From", str(payload["valid_from"])),
    ]


def _margin_now(payload: Payload) -> str:
    rows = ConversionMargin.objects.filter(
        brand_id=int(str(payload["brand"])), source=payload["source"], target=payload["target"]
    )
    row = rows.order_by("-valid_from").first()
    return "no conversion" if row is None else f"{decimal_text(row.percent)} % from {instant_text(row.valid_from)}"


def _margin_consequences(payload: Payload, _now: datetime) -> list[Consequence]:
    then = f"{payload['percent']} % from {payload['valid_from']}"
    return [Consequence("Kept of a conversion", _margin_now(payload), then, Decimal(str(payload["percent"])) > 5)]


def _margin_state(payload: Payload, _now: datetime) -> dict[str, str]:
    return {"Newest margin": _margin_now(payload)}


def _margin_scope(payload: Payload) -> ApprovalScope:
    brand = _brand(payload)
    return ApprovalScope(subject=f"players.brand:{brand.pk}", brand_id=brand.pk, jurisdiction=brand.jurisdiction)


def _margin(payload: Payload, run: Execution) -> str:
    """In force from the moment it was proposed for, or from now where that is over."""
    asked = datetime.fromisoformat(str(payload["valid_from"]))
    row = margin_set(
        brand_id=int(str(payload["brand"])), source=str(payload["source"]), target=str(payload["target"]),
        percent=Decimal(str(payload["percent"])), valid_from=max(asked, run.now), approval=run.reference,
        actor=run.maker, now=run.now,
    )  # fmt: skip
    return f"cashier.conversionmargin:{row.pk}"
