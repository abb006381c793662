"""Setting money aside for a provider: decided and planned in one transaction, before anybody is called."""

from __future__ import annotations

from datetime import datetime
from decimal import ROUND_DOWN, Decimal
from typing import Final

from django.db import IntegrityError, transaction

from casino.games.enums import SLOTS
from casino.games.models import Game
from casino.play.models import GameSession
from casino.transfers import errors
from casino.transfers.enums import Direction
from casino.transfers.models import TransferLeg, TransferVisit
from casino.transfers.rules import obstacle, room
from casino.transfers.selectors.visits import visit_open_of
from common.currencies import CURRENCIES
from common.ids import public_id
from common.money import ZERO, decimal_text
from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record
from compliance.gate.ask import gate_pass
from compliance.gate.enums import Touchpoint
from compliance.gate.services.play_clock import clock_begin
from compliance.limits.locks import limits_lock
from compliance.limits.selectors.usage import limits_in_force
from compliance.policy.keys import PolicyKey
from compliance.policy.selectors.policies import policy_of
from players.models import Player
from wallet.enums import AccountKind
from wallet.selectors.player_balances import player_balances
from wallet.services.transfers import transfer_out

ONE_AT_A_TIME: Final = "one_open_visit_per_player"


@transaction.atomic
def visit_plan(
    *,
    player: Player,
    game: Game,
    session: GameSession,
    sign_in_id: int | None,
    amount: Decimal | None,
    actor: str,
    now: datetime,
) -> TransferLeg:
    """Set money aside for play at the game's provider and plan its way there; nobody is called yet.

    `amount` is the player's choice, in his currency; None: all that he has and may lose. The gate is asked as for a
    bet. Raises MoneyAtAnotherProvider, TransferNotAllowed, NothingToTransfer, TransferAboveBalance,
    TransferAboveLimit and the gate's first reason.
    """
    limits_lock(player)
    out = visit_open_of(player.pk)
    if out is not None:
        raise errors.MoneyAtAnotherProvider(provider=out.provider.code, visit=out.reference)
    gate_pass(player_id=player.pk, touchpoint=Touchpoint.BET, now=now)
    sent = _amount(player, game, amount, now)
    reference = public_id("tv")
    hold = transfer_out(
        player_id=player.pk, currency=player.currency, amount=sent, reference=reference, actor=actor, now=now
    )
    try:
        with transaction.atomic():
            visit = TransferVisit.objects.create(
                reference=reference, player=player, provider_id=game.provider_id, game=game, session=session,
                sign_in_id=sign_in_id, hold_id=hold.pk, currency=player.currency, sent=sent, opened_at=now,
                checked_at=now,
            )  # fmt: skip
    except IntegrityError as error:
        if ONE_AT_A_TIME not in str(error):
            raise
        raise errors.MoneyAtAnotherProvider from error
    clock_begin(player_id=player.pk, last_played_at=_last_played(player.pk, visit.pk), now=now)
    leg = leg_plan(visit=visit, direction=Direction.OUT, amount=sent, now=now)
    audit_record(
        name=EventName.TRANSFER_OPENED, actor=actor, now=now, subject=f"transfers.transfervisit:{visit.pk}",
        player_id=player.pk, brand_id=player.brand_id,
        after={"provider": game.provider.code, "game": game.code, "amount": sent, "currency": player.currency,
               "leg": leg.reference},
    )  # fmt: skip
    return leg


def leg_plan(*, visit: TransferVisit, direction: Direction, amount: Decimal | None, now: datetime) -> TransferLeg:
    """The visit's next leg. Needs a transaction and the wallet's lock."""
    number = TransferLeg.objects.filter(visit=visit).count() + 1
    return TransferLeg.objects.create(
        visit=visit, direction=direction, number=number, reference=public_id(f"t{direction[0]}"), amount=amount,
        planned_at=now,
    )  # fmt: skip


def _amount(player: Player, game: Game, asked: Decimal | None, now: datetime) -> Decimal:
    usages = limits_in_force(player=player, now=now).strictest.values()
    policy = policy_of(jurisdiction=player.jurisdiction, now=now)
    because = obstacle(
        slot=game.category in SLOTS,
        stake_cap=bool(policy.value(PolicyKey.SLOT_MAX_STAKE)),
        located=policy.flag(PolicyKey.LOCATION_REQUIRED),
        usages=usages,
    )
    if because:
        raise errors.TransferNotAllowed(because=because)
    balances = player_balances(player_id=player.pk, currency=player.currency)
    there, most = balances.get(AccountKind.PLAYER_REAL, ZERO), room(usages)
    if asked is not None and (asked <= ZERO or asked != payable(asked, player.currency)):
        raise errors.TransferAmountRefused
    wanted = asked if asked is not None else payable(there if most is None else min(there, most), player.currency)
    if wanted <= ZERO:
        raise errors.NothingToTransfer
    if wanted > there:
        raise errors.TransferAboveBalance(balance=decimal_text(there))
    if most is not None and wanted > most:
        raise errors.TransferAboveLimit(left=decimal_text(most))
    return wanted


def payable(amount: Decimal, currency: str) -> Decimal:
    """The amount in whole coins of its currency: parts of them stay here, for providers keep none."""
    unit = Decimal(1).scaleb(-CURRENCIES[currency].display_digits)
    return amount.quantize(unit, rounding=ROUND_DOWN)


def _last_played(player_id: int, but: int) -> datetime | None:
    """When money of the player last came back: until then he played."""
    rows = TransferVisit.objects.filter(player_id=player_id).exclude(pk=but).order_by("-pk")
    return rows.values_list("closed_at", flat=True).first()
