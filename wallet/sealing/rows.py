"""The wallet's own sealed kinds: the queries that read them and their canonical fields.

PostgreSQL writes amounts (trim_scale), instants and bytes as canonical text: it is exact, and a third of the time.
"""

from __future__ import annotations

from typing import Any, Final

from wallet.sealing.canonical import Json

_INSTANT: Final = """to_char({} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')"""

TRANSACTION_ROWS: Final = f"""
    SELECT t.commit_order, t.id::text, t.kind, t.player_id, t.provider_id, t.actor, t.reference, t.original_id::text,
           t.fx_rate_id, {_INSTANT.format("t.occurred_at")}, {_INSTANT.format("t.booked_at")},
           (SELECT array_agg(ARRAY[e.line::text, e.account_id::text, e.currency, trim_scale(e.amount)::text,
                                   trim_scale(e.base_amount)::text, trim_scale(e.balance_after)::text,
                                   e.account_version::text, {_INSTANT.format("e.booked_at")}] ORDER BY e.line)
              FROM wallet_entry e WHERE e.transaction_id = t.id)
    FROM wallet_transaction t
    WHERE t.commit_order >= %(low)s AND t.commit_order < %(high)s
    ORDER BY t.commit_order, t.id
"""  # noqa: S608 - the only text put in is our own

ANSWER_ROWS: Final = f"""
    SELECT r.commit_order, r.provider_id || '/' || r.provider_transaction_id, r.call, r.outcome,
           encode(r.fingerprint, 'hex'), r.player_id, trim_scale(r.amount)::text, r.currency, r.round_reference,
           r.transaction_id::text, r.status, encode(r.body, 'hex'), {_INSTANT.format("r.recorded_at")}
    FROM wallet_recordedanswer r
    WHERE r.commit_order >= %(low)s AND r.commit_order < %(high)s
    ORDER BY r.commit_order, (r.provider_id || '/' || r.provider_transaction_id) COLLATE "C"
"""  # noqa: S608 - the only text put in is our own

_TRANSACTION_FIELDS: Final = (
    "type", "player", "provider", "actor", "reference", "original", "fx_rate", "occurred_at", "booked_at",
)  # fmt: skip
_ANSWER_FIELDS: Final = (
    "call", "outcome", "fingerprint", "player", "amount", "currency", "round", "transaction", "status", "body",
    "recorded_at",
)  # fmt: skip


def transaction_json(row: tuple[Any, ...]) -> dict[str, Json]:
    """A transaction with its entries nested in the order of their lines."""
    fields: dict[str, Json] = dict(zip(_TRANSACTION_FIELDS, row[2:11], strict=True))
    fields["entries"] = [_entry_json(entry) for entry in row[11] or ()]
    return fields


def _entry_json(entry: list[str | None]) -> dict[str, Json]:
    line, account, currency, amount, base, balance, version, booked_at = entry
    return {
        "line": int(line or 0),
        "account": int(account or 0),
        "currency": currency,
        "amount": amount,
        "base": base,
        "balance": balance,
        "version": None if version is None else int(version),
        "booked_at": booked_at,
    }


def answer_json(row: tuple[Any, ...]) -> dict[str, Json]:
    """A recorded answer; its body and fingerprint in hex."""
    return dict(zip(_ANSWER_FIELDS, row[2:], strict=True))
