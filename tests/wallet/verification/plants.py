"""Breaks to plant: what was tampered with, the promise that must be named, and the owner's SQL (named parameters)."""

from __future__ import annotations

PLANTS: dict[str, tuple[str, str]] = {
    "an entry's amount was changed": (
        "transactions_balance",
        "UPDATE wallet_entry SET amount = amount + 1 WHERE transaction_id = %(bet)s AND line = 2",
    ),
    "an entry's base amount was changed": (
        "base_amounts_balance",
        "UPDATE wallet_entry SET base_amount = base_amount + 1 WHERE transaction_id = %(bet)s AND line = 2",
    ),
    "a transaction lost its entries": (
        "transactions_have_entries",
        "DELETE FROM wallet_entry WHERE transaction_id = %(bet)s",
    ),
    "a transaction was made up without entries": (
        "transactions_have_entries",
        "INSERT INTO wallet_transaction (id, kind, actor, reference, booked_at)"
        " VALUES (gen_random_uuid(), 'deposit', 'mallory', '', now())",
    ),
    "a transaction is of a kind that does not exist": (
        "transactions_have_entries",
        "UPDATE wallet_transaction SET kind = 'gift' WHERE id = %(deposit)s",
    ),
    "a transaction was deleted": (
        "entries_have_transactions",
        "DELETE FROM wallet_transaction WHERE id = %(bet)s",
    ),
    "an account changed its currency": (
        "entries_fit_accounts",
        "UPDATE wallet_account SET currency = 'SEK' WHERE id = %(held)s",
    ),
    "an entry names an account that does not exist": (
        "entries_fit_accounts",
        "UPDATE wallet_entry SET account_id = 999999 WHERE transaction_id = %(bet)s AND line = 2",
    ),
    "an entry was moved to another moment": (
        "entries_fit_accounts",
        "UPDATE wallet_entry SET booked_at = booked_at + interval '1 day' WHERE transaction_id = %(bet)s AND line = 1",
    ),
    "a transaction names a player who does not exist": (
        "nothing_dangles",
        "UPDATE wallet_transaction SET player_id = 999999 WHERE id = %(deposit)s",
    ),
    "a transaction names a rate that does not exist": (
        "nothing_dangles",
        "UPDATE wallet_transaction SET fx_rate_id = 999999 WHERE id = %(dollar_bet)s",
    ),
    "a transaction moves another player's money": (
        "players_move_their_own_money",
        "UPDATE wallet_transaction SET player_id = %(dollar_player)s WHERE id = %(deposit)s",
    ),
    "a transaction does not name the player whose money it moves": (
        "players_move_their_own_money",
        "UPDATE wallet_transaction SET player_id = NULL WHERE id = %(deposit)s",
    ),
    "base amounts were shifted together": (
        "base_amounts_at_the_rate",
        "UPDATE wallet_entry SET base_amount = base_amount * 1.0001 WHERE transaction_id = %(dollar_bet)s",
    ),
    "a rate was edited": (
        "base_amounts_at_the_rate",
        "UPDATE wallet_fxrate SET units_per_base = 1.1 WHERE currency = 'USD'",
    ),
    "an account was given money when it opened": (
        "accounts_open_empty",
        "UPDATE wallet_account SET balance = -5 WHERE id = %(dollar_receivable)s",
    ),
    "a whole history was lifted": (
        "accounts_open_empty",
        "UPDATE wallet_entry SET balance_after = balance_after + 5 WHERE account_id = %(real)s",
    ),
    "an entry's balance was changed": (
        "histories_unbroken",
        "UPDATE wallet_entry SET balance_after = balance_after + 5 WHERE account_id = %(real)s AND account_version = 3",
    ),
    "a player's money fell below zero without a gap": (
        "histories_unbroken",
        "WITH made AS (INSERT INTO wallet_transaction (id, kind, player_id, actor, reference, booked_at)"
        " SELECT gen_random_uuid(), 'chargeback', a.player_id, 'mallory', '', now() FROM wallet_account a"
        " WHERE a.id = %(real)s RETURNING id, booked_at), moved AS (UPDATE wallet_account"
        " SET balance = -1, version = version + 1 WHERE id = %(real)s RETURNING id, currency, version)"
        " INSERT INTO wallet_entry (transaction_id, line, account_id, currency, amount, base_amount, balance_after,"
        " account_version, booked_at) SELECT made.id, line, CASE line WHEN 1 THEN moved.id ELSE %(gaming)s END,"
        " moved.currency, amount, amount, CASE line WHEN 1 THEN -1 END, CASE line WHEN 1 THEN moved.version END,"
        " made.booked_at FROM made, moved, wallet_account old, LATERAL (VALUES (1, -1 - old.balance),"
        " (2, old.balance + 1)) lines (line, amount) WHERE old.id = moved.id",
    ),
    "a version is missing": (
        "histories_unbroken",
        "UPDATE wallet_entry SET account_version = 99 WHERE account_id = %(real)s AND account_version = 3",
    ),
    "a balance was changed": (
        "balances_are_sums",
        "UPDATE wallet_account SET balance = balance + 5 WHERE id = %(real)s",
    ),
    "an account's version was changed": (
        "balances_are_sums",
        "UPDATE wallet_account SET version = version + 1 WHERE id = %(real)s",
    ),
    "an open hold was raised": (
        "holds_covered",
        "UPDATE wallet_hold SET amount = 21 WHERE state = 'open'",
    ),
    "an ended hold was raised": (
        "holds_moved_money",
        "UPDATE wallet_hold SET amount = 8 WHERE state = 'released'",
    ),
    "a rollback lost its original": (
        "reversals_mirror_originals",
        "UPDATE wallet_transaction SET original_id = NULL WHERE id = %(rollback)s",
    ),
    "a rollback names another original": (
        "reversals_mirror_originals",
        "UPDATE wallet_transaction SET original_id = %(bet)s WHERE id = %(rollback)s",
    ),
    "a booked answer tells another amount": (
        "answers_match_transactions",
        "UPDATE wallet_recordedanswer SET amount = 11 WHERE transaction_id = %(bet)s",
    ),
    "a booked answer is another player's": (
        "answers_match_transactions",
        "UPDATE wallet_recordedanswer SET player_id = %(dollar_player)s WHERE transaction_id = %(bet)s",
    ),
    "a booked answer names no transaction that is there": (
        "answers_match_transactions",
        "UPDATE wallet_recordedanswer SET transaction_id = gen_random_uuid() WHERE transaction_id = %(win)s",
    ),
    "an answer was deleted": (
        "transactions_are_answered",
        "DELETE FROM wallet_recordedanswer WHERE transaction_id = %(bet)s",
    ),
    "a refusal names a transaction": (
        "refusals_moved_nothing",
        "UPDATE wallet_recordedanswer SET transaction_id = gen_random_uuid() WHERE outcome = 'refused'",
    ),
    "a tombstone names a transaction": (
        "refusals_moved_nothing",
        "UPDATE wallet_recordedanswer SET transaction_id = gen_random_uuid() WHERE outcome = 'tombstone'",
    ),
    "an answer's bytes tell another balance": (
        "answers_tell_the_ledger",
        "UPDATE wallet_recordedanswer SET transaction_id = transaction_id,"
        " body = convert_to(regexp_replace(convert_from(body, 'UTF8'), '\"real\": \"8', '\"real\": \"9'), 'UTF8')"
        " WHERE transaction_id = %(bet)s",
    ),
    "an answer's bytes name another transaction": (
        "answers_tell_the_ledger",
        "UPDATE wallet_recordedanswer b SET body = w.body FROM wallet_recordedanswer w"
        " WHERE b.transaction_id = %(bet)s AND w.transaction_id = %(win)s",
    ),
    "an answer's bytes are no JSON": (
        "answers_tell_the_ledger",
        "UPDATE wallet_recordedanswer SET body = decode('ff00', 'hex') WHERE transaction_id = %(bet)s",
    ),
    "a refusal's bytes say that all went well": (
        "answers_tell_the_ledger",
        "UPDATE wallet_recordedanswer SET body = convert_to('{\"status\":\"ok\"}', 'UTF8') WHERE outcome = 'refused'",
    ),
    "a house balance was changed": (
        "house_balances_are_sums",
        "UPDATE wallet_housebalance SET balance = balance + 1 WHERE account_id = %(gaming)s AND seal_id ="
        " (SELECT max(seal_id) FROM wallet_housebalance WHERE account_id = %(gaming)s)",
    ),
    "a house balance was deleted": (
        "house_balances_are_sums",
        "DELETE FROM wallet_housebalance WHERE account_id = %(gaming)s AND seal_id ="
        " (SELECT min(seal_id) FROM wallet_housebalance WHERE account_id = %(gaming)s)",
    ),
    "an actor was rewritten after sealing": (
        "seals_hold",
        "UPDATE wallet_transaction SET actor = 'mallory' WHERE id = %(deposit)s",
    ),
    "a row was added below a seal": (
        "seals_hold",
        "INSERT INTO wallet_recordedanswer (provider_id, provider_transaction_id, call, outcome, currency,"
        " round_reference, status, body, recorded_at, commit_order) SELECT 7, 'late', 'bet', 'refused', '', '', 402,"
        " convert_to('{\"status\":\"error\"}', 'UTF8'), now(), to_order - 1 FROM wallet_seal WHERE number = 1",
    ),
    "a refusal was deleted after sealing": (
        "seals_hold",
        "DELETE FROM wallet_recordedanswer WHERE outcome = 'refused'",
    ),
    "a signature was replaced": (
        "seals_hold",
        "UPDATE wallet_seal SET signature = decode(repeat('00', 64), 'hex') WHERE number = 2",
    ),
    "a seal's time was changed": (
        "seals_hold",
        "UPDATE wallet_seal SET sealed_at = sealed_at - interval '1 day' WHERE number = 2",
    ),
    "the chain was cut at its beginning": (
        "seals_hold",
        "UPDATE wallet_seal SET previous_hash = decode(repeat('11', 32), 'hex') WHERE number = 2",
    ),
}
