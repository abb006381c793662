"""How much of a player's money may leave now, as ledger and gate stand (compliance/withdrawable.py)."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db.models import Q

from casino.play.selectors.player_play import open_play_of_player
from common.money import ZERO
from compliance.gate.ask import gate_ask
from compliance.gate.enums import Touchpoint
from compliance.models import Restriction
from compliance.withdrawable import Standing, Withdrawable, WithdrawFacts, withdrawable
from players.models import Player
from wallet.enums import AccountKind
from wallet.selectors.holds import holds_open
from wallet.selectors.player_balances import player_balances
from wallet.selectors.player_money import player_accounts


def leaving_of(*, player: Player, now: datetime, besides: Decimal = ZERO) -> Withdrawable:
    """What may leave, and every reason against the rest; `besides` is held for the withdrawal that is looked at."""
    balances = player_balances(player_id=player.pk, currency=player.currency)
    held = balances.get(AccountKind.PLAYER_HOLD, ZERO)
    play = open_play_of_player(player_id=player.pk)
    verdict = gate_ask(player_id=player.pk, touchpoint=Touchpoint.WITHDRAWAL, now=now)
    return withdrawable(
        WithdrawFacts(
            currency=player.currency,
            real=balances.get(AccountKind.PLAYER_REAL, ZERO) + besides,
            bonus=_bonus(player),
            held=held - besides,
            receivable=-balances.get(AccountKind.PLAYER_RECEIVABLE, ZERO),
            open_rounds=play.rounds,
            open_stake=play.staked,
            status=player.status,
            is_test=player.is_test,
            restrictions=_restrictions(player.pk, now),
            holds=() if besides else tuple(hold.reason for hold in holds_open(player_id=player.pk)[:20]),
            gate=tuple((reason.code, reason.title) for reason in verdict.reasons),
        )
    )


def _bonus(player: Player) -> Decimal:
    """Every award has an account of its own, told apart by its scope."""
    rows = player_accounts(player_id=player.pk)
    return sum(
        (row.balance for row in rows if row.kind == AccountKind.PLAYER_BONUS and row.currency == player.currency), ZERO
    )


def _restrictions(player_id: int, now: datetime) -> tuple[Standing, ...]:
    rows = Restriction.objects.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=now), player_id=player_id)
    return tuple(
        Standing(row.kind, row.starts_at, row.ends_at, row.reason)
        for row in rows.filter(starts_at__lte=now).order_by("pk")
    )
