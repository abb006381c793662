"""Raw SQL that breaks each promise of the database, by the name under which it must be refused.

Names in `%(…)s` are ids of Story. Statements of `BY_ANYBODY` are refused to the application and to the owner alike by
the guard itself; those of `BY_OWNER` the application may not even try.
"""

from __future__ import annotations

from tests.access import breaches as access
from tests.accounts import breaches as accounts
from tests.approvals import breaches as approvals
from tests.cashier import breaches as cashier
from tests.definitions import breaches as definitions
from tests.exclusions import breaches as exclusions
from tests.exports import breaches as exports
from tests.facts import breaches as facts
from tests.gate import breaches as gate
from tests.gateways import breaches as gateways
from tests.harm import breaches as harm
from tests.kyc import breaches as kyc
from tests.limits import breaches as limits
from tests.monitoring import breaches as monitoring
from tests.notes import breaches as notes
from tests.outbox import breaches as outbox
from tests.policy import breaches as policy
from tests.reconciliation import breaches as reconciliation
from tests.roles import breaches as roles
from tests.routing import breaches as routing
from tests.settlements import breaches as settlements
from tests.signin import breaches as signin
from tests.stops import breaches as stops
from tests.transfers import breaches as transfers
from tests.withdrawals import breaches as withdrawals

_ACCOUNT = "INSERT INTO wallet_account (kind, scope, currency, player_id, balance, version)"
_HOLD = "INSERT INTO wallet_hold (account_id, amount, reason, state, placed_by_id, ended_by_id)"
_HELD = (
    f"{_HOLD} SELECT %(held)s, {{amount}}, 'x', '{{state}}', id, NULL FROM wallet_transaction WHERE kind = 'deposit'"
)
_SEAL = (
    "INSERT INTO wallet_seal (number, from_order, to_order, kinds, row_count, content_hash, previous_hash, block_hash,"
    " signature, key_id, sealed_at) VALUES (2, {from_order}, 9, 'x', 0, '', '{previous}', '', '', 'k', now())"
)
_GAME = (
    "INSERT INTO games_game (provider_id, code, name, category, theoretical_rtp, min_stake, max_stake, enabled,"
    " real_enabled, demo_enabled, blocked_countries, blocked_brands)"
    " VALUES (%(provider)s, '{code}', 'x', 'slot', {rtp}, {least}, 5, true, true, true, '{{}}', '{{}}')"
)
_KEY = (
    "INSERT INTO games_providerkey (provider_id, key_id, secret_encrypted, slot, created_at)"
    " VALUES (%(provider)s, '{key}', '', {slot}, now())"
)
_RESTRICTION = (
    "INSERT INTO compliance_restriction (player_id, kind, starts_at, ends_at, reason, placed_by)"
    " VALUES (%(player)s, '{kind}', now(), {ends}, '', '')"
)
_RATE = (
    "INSERT INTO wallet_fxrate (currency, units_per_base, valid_on, source, revision, file_sha256, loaded_at)"
    " VALUES ('USD', {units}, '2026-03-02', 'ECB', 1, '', now())"
)
_EVENT = (
    "INSERT INTO audit_auditevent (name, severity, significant, occurred_at, actor, roles, on_behalf_of, subject,"
    " reason, outcome, request_id, session, approval) VALUES ('{name}', '{severity}', false, now(), '{actor}', '{{}}',"
    " '{behalf}', '{subject}', '', '{outcome}', '', '', '')"
)

_THRESHOLD = (
    "INSERT INTO audit_threshold (kind, value, valid_from, set_by, reason)"
    " VALUES ('{kind}', {value}, {at}, 'staff:7', '{reason}')"
)


def _event(
    name: str = "a:b:c", severity: str = "info", actor: str = "staff:7", behalf: str = "",
    subject: str = "players.player:1", outcome: str = "done",
) -> str:  # fmt: skip
    return _EVENT.format(**locals())


BY_ANYBODY: dict[str, list[str]] = {
    "audit_name_has_three_parts": [
        _event(name="a:b"),
        _event(name="a:b:c:d"),
        _event(name="A:b:c"),
        _event(name="a:b:c "),
    ],
    "audit_actor_is_named": [
        _event(actor=""),
        _event(actor="staff: 7"),
        _event(actor="staff:7<script>"),
        _event(behalf="Carol Jones"),
    ],
    "audit_subject_is_named": [_event(subject=""), _event(subject="player 1"), _event(subject="players.player:a b")],
    "threshold_kind_known": [_THRESHOLD.format(kind="tall", value=1, at="now()", reason="x")],
    "threshold_above_zero": [
        _THRESHOLD.format(kind="large_win", value=0, at="now()", reason="x"),
        _THRESHOLD.format(kind="large_win", value=-1, at="now()", reason="x"),
    ],
    "threshold_has_a_reason": [_THRESHOLD.format(kind="large_win", value=1, at="now()", reason="")],
    "one_threshold_per_kind_and_moment": [
        _THRESHOLD.format(kind="large_win", value=1, at="'2026-01-01T00:00:00Z'", reason="x")
    ],
    "one_play_of_day_per_player": [
        "INSERT INTO audit_playofday (player_id, day, staked, won, transferred) VALUES (1, '2026-01-01', 0, 0, 0),"
        " (1, '2026-01-01', 0, 0, 0)"
    ],
    "audit_outcome_known": [_event(outcome="maybe")],
    "audit_severity_known": [_event(severity="loud")],
    "account_kind_known": [f"{_ACCOUNT} VALUES ('piggy_bank', '', 'EUR', NULL, NULL, 0)"],
    "only_player_accounts_keep_a_balance": [
        f"{_ACCOUNT} VALUES ('gaming', 'x', 'EUR', NULL, 0, 0)",
        f"{_ACCOUNT} VALUES ('gaming', 'x', 'EUR', %(player)s, 0, 0)",
        f"{_ACCOUNT} VALUES ('player_bonus', '', 'EUR', NULL, NULL, 0)",
        f"{_ACCOUNT} VALUES ('player_bonus', '', 'EUR', %(player)s, NULL, 0)",
    ],
    "account_opens_empty": [
        f"{_ACCOUNT} VALUES ('player_bonus', '', 'EUR', %(player)s, 5, 0)",
        f"{_ACCOUNT} VALUES ('player_bonus', '', 'EUR', %(player)s, 0, 1)",
        f"{_ACCOUNT} VALUES ('gaming', 'x', 'EUR', NULL, NULL, 1)",
    ],
    "one_account_per_player_kind_currency_scope": [f"{_ACCOUNT} VALUES ('player_real', '', 'EUR', %(player)s, 0, 0)"],
    "one_house_account_per_kind_scope_currency": [
        f"{_ACCOUNT} VALUES ('payment_clearing', 'bank', 'EUR', NULL, NULL, 0)"
    ],
    "hold_amount_positive": [_HELD.format(amount="0", state="open"), _HELD.format(amount="-1", state="open")],
    "hold_state_known": [
        f"{_HOLD} SELECT %(held)s, 1, 'x', 'lost', d.id, w.id FROM wallet_transaction d, wallet_transaction w"
        " WHERE d.kind = 'deposit' AND w.kind = 'bet'"
    ],
    "hold_ended_by_a_transaction": [_HELD.format(amount="1", state="released")],
    "hold_ends_once": [
        "UPDATE wallet_hold SET state = 'open', ended_by_id = NULL WHERE state = 'released'",
        "UPDATE wallet_hold SET state = 'settled' WHERE state = 'released'",
    ],
    "fx_rate_positive": [_RATE.format(units="0"), _RATE.format(units="-1")],
    "one_rate_per_currency_day_source_revision": [_RATE.format(units="2")],
    "seal_chain_without_fork": [_SEAL.format(from_order=9, previous="\\x00")],
    "seal_ranges_without_gap": [_SEAL.format(from_order=0, previous="\\x01")],
    "one_house_balance_per_seal": [
        "INSERT INTO wallet_housebalance (account_id, seal_id, balance, base_balance, through_order)"
        " VALUES (%(gaming)s, 1, 0, 0, 9)"
    ],
    "one_round_per_provider_player_reference": [
        "INSERT INTO play_round (provider_id, player_id, reference, game_id, state, currency, staked, won, live_bets,"
        " live_wins, dead_bets, balance_before, balance_after, opened_at) SELECT provider_id, player_id, reference,"
        " game_id, 'open', 'EUR', 0, 0, 0, 0, 0, 0, 0, now() FROM play_round LIMIT 1"
    ],
    "round_is_closed_for_good": ["UPDATE play_round SET state = 'open', closed_at = NULL WHERE state = 'closed'"],
    "leg_reversed_once": [
        "UPDATE play_leg SET reversed_by_id = NULL WHERE reversed_by_id IS NOT NULL",
        "UPDATE play_leg SET reversed_by_id = gen_random_uuid() WHERE reversed_by_id IS NOT NULL",
        "UPDATE play_leg SET reversed_by_id = gen_random_uuid() WHERE reversed_by_id IS NULL",
        "SELECT play_book(gen_random_uuid(), 'rollback', %(player)s, %(provider)s, 'x', NULL, NULL, NULL, now(),"
        " NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'EUR', false, 0, 0, 0, 0, 0, 0, 0, 'rollback',"
        " 'again', '', '', 0, 0, 0, (SELECT id FROM play_leg WHERE reversed_by_id IS NOT NULL), true, false, '', 200,"
        " '', 0, NULL, NULL, NULL)",
    ],
    "session_end_has_a_reason": [
        "UPDATE play_gamesession SET ended_at = now()",
        "UPDATE play_gamesession SET end_reason = 'expired'",
        "UPDATE play_gamesession SET ended_at = now(), end_reason = 'bored'",
    ],
    "player_status_known": ["UPDATE players_player SET status = 'asleep'"],
    "player_country_two_letters": [
        "UPDATE players_player SET country = 'mt'",
        "UPDATE players_player SET country = 'M'",
        "UPDATE players_player SET country = '12'",
    ],
    "restriction_kind_known": [_RESTRICTION.format(kind="grumpy", ends="NULL")],
    "restriction_ends_after_start": [_RESTRICTION.format(kind="self_excluded", ends="now() - interval '1 s'")],
    "game_code_unique_per_provider": [_GAME.format(code="slot", rtp=96, least=1)],
    "game_rtp_is_a_percentage": [_GAME.format(code="x", rtp=0, least=1), _GAME.format(code="x", rtp="100.1", least=1)],
    "game_volatility_above_zero": ["UPDATE games_game SET volatility = 0"],
    "game_stake_limits_ordered": [_GAME.format(code="x", rtp=96, least=6)],
    "provider_stake_limits_ordered": ["UPDATE games_provider SET min_stake = 2, max_stake = 1"],
    "provider_rate_limit_positive": ["UPDATE games_provider SET rate_limit = 0"],
    "key_id_unique_per_provider": [_KEY.format(key="k1", slot=2)],
    "at_most_two_active_keys": [_KEY.format(key="k2", slot=1)],
    "key_slot_is_one_or_two": [_KEY.format(key="k3", slot=3), _KEY.format(key="k3", slot=0)],
    "jackpot_code_unique_per_provider": [
        "INSERT INTO jackpots_jackpot (provider_id, code, name, currency, seed, enabled)"
        " SELECT provider_id, code, name, currency, seed, enabled FROM jackpots_jackpot"
    ],
    "jackpot_seed_not_negative": ["UPDATE jackpots_jackpot SET seed = -1"],
    "call_partition_month_near_now": ["SELECT calls_partition_ensure('1999-01-01')"],
    "calls_kept_30_days": ["SELECT calls_purge(29)"],
    **accounts.BY_ANYBODY,
    **approvals.BY_ANYBODY,
    **exclusions.BY_ANYBODY,
    **exports.BY_ANYBODY,
    **cashier.BY_ANYBODY,
    **kyc.BY_ANYBODY,
    **gate.BY_ANYBODY,
    **gateways.BY_ANYBODY,
    **access.BY_ANYBODY,
    **routing.BY_ANYBODY,
    **settlements.BY_ANYBODY,
    **reconciliation.BY_ANYBODY,
    **facts.BY_ANYBODY,
    **definitions.BY_ANYBODY,
    **limits.BY_ANYBODY,
    **harm.BY_ANYBODY,
    **monitoring.BY_ANYBODY,
    **notes.BY_ANYBODY,
    **outbox.BY_ANYBODY,
    **policy.BY_ANYBODY,
    **roles.BY_ANYBODY,
    **signin.BY_ANYBODY,
    **stops.BY_ANYBODY,
    **transfers.BY_ANYBODY,
    **withdrawals.BY_ANYBODY,
}

BY_OWNER: dict[str, list[str]] = {
    "entries_booked_with_their_transaction": [
        "INSERT INTO wallet_entry (transaction_id, line, account_id, currency, amount, base_amount, booked_at)"
        " SELECT id, 9, %(gaming)s, 'EUR', 1, 1, now() FROM wallet_transaction WHERE kind = 'deposit'",
        "INSERT INTO wallet_entry (transaction_id, line, account_id, currency, amount, base_amount, booked_at)"
        " VALUES (gen_random_uuid(), 1, %(gaming)s, 'EUR', 1, 1, now())",
    ],
    "audit_events_are_never_edited": ["UPDATE audit_auditevent SET actor = 'staff:8'", "DELETE FROM audit_auditevent"],
    "thresholds_are_never_edited": ["UPDATE audit_threshold SET value = 1", "DELETE FROM audit_threshold"],
    "history_is_never_edited": [
        "UPDATE players_playerhistory SET status = 'active'",
        "UPDATE players_brandhistory SET pgh_context = '{}'",
        "DELETE FROM players_playerhistory",
    ],
    "transactions_are_never_edited": [
        "UPDATE wallet_transaction SET actor = 'mallory'",
        "DELETE FROM wallet_transaction",
    ],
    "entries_are_never_edited": ["UPDATE wallet_entry SET amount = amount * 2", "DELETE FROM wallet_entry"],
    "answers_are_never_edited": ["UPDATE wallet_recordedanswer SET body = ''", "DELETE FROM wallet_recordedanswer"],
    "seals_are_never_edited": ["UPDATE wallet_seal SET signature = ''", "DELETE FROM wallet_seal"],
    "house_balances_are_never_edited": [
        "UPDATE wallet_housebalance SET balance = 1",
        "DELETE FROM wallet_housebalance",
    ],
    "rates_are_never_edited": ["UPDATE wallet_fxrate SET units_per_base = 2", "DELETE FROM wallet_fxrate"],
    "accounts_are_kept_for_ever": ["DELETE FROM wallet_account"],
    "holds_are_kept_for_ever": ["DELETE FROM wallet_hold"],
    "account_keeps_its_identity": [
        "UPDATE wallet_account SET currency = 'USD'",
        "UPDATE wallet_account SET kind = 'player_bonus' WHERE kind = 'player_hold'",
        "UPDATE wallet_account SET scope = 'y'",
        "UPDATE wallet_account SET player_id = %(other_player)s WHERE id = %(real)s",
        "UPDATE wallet_account SET opened_at = now()",
    ],
    "balance_moves_only_by_entries": [
        "UPDATE wallet_account SET balance = balance + 1000000 WHERE id = %(real)s",
        "UPDATE wallet_account SET version = version + 1 WHERE id = %(real)s",
    ],
    "hold_ends_once": ["UPDATE wallet_hold SET amount = 1000", "UPDATE wallet_hold SET reason = 'y'"],
    "leg_keeps_its_content": [
        "UPDATE play_leg SET real = 1000",
        "UPDATE play_leg SET related_id = gen_random_uuid()",
        "UPDATE play_leg SET player_id = %(other_player)s, reversed_by_id = gen_random_uuid()",
    ],
    "legs_are_kept_for_ever": ["DELETE FROM play_leg"],
    "rounds_are_kept_for_ever": ["DELETE FROM play_round"],
    "sessions_are_kept_for_ever": ["DELETE FROM play_gamesession"],
    "round_keeps_its_identity": [
        "UPDATE play_round SET reference = 'x'",
        "UPDATE play_round SET player_id = %(other_player)s",
        "UPDATE play_round SET currency = 'USD'",
    ],
    **accounts.BY_OWNER,
    **approvals.BY_OWNER,
    **exclusions.BY_OWNER,
    **exports.BY_OWNER,
    **cashier.BY_OWNER,
    **kyc.BY_OWNER,
    **gate.BY_OWNER,
    **gateways.BY_OWNER,
    **access.BY_OWNER,
    **routing.BY_OWNER,
    **settlements.BY_OWNER,
    **reconciliation.BY_OWNER,
    **facts.BY_OWNER,
    **definitions.BY_OWNER,
    **limits.BY_OWNER,
    **harm.BY_OWNER,
    **monitoring.BY_OWNER,
    **notes.BY_OWNER,
    **outbox.BY_OWNER,
    **policy.BY_OWNER,
    **roles.BY_OWNER,
    **signin.BY_OWNER,
    **stops.BY_OWNER,
    **transfers.BY_OWNER,
    **withdrawals.BY_OWNER,
}
