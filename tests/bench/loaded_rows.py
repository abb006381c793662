"""The rows of a large ledger, made by SQL for a range of players: a deposit and some lost bets each.

Everything is consistent: histories, balances, rounds, legs and the bytes of every answer, so that `verify_ledger`
proves it. Transaction ids of providers are spread over the whole key space in ascending order: loading appends to
the index of answers, and later bets with random ids fall anywhere in it, as in production.
Parameters: low < number <= high (players), bets (for each player), total (of all players), base ids and facts.
"""

from __future__ import annotations

from typing import Final

TABLES: Final = (
    "players_player", "wallet_account", "wallet_transaction", "wallet_entry", "wallet_recordedanswer", "play_round",
    "play_leg",
)  # fmt: skip

# k = 0 is the deposit; n counts all transactions, m counts the bets. Ids are version-7 UUIDs in ascending order.
_EVENTS: Final = """
    WITH numbers AS (
        SELECT i, k, (i - 1) * (%(bets)s + 1) + k AS n, (i - 1) * %(bets)s + k - 1 AS m
        FROM generate_series(%(low)s::bigint + 1, %(high)s::bigint) i, generate_series({first}, %(bets)s::bigint) k
    ),
    events AS (
        SELECT i, k, n, m, md5(n::text) AS chance,
               %(player_base)s + i AS player_id, %(account_base)s + i AS account_id, %(round_base)s + m AS round_id,
               %(began)s::timestamptz + n * interval '1 millisecond' AS booked_at,
               1000000 - k * 0.1 AS balance
        FROM numbers
    ),
    named AS (
        SELECT *,
               (lpad(to_hex((extract(epoch FROM booked_at) * 1000)::bigint), 12, '0') || '7' || left(chance, 3)
                || '8' || right(chance, 15))::uuid AS id,
               lpad(to_hex(m * (1152921504606846976 / (%(total)s::bigint * %(bets)s))), 15, '0')
                || left(chance, 17) AS provider_transaction_id,
               right(chance, 16) AS reference
        FROM events
    )
"""
_ALL: Final = _EVENTS.replace("{first}", "0")
_BETS: Final = _EVENTS.replace("{first}", "1")

PLAYERS: Final = """
    INSERT INTO players_player (id, public_id, brand_id, nickname, status, currency, country, language, jurisdiction,
                                is_test, created_at)
    SELECT %(player_base)s + i, 'pl_load' || lpad(i::text, 13, '0'), %(brand)s, 'Alice', 'active', 'EUR', 'MT', 'en',
           'MT', true, %(began)s
    FROM generate_series(%(low)s::bigint + 1, %(high)s::bigint) i
"""
ACCOUNTS: Final = """
    INSERT INTO wallet_account (id, kind, player_id, scope, currency, balance, version, opened_at)
    SELECT %(account_base)s + i, 'player_real', %(player_base)s + i, '', 'EUR', 1000000 - %(bets)s * 0.1,
           %(bets)s + 1, %(began)s
    FROM generate_series(%(low)s::bigint + 1, %(high)s::bigint) i
"""
TRANSACTIONS: Final = (
    _ALL
    + """
    INSERT INTO wallet_transaction (id, kind, player_id, provider_id, actor, reference, booked_at)
    SELECT id, CASE k WHEN 0 THEN 'deposit' ELSE 'bet' END, player_id, CASE WHEN k > 0 THEN %(provider)s END,
           CASE k WHEN 0 THEN 'system:bench' ELSE 'provider:sandbox' END,
           CASE k WHEN 0 THEN 'opening deposit of the bench' ELSE 'round ' || round_id END, booked_at
    FROM named ORDER BY n
"""
)
ENTRIES: Final = (
    _ALL
    + """
    INSERT INTO wallet_entry (transaction_id, line, account_id, currency, amount, base_amount, balance_after,
                              account_version, booked_at)
    SELECT id, line, CASE WHEN own THEN account_id WHEN k = 0 THEN %(clearing)s ELSE %(gaming)s END, 'EUR',
           amount, amount, CASE WHEN own THEN balance END, CASE WHEN own THEN k + 1 END, booked_at
    FROM named, LATERAL (VALUES (1, (k > 0)), (2, (k = 0))) AS lines (line, own),
         LATERAL (SELECT CASE WHEN k = 0 THEN 1000000 ELSE 0.1 END * CASE line WHEN 1 THEN -1 ELSE 1 END AS amount) a
    ORDER BY n, line
"""
)
ROUNDS: Final = (
    _BETS
    + """
    INSERT INTO play_round (id, provider_id, player_id, reference, game_id, state, currency, staked, won, live_bets,
                            live_wins, dead_bets, balance_before, balance_after, opened_at, closed_at)
    SELECT round_id, %(provider)s, player_id, reference, %(game)s, 'closed', 'EUR', 0.1, 0, 1, 0, 0, balance + 0.1,
           balance, booked_at, booked_at
    FROM named ORDER BY n
"""
)
LEGS: Final = (
    _BETS
    + """
    INSERT INTO play_leg (id, kind, round_id, player_id, provider_id, provider_transaction_id, game_id, win_kind,
                          free_round, real, bonus, contribution, booked_at)
    SELECT id, 'bet', round_id, player_id, %(provider)s, provider_transaction_id, %(game)s, '', '', 0.1, 0, 0, booked_at
    FROM named ORDER BY n
"""
)
ANSWERS: Final = (
    _BETS
    + """
    INSERT INTO wallet_recordedanswer (provider_id, provider_transaction_id, call, outcome, fingerprint, player_id,
                                       amount, currency, round_reference, transaction_id, status, body, recorded_at)
    SELECT %(provider)s, provider_transaction_id, 'bet', 'booked', decode(chance, 'hex'), player_id, 0.1, 'EUR',
           reference, id, 200,
           convert_to(format('{"status":"ok","request_id":"%%s","balance":{"currency":"EUR","real":"%%s","bonus":"0.00",'
                             '"total":"%%s"},"transaction_id":"%%s","wallet_transaction_id":"%%s","round_id":"%%s",'
                             '"processed_at":"2026-01-01T00:00:00.000000Z"}',
                             chance::uuid, to_char(balance, 'FM9999990.00'), to_char(balance, 'FM9999990.00'),
                             provider_transaction_id, id, reference), 'UTF8'),
           booked_at
    FROM named ORDER BY n
"""
)
STEPS: Final = (PLAYERS, ACCOUNTS, TRANSACTIONS, ENTRIES, ROUNDS, LEGS, ANSWERS)

SESSIONS: Final = """
    INSERT INTO play_gamesession (public_id, player_id, provider_id, game_id, mode, token_sha256, token_expires_at,
                                  launched_at, authenticated_at, last_seen_at, end_reason)
    SELECT 'gs_load' || lpad(i::text, 13, '0'), %(player_base)s + i, %(provider)s, %(game)s, 'real',
           md5(i::text) || md5((-i)::text), now(), now(), now(), now(), ''
    FROM generate_series(%(every)s::bigint, %(total)s::bigint, %(every)s::bigint) i
    RETURNING 'pl_load' || right(public_id, 13), public_id
"""
