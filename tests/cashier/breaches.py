"""Raw SQL that breaks each promise about deposits, by the name that must refuse it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

from django.db import transaction

from casino.cashier.models import Chargeback, ConversionMargin, Deposit, DepositStep, DepositTry, Refund
from tests.cashier.furnish import cashier_of
from tests.factories import NOON, player_make

_DEPOSIT: Final = "UPDATE cashier_deposit SET {change} WHERE id = %(cashier_deposit)s"
_FIELDS: Final = (
    "reference, player_id, client_key, method, gateway, gateway_reference, amount, currency, fee, credit,"
    " credit_currency, margin, state, code, created_at, changed_at, expires_at, is_first, route, client"
)
_NEW: Final = (
    f"INSERT INTO cashier_deposit ({_FIELDS}) SELECT {{reference}}, player_id, {{key}}, method, gateway,"
    " gateway_reference, {amount}, currency, {fee}, {credit}, credit_currency, 0, '{state}', code, created_at,"
    " changed_at, expires_at, {first}, route, client FROM cashier_deposit WHERE id = %(cashier_deposit)s"
)
_STEP: Final = (
    "INSERT INTO cashier_depositstep (deposit_id, before, after, at, actor, note, gateway, news_key)"
    " SELECT deposit_id, before, {after}, at, actor, note, 'sandbox', {key} FROM cashier_depositstep"
    " WHERE id = %(cashier_step)s"
)
_TRY: Final = (
    "INSERT INTO cashier_deposittry (deposit_id, number, gateway, gateway_method, why, standing, gateway_reference,"
    " code, text, stopped, started_at) SELECT deposit_id, {number}, {gateway}, '', '', {standing}, '', '', '', false,"
    " started_at"
    " FROM cashier_deposittry WHERE id = %(cashier_try)s"
)
_CARD: Final = "UPDATE cashier_instrument SET {change} WHERE id = %(cashier_card)s"
_REFUND: Final = (
    "INSERT INTO cashier_refund (reference, deposit_id, origin, amount, currency, state, reason, asked_by, approval,"
    " gateway_reference, note, created_at) SELECT 'R-2', deposit_id, {origin}, {amount}, currency, {state}, '', '', '',"
    " '', '', created_at FROM cashier_refund WHERE id = %(cashier_refund)s"
)
_DISPUTE: Final = (
    "INSERT INTO cashier_chargeback (deposit_id, number, state, amount, currency, taken, owed, code, text,"
    " gateway_reference, evidence_due, evidence_sent_by, opened_at) SELECT deposit_id, {number}, {state}, amount,"
    " currency, 0, 0, '', '', '', evidence_due, '', opened_at FROM cashier_chargeback WHERE id = %(cashier_dispute)s"
)
_MARGIN: Final = (
    "INSERT INTO cashier_conversionmargin (brand_id, source, target, percent, valid_from, set_by, approval, created_at)"
    " SELECT brand_id, source, {target}, {percent}, {at}, set_by, approval, created_at FROM cashier_conversionmargin"
    " WHERE id = %(cashier_margin)s"
)


def _new(
    reference: str = "'D-2'", key: str = "'k2'", amount: str = "amount", fee: str = "0", credit: str = "credit",
    state: str = "created", first: str = "false",
) -> str:  # fmt: skip
    return _NEW.format(**locals())


def _step(after: str = "after", key: str = "''") -> str:
    return _STEP.format(**locals())


def _try(number: str = "2", gateway: str = "'north'", standing: str = "''") -> str:
    return _TRY.format(**locals())


def _refund(origin: str = "origin", amount: str = "amount", state: str = "'failed'") -> str:
    return _REFUND.format(**locals())


def _dispute(number: str = "2", state: str = "state") -> str:
    return _DISPUTE.format(**locals())


def _margin(target: str = "target", percent: str = "percent", at: str = "now()") -> str:
    return _MARGIN.format(**locals())


def _changed(table: str, name: str, change: str) -> str:
    return f"UPDATE cashier_{table} SET {change} WHERE id = %(cashier_{name})s"


BY_ANYBODY: dict[str, list[str]] = {
    "deposit_wished_once": [_new(key="client_key")],
    "one_first_deposit": ["; ".join((_new(first="true"), _new(reference="'D-3'", key="'k3'", first="true")))],
    "deposit_is_money": [_new(credit="0", fee="amount - 1")],
    "deposit_fee_within_amount": [_new(fee="-1", credit="amount + 1")],
    "deposit_same_currency_is_exact": [_new(credit="amount + 1"), _new(fee="1")],
    "deposit_credited_by_a_transaction": [_DEPOSIT.format(change="state = 'credited'")],
    "deposit_received_by_a_transaction": [_DEPOSIT.format(change="state = 'to_refund'")],
    "deposit_credited_or_suspended": [
        _DEPOSIT.format(change="transaction_id = gen_random_uuid(), suspense_id = gen_random_uuid()")
    ],
    "deposit_begins_let_in": [_new(state="pending"), _new(state="credited")],
    "deposit_state_follows": [
        _DEPOSIT.format(change="state = 'refunded'"), _DEPOSIT.format(change="state = 'charged_back'"),
        _DEPOSIT.format(change="state = 'fine'"),
    ],
    "deposit_keeps_its_figures": [
        _DEPOSIT.format(change=change)
        for change in ("amount = 51", "credit = 51", "currency = 'USD'", "player_id = %(other_player)s", "fee = 1")
    ],
    "deposit_is_booked_once": [
        "UPDATE cashier_deposit SET transaction_id = gen_random_uuid() WHERE id = %(cashier_booked)s",
        "UPDATE cashier_deposit SET transaction_id = NULL WHERE id = %(cashier_booked)s",
    ],
    "deposit_steps_tell_its_state": [_DEPOSIT.format(change="state = 'pending'"), _new()],
    "deposit_news_counts_once": [_step(key="'story'")],
    "deposit_step_state_known": [_step(after="'fine'")],
    "deposit_tried_once_per_gateway": [_try(gateway="gateway")],
    "deposit_tries_in_order": [_try(number="1")],
    "deposit_try_standing_known": [_try(standing="'fine'")],
    "deposit_try_keeps_its_place": [_changed("deposittry", "try", "gateway = 'north'")],
    "instrument_known_once": [
        "INSERT INTO cashier_instrument (player_id, kind, gateway, token, fingerprint, scheme, last_four, country,"
        " ownership, added_at, verified_by, blocked_because) SELECT player_id, kind, gateway, token, fingerprint,"
        " scheme, last_four, country, ownership, now(), '', '' FROM cashier_instrument WHERE id = %(cashier_card)s"
    ],
    "instrument_ownership_known": [_CARD.format(change="ownership = 'mine'")],
    "instrument_kind_known": [
        "INSERT INTO cashier_instrument (player_id, kind, gateway, token, fingerprint, scheme, last_four, country,"
        " ownership, added_at, verified_by, blocked_because) SELECT player_id, 'gold', gateway, token, fingerprint,"
        " scheme, last_four, country, ownership, now(), '', '' FROM cashier_instrument WHERE id = %(cashier_card)s"
    ],
    "instrument_verified_by_somebody": [_CARD.format(change="ownership = 'verified'")],
    "instrument_blocked_with_a_reason": [_CARD.format(change="blocked_at = now()")],
    "instrument_shows_four_at_most": [_CARD.format(change="last_four = '42-2'")],
    "instrument_keeps_its_owner": [
        _CARD.format(change="token = 'tok_other'"), _CARD.format(change="player_id = %(other_player)s")
    ],
    "one_refund_at_a_time": [_refund(state="'waiting'")],
    "refund_state_known": [_refund(state="'fine'")],
    "refund_origin_known": [_refund(origin="'sky'")],
    "refund_is_money": [_refund(amount="0")],
    "refund_paid_by_a_transaction": [_changed("refund", "refund", "state = 'done'")],
    "refund_state_follows": [
        "; ".join(_changed("refund", "refund", f"state = '{word}'") for word in ("failed", "waiting"))
    ],
    "refund_keeps_its_figures": [_changed("refund", "refund", "amount = 1")],
    "chargebacks_in_order": [_dispute(number="1")],
    "chargeback_state_known": [_dispute(state="'fine'")],
    "chargeback_twice_at_most": [_dispute(number="3")],
    "chargeback_booked_by_a_transaction": [_changed("chargeback", "dispute", "state = 'booked'")],
    "chargeback_state_follows": [
        "; ".join(_changed("chargeback", "dispute", f"state = '{word}'") for word in ("reversed", "announced"))
    ],
    "chargeback_keeps_its_deposit": [_changed("chargeback", "dispute", "number = 2")],
    "one_margin_at_an_instant": [_margin(at="valid_from")],
    "margin_between_0_and_20": [_margin(percent="-1"), _margin(percent="21")],
    "margin_of_two_currencies": [_margin(target="source")],
}  # fmt: skip
BY_OWNER: dict[str, list[str]] = {
    "deposits_are_kept_for_ever": ["DELETE FROM cashier_deposit WHERE id = %(cashier_deposit)s"],
    "deposit_steps_are_never_edited": [
        "UPDATE cashier_depositstep SET note = 'x' WHERE id = %(cashier_step)s",
        "DELETE FROM cashier_depositstep WHERE id = %(cashier_step)s",
    ],
    "deposit_tries_are_kept_for_ever": ["DELETE FROM cashier_deposittry WHERE id = %(cashier_try)s"],
    "refunds_are_kept_for_ever": ["DELETE FROM cashier_refund WHERE id = %(cashier_refund)s"],
    "chargebacks_are_kept_for_ever": ["DELETE FROM cashier_chargeback WHERE id = %(cashier_dispute)s"],
    "instruments_are_kept_for_ever": ["DELETE FROM cashier_instrument WHERE id = %(cashier_card)s"],
    "conversion_margins_are_never_edited": [
        "UPDATE cashier_conversionmargin SET percent = 1 WHERE id = %(cashier_margin)s",
        "DELETE FROM cashier_conversionmargin WHERE id = %(cashier_margin)s",
    ],
}


@transaction.atomic
def cashier_of_the_story() -> dict[str, Any]:
    """Rows that the breaches are tried on: a deposit let in, and one that is booked."""
    zoe, yan = player_make("Zoe", balance="0"), player_make("Yan", balance="0")
    deposit = cashier_of(zoe, NOON)
    booked = Deposit.objects.create(
        reference="D-booked", player=yan, client_key="b", method="card", amount=Decimal(5), currency="EUR",
        credit=Decimal(5), credit_currency="EUR", created_at=NOON, changed_at=NOON, expires_at=NOON,
        transaction_id="0190a000-0000-7000-8000-000000000009",
    )  # fmt: skip
    DepositStep.objects.create(
        deposit=booked, after="created", at=NOON, actor="system:tests", gateway="sandbox", news_key="story"
    )
    rows = {
        "deposit": deposit.pk, "booked": booked.pk, "card": deposit.instrument_id,
        "step": DepositStep.objects.get(deposit=deposit).pk, "try": DepositTry.objects.get(deposit=deposit).pk,
        "refund": Refund.objects.get(deposit=deposit).pk, "dispute": Chargeback.objects.get(deposit=deposit).pk,
        "margin": ConversionMargin.objects.get().pk,
    }  # fmt: skip
    return {f"cashier_{name}": key for name, key in rows.items()}
