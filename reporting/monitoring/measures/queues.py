"""How long work has waited, for people and for machines, in hours or minutes of the oldest."""

from __future__ import annotations

from typing import Final

from reporting.monitoring.measures.types import Measure


def _oldest(table: str, field: str, which: str, per: int) -> str:
    return (
        f"SELECT '', coalesce(round(extract(epoch FROM %(now)s - min({field})) / {per}, 3), 0) FROM {table}"  # noqa: S608 - ours
        f" WHERE {which}"
    )


HOUR: Final = 3600
MINUTE: Final = 60
_WITHDRAWALS: Final = _oldest(
    "withdrawals_withdrawal", "state_since", "state IN ('review', 'in_process', 'frozen', 'kyc')", HOUR
)
_MESSAGES: Final = _oldest("gateways_gatewaymessage", "received_at", "outcome = 'waiting'", MINUTE)
_FORGED: Final = """
    SELECT gateway, count(*) FROM gateways_gatewaymessage
    WHERE outcome = 'invalid' AND received_at > %(now)s - interval '10 min' GROUP BY 1
"""
_STUCK: Final = """
    SELECT gateway, count(*) FROM gateways_gatewaymessage
    WHERE outcome IN ('quarantined', 'puzzling', 'failed') GROUP BY 1
"""
_OUTBOX: Final = """
    SELECT r.name, coalesce(round(extract(epoch FROM %(now)s - min(f.occurred_at)) / 60, 3), 0) FROM outbox_factreader r
    LEFT JOIN LATERAL (
        SELECT occurred_at FROM outbox_fact f WHERE (f.commit_order, f.id) > (r.commit_order, r.fact_id)
        ORDER BY f.commit_order, f.id LIMIT 1
    ) f ON true GROUP BY r.name
"""

MEASURES: Final = (
    Measure("withdrawals_age_hours", "Oldest withdrawal that waits for people", "h", _WITHDRAWALS),
    Measure(
        "approvals_age_hours", "Oldest proposal that waits for a second person", "h",
        _oldest("approvals_approval", "created_at", "state IN ('proposed', 'approved_once')", HOUR),
    ),
    Measure(
        "kyc_age_hours", "Oldest verification that waits for a colleague", "h",
        _oldest("kyc_kycstate", "changed_at", "status = 'review'", HOUR),
    ),
    Measure("gateway_messages_age", "Oldest message of a gateway not worked off", "min", _MESSAGES),
    Measure("gateway_messages_stuck", "Messages of gateways that need a person", "messages", _STUCK, "gateway"),
    Measure("gateway_messages_forged", "Messages with a false signature, 10 min", "messages", _FORGED, "gateway"),
    Measure("outbox_lag", "Oldest announced fact that a reader has not read", "min", _OUTBOX, "reader"),
)  # fmt: skip
