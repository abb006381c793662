"""Open rounds worked off with the provider's report (case 115): one transaction each, by the service that the
provider's own call would use. Closing moves no money; giving stakes back is for two people, as a break.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import transaction

from casino.games.models import Provider
from casino.play.enums import LegKind, RoundState
from casino.play.models import Leg, Round
from casino.play.services.rounds import round_end
from casino.play.types import Caller
from casino.reconciliation.causes import Facts, cause_of
from casino.reconciliation.enums import BreakKind, LineKind, LineState, StepKind
from casino.reconciliation.models import Break, Line, RoundResult, Statement
from casino.reconciliation.services.breaks import step_tell
from casino.reconciliation.services.statements import SYSTEM
from common.money import ZERO
from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record

AGREES: Final = "agrees"
CLOSED: Final = "closed"
LEFT: Final = "left"
UNKNOWN: Final = "unknown"


def rounds_work_off(*, statement_id: int, now: datetime) -> int:
    """Go through the rounds that a statement tells; returns how many were closed. Goes on where it was stopped."""
    statement = Statement.objects.get(pk=statement_id)
    provider = Provider.objects.get(pk=statement.provider_id)
    caller = Caller(provider_id=provider.pk, code=provider.code, is_sandbox=provider.is_sandbox)
    told = Line.objects.filter(statement=statement, kind=LineKind.ROUND)
    done = RoundResult.objects.filter(statement=statement).values("line")
    closed = 0
    for line in told.exclude(pk__in=done).order_by("number").iterator(chunk_size=500):
        with transaction.atomic():
            outcome, words = _worked(statement, line, caller, now)
            RoundResult.objects.create(line=line, statement=statement, outcome=outcome, words=words[:300])
        closed += outcome == CLOSED
    return closed


def _worked(statement: Statement, line: Line, caller: Caller, now: datetime) -> tuple[str, str]:
    row = (
        Round.objects.filter(
            provider_id=line.provider_id, reference=line.round_reference, player__public_id=line.player
        )
        .select_related("player", "game")
        .first()
    )
    if row is None:
        return UNKNOWN, "No such round of this player is in our books."
    if line.state == LineState.OPEN:
        return (AGREES, "Open on both sides.") if row.state == RoundState.OPEN else (LEFT, "Closed here, open there.")
    if line.state == LineState.REFUNDED and row.live_bets:
        return LEFT, _refund_wanted(statement, line, row, now)
    if row.state == RoundState.CLOSED:
        return AGREES, "Closed on both sides."
    if line.state == LineState.CLOSED and line.amount is not None and line.amount != row.staked:
        return LEFT, f"Not closed: they have {line.amount:f} staked, we {row.staked:f}."
    round_end(player=row.player.public_id, game_code=row.game.code, reference=row.reference, caller=caller, now=now)
    audit_record(
        name=EventName.ROUND_WORKED_OFF, actor=SYSTEM, now=now, subject=f"play.round:{row.pk}",
        player_id=row.player_id, reason=f"{statement.name}, line {line.number}",
    )  # fmt: skip
    return CLOSED, f"Closed on the word of {statement.name}, line {line.number}."


def _refund_wanted(statement: Statement, line: Line, row: Round, now: datetime) -> str:
    bets = Leg.objects.filter(round=row, kind=LegKind.BET, reversed_by=None).order_by("pk")
    for leg in bets:
        stake = leg.real + leg.bonus
        made, new = Break.objects.get_or_create(
            provider_id=line.provider_id, kind=BreakKind.STATUS, told_as=f"bet:{leg.provider_transaction_id}",
            defaults={
                "statement": statement, "line": line, "leg": leg.pk, "player_id": leg.player_id,
                "transaction_id": leg.provider_transaction_id, "round_reference": row.reference,
                "currency": row.currency, "theirs": ZERO, "ours": stake, "amount": stake, "opened_at": now,
                "cause": cause_of(Facts(kind=BreakKind.STATUS, line_kind=LineKind.ROUND, leg_kind=leg.kind)),
                "since": line.at or row.opened_at,
            },
        )  # fmt: skip
        if new:
            step_tell(row=made, kind=StepKind.FOUND, words=made.cause, actor=SYSTEM, now=now)
    return f"Refunded there: {len(bets)} stakes stand here, each a break."
