"""A player's limits: how much of each is used, set, lowered at once, raised after the wait and a second act.

Amounts are in the account's currency, time is in minutes. `each` is the period of the limit of a single stake.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

from django.urls import path
from rest_framework.request import Request
from rest_framework.response import Response

from common.clock import instant_text
from common.currencies import CURRENCIES
from common.money import AmountError, amount_parse, decimal_text
from compliance.limits.enums import ChangeState, LimitKind
from compliance.limits.errors import LimitAmountRefused
from compliance.limits.models import Limit, LimitChange
from compliance.limits.selectors.history import (
    changes_of_player,
    changes_waiting,
    limits_of_player,
    review_due_since,
)
from compliance.limits.selectors.missing import limits_missing
from compliance.limits.selectors.rules import limit_policy
from compliance.limits.selectors.usage import limits_in_force, never_reached
from compliance.limits.services.limit_changes import limit_change_cancel, limit_change_confirm
from compliance.limits.services.own_limits import LimitOutcome, limit_remove_ask, limit_set
from compliance.limits.services.reviews import limit_review_done
from compliance.limits.types import Usage
from compliance.policy.keys import PolicyKey
from players.api.kit.describe import PAGED, call
from players.api.kit.paging import page_of
from players.api.kit.view import PlayerView
from players.api.limit_shapes import EACH, AmountBody, Changes, LimitsSeen, OutcomeSeen, PastLimits
from players.models import Player

TAG: Final = "Limits"


class Limits(PlayerView):
    """All of them."""

    @call(tag=TAG, summary="Limits and how much of each is used", gives=LimitsSeen)
    def get(self, _request: Request) -> Response:
        """One's own, the operator's and the law's; the strictest of a kind and period decides."""
        return Response(self.state())

    def state(self) -> dict[str, Any]:
        """Every limit, and what is to be done about them."""
        found = limits_in_force(player=self.player, now=self.now)
        waiting = changes_waiting(self.player.pk)
        policy = limit_policy(self.player, self.now)
        due = review_due_since(self.player.pk)
        deciding = set(map(id, found.strictest.values()))
        return {
            "currency": self.player.currency,
            "time_zone": self.player.time_zone,
            "periods": list(policy.words(PolicyKey.LIMIT_PERIODS)),
            "limits": [
                self.limit(usage, waiting.get(usage.bound.id or 0), decides=id(usage) in deciding)
                for usage in found.usages
            ],
            "missing": [
                {"kind": kind, "period": period or EACH} for kind, period in limits_missing(self.player, policy)
            ],
            "warnings": [
                f"The limit of a {short.bound.period} is above that of the {long.bound.period}, which decides."
                for short, long in never_reached(found.strictest.values())
            ],
            "review_due_since": instant_text(due) if due else None,
        }

    def limit(self, usage: Usage, waiting: LimitChange | None, *, decides: bool) -> dict[str, Any]:
        """One limit with its usage."""
        bound = usage.bound
        return {
            "id": bound.id, "owner": bound.owner, "kind": bound.kind, "period": bound.period or EACH,
            "amount": decimal_text(bound.amount), "used": decimal_text(usage.used), "left": decimal_text(usage.left),
            "percent": decimal_text(usage.percent), "until": instant_text(usage.until) if usage.until else None,
            "decides": decides, "waiting": self.change(waiting) if waiting else None,
        }  # fmt: skip

    def change(self, change: LimitChange) -> dict[str, Any]:
        """A request."""
        open_now = change.state == ChangeState.WAITING and change.effective_from <= self.now
        return {
            "id": change.pk, "kind": change.limit.kind, "period": change.limit.period or EACH,
            "amount": None if change.amount is None else decimal_text(change.amount), "state": change.state,
            "asked_at": instant_text(change.asked_at), "effective_from": instant_text(change.effective_from),
            "confirm_by": instant_text(change.confirm_by) if change.confirm_by else None,
            "needs_confirmation": change.needs_confirmation,
            "can_be_confirmed": open_now and (change.confirm_by is None or self.now <= change.confirm_by),
            "ended_at": instant_text(change.ended_at) if change.ended_at else None,
        }  # fmt: skip

    def outcome(self, done: LimitOutcome, status: int) -> Response:
        """What is in force now, and what waits."""
        told = {
            "in_force": done.change is None,
            "waiting": self.change(done.change) if done.change else None,
            "state": self.state(),
        }
        return Response(told, status=status)


class OneLimit(Limits):
    """One's own limit of a kind and period."""

    http_method_names = ["put", "delete"]

    @call(tag=TAG, summary="Set, lower or raise a limit", takes=AmountBody, gives=OutcomeSeen)
    def put(self, request: Request, kind: str, period: str) -> Response:
        """A first or lower limit is in force at once. `in_force` false: it waits, and then for a confirmation."""
        amount = _amount(self.asked(request, AmountBody)["amount"], kind, self.player)
        done = limit_set(
            player_id=self.player.pk, kind=kind, period=_period(period), amount=amount,
            actor=f"player:{self.player.pk}", now=self.now,
        )  # fmt: skip
        return self.outcome(done, 200)

    @call(tag=TAG, summary="Ask for no limit any more", gives=OutcomeSeen, status=202)
    def delete(self, _request: Request, kind: str, period: str) -> Response:
        """It waits like a raise."""
        done = limit_remove_ask(
            player_id=self.player.pk, kind=kind, period=_period(period), actor=f"player:{self.player.pk}", now=self.now
        )
        return self.outcome(done, 202)


class ChangeList(Limits):
    """Requests for looser limits."""

    @call(tag=TAG, summary="Requests for looser limits", gives=Changes, parameters=PAGED)
    def get(self, request: Request) -> Response:
        """With what became of each, newest first."""
        return Response(page_of(request, changes_of_player(self.player.pk), self.change))


class Confirmation(Limits):
    """The second act."""

    http_method_names = ["post"]

    @call(tag=TAG, summary="Confirm a looser limit", gives=LimitsSeen)
    def post(self, _request: Request, change_id: int) -> Response:
        """Possible once its wait is over, and until `confirm_by`. Sent twice, it is done once."""
        limit_change_confirm(
            player_id=self.player.pk, change_id=change_id, actor=f"player:{self.player.pk}", now=self.now
        )
        return Response(self.state())


class OneChange(Limits):
    """A request that waits."""

    http_method_names = ["delete"]

    @call(tag=TAG, summary="Take a request back", gives=LimitsSeen)
    def delete(self, _request: Request, change_id: int) -> Response:
        """The limit stays as it is."""
        limit_change_cancel(
            player_id=self.player.pk, change_id=change_id, actor=f"player:{self.player.pk}", now=self.now
        )
        return Response(self.state())


class LimitHistory(PlayerView):
    """What one's limits were."""

    @call(tag=TAG, summary="History of limits", gives=PastLimits, parameters=PAGED)
    def get(self, request: Request) -> Response:
        """Every limit that was ever in force, newest first."""
        return Response(page_of(request, limits_of_player(self.player.pk), _past))


class Review(Limits):
    """The look at one's limits that is asked for from time to time."""

    http_method_names = ["post"]

    @call(tag=TAG, summary="I looked at my limits", gives=LimitsSeen)
    def post(self, _request: Request) -> Response:
        """Answers the reminder."""
        limit_review_done(player_id=self.player.pk, actor=f"player:{self.player.pk}", now=self.now)
        return Response(self.state())


def _past(limit: Limit) -> dict[str, Any]:
    return {
        "id": limit.pk, "owner": limit.owner, "kind": limit.kind, "period": limit.period or EACH,
        "amount": decimal_text(limit.amount), "starts_at": instant_text(limit.starts_at),
        "ended_at": instant_text(limit.ended_at) if limit.ended_at else None,
        "asked_at": instant_text(limit.change.asked_at) if limit.change else None,
    }  # fmt: skip


def _period(period: str) -> str:
    return "" if period == EACH else period


def _amount(text: str, kind: str, player: Player) -> Decimal:
    if kind == LimitKind.SESSION_TIME:
        if not (text.isascii() and text.isdigit() and len(text) < 9):
            raise LimitAmountRefused(problem="is not in whole minutes")
        return Decimal(text)
    try:
        return amount_parse(text, CURRENCIES[player.currency])
    except AmountError as problem:
        raise LimitAmountRefused(problem=str(problem)) from problem


KIND: Final = "<str:kind>/<str:period>"
urlpatterns = [
    path("limits", Limits.as_view(), name="player-limits"),
    path("limits/history", LimitHistory.as_view(), name="player-limit-history"),
    path("limits/changes", ChangeList.as_view(), name="player-limit-changes"),
    path("limits/changes/<int:change_id>", OneChange.as_view(), name="player-limit-change"),
    path("limits/changes/<int:change_id>/confirm", Confirmation.as_view(), name="player-limit-confirmation"),
    path("limits/review", Review.as_view(), name="player-limit-review"),
    path(f"limits/{KIND}", OneLimit.as_view(), name="player-limit"),
]
