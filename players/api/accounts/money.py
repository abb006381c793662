"""The player's money in retrospect: statements, rounds, net deposits, the position of the sign-in."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, Final

from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from casino.play.models import Round
from casino.play.selectors.rounds import rounds_of_player
from common.clock import instant_text
from common.currencies import CURRENCIES
from common.money import ZERO, amount_text
from compliance.policy.keys import PolicyKey
from compliance.policy.selectors.policies import policy_of
from players.accounts.periods import statement_period
from players.api.accounts import money_shapes as shapes
from players.api.kit.describe import PAGED, call
from players.api.kit.errors import NoSuchCall
from players.api.kit.paging import page_of
from players.api.kit.throttle import HEAVY, Rate
from players.api.kit.view import PlayerView
from reporting.overview.selectors.player_totals import Sum, Totals, totals_of
from wallet.selectors.activity import PLAY, STAKES, AccountPeriod, account_of_player, accounts_in_period
from wallet.selectors.player_money import player_accounts
from wallet.selectors.statements import StatementLine, statement

YEAR: Final = 12
LINES: Final = 200
LONGEST: Final = timedelta(days=3700)
READINGS: Final = 8
STATEMENTS: Final = Rate(name="statements", account="60/hour", address="600/hour")


def money(amount: Decimal, currency: str) -> str:
    """An exact amount as text."""
    return amount_text(amount, CURRENCIES[currency])


class StatementQuery(serializers.Serializer[Any]):
    """How many months; the jurisdiction says how far back, a year at least."""

    months = serializers.IntegerField(min_value=1, required=False)


class Statement(PlayerView):
    """What happened to the player's money."""

    rate = STATEMENTS

    @call(
        summary="A statement", gives=shapes.StatementSeen, tag="Money",
        parameters=(OpenApiParameter("months", int, description="3 by default, 12 and more where offered."),),
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """Every account with opening, movements by kind, and closing (UK-02, G-21)."""
        policy = policy_of(jurisdiction=self.player.jurisdiction, now=self.now)
        query = StatementQuery(data=request.query_params)
        query.is_valid(raise_exception=True)
        months = query.validated_data.get("months") or policy.number(PolicyKey.HISTORY_MONTHS) or 3
        most = max(YEAR, policy.number(PolicyKey.HISTORY_MONTHS_ON_REQUEST) or YEAR)
        if months > most:
            raise serializers.ValidationError({"months": [f"at most {most}"]})
        period = statement_period(months=months, time_zone=self.player.time_zone, until=self.now)
        found = accounts_in_period(player_id=self.player.pk, start=period.start, end=period.end)
        return Response(
            {
                "start": instant_text(period.start),
                "end": instant_text(period.end),
                "months": months,
                "time_zone": self.player.time_zone,
                "accounts": [_account(account) for account in found],
            }
        )


def _account(account: AccountPeriod) -> dict[str, Any]:
    currency = account.currency
    return {
        "account_id": account.account_id,
        "kind": account.kind,
        "currency": currency,
        "opening": money(account.opening, currency),
        "movements": [
            {"kind": total.kind, "amount": money(total.amount, currency), "count": total.count}
            for total in account.totals
        ],
        "moved": money(account.moved, currency),
        "closing": money(account.closing, currency),
    }


class LinesQuery(serializers.Serializer[Any]):
    """Which part of an account's history."""

    start = serializers.DateTimeField()
    end = serializers.DateTimeField()
    after = serializers.IntegerField(min_value=0, max_value=2**62, default=0)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        start, end = attrs["start"], attrs["end"]
        if not timedelta(0) <= end - start <= LONGEST:
            raise serializers.ValidationError({"end": "lies before the start, or too far behind it"})
        return attrs


class StatementLines(PlayerView):
    """Every movement of one account in a period."""

    @call(
        summary="Lines of a statement", gives=shapes.LinesPage, tag="Money",
        parameters=(
            OpenApiParameter("start", datetime, required=True, description="Of the statement."),
            OpenApiParameter("end", datetime, required=True, description="Of the statement."),
            OpenApiParameter("after", int, description="`next` of the page before."),
        ),
    )  # fmt: skip
    def get(self, request: Request, account_id: int) -> Response:
        """Oldest first, 200 a page; opening + all lines = closing."""
        query = LinesQuery(data=request.query_params)
        query.is_valid(raise_exception=True)
        if not account_of_player(player_id=self.player.pk, account_id=account_id):
            raise NoSuchCall
        asked = query.validated_data
        found = statement(account_id, asked["start"], asked["end"], after_version=asked["after"], limit=LINES)
        return Response(
            {
                "opening": money(found.opening, found.currency),
                "closing": money(found.closing, found.currency),
                "line_count": found.line_count,
                "items": [_line(line, found.currency) for line in found.lines],
                "next": found.next_after,
            }
        )


def _line(line: StatementLine, currency: str) -> dict[str, Any]:
    return {
        "version": line.version,
        "booked_at": instant_text(line.booked_at),
        "kind": line.kind,
        "amount": money(line.amount, currency),
        "balance_after": money(line.balance_after, currency),
        "reference": line.reference,
        "transaction_id": str(line.transaction_id),
    }


class Rounds(PlayerView):
    """What the player played."""

    @call(summary="Rounds", gives=shapes.RoundsPage, parameters=PAGED, tag="Money")
    def get(self, request: Request) -> Response:
        """Every round with game, stake, win and times, the newest first."""
        return Response(page_of(request, rounds_of_player(self.player.pk), _round))


def _round(row: Round) -> dict[str, Any]:
    return {
        "id": row.pk,
        "game": row.game.name,
        "provider": row.provider.name,
        "reference": row.reference,
        "state": row.state,
        "currency": row.currency,
        "staked": money(row.staked, row.currency),
        "won": money(row.won, row.currency),
        "opened_at": instant_text(row.opened_at),
        "closed_at": instant_text(row.closed_at) if row.closed_at else None,
    }


class NetDeposits(PlayerView):
    """Deposits less withdrawals, ever."""

    rate = HEAVY

    @call(summary="Lifetime net deposits", gives=shapes.NetDeposits, tag="Money")
    def get(self, _request: Request) -> Response:
        """With the period that it covers (UK-03)."""
        currency = self.player.currency
        accounts = tuple(a for a in player_accounts(player_id=self.player.pk) if a.currency == currency)
        totals = totals_of(player_id=self.player.pk, accounts=accounts)
        for _ in range(READINGS):
            if totals.complete:
                break
            totals = totals_of(player_id=self.player.pk, accounts=accounts)
        deposits = _ever(totals, "deposit", "undone:deposit", "chargeback", "undone:chargeback")
        withdrawals = -_ever(totals, "withdrawal", "undone:withdrawal")
        return Response(
            {
                "currency": currency,
                "deposits": money(deposits, currency),
                "withdrawals": money(withdrawals, currency),
                "net": money(deposits - withdrawals, currency),
                "since": instant_text(self.player.created_at),
                "until": instant_text(self.now),
                "complete": totals.complete,
            }
        )


def _ever(totals: Totals, *kinds: str) -> Decimal:
    return sum((totals.ever.get(kind, Sum()).amount for kind in kinds), ZERO)


class Position(PlayerView):
    """Play since this sign-in."""

    @call(summary="Position of the sign-in", gives=shapes.SessionPosition, tag="Money")
    def get(self, _request: Request) -> Response:
        """Net in money, and elapsed time (UK-04)."""
        currency = self.player.currency
        since = accounts_in_period(player_id=self.player.pk, start=self.session.created_at, end=self.now)
        totals = [
            total for account in since if account.currency == currency for total in account.totals if total.kind in PLAY
        ]
        staked = -sum((total.amount for total in totals if total.kind in STAKES), ZERO)
        won = sum((total.amount for total in totals if total.kind not in STAKES), ZERO)
        seconds = int((self.now - self.session.created_at).total_seconds())
        return Response(
            {
                "currency": currency,
                "staked": money(staked, currency),
                "won": money(won, currency),
                "net": money(won - staked, currency),
                "started_at": instant_text(self.session.created_at),
                "elapsed_seconds": seconds,
                "elapsed": f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}",
            }
        )
