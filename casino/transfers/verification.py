"""What the transfer wallet promises to `manage.py verify_ledger`: visits, transfers, holds and the ledger tell one
story. Every visit is looked at, however old: money that is out is out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from wallet.verification.registry import Breach, Promise, promise_register
from wallet.verification.scope import Scope

_HELD: Final = """
    SELECT v.reference, v.state, trim_scale(v.sent), h.state, trim_scale(h.amount), t.kind
    FROM transfers_transfervisit v
    LEFT JOIN wallet_hold h ON h.id = v.hold_id LEFT JOIN wallet_transaction t ON t.id = h.placed_by_id
    WHERE h.amount IS DISTINCT FROM v.sent OR t.kind IS DISTINCT FROM 'transfer_out'
       OR (h.state = 'open') IS DISTINCT FROM (v.state IN ('opening', 'at_provider', 'returning'))
"""
_STRAY: Final = """
    SELECT h.id, trim_scale(h.amount) FROM wallet_hold h
    JOIN wallet_transaction t ON t.id = h.placed_by_id AND t.kind = 'transfer_out'
    LEFT JOIN transfers_transfervisit v ON v.hold_id = h.id WHERE v.id IS NULL
"""
# What left the hold account, what reached real money and a receivable, and what gaming gained, of a visit's return.
_CLOSED: Final = """
    SELECT v.reference, trim_scale(v.sent), trim_scale(CASE v.state WHEN 'closed' THEN v.returned ELSE v.sent END),
           t.kind, trim_scale(m.held), trim_scale(m.own), trim_scale(m.gaming)
    FROM transfers_transfervisit v JOIN wallet_hold h ON h.id = v.hold_id
    LEFT JOIN wallet_transaction t ON t.id = h.ended_by_id
    JOIN games_provider p ON p.id = v.provider_id
    CROSS JOIN LATERAL (
        SELECT coalesce(sum(e.amount) FILTER (WHERE a.kind = 'player_hold' AND a.player_id = v.player_id), 0) AS held,
               coalesce(sum(e.amount) FILTER (WHERE a.kind IN ('player_real', 'player_receivable')
                                                AND a.player_id = v.player_id), 0) AS own,
               coalesce(sum(e.amount) FILTER (WHERE a.kind = 'gaming' AND a.scope = p.code
                                                AND a.currency = v.currency), 0) AS gaming
        FROM wallet_entry e JOIN wallet_account a ON a.id = e.account_id WHERE e.transaction_id = h.ended_by_id
    ) m
    WHERE v.state IN ('closed', 'refused', 'aborted') AND (
        t.kind IS DISTINCT FROM 'transfer_in' OR m.held <> -v.sent
        OR m.own <> CASE v.state WHEN 'closed' THEN v.returned ELSE v.sent END
        OR m.gaming <> CASE v.state WHEN 'closed' THEN v.sent - v.returned ELSE 0 END)
"""
_LEGS: Final = """
    SELECT v.reference, v.state, l.outs, l.ins, l.open FROM transfers_transfervisit v CROSS JOIN LATERAL (
        SELECT count(*) FILTER (WHERE l.direction = 'out' AND l.state = 'confirmed' AND l.amount = v.sent) AS outs,
               count(*) FILTER (WHERE l.direction = 'in' AND l.state = 'confirmed'
                                  AND l.amount IS NOT DISTINCT FROM v.returned) AS ins,
               count(*) FILTER (WHERE l.state IN ('planned', 'sent', 'unknown')) AS open
        FROM transfers_transferleg l WHERE l.visit_id = v.id
    ) l
    WHERE (v.state IN ('at_provider', 'returning', 'closed')) <> (l.outs = 1)
       OR (v.state = 'closed') <> (l.ins = 1)
       OR (v.state IN ('at_provider', 'closed', 'refused', 'aborted') AND l.open > 0)
       OR (v.state = 'opening' AND l.open <> 1)
"""
_UNTIED: Final = """
    SELECT t.id, t.kind FROM wallet_transaction t
    LEFT JOIN wallet_hold h ON t.id IN (h.placed_by_id, h.ended_by_id)
    LEFT JOIN transfers_transfervisit v ON v.hold_id = h.id
    WHERE t.commit_order >= %(low)s AND t.commit_order < %(high)s AND t.original_id IS NULL
      AND t.kind IN ('transfer_out', 'transfer_in') AND v.id IS NULL
"""
_VISITS: Final = "SELECT count(*) FROM transfers_transfervisit"


def _held(scope: Scope) -> Iterator[Breach]:
    for visit, state, sent, hold, amount, kind in scope.rows(_HELD, None):
        found = f"{amount} {hold}, placed by {kind}" if amount is not None else "none"
        yield Breach(f"visit {visit}", f"{state}: a hold of {sent} by transfer_out to go with it", found)
    for hold, amount in scope.rows(_STRAY, None):
        yield Breach(f"hold {hold}", "a visit whose money it is", f"none; {amount} held")
    scope.checked(scope.count(_VISITS))


def _closed(scope: Scope) -> Iterator[Breach]:
    for visit, sent, returned, kind, held, own, gaming in scope.rows(_CLOSED, None):
        due = f"transfer_in: {sent} off the hold, {returned} to the player, the rest with gaming"
        yield Breach(f"visit {visit}", due, f"{kind}: {held} on the hold, {own} to the player, {gaming} to gaming")
    for transaction_id, kind in scope.each_order_window(_UNTIED):
        yield Breach(f"{kind} {transaction_id}", "a visit", "none")
    scope.checked(scope.count(_VISITS))


def _legs(scope: Scope) -> Iterator[Breach]:
    for visit, state, outs, ins, under_way in scope.rows(_LEGS, None):
        found = f"{outs} confirmed out, {ins} back, {under_way} under way"
        yield Breach(f"visit {visit}", f"the transfers of a visit that is {state}", found)
    scope.checked(scope.count(_VISITS))


PROMISES: Final = (
    Promise("visits_hold_their_money", "Money at a provider is held, and nothing else is held as such", _held),
    Promise("visits_close_to_the_cent", "What came back, and the difference with gaming, sum to what went", _closed),
    Promise("visits_have_their_transfers", "Every visit has the confirmed transfers that its state tells of", _legs),
)


def transfer_promises_register() -> None:
    """Called once from the app's ready(), and again without harm."""
    for promise in PROMISES:
        promise_register(promise)
