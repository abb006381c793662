"""Providers' calls, out of the minutes that the call log gave (docs/monitoring.md). Nothing here costs a bet."""

from __future__ import annotations

from typing import Final

from reporting.monitoring.measures.types import Measure

# Percent of what was called in the last five minutes; fewer calls than this say nothing.
LEAST: Final = 20
# Milliseconds up to which calls are counted together.
BOUNDS_MS: Final = (5, 10, 25, 50, 100, 250, 500, 1000, 2500)
_WINDOW: Final = "minute > %(now)s - interval '5 min' AND minute <= %(now)s AND provider <> ''"


def _share(which: str) -> str:
    return (
        f"SELECT provider, 100.0 * coalesce(sum(calls) FILTER (WHERE {which}), 0) / sum(calls)"  # noqa: S608 - ours
        f" FROM monitoring_callminute WHERE {_WINDOW} GROUP BY provider HAVING sum(calls) >= {LEAST}"
    )


_LATENCY: Final = """
    SELECT provider_code, percentile_disc(0.99) WITHIN GROUP (ORDER BY total_us) / 1000.0
    FROM (SELECT provider_code, total_us FROM calls_providercall
          WHERE received_at > %(now)s - interval '5 min' AND received_at <= %(now)s AND provider_code <> ''
          ORDER BY received_at DESC LIMIT 50000) newest
    GROUP BY 1
"""
# The same ten minutes a week ago; a provider who played little then says nothing.
_BAND: Final = """
    SELECT past.provider, 100.0 * coalesce(late.calls, 0) / past.calls
    FROM (SELECT provider, sum(calls) AS calls FROM monitoring_callminute WHERE call = 'bet'
          AND minute > %(now)s - interval '7 days 10 min' AND minute <= %(now)s - interval '7 days' GROUP BY 1) past
    LEFT JOIN (SELECT provider, sum(calls) AS calls FROM monitoring_callminute WHERE call = 'bet'
          AND minute > %(now)s - interval '10 min' AND minute <= %(now)s GROUP BY 1) late USING (provider)
    WHERE past.calls >= 100
"""
_REPLAYS: Final = _share("result = 'replayed'")
_UNSIGNED: Final = """
    SELECT provider, sum(calls) / 5.0 FROM monitoring_callminute
    WHERE minute > %(now)s - interval '5 min' AND minute <= %(now)s AND result = 'unsigned' GROUP BY provider
"""
_ROLLBACKS: Final = f"""
    SELECT provider, 100.0 * coalesce(sum(calls) FILTER (WHERE call = 'rollback'), 0)
                     / sum(calls) FILTER (WHERE call = 'bet') FROM monitoring_callminute
    WHERE {_WINDOW} AND result = 'ok' GROUP BY provider HAVING sum(calls) FILTER (WHERE call = 'bet') >= {LEAST}
"""  # noqa: S608
_BETS: Final = """
    SELECT provider, sum(calls) / 5.0 FROM monitoring_callminute
    WHERE minute > %(now)s - interval '5 min' AND minute <= %(now)s AND call = 'bet' AND provider <> ''
    GROUP BY provider
"""

MEASURES: Final = (
    Measure("wallet_failed_share", "Wallet calls failed, 5 min", "%", _share("result = 'failed'"), "provider"),
    Measure("wallet_latency_p99", "Wallet calls, p99 of 5 min", "ms", _LATENCY, "provider"),
    Measure("wallet_replayed_share", "Repeated wallet calls, 5 min", "%", _REPLAYS, "provider"),
    Measure("wallet_rollback_share", "Rollbacks per bet, 5 min", "%", _ROLLBACKS, "provider"),
    Measure("wallet_unsigned_per_minute", "Calls not admitted, per minute", "/min", _UNSIGNED, "provider"),
    Measure("bets_per_minute", "Bets per minute", "/min", _BETS, "provider"),
    Measure("bets_of_last_week", "Bets against the same time last week", "%", _BAND, "provider"),
)
