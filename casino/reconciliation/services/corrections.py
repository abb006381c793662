"""A break is put right by the services that a call of the provider would have used, once, under an approval."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final
from uuid import UUID

from django.db import transaction

from casino.games.models import Provider
from casino.play.enums import RoundState, WinKind
from casino.play.models import Leg, Round
from casino.play.services.calls import rollback_make, win_pay
from casino.play.types import Answer, Caller, RollbackCall, WinCall
from casino.reconciliation.corrections import Case, Plan, plan_of
from casino.reconciliation.enums import Way
from casino.reconciliation.errors import BreakMovedOn, CorrectionRefused, NothingToCorrect
from casino.reconciliation.locks import break_lock
from casino.reconciliation.models import Break, Correction
from casino.reconciliation.services.breaks import break_corrected
from casino.reconciliation.states import WAITING
from casino.reconciliation.wording import dialect_of
from common.money import ZERO
from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record
from players.models import Player
from wallet.enums import AccountKind, TransactionKind
from wallet.selectors.answers import recorded_answer
from wallet.services.accounts import house_account
from wallet.services.player_money import player_credit

BOOKED: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrector(Caller):
    """The provider on whose word it is booked; the ledger names the person who proposed it."""

    maker: str = ""

    @property
    def actor(self) -> str:
        return self.maker


def correction_plan(row: Break) -> Plan:
    """What would put the break right as things stand. Raises BreakMovedOn and NothingToCorrect."""
    if row.state not in WAITING:
        raise BreakMovedOn(state=row.get_state_display())
    leg = Leg.objects.filter(pk=row.leg).first() if row.leg else None
    plan = plan_of(
        Case(
            kind=row.kind, line_kind=row.line.kind if row.line else "", leg_kind=leg.kind if leg else "",
            theirs=row.theirs or ZERO, ours=leg.real + leg.bonus if leg else ZERO,
            undone=leg is not None and leg.reversed_by_id is not None,
        )
    )  # fmt: skip
    if plan is None or row.player_id is None:
        raise NothingToCorrect
    return plan


@transaction.atomic
def correction_make(
    *, break_id: int, way: Way, amount: Decimal, actor: str, approval: str, reason: str, now: datetime
) -> Correction:
    """Book what was approved, exactly that and once. Raises CorrectionRefused, NothingToCorrect and BreakMovedOn."""
    row = break_lock(break_id)
    plan = correction_plan(row)
    if (plan.way, plan.amount) != (way, amount):
        raise CorrectionRefused(why="the break stands differently by now")
    provider = Provider.objects.get(pk=row.provider_id)
    caller = Corrector(provider_id=provider.pk, code=provider.code, is_sandbox=provider.is_sandbox, maker=actor)
    assert row.player_id is not None
    player = Player.objects.get(pk=row.player_id)
    if way is Way.GIVE_BACK:
        booked = _given_back(player, row, amount, actor, approval, now)
    elif way is Way.PAY_WIN:
        booked = _leg_of(win_pay(call=_win(row, player, amount), caller=caller, dialect=dialect_of(approval), now=now))
    else:
        assert row.leg is not None
        leg = Leg.objects.get(pk=row.leg)
        call = RollbackCall(
            transaction_id=_own_id(row), original_transaction_id=leg.provider_transaction_id,
            player_id=player.public_id, reason=approval,
        )  # fmt: skip
        booked = _leg_of(rollback_make(call=call, caller=caller, dialect=dialect_of(approval), now=now))
    made = Correction.objects.create(break_row=row, way=way, transaction=booked, approval=approval, actor=actor, at=now)
    break_corrected(break_id=row.pk, reason=reason, actor=actor, now=now, approval=approval)
    audit_record(
        name=EventName.PROVIDER_BREAK_CORRECTED, actor=actor, now=now, reason=reason[:300], approval=approval,
        subject=f"reconciliation.break:{row.pk}", player_id=player.pk,
        after={"way": way, "amount": amount, "currency": row.currency, "transaction": booked},
    )  # fmt: skip
    return made


def _win(row: Break, player: Player, amount: Decimal) -> WinCall:
    """A win that we lack takes the provider's id, where that is free; all others have one of ours."""
    played = (
        Round.objects.filter(provider_id=row.provider_id, reference=row.round_reference, player=player)
        .select_related("game").first()
    )  # fmt: skip
    if played is None:
        raise CorrectionRefused(why=f"no round {row.round_reference} of the player is in our books")
    free = row.leg is None and recorded_answer(provider_id=row.provider_id, transaction_id=row.transaction_id) is None
    return WinCall(
        transaction_id=row.transaction_id if free else _own_id(row), player_id=player.public_id,
        game_code=played.game.code, round_id=played.reference, amount=amount, currency=row.currency,
        # A round that is closed takes no more wins of a game, and what is owed is owed (wallet-api-v1 §4.5).
        kind=WinKind.PROMO if played.state == RoundState.CLOSED else WinKind.GAME,
    )  # fmt: skip


def _own_id(row: Break) -> str:
    return f"correction:{row.pk}"


def _given_back(player: Player, row: Break, amount: Decimal, actor: str, approval: str, now: datetime) -> UUID:
    house = house_account(kind=AccountKind.ADJUSTMENT, scope="correction", currency=row.currency)
    return player_credit(
        kind=TransactionKind.ADJUSTMENT, player_id=player.pk, currency=row.currency, source_id=house.id,
        amount=amount, actor=actor, now=now, reference=f"{approval} break:{row.pk}",
    )  # fmt: skip


def _leg_of(answer: Answer) -> UUID:
    """The leg that an answer tells. Raises CorrectionRefused for any other answer, so that nothing is kept."""
    told = json.loads(answer.body)
    if answer.status != BOOKED or answer.replayed or told.get("original", "reversed") != "reversed":
        raise CorrectionRefused(why=str(told.get("error", {}).get("code", told.get("original", "booked already"))))
    return UUID(told["wallet_transaction_id"])
