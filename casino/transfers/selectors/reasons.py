"""Why money may not stay at a provider any longer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from casino.games.models import Provider
from casino.games.selectors.stops import stop_against_play
from casino.play.enums import SessionEnd
from casino.transfers.enums import ReturnReason
from casino.transfers.models import TransferVisit
from compliance.gate.ask import gate_ask
from compliance.gate.enums import Touchpoint


@dataclass(frozen=True, slots=True)
class Recall:
    """Why, with the gate's or the stop's own code for people."""

    reason: ReturnReason
    note: str = ""


def recall_of(*, visit: TransferVisit, now: datetime) -> Recall | None:
    """The first reason to fetch a player's money, or None: a stop, the gate as for a bet, sign-in and session ended.

    `visit` with its provider, session and sign-in.
    """
    provider: Provider = visit.provider
    stopped = stop_against_play(provider_id=provider.pk, game_id=visit.game_id, player_id=visit.player_id)
    if stopped is not None or not provider.enabled:
        return Recall(ReturnReason.STOPPED, stopped.value if stopped is not None else "provider switched off")
    verdict = gate_ask(player_id=visit.player_id, touchpoint=Touchpoint.BET, now=now)
    if not verdict.allowed:
        return Recall(ReturnReason.NOT_ALLOWED, verdict.reasons[0].code)
    if visit.sign_in is not None and visit.sign_in.ended_at is not None:
        return Recall(ReturnReason.SIGNED_OUT, visit.sign_in.end_reason)
    if visit.session.ended_at is not None:
        idle = visit.session.end_reason == SessionEnd.EXPIRED
        return Recall(ReturnReason.IDLE if idle else ReturnReason.ENDED, visit.session.end_reason)
    return None
