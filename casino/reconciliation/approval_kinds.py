"""The correction of a break, which two people take together."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Final

from casino.play.models import Leg, Round
from casino.reconciliation.enums import Way
from casino.reconciliation.models import Break
from casino.reconciliation.services.corrections import correction_make, correction_plan
from common.money import ZERO
from compliance.approvals.kinds.worth import worded, worth
from compliance.approvals.registry import ApprovalKind, approval_kind_register
from compliance.approvals.selectors.rules import rule_in_force
from compliance.approvals.types import ApprovalScope, Consequence, Execution, Fact, Payload
from players.models import Player
from wallet.enums import AccountKind
from wallet.locks import wallet_lock
from wallet.selectors.player_balances import player_balances

CODE: Final = "break_correction"


def correction_payload(*, row: Break) -> dict[str, int | str]:
    """The correction that the break asks for. Raises NothingToCorrect and BreakMovedOn."""
    plan = correction_plan(row)
    return {"amount": f"{plan.amount.normalize():f}", "break": row.pk, "currency": row.currency, "way": str(plan.way)}


def correction_kind_register() -> None:
    """Called once from the app's ready()."""
    approval_kind_register(
        ApprovalKind(
            code=CODE,
            title="Correction of a break with a provider",
            propose_permission="reconciliation.propose_correction",
            approve_permission="reconciliation.approve_correction",
            facts=_facts,
            consequences=_consequences,
            state=_state,
            execute=_execute,
            scope=_scope,
            lock=_lock,
            third_person=_third_person,
            third_person_from=Decimal(1000),
        )
    )


def _row(payload: Payload) -> Break:
    key = payload["break"]
    assert isinstance(key, int)
    return Break.objects.select_related("player", "provider", "line", "statement").get(pk=key)


def _player(row: Break) -> Player:
    assert row.player is not None
    return row.player


def _amount(payload: Payload) -> Decimal:
    return Decimal(str(payload["amount"]))


def _facts(payload: Payload) -> list[Fact]:
    row, way = _row(payload), Way(str(payload["way"]))
    return [
        ("Provider", row.provider.name),
        ("Break", f"{row.get_kind_display()}, number {row.pk}"),
        ("Cause", row.cause),
        ("Player", _player(row).public_id),
        ("Transaction", row.transaction_id),
        ("Round", row.round_reference or "–"),
        ("Correction", f"{way.label}: {worded(_amount(payload), row.currency)}"),
    ]


def _real(row: Break) -> Decimal:
    return player_balances(player_id=_player(row).pk, currency=row.currency).get(AccountKind.PLAYER_REAL, ZERO)


def _consequences(payload: Payload, _now: datetime) -> list[Consequence]:
    row, way, amount = _row(payload), Way(str(payload["way"])), _amount(payload)
    plan, before = correction_plan(row), _real(row)
    takes = way is Way.ROLL_BACK and _is_win(row)
    after = before - amount if takes else before + amount
    lines = [
        Consequence("Player's money", worded(before, row.currency), worded(after, row.currency), takes),
        Consequence("How", "–", plan.words),
        Consequence("Break", row.get_state_display(), "Corrected"),
    ]
    if takes and amount > before:
        lines.append(Consequence("Owed by the player", "–", worded(amount - before, row.currency), True))
    return lines


def _is_win(row: Break) -> bool:
    return row.leg is not None and Leg.objects.filter(pk=row.leg, kind="win").exists()


def _state(payload: Payload, _now: datetime) -> dict[str, str]:
    row = _row(payload)
    played = Round.objects.filter(
        provider_id=row.provider_id, player=_player(row), reference=row.round_reference
    ).first()
    return {
        "Break": row.get_state_display(),
        "Real money": worded(_real(row), row.currency),
        "Round": played.get_state_display() if played else "unknown",
    }


def _scope(payload: Payload) -> ApprovalScope:
    row = _row(payload)
    player = _player(row)
    return ApprovalScope(
        subject=f"reconciliation.break:{row.pk}", brand_id=player.brand_id, jurisdiction=player.jurisdiction,
        player_id=player.pk,
    )  # fmt: skip


def _lock(payload: Payload) -> None:
    row = _row(payload)
    wallet_lock(player_id=_player(row).pk, currency=_player(row).currency)


def _third_person(payload: Payload, now: datetime) -> bool:
    return rule_in_force(CODE, now).wants_third_person(worth(_amount(payload), str(payload["currency"]), now))


def _execute(payload: Payload, run: Execution) -> str:
    key = payload["break"]
    assert isinstance(key, int)
    made = correction_make(
        break_id=key, way=Way(str(payload["way"])), amount=_amount(payload), actor=run.maker, approval=run.reference,
        reason=run.reason, now=run.now,
    )  # fmt: skip
    return f"reconciliation.correction:{made.pk}"
