"""Raw SQL that breaks each promise about withdrawals, by the name that must refuse it (tests/wallet/guards)."""

from __future__ import annotations

from typing import Any

from casino.withdrawals.models import Payout, Rule, WithdrawalStep
from tests.factories import NOON, player_make
from tests.withdrawals.rows import waiting_of

_ROW: dict[str, dict[str, str]] = {
    "withdrawals_withdrawal": {
        "reference": "'W-copy'", "player_id": "%(w_player)s", "request_key": "'copy'", "request_hash": "''",
        "amount": "1", "currency": "'EUR'", "method": "'card'", "state": "'requested'", "base": "1", "checks": "'[]'",
        "risk": "'{}'", "risk_score": "0", "auto_approved": "false", "taken_by": "''", "reason": "''",
        "requested_at": "now()", "state_since": "now()",
    },
    "withdrawals_payout": {
        "withdrawal_id": "%(w_row)s", "player_id": "%(w_player)s", "part": "7", "attempt": "1",
        "reference": "'W-copy-7-1'", "hold_id": "%(w_other_hold)s", "closed_loop": "false", "method": "'card'",
        "gateway": "''", "gateway_method": "''", "gateway_reference": "''", "held": "1", "fee": "0", "amount": "1",
        "currency": "'EUR'", "margin": "0", "stop_codes": "'[]'", "state": "'planned'", "code": "''", "text": "''",
        "created_at": "now()",
    },
}  # fmt: skip
_RULE = (
    "INSERT INTO withdrawals_rule (jurisdiction, effective_from, auto_amount, auto_risk, four_eyes_from,"
    " turnover_times, game_weights, kyc_level, kyc_level_high, kyc_high_from, cool_down_hours, day_count, day_sum,"
    " week_count, week_sum, kyc_wait_days, sla_hours, weights, source, created_at) SELECT jurisdiction, {at},"
    " {amount}, auto_risk, four_eyes_from, turnover_times, game_weights, kyc_level, kyc_level_high, kyc_high_from,"
    " cool_down_hours, day_count, day_sum, week_count, week_sum, kyc_wait_days, sla_hours, weights, {source}, now()"
    " FROM withdrawals_rule WHERE id = %(w_rule)s"
)


def _new(table: str, **changes: str) -> str:
    row = {**_ROW[f"withdrawals_{table}"], **changes}
    return f"INSERT INTO withdrawals_{table} ({', '.join(row)}) VALUES ({', '.join(row.values())})"


def _rule(at: str = "now()", amount: str = "1", source: str = "'x'") -> str:
    return _RULE.format(at=at, amount=amount, source=source)


def _asked(change: str) -> str:
    return f"UPDATE withdrawals_withdrawal SET {change} WHERE id = %(w_row)s"


def _paid(change: str) -> str:
    return f"UPDATE withdrawals_payout SET {change} WHERE id = %(w_payout)s"


SENT = "state = 'sending', gateway = 'north', sent_at = now()"
BY_ANYBODY: dict[str, list[str]] = {
    "withdrawal_asked_once": [_new("withdrawal", request_key="(SELECT request_key FROM withdrawals_withdrawal"
                                   " WHERE id = %(w_row)s)")],
    "withdrawal_amount_positive": [_new("withdrawal", amount="0"), _new("withdrawal", amount="-1")],
    "withdrawal_ended_or_open": [
        _new("withdrawal", ended_at="now()"), _asked("state = 'rejected', ended_at = NULL"),
    ],
    "withdrawal_with_people_has_a_name": [_asked("state = 'in_process', taken_by = ''")],
    "withdrawal_begins_requested": [_new("withdrawal", state="'approved'"), _new("withdrawal", state="'paid'")],
    "withdrawal_state_follows": [
        _asked("state = 'approved'"), _asked("state = 'paid', ended_at = now()"), _asked("state = 'requested'"),
    ],
    "withdrawal_opens_with_a_step": [_new("withdrawal") + "; SET CONSTRAINTS ALL IMMEDIATE"],
    "withdrawal_moves_with_a_step": [_asked("state = 'frozen'") + "; SET CONSTRAINTS ALL IMMEDIATE"],
    "withdrawal_given_back_only_when_nothing_is_paid": [
        _paid(SENT) + "; " + _asked("state = 'rejected', ended_at = now()"),
    ],
    "payout_attempt_once": [_new("payout", part="1")],
    "one_live_payout_per_hold": [_new("payout", hold_id="%(w_hold)s")],
    "payout_pays_something": [_new("payout", amount="0"), _new("payout", held="-1")],
    "payout_fee_not_negative": [_new("payout", fee="-1"), _new("payout", margin="-1")],
    "payout_paid_by_a_transaction": [
        _new("payout", settled_by="gen_random_uuid()"), _paid(SENT) + "; " + _paid("state = 'confirmed'"),
    ],
    "payout_returned_by_a_transaction": [
        _new("payout", returned_by="gen_random_uuid()"),
        _paid(SENT) + "; " + _paid("state = 'returned', settled_by = gen_random_uuid()"),
    ],
    "payout_sent_through_a_gateway": [_paid("state = 'sending'")],
    "payout_begins_planned": [_new("payout", state="'pending'", gateway="'north'", sent_at="now()")],
    "payout_state_follows": [
        _paid("state = 'pending', gateway = 'north', sent_at = now()"),
        _paid("state = 'dropped'") + "; " + _paid("state = 'planned'"),
    ],
    "payout_keeps_its_gateway": [_paid(SENT) + "; " + _paid("gateway = 'south'")],
    "payout_is_booked_once": [
        _paid(SENT) + "; " + _paid("state = 'confirmed', settled_by = gen_random_uuid()") + "; "
        + _paid("settled_by = gen_random_uuid()"),
    ],
    "one_withdrawal_rule_per_moment": [_rule(at="effective_from")],
    "withdrawal_rule_names_its_source": [_rule(source="''")],
    "withdrawal_rule_amounts_not_negative": [_rule(amount="-1")],
}  # fmt: skip
BY_OWNER: dict[str, list[str]] = {
    "withdrawals_are_kept_for_ever": ["DELETE FROM withdrawals_withdrawal WHERE id = %(w_row)s"],
    "withdrawal_keeps_its_terms": [_asked("amount = 1000"), _asked("player_id = 0"), _asked("reference = 'W-x'")],
    "withdrawal_steps_are_never_edited": [
        "UPDATE withdrawals_withdrawalstep SET reason = 'x' WHERE id = %(w_step)s",
        "DELETE FROM withdrawals_withdrawalstep WHERE id = %(w_step)s",
    ],
    "payouts_are_kept_for_ever": ["DELETE FROM withdrawals_payout WHERE id = %(w_payout)s"],
    "payout_keeps_its_terms": [_paid("amount = 1000"), _paid("hold_id = 0"), _paid("reference = 'x'")],
    "withdrawal_rules_are_never_edited": [
        "UPDATE withdrawals_rule SET auto_amount = 1000000 WHERE id = %(w_rule)s",
        "DELETE FROM withdrawals_rule WHERE id = %(w_rule)s",
    ],
}


def withdrawals_of_the_story() -> dict[str, Any]:
    """Rows that the breaches are tried on: one that waits for review, and a hold of another."""
    wanda, walt = player_make("Wanda"), player_make("Walt")
    payout, other = waiting_of(wanda, NOON), waiting_of(walt, NOON)
    Payout.objects.filter(pk=other.pk).update(state="dropped")
    return {
        "w_row": payout.withdrawal_id, "w_payout": payout.pk, "w_player": wanda.pk, "w_hold": payout.hold_id,
        "w_other_hold": other.hold_id, "w_rule": Rule.objects.order_by("pk")[0].pk,
        "w_step": WithdrawalStep.objects.filter(withdrawal_id=payout.withdrawal_id).order_by("pk")[0].pk,
    }  # fmt: skip
