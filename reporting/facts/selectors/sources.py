"""Facts out of the ledger, as SQL: the same texts read on, rebuild and verify, so that the figures can not differ.

Parameters: `low` <= commit order < `high`; `first` and `last` posted days, `brand` (each null: no bound).
"""

from __future__ import annotations

from typing import Final

_DAY: Final = "least((({moment} AT TIME ZONE {of}.time_zone) - {of}.day_starts)::date, {of}.until_day - 1)"
_POSTED: Final = _DAY.format(moment="{moment}", of="c")
_WITHIN: Final = """
    AND (%(brand)s::bigint IS NULL OR p.brand_id = %(brand)s)
    AND (%(first)s::date IS NULL OR {day} BETWEEN %(first)s AND %(last)s)
"""
_CALENDAR: Final = (
    "JOIN facts_calendar_span c ON c.brand_id = p.brand_id AND c.starts <= {moment} AND {moment} < c.ends"
)


def _posted(moment: str) -> str:
    return _POSTED.format(moment=moment)


def _within(moment: str) -> str:
    return _WITHIN.format(day=_posted(moment))


# Every call of a round with what it comes to. A rollback's original is looked up one by one, or the whole table would
# be read. Of two calls of one moment that could have opened a round, the one that was committed first did.
_CALLS: Final = f"""
    SELECT l.id AS leg_id, l.round_id, r.commit_order, l.kind, o.kind AS undone, l.booked_at AS at,
           {_posted("l.booked_at")} AS posted_day, {_DAY.format(moment="d.closed_at", of="s")} AS settled_day,
           p.brand_id, p.jurisdiction, d.currency, p.id AS player_id, p.is_test, d.provider_id, d.game_id,
           d.closed_at IS NULL AS waits,
           l.booked_at = d.opened_at AND NOT EXISTS (
               SELECT 1 FROM play_leg x JOIN wallet_recordedanswer y
                   ON y.provider_id = x.provider_id AND y.provider_transaction_id = x.provider_transaction_id
               WHERE x.round_id = l.round_id AND x.booked_at = l.booked_at AND x.id <> l.id
                 AND (y.commit_order, x.id) < (r.commit_order, l.id)) AS opens,
           (l.kind = 'bet')::int AS bets,
           CASE l.kind WHEN 'bet' THEN l.real ELSE 0 END AS stake_real,
           CASE l.kind WHEN 'bet' THEN l.bonus ELSE 0 END AS stake_bonus,
           CASE o.kind WHEN 'bet' THEN l.real ELSE 0 END AS void_real,
           CASE o.kind WHEN 'bet' THEN l.bonus ELSE 0 END AS void_bonus,
           CASE l.kind WHEN 'win' THEN l.real ELSE 0 END AS win_real,
           CASE l.kind WHEN 'win' THEN l.bonus ELSE 0 END AS win_bonus,
           CASE o.kind WHEN 'win' THEN l.real ELSE 0 END AS unwin_real,
           CASE o.kind WHEN 'win' THEN l.bonus ELSE 0 END AS unwin_bonus,
           CASE l.kind WHEN 'bet' THEN l.contribution WHEN 'rollback' THEN -l.contribution ELSE 0 END AS contribution,
           CASE l.kind WHEN 'jackpot' THEN l.real + l.bonus ELSE 0 END AS jackpot_win,
           CASE 'free_round' WHEN l.win_kind THEN l.real + l.bonus WHEN o.win_kind THEN -(l.real + l.bonus) ELSE 0 END
               AS free_win,
           CASE 'promo' WHEN l.win_kind THEN l.real + l.bonus WHEN o.win_kind THEN -(l.real + l.bonus) ELSE 0 END
               AS promo_win
    FROM wallet_recordedanswer r
    JOIN play_leg l ON l.id = r.transaction_id
    JOIN play_round d ON d.id = l.round_id
    JOIN players_player p ON p.id = l.player_id
    {_CALENDAR.format(moment="l.booked_at")}
    LEFT JOIN facts_calendar_span s ON s.brand_id = p.brand_id AND s.starts <= d.closed_at AND d.closed_at < s.ends
    LEFT JOIN LATERAL (
        SELECT x.kind, x.win_kind FROM play_leg x WHERE l.kind = 'rollback' AND x.id = l.related_id OFFSET 0
    ) o ON true
    WHERE r.commit_order >= %(low)s AND r.commit_order < %(high)s AND r.outcome = 'booked'
      AND (l.kind <> 'rollback' OR l.real + l.bonus > 0) {_within("l.booked_at")}
"""  # noqa: S608 - the only text put in is our own
# What a stay at a provider's wallet made of the money: its result is known, its bets are not. A loss is a stake that
# lost, a win a win; the day is the one on which the money came back.
_STAYS: Final = f"""
    SELECT t.id AS leg_id, NULL::bigint AS round_id, t.commit_order, 'transfer' AS kind, NULL AS undone,
           t.booked_at AS at, {_posted("t.booked_at")} AS posted_day, {_posted("t.booked_at")} AS settled_day,
           p.brand_id, p.jurisdiction, g.currency, p.id AS player_id, p.is_test,
           coalesce(v.provider_id, (SELECT x.id FROM games_provider x WHERE x.code = g.scope), 0) AS provider_id,
           coalesce(v.game_id, 0) AS game_id, false AS waits, false AS opens, 0 AS bets, g.lost AS stake_real,
           0 AS stake_bonus, 0 AS void_real, 0 AS void_bonus, g.won AS win_real, 0 AS win_bonus, 0 AS unwin_real,
           0 AS unwin_bonus, 0 AS contribution, 0 AS jackpot_win, 0 AS free_win, 0 AS promo_win
    FROM wallet_transaction t
    JOIN players_player p ON p.id = t.player_id
    {_CALENDAR.format(moment="t.booked_at")}
    CROSS JOIN LATERAL (
        SELECT a.scope, e.currency, sum(greatest(e.amount, 0)) AS lost, sum(greatest(-e.amount, 0)) AS won
        FROM wallet_entry e JOIN wallet_account a ON a.id = e.account_id
        WHERE e.transaction_id = t.id AND a.kind = 'gaming' GROUP BY a.scope, e.currency
    ) g
    LEFT JOIN wallet_hold h ON h.ended_by_id = t.id
    LEFT JOIN transfers_transfervisit v ON v.hold_id = h.id
    WHERE t.commit_order >= %(low)s AND t.commit_order < %(high)s AND t.kind = 'transfer_in'
      {_within("t.booked_at")}
"""  # noqa: S608 - the only text put in is our own
PLAY: Final = f"""
    SELECT b.*, (opens AND NOT waits)::int AS rounds FROM ({_CALLS} UNION ALL {_STAYS}) b
"""  # noqa: S608 - the only text put in is our own

# Every transaction that moved a player's accounts. Its scope is that of the house account on the other side; where
# there are several, that of the payment before that of fees and conversions.
MONEY: Final = f"""
    SELECT {_posted("t.booked_at")} AS posted_day, p.brand_id, p.jurisdiction, e.currency, p.id AS player_id,
           p.is_test, t.kind, coalesce(g.code, h.scope, '') AS scope, t.id, t.commit_order,
           CASE a.kind WHEN 'player_real' THEN e.amount ELSE 0 END AS real,
           CASE a.kind WHEN 'player_bonus' THEN e.amount ELSE 0 END AS bonus,
           CASE a.kind WHEN 'player_hold' THEN e.amount ELSE 0 END AS held,
           CASE a.kind WHEN 'player_receivable' THEN e.amount ELSE 0 END AS owed
    FROM wallet_transaction t
    JOIN wallet_entry e ON e.transaction_id = t.id
    JOIN wallet_account a ON a.id = e.account_id AND a.player_id IS NOT NULL
    JOIN players_player p ON p.id = a.player_id
    {_CALENDAR.format(moment="t.booked_at")}
    LEFT JOIN games_provider g ON g.id = t.provider_id
    LEFT JOIN LATERAL (
        SELECT y.scope FROM wallet_entry x JOIN wallet_account y ON y.id = x.account_id
        WHERE t.provider_id IS NULL AND x.transaction_id = t.id AND y.player_id IS NULL
        ORDER BY array_position(ARRAY['payment_clearing', 'payment_suspense', 'adjustment', 'gaming', 'jackpot_pool',
                                      'bonus_cost', 'fx'], y.kind::text), y.id LIMIT 1
    ) h ON true
    WHERE t.commit_order >= %(low)s AND t.commit_order < %(high)s {_within("t.booked_at")}
"""  # noqa: S608 - the only text put in is our own
