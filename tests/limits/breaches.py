"""SQL that breaks each promise about limits (tests/wallet/guards), on the rows of `limits_of_the_story`."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from common.ids import uuid7
from compliance.limits.enums import CaseKind
from compliance.limits.models import (
    CareCase,
    CountedWithdrawal,
    Counter,
    DepositReservation,
    LimitChange,
    LimitReview,
)
from compliance.limits.services.care_cases import care_case_decide, care_case_open
from compliance.limits.services.deposits import deposit_settle, withdrawal_count
from compliance.limits.services.operator_limits import operator_limit_set
from players.models import Player
from tests.factories import NOON
from tests.limits.scene import deposits, sets

_DEFAULTS: dict[str, dict[str, str]] = {
    "limits_limit": {
        "player_id": "%(player)s", "owner": "'player'", "kind": "'loss'", "period": "'month'", "amount": "10",
        "currency": "'EUR'", "starts_at": "now()", "ended_at": "NULL", "set_by": "'x'", "ended_by": "''",
        "reason": "''",
    },
    "limits_limitchange": {
        "player_id": "%(player)s", "limit_id": "(SELECT max(id) FROM limits_limit)", "amount": "10",
        "state": "'cancelled'", "asked_at": "now()", "asked_by": "'x'", "effective_from": "now()",
        "needs_confirmation": "true", "confirm_by": "NULL", "policy": "'{}'", "ended_at": "now()", "ended_by": "''",
    },
    "limits_counter": {
        "player_id": "%(player)s", "period": "'month'", "starts_at": "now()", "ends_at": "now() + interval '1 day'",
        "wagered": "0", "staked": "0", "won": "0", "deposited": "0", "withdrawn": "0",
    },
    "limits_depositreservation": {
        "player_id": "%(player)s", "reference": "'new'", "amount": "1", "currency": "'EUR'", "state": "'reserved'",
        "reserved_at": "now()", "ended_at": "NULL", "transaction_id": "NULL",
    },
    "limits_countedwithdrawal": {
        "player_id": "%(player)s", "reference": "'new'", "amount": "1", "currency": "'EUR'", "paid_at": "now()",
    },
    "limits_carecase": {
        "player_id": "%(player)s", "kind": "'contact'", "state": "'open'", "figure": "1", "threshold": "1",
        "currency": "'EUR'", "window": "'limit'", "opened_at": "now()", "decided_at": "NULL", "decided_by": "''",
        "rationale": "''",
    },
    "limits_limitreview": {"player_id": "%(player)s", "reminded_at": "now()"},
}  # fmt: skip


def _row(table: str, **changes: str) -> str:
    values = _DEFAULTS[f"limits_{table}"] | changes
    names = ", ".join(f'"{name}"' for name in values)
    return f"INSERT INTO limits_{table} ({names}) VALUES ({', '.join(values.values())})"


_OWN = "owner = 'player' AND kind = 'deposit' AND ended_at IS NULL"
_REPLACED = (
    f"WITH e AS (UPDATE limits_limit SET ended_at = now() WHERE {_OWN} RETURNING *)"
    " INSERT INTO limits_limit (player_id, owner, kind, period, amount, currency, starts_at, set_by, ended_by, reason,"
    " replaces_id) SELECT {player}, 'player', kind, period, amount {more}, currency, ended_at, 'x', '', '', id FROM e"
)
BY_ANYBODY: dict[str, list[str]] = {
    "limit_kind_known": [_row("limit", kind="'gift'")],
    "limit_owner_known": [_row("limit", owner="'friend'")],
    "limit_period_fits_its_kind": [
        _row("limit", period="''"), _row("limit", period="'year'"), _row("limit", kind="'stake'"),
    ],
    "limit_currency_fits_its_kind": [_row("limit", currency="''"), _row("limit", kind="'session_time'")],
    "limit_amount_never_negative": [_row("limit", amount="-0.01")],
    "limit_ends_after_its_start": [_row("limit", ended_at="now() - interval '1 second'")],
    "one_limit_in_force_per_owner_kind_and_period": [_row("limit", kind="'deposit'", period="'day'")],
    "limit_ends_once": ["UPDATE limits_limit SET ended_at = NULL WHERE ended_at IS NOT NULL"],
    "own_limit_loosened_only_by_its_request": [
        f"UPDATE limits_limit SET ended_at = now() WHERE {_OWN}",
        _REPLACED.format(player="player_id", more="+ 0.01"),
        _REPLACED.format(player="%(other_player)s", more="- 1"),
    ],
    "change_state_known": [_row("limitchange", state="'lost'")],
    "change_amount_never_negative": [_row("limitchange", amount="-1")],
    "change_waits_or_has_ended": [
        _row("limitchange", ended_at="NULL"),
        "UPDATE limits_limitchange SET ended_at = now() WHERE state = 'waiting'",
    ],
    "change_applied_after_its_delay": [
        _row("limitchange", state="'applied'", effective_from="now() + interval '1 second'"),
        "UPDATE limits_limitchange SET state = 'applied', ended_at = effective_from - interval '1 second'"
        " WHERE state = 'waiting'",
    ],
    "change_applied_while_it_may_be_confirmed": [
        "UPDATE limits_limitchange SET state = 'applied', ended_at = confirm_by + interval '1 second'"
        " WHERE state = 'waiting'",
    ],
    "change_waits_after_it_is_asked": [_row("limitchange", effective_from="now() - interval '1 second'")],
    "one_waiting_change_per_limit": [
        _row("limitchange", state="'waiting'", ended_at="NULL",
             limit_id="(SELECT limit_id FROM limits_limitchange WHERE state = 'waiting')"),
    ],
    "limit_change_ends_once": [
        "UPDATE limits_limitchange SET state = 'waiting', ended_at = NULL WHERE state = 'cancelled'"
    ],
    "one_counter_per_player_and_period": [_row("counter", period="'day'")],
    "counter_period_known": [_row("counter", period="''")],
    "counter_ends_after_its_start": [_row("counter", ends_at="now()")],
    "deposit_reserved_once": [_row("depositreservation", reference="'d1'")],
    "deposit_reserves_something": [_row("depositreservation", amount="0")],
    "deposit_reservation_state_known": [_row("depositreservation", state="'lost'", ended_at="now()")],
    "deposit_reservation_ended_or_open": [
        _row("depositreservation", state="'released'"), _row("depositreservation", ended_at="now()"),
    ],
    "deposit_settled_by_a_transaction": [
        _row("depositreservation", state="'settled'", ended_at="now()"),
        _row("depositreservation", transaction_id="gen_random_uuid()"),
    ],
    "deposit_reservation_ends_once": [
        "UPDATE limits_depositreservation SET state = 'released', transaction_id = NULL WHERE state = 'settled'"
    ],
    "withdrawal_counted_once": [_row("countedwithdrawal", reference="'w1'")],
    "withdrawal_counts_something": [_row("countedwithdrawal", amount="0")],
    "care_case_kind_known": [_row("carecase", kind="'gossip'")],
    "care_case_state_known": [_row("carecase", state="'lost'", decided_at="now()", decided_by="'x'", rationale="'x'")],
    "care_case_decided_with_a_rationale": [
        "UPDATE limits_carecase SET state = 'cleared', decided_at = now(), decided_by = 'x' WHERE state = 'open'",
        "UPDATE limits_carecase SET state = 'cleared', decided_by = 'x', rationale = 'x' WHERE state = 'open'",
    ],
    "one_open_care_case_per_kind": [_row("carecase", kind="'vulnerability'")],
    "care_case_is_decided_once": ["UPDATE limits_carecase SET rationale = 'better' WHERE state = 'cleared'"],
    "one_open_review_per_player": [_row("limitreview")],
}  # fmt: skip
BY_OWNER: dict[str, list[str]] = {
    "limits_are_kept_for_ever": ["DELETE FROM limits_limit"],
    "limit_keeps_its_terms": [
        "UPDATE limits_limit SET amount = 10000 WHERE ended_at IS NULL",
        "UPDATE limits_limit SET starts_at = now() WHERE ended_at IS NULL",
        "UPDATE limits_limit SET owner = 'operator' WHERE ended_at IS NULL",
    ],
    "limit_changes_are_kept_for_ever": ["DELETE FROM limits_limitchange"],
    "limit_change_keeps_its_terms": [
        "UPDATE limits_limitchange SET effective_from = now() WHERE state = 'waiting'",
        "UPDATE limits_limitchange SET needs_confirmation = false WHERE state = 'waiting'",
        "UPDATE limits_limitchange SET amount = 1000000 WHERE state = 'waiting'",
    ],
    "deposit_reservations_are_kept_for_ever": ["DELETE FROM limits_depositreservation"],
    "deposit_reservation_keeps_its_terms": ["UPDATE limits_depositreservation SET amount = 1"],
    "counted_withdrawals_are_never_edited": [
        "UPDATE limits_countedwithdrawal SET amount = 1",
        "DELETE FROM limits_countedwithdrawal",
    ],
    "care_cases_are_kept_for_ever": ["DELETE FROM limits_carecase"],
}


def limits_of_the_story(player: Player) -> None:
    """A limit that was lowered, one in force with a raise that waits and one that was cancelled, deposits, a
    withdrawal, a check that waits, one that was decided, and a reminder."""
    sets(player, "5000", NOON)
    sets(player, "4000", NOON)
    sets(player, "4500", NOON)
    sets(player, "6000", NOON + timedelta(minutes=1))
    deposits(player, "10", "d1", NOON)
    deposits(player, "10", "d2", NOON)
    deposit_settle(player_id=player.pk, reference="d2", transaction_id=uuid7(), now=NOON)
    withdrawal_count(player_id=player.pk, amount=Decimal(1), reference="w1", now=NOON)
    for kind in (CaseKind.AFFORDABILITY, CaseKind.VULNERABILITY):
        case = care_case_open(
            player=player, kind=kind, figure=Decimal(2), threshold=Decimal(1), window="rolling_30d", policy_row=None,
            now=NOON,
        )  # fmt: skip
        if kind is CaseKind.AFFORDABILITY:
            care_case_decide(
                case_id=case.pk, cleared=True, rationale="payslip", allowed=Decimal(2), actor="staff:7", now=NOON
            )
    LimitReview.objects.create(player=player, reminded_at=NOON)


def limits_kept(player: Player) -> dict[str, int]:
    """The same and a limit of the house: the key of a row of every sort, by the name of its model."""
    limits_of_the_story(player)
    house = operator_limit_set(
        player_id=player.pk, kind="loss", period="week", amount=Decimal(500), reason="care", actor="staff:1", now=NOON
    )
    rows = (LimitChange, Counter, CareCase, DepositReservation, CountedWithdrawal, LimitReview)
    found = {
        model._meta.model_name: model._default_manager.filter(player=player).order_by("pk")[0].pk for model in rows
    }
    return {"limit": house.pk, **{str(name): key for name, key in found.items()}}
