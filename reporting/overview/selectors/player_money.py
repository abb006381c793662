"""The money block of a player's first screen."""

from __future__ import annotations

from decimal import Decimal

from casino.play.selectors.player_play import OpenPlay
from common.money import ZERO
from compliance.withdrawable import Standing, WithdrawFacts, withdrawable
from players.models import Player
from reporting.overview.selectors.player_totals import Sum, Totals
from reporting.overview.types import MoneyBlock
from wallet.enums import AccountKind
from wallet.selectors.holds import holds_open
from wallet.selectors.player_money import PlayerAccount


def money_block(
    *,
    player: Player,
    accounts: tuple[PlayerAccount, ...],
    totals: Totals,
    open_play: OpenPlay,
    status: str,
    standings: tuple[Standing, ...],
    against: tuple[tuple[str, str], ...],
) -> MoneyBlock:
    """What the player has in the wallet's currency, what moved ever, and what may leave.

    `against` are code and title of the gate's reasons against a withdrawal.
    """
    of_kind = {
        account.kind: account.balance
        for account in accounts
        if account.currency == player.currency and not account.scope
    }
    pending = tuple(
        (hold.pk, hold.amount, hold.reason, hold.placed_by.booked_at)
        for hold in holds_open(player_id=player.pk).select_related("placed_by", "account")[:20]
        if hold.account.currency == player.currency
    )
    facts = WithdrawFacts(
        currency=player.currency,
        real=of_kind.get(AccountKind.PLAYER_REAL, ZERO),
        bonus=_bonus(player, accounts),
        held=of_kind.get(AccountKind.PLAYER_HOLD, ZERO),
        receivable=-of_kind.get(AccountKind.PLAYER_RECEIVABLE, ZERO),
        open_rounds=open_play.rounds,
        open_stake=open_play.staked,
        status=status,
        is_test=player.is_test,
        restrictions=standings,
        holds=tuple(reason for _id, _amount, reason, _at in pending),
        gate=against,
    )
    ins, outs = _sum(totals, "deposit"), _sum(totals, "withdrawal")
    back = _sum(totals, "undone:deposit").amount + _sum(totals, "chargeback").amount
    back += _sum(totals, "undone:chargeback").amount
    return MoneyBlock(
        currency=player.currency,
        real=facts.real,
        bonus=facts.bonus,
        held=facts.held,
        receivable=facts.receivable,
        accounts=accounts,
        deposits=ins.amount + back,
        deposit_count=ins.count,
        withdrawals=-outs.amount,
        withdrawal_count=outs.count,
        last_deposit_at=totals.last_deposit_at,
        pending=pending,
        withdrawable=withdrawable(facts),
        counted=totals.counted,
        counted_of=totals.of,
    )


def _bonus(player: Player, accounts: tuple[PlayerAccount, ...]) -> Decimal:
    """Every award has an account of its own, told apart by its scope."""
    return sum(
        (
            account.balance
            for account in accounts
            if account.kind == AccountKind.PLAYER_BONUS and account.currency == player.currency
        ),
        ZERO,
    )


def _sum(totals: Totals, kind: str) -> Sum:
    return totals.ever.get(kind, Sum())
