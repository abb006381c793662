"""Manual adjustments, credit and debit: money between a player and the house's account of the reason (ledger.md)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from functools import partial
from typing import Final

from common.currencies import currency_get
from common.money import ZERO, AmountError, amount_parse, decimal_text
from compliance.approvals.errors import AboveRoleMaximum, NotAllowed, ProposalNotUnderstood
from compliance.approvals.kinds.adjustment_effects import adjustment_consequences, adjustment_state
from compliance.approvals.kinds.adjustment_reasons import CREDIT, DEBIT, REASONS, reason_titles
from compliance.approvals.kinds.worth import worded, worded_base, worth
from compliance.approvals.registry import ApprovalKind, approval_kind_register
from compliance.approvals.selectors.rules import rule_in_force
from compliance.approvals.types import ApprovalScope, Consequence, Execution, Fact, Payload
from compliance.staff.selectors.grants import StandingGrant, grants_of
from players.models import Player
from wallet.enums import AccountKind, TransactionKind
from wallet.locks import wallet_lock
from wallet.selectors.accounts import accounts_of_player
from wallet.services.accounts import house_account
from wallet.services.player_money import player_credit, player_take_back

KINDS: Final = {CREDIT: "adjustment_credit", DEBIT: "adjustment_debit"}
TITLES: Final = {CREDIT: "Credit to a player", DEBIT: "Debit from a player"}
SHOWN: Final = 24


def adjustment_payload(
    *, player: Player, direction: str, amount: str, currency: str, reason_code: str
) -> dict[str, str | int]:
    """What is to be booked, from what a person typed. Raises ProposalNotUnderstood with one sentence."""
    known = currency_get(currency)
    used = {player.currency, *accounts_of_player(player.pk).values_list("currency", flat=True)}
    if known is None or currency not in used:
        raise ProposalNotUnderstood(
            f"The player has no money in “{currency[:SHOWN]}”: use {' or '.join(sorted(used))}."
        )
    try:
        parsed = amount_parse(amount.strip(), known)
    except AmountError as wrong:
        shown = amount.strip() if len(amount.strip()) <= SHOWN else f"{amount.strip()[:SHOWN]}…"
        raise ProposalNotUnderstood(f"The amount “{shown}” {wrong}: write it such as 25.50.") from wrong
    if parsed == ZERO:
        raise ProposalNotUnderstood("The amount is zero: there is nothing to adjust.")
    reason = REASONS.get(reason_code)
    if reason is None or not reason.allows(direction):
        raise ProposalNotUnderstood(f"This reason does not allow a {direction}: choose one of the list.")
    return {
        "account": AccountKind.PLAYER_REAL.value,
        "amount": decimal_text(parsed),
        "currency": currency,
        "direction": direction,
        "player": player.pk,
        "public_id": player.public_id,
        "reason_code": reason_code,
    }


def adjustment_kinds_register() -> None:
    """Called once from the app's ready()."""
    for direction, code in KINDS.items():
        approval_kind_register(
            ApprovalKind(
                code=code,
                title=TITLES[direction],
                propose_permission=f"wallet.propose_{code}",
                approve_permission="wallet.approve_adjustment",
                facts=_facts,
                consequences=adjustment_consequences,
                state=adjustment_state,
                execute=_execute,
                scope=_scope,
                lock=_lock,
                may_propose=partial(_within_maximum, f"wallet.propose_{code}"),
                limits=partial(_limits, code),
                third_person=partial(_third_person, code),
                reasons=reason_titles(direction),
                third_person_from=Decimal(1000),
            )
        )


def _facts(payload: Payload) -> list[Fact]:
    currency, direction = str(payload["currency"]), str(payload["direction"])
    reason = REASONS[str(payload["reason_code"])]
    house = f"House: adjustment of {reason.code}"
    source, target = (house, "real money") if direction == CREDIT else ("real money", house)
    return [
        ("Player", str(payload["public_id"])),
        ("Amount", worded(Decimal(str(payload["amount"])), currency)),
        ("Direction", "To the player" if direction == CREDIT else "From the player"),
        ("Reason", reason.title),
        ("Booking", f"{source} → {target}"),
    ]


def _scope(payload: Payload) -> ApprovalScope:
    player = _player(payload)
    return ApprovalScope(
        subject=f"players.player:{player.pk}",
        brand_id=player.brand_id,
        jurisdiction=player.jurisdiction,
        player_id=player.pk,
    )


def _player(payload: Payload) -> Player:
    key = payload["player"]
    assert isinstance(key, int)
    return Player.objects.get(pk=key)


def _lock(payload: Payload) -> None:
    key = payload["player"]
    assert isinstance(key, int)
    wallet_lock(player_id=key, currency=str(payload["currency"]))


def _third_person(code: str, payload: Payload, now: datetime) -> bool:
    return rule_in_force(code, now).wants_third_person(_worth(payload, now))


def _worth(payload: Payload, now: datetime) -> Decimal:
    return worth(Decimal(str(payload["amount"])), str(payload["currency"]), now)


def _grants_here(payload: Payload, maker_id: int, now: datetime) -> list[StandingGrant]:
    """The maker's grants that reach the player."""
    where = _scope(payload)
    return [g for g in grants_of(staff_id=maker_id, now=now) if g.part.admits(where.brand_id, where.jurisdiction)]


def _maximum(permission: str, grants: Iterable[StandingGrant]) -> Decimal:
    return max((grant.adjustment_max for grant in grants if permission in grant.permissions), default=ZERO)


def _limits(code: str, payload: Payload, maker_id: int, now: datetime) -> list[Consequence]:
    """How far the amount goes towards the maker's maximum, and towards a third person."""
    maximum = _maximum(f"wallet.propose_{code}", _grants_here(payload, maker_id, now))
    third, asked = rule_in_force(code, now), _worth(payload, now)
    wanted = third.wants_third_person(asked)
    told = "never for the amount" if third.third_person_from is None else f"from {worded_base(third.third_person_from)}"
    return [
        Consequence("Limit: the maker's largest adjustment", worded_base(maximum), f"{worded_base(asked)} of it"),
        Consequence("Limit: a third person is needed", told, "needed" if wanted else "not needed", wanted),
    ]


def _within_maximum(permission: str, payload: Payload, maker_id: int, now: datetime) -> None:
    """The maker's roles for this player allow the reason and so much. Raises NotAllowed and AboveRoleMaximum."""
    grants = _grants_here(payload, maker_id, now)
    reason = REASONS[str(payload["reason_code"])]
    if not any(reason.permission in grant.permissions for grant in grants):
        raise NotAllowed(permission=reason.permission)
    maximum, asked = _maximum(permission, grants), _worth(payload, now)
    if asked > maximum:
        raise AboveRoleMaximum(maximum=worded_base(maximum), asked=worded_base(asked))


def _execute(payload: Payload, run: Execution) -> str:
    """Book exactly what the payload says; the transaction's actor is the maker, its reference the approval."""
    player = _player(payload)
    currency, amount = str(payload["currency"]), Decimal(str(payload["amount"]))
    house = house_account(kind=AccountKind.ADJUSTMENT, scope=str(payload["reason_code"]), currency=currency)
    if payload["direction"] == CREDIT:
        booked = player_credit(
            kind=TransactionKind.ADJUSTMENT, player_id=player.pk, currency=currency, source_id=house.id,
            amount=amount, actor=run.maker, now=run.now, reference=run.reference,
        )  # fmt: skip
    else:
        booked = player_take_back(
            kind=TransactionKind.ADJUSTMENT, player_id=player.pk, currency=currency, target_id=house.id,
            amount=amount, actor=run.maker, now=run.now, reference=run.reference,
        )  # fmt: skip
    return f"wallet.transaction:{booked}"
