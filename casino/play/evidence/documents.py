"""What an evidence pack says, as plain values for JSON. Pure.

No name of a person, no secret, and nothing that depends on when or by whom the pack was made: the same rows make the
same bytes. Players are told by their public id; amounts and instants are exact text.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from casino.calls.models import ProviderCall
from casino.play.models import GameSession, Leg
from casino.play.selectors.investigation import Investigation
from casino.play.selectors.round_steps import Step
from common.clock import instant_text
from wallet.sealing.canonical import Json, decimal_text

Document = dict[str, Json]


def round_document(found: Investigation) -> Document:
    """The round with its game, provider and session."""
    item = found.round
    return {
        "provider": {"code": item.provider.code, "name": item.provider.name},
        "reference": item.reference,
        "our_number": item.pk,
        "player": item.player.public_id,
        "game": {
            "code": item.game.code,
            "name": item.game.name,
            "theoretical_rtp_percent": decimal_text(found.terms.theoretical_rtp),
            "min_stake": _amount(found.terms.min_stake),
            "max_stake": _amount(found.terms.max_stake),
            "terms_of_the_round": found.terms.known,
        },
        "state": item.state,
        "currency": item.currency,
        "staked": decimal_text(item.staked),
        "won": decimal_text(item.won),
        "bets": item.live_bets,
        "bets_taken_back": item.dead_bets,
        "settled": item.live_wins,
        "balance_before": decimal_text(item.balance_before),
        "balance_after": decimal_text(item.balance_after),
        "opened_at": instant_text(item.opened_at),
        "closed_at": _instant(item.closed_at),
        "session": None if found.session is None else _session(found.session),
    }


def _session(session: GameSession) -> Document:
    return {
        "id": session.public_id,
        "mode": session.mode,
        "launched_at": instant_text(session.launched_at),
        "authenticated_at": _instant(session.authenticated_at),
        "ended_at": _instant(session.ended_at),
        "end_reason": session.end_reason,
    }


def leg_document(leg: Leg) -> Document:
    """A booked call with its split."""
    return {
        "id": str(leg.pk),
        "kind": leg.kind,
        "provider_transaction_id": leg.provider_transaction_id,
        "win_kind": leg.win_kind,
        "free_round": leg.free_round,
        "real": decimal_text(leg.real),
        "bonus": decimal_text(leg.bonus),
        "jackpot_contribution": decimal_text(leg.contribution),
        "related": None if leg.related_id is None else str(leg.related_id),
        "reversed_by": None if leg.reversed_by_id is None else str(leg.reversed_by_id),
        "booked_at": instant_text(leg.booked_at),
    }


def call_document(call: ProviderCall, files: Mapping[str, str]) -> Document:
    """A logged call; `files` names the files of its bytes."""
    return {
        "id": str(call.id),
        "received_at": instant_text(call.received_at),
        "call": call.call,
        "line": f"{call.method} {call.path}",
        "headers": call.headers,
        "remote_address": call.remote_address,
        "request_id": call.request_id,
        "provider": call.provider_code,
        "key_id": call.key_id,
        "signature": call.signature,
        "player": call.player,
        "transaction_id": call.provider_transaction_id,
        "original_transaction_id": call.original_transaction_id,
        "round": call.round_reference,
        "game": call.game_code,
        "body_kept": call.body_form,
        "body_length": call.body_length,
        "body_sha256": None if call.body_sha256 is None else bytes(call.body_sha256).hex(),
        "status": call.status,
        "outcome": call.outcome,
        "error_class": call.error_class,
        "answered_from_record": call.replayed,
        "microseconds": {"edge": call.edge_us, "database": call.database_us, "total": call.total_us},
        "files": dict(files),
    }


def step_document(step: Step) -> Document:
    """A point of the time line."""
    return {
        "at": instant_text(step.at),
        "what": step.title,
        "words": step.words,
        "notes": list(step.notes),
        "amount": _amount(step.amount),
        "balance_before": _amount(step.before),
        "balance_after": _amount(step.after),
        "transaction_id": step.name or None,
        "call": None if step.call is None else str(step.call.id),
        "booking": None if step.leg is None else str(step.leg.pk),
        "seal": None if step.booked is None else step.booked.seal,
    }


def _instant(moment: datetime | None) -> str | None:
    return None if moment is None else instant_text(moment)


def _amount(amount: Decimal | None) -> str | None:
    return None if amount is None else decimal_text(amount)


def page_context(found: Investigation, steps: list[Document], calls: list[Any], proof: Document) -> dict[str, Any]:
    """What the readable index shows."""
    return {"round": round_document(found), "steps": steps, "calls": calls, "cut": found.cut, "proof": proof}
