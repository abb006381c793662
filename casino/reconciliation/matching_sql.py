"""The statements that match a provider's lines to our legs, set by set. Text only; services/matching.py runs them.

A line is judged by the answer recorded for its transaction id, which is our one gate of idempotency: it names the leg.
"""

from __future__ import annotations

from typing import Final

JUDGE: Final = """
    WITH told AS (
        SELECT l.id, l.kind, l.of, l.amount, l.currency, l.state, l.at, l.player,
               row_number() OVER (PARTITION BY l.kind, l.of ORDER BY l.number) AS nth,
               bool_or(l.kind = 'rollback') OVER (PARTITION BY l.of) AS undone
        FROM reconciliation_line l WHERE l.statement_id = %(statement)s AND l.kind <> 'round'
    )
    INSERT INTO reconciliation_result (line_id, statement_id, verdict, leg)
    SELECT t.id, %(statement)s, CASE
        WHEN t.kind <> 'rollback' AND (t.nth > 1 OR (%(complete)s AND EXISTS (
            SELECT 1 FROM reconciliation_line e JOIN reconciliation_statement s ON s.id = e.statement_id
            WHERE e.provider_id = %(provider)s AND e.of = t.of AND e.kind = t.kind AND s.id <> %(statement)s
              AND s.format = ANY (%(formats)s)
              AND (s.until_at <= %(from)s::timestamptz OR s.from_at >= %(until)s::timestamptz)))) THEN 'duplicate'
        WHEN t.kind = 'rollback' OR t.state = 'rolled_back' THEN
            CASE WHEN g.id IS NULL OR g.reversed_by_id IS NOT NULL THEN 'agrees' ELSE 'status' END
        WHEN t.undone THEN 'agrees'
        WHEN g.id IS NULL THEN CASE WHEN t.amount = 0 THEN 'agrees' ELSE 'missing_ours' END
        WHEN g.kind <> t.kind OR (t.player <> '' AND t.player <> p.public_id) OR g.reversed_by_id IS NOT NULL
            THEN 'status'
        WHEN t.currency <> r.currency THEN 'currency'
        WHEN t.amount <> g.real + g.bonus AND g.free_round = '' THEN 'amount'
        WHEN t.at >= %(from)s::timestamptz AND t.at < %(until)s::timestamptz
             AND (g.booked_at < %(from)s::timestamptz OR g.booked_at >= %(until)s::timestamptz)
             AND abs(extract(epoch FROM g.booked_at - t.at)) <= %(near)s THEN 'day_boundary'
        WHEN abs(extract(epoch FROM g.booked_at - t.at)) > %(near)s THEN 'late'
        ELSE 'agrees' END, g.id
    FROM told t
    LEFT JOIN wallet_recordedanswer r ON r.provider_id = %(provider)s AND r.provider_transaction_id = t.of
        AND r.outcome = 'booked'
    LEFT JOIN play_leg g ON g.id = r.transaction_id
    LEFT JOIN players_player p ON p.id = g.player_id
"""
# Lines that do not agree, with everything that tells why.
FOUND: Final = """
    SELECT l.id, l.number, l.kind, l.of, l.round_reference, l.player, l.amount, l.currency, l.state, l.at, x.verdict,
           g.id AS leg, g.kind AS leg_kind, g.real + g.bonus AS booked, g.booked_at,
           g.reversed_by_id IS NOT NULL AS undone, r.currency AS our_currency, o.reference AS our_round,
           coalesce(g.player_id, q.id) AS player_id,
           p.public_id AS our_player, r.outcome, r.body, z.outcome AS undoing
    FROM reconciliation_result x JOIN reconciliation_line l ON l.id = x.line_id
    LEFT JOIN play_leg g ON g.id = x.leg LEFT JOIN play_round o ON o.id = g.round_id
    LEFT JOIN players_player p ON p.id = g.player_id LEFT JOIN players_player q ON q.public_id = l.player
    LEFT JOIN wallet_recordedanswer r ON r.provider_id = %(provider)s AND r.provider_transaction_id = l.of
    LEFT JOIN wallet_recordedanswer z ON l.kind = 'rollback' AND z.provider_id = %(provider)s
        AND z.provider_transaction_id = l.transaction_id AND l.transaction_id <> l.of
    WHERE x.statement_id = %(statement)s AND x.verdict <> 'agrees' ORDER BY l.number
"""
# What stands in our books in the period and in no statement of the provider.
UNTOLD: Final = """
    SELECT g.id AS leg, g.kind AS leg_kind, g.provider_transaction_id AS of, g.real + g.bonus AS booked, g.booked_at,
           o.currency AS our_currency, o.reference AS our_round, g.player_id
    FROM play_leg g JOIN play_round o ON o.id = g.round_id
    WHERE g.id >= %(low)s AND g.id < %(high)s AND g.provider_id = %(provider)s AND g.kind IN ('bet', 'win', 'jackpot')
      AND g.booked_at >= %(from)s AND g.booked_at < %(until)s AND g.reversed_by_id IS NULL AND g.real + g.bonus > 0
      AND NOT EXISTS (SELECT 1 FROM reconciliation_line l WHERE l.provider_id = %(provider)s
                      AND l.of = g.provider_transaction_id AND l.kind = g.kind)
      AND NOT EXISTS (SELECT 1 FROM reconciliation_correction c WHERE c.transaction = g.id)
    ORDER BY g.id
"""
# What stands on each side, added up.
ADD_UP: Final = """
    INSERT INTO reconciliation_tally (statement_id, currency, kind, theirs_count, theirs_amount, ours_count,
                                      ours_amount, matched_count)
    SELECT %(statement)s, currency, kind, sum(theirs_count), sum(theirs_amount), sum(ours_count), sum(ours_amount),
           sum(matched) FROM (
        SELECT l.currency, l.kind, count(*) AS theirs_count, sum(l.amount) AS theirs_amount, 0 AS ours_count,
               0::numeric AS ours_amount, count(*) FILTER (WHERE x.verdict = 'agrees') AS matched
        FROM reconciliation_line l JOIN reconciliation_result x ON x.line_id = l.id
        WHERE l.statement_id = %(statement)s AND l.kind IN ('bet', 'win', 'jackpot') AND l.state = 'booked'
          AND NOT EXISTS (SELECT 1 FROM reconciliation_line u WHERE u.statement_id = %(statement)s
                          AND u.provider_id = %(provider)s AND u.of = l.of AND u.kind = 'rollback')
        GROUP BY 1, 2
        UNION ALL
        SELECT o.currency, g.kind, 0, 0, count(*), sum(g.real + g.bonus), 0
        FROM play_leg g JOIN play_round o ON o.id = g.round_id
        WHERE g.id >= %(low)s AND g.id < %(high)s AND g.provider_id = %(provider)s
          AND g.kind IN ('bet', 'win', 'jackpot') AND g.booked_at >= %(from)s AND g.booked_at < %(until)s
          AND g.reversed_by_id IS NULL
        GROUP BY 1, 2
    ) sides GROUP BY 2, 3
"""
# Breaks that wait and are right by now, with the reason.
HEALED: Final = """
    SELECT b.id, 'Our booking came: ' || g.kind || ' ' || g.id || '.' AS reason
    FROM reconciliation_break b
    JOIN reconciliation_line l ON l.id = b.line_id
    JOIN wallet_recordedanswer r ON r.provider_id = b.provider_id AND r.provider_transaction_id = l.of
        AND r.outcome = 'booked'
    JOIN play_leg g ON g.id = r.transaction_id AND g.kind = l.kind AND g.reversed_by_id IS NULL
    WHERE b.provider_id = %(provider)s AND b.state IN ('open', 'explained') AND b.kind = 'missing_ours'
      AND g.real + g.bonus = l.amount AND r.currency = l.currency
    UNION ALL
    SELECT b.id, 'The provider told it: ' || s.name || ', line ' || l.number || '.'
    FROM reconciliation_break b
    JOIN play_leg g ON g.id = b.leg
    JOIN reconciliation_line l ON l.provider_id = b.provider_id AND l.of = g.provider_transaction_id AND l.kind = g.kind
    JOIN reconciliation_statement s ON s.id = l.statement_id
    WHERE b.provider_id = %(provider)s AND b.state IN ('open', 'explained') AND b.kind = 'missing_theirs'
    UNION ALL
    SELECT b.id, 'It was rolled back in our books, and stands on neither side.'
    FROM reconciliation_break b JOIN play_leg g ON g.id = b.leg LEFT JOIN reconciliation_line l ON l.id = b.line_id
    WHERE b.provider_id = %(provider)s AND b.state IN ('open', 'explained') AND g.reversed_by_id IS NOT NULL
      AND (b.kind = 'missing_theirs' OR (b.kind = 'status' AND (
               l.kind = 'rollback' OR l.state IN ('rolled_back', 'refunded')
               OR EXISTS (SELECT 1 FROM reconciliation_line u WHERE u.provider_id = b.provider_id
                          AND u.of = g.provider_transaction_id AND u.kind = 'rollback'))))
"""
