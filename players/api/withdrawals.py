"""Withdrawals: what may leave and why not the rest, what it would come to, asking, where it stands, taking it back."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

from django.urls import path
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request
from rest_framework.response import Response

from casino.cashier.types import Figures
from casino.withdrawals.enums import WithdrawalState
from casino.withdrawals.errors import RequestKeyMissing, WithdrawalAmountRefused, WithdrawalNotFound
from casino.withdrawals.models import Withdrawal
from casino.withdrawals.selectors.leaving import leaving_of
from casino.withdrawals.selectors.payouts import newest_tries
from casino.withdrawals.selectors.queue import withdrawals_of
from casino.withdrawals.selectors.ways import ways_of
from casino.withdrawals.services.endings import reversal_allowed, withdrawal_cancel
from casino.withdrawals.services.requests import request_assess, withdrawal_request
from casino.withdrawals.states import PLAYER, rights_of
from casino.withdrawals.types import Check, Share, Way
from common.clock import instant_text
from common.currencies import CURRENCIES
from common.money import AmountError, amount_parse, amount_text
from compliance.withdrawable import Withheld
from players.api import withdrawal_shapes as shapes
from players.api.kit.describe import PAGED, call
from players.api.kit.paging import page_of
from players.api.kit.view import PlayerView

TAG: Final = "Withdrawals"
KEY_HEADER: Final = "Idempotency-Key"
NEUTRAL: Final = "We look at your account before money can leave."
# Whoever is looked into is not told that he is (tipping off).
NOT_TOLD: Final = frozenset({"risk_flagged", "withdrawal_blocked"})
TOLD: Final = {
    WithdrawalState.REQUESTED: "We have your request.",
    WithdrawalState.CHECKED: "We have your request.",
    WithdrawalState.REVIEW: "We look at it.",
    WithdrawalState.KYC: "We need documents of you before it is paid.",
    WithdrawalState.FROZEN: "We look at it.",
    WithdrawalState.IN_PROCESS: "We work on it.",
    WithdrawalState.APPROVED: "It is about to be paid.",
    WithdrawalState.SUBMITTED: "It is being paid.",
    WithdrawalState.PAY_PENDING: "It is being paid.",
    WithdrawalState.FAILED: "The payment did not go through; we see to it.",
    WithdrawalState.PAID: "It is paid.",
    WithdrawalState.PART_PAID: "A part is paid, the rest is in your balance again.",
    WithdrawalState.REJECTED: "It was not paid: the money is in your balance again.",
    WithdrawalState.CANCELLED: "You took it back: the money is in your balance again.",
    WithdrawalState.EXPIRED: "The documents did not come in time: the money is in your balance again.",
    WithdrawalState.RETURNED: "The payment came back: the money is in your balance again.",
}


class Leaving(PlayerView):
    """The step before asking."""

    @call(tag=TAG, summary="What may be withdrawn, and why not the rest", gives=shapes.LeavingSeen)
    def get(self, _request: Request) -> Response:
        """Every reason with what it keeps, and where money may go: back to where it came from first."""
        found = leaving_of(player=self.player, now=self.now)
        return Response(
            {
                "currency": found.currency, "amount": self.text(found.amount), "of": self.text(found.of),
                "against": [self.withheld(reason) for reason in found.reasons],
                "ways": [self.way(way) for way in ways_of(player=self.player, now=self.now)],
                "may_be_taken_back": reversal_allowed(self.player, self.now),
            }
        )  # fmt: skip

    def text(self, amount: Decimal) -> str:
        """An amount of the wallet."""
        return amount_text(amount, CURRENCIES[self.player.currency])

    def withheld(self, reason: Withheld) -> dict[str, str]:
        """A reason in words that a player may read."""
        hidden = reason.code in NOT_TOLD
        return {
            "code": "under_review" if hidden else reason.code, "text": NEUTRAL if hidden else reason.text,
            "amount": self.text(reason.amount),
        }  # fmt: skip

    def way(self, way: Way) -> dict[str, Any]:
        """Where money may go."""
        return {
            "instrument": way.instrument_id, "name": way.label, "method": way.method, "currency": way.currency,
            "back_first": self.text(way.remaining), "minimum": self.text(way.minimum),
            "maximum": None if way.maximum is None else self.text(way.maximum), "open": not way.why_not,
            "why_not": way.why_not,
        }  # fmt: skip

    def wish(self, request: Request) -> tuple[Decimal, int | None]:
        """The amount and instrument of a body. Raises InvalidRequest, WithdrawalAmountRefused."""
        asked = self.asked(request, shapes.WishBody)
        try:
            return amount_parse(asked["amount"], CURRENCIES[self.player.currency]), asked["instrument"]
        except AmountError as problem:
            raise WithdrawalAmountRefused(problem=str(problem)) from problem


class Preview(Leaving):
    """What it would come to."""

    http_method_names = ["post"]

    @call(tag=TAG, summary="What a withdrawal comes to", takes=shapes.WishBody, gives=shapes.PreviewSeen)
    def post(self, request: Request) -> Response:
        """How it would be split, with fee, conversion and what arrives, and every rule against it. Nothing is begun."""
        amount, instrument = self.wish(request)
        found = request_assess(player=self.player, amount=amount, instrument_id=instrument, now=self.now)
        pairs = zip(found.facts.split.shares, found.figures, strict=True)
        return Response(
            {
                "possible": found.outcome.refused is None,
                "against": [self.red(check) for check in found.outcome.red],
                "parts": [self.share(share, figures) for share, figures in pairs],
                "looked_at": not found.outcome.auto,
            }
        )

    def red(self, check: Check) -> dict[str, str]:
        """A red rule in the words for the player."""
        hidden = check.code in {"flags", "linked", "chargebacks", "velocity", "ownership", "gate"}
        return {
            "code": "under_review" if hidden else check.code,
            "text": NEUTRAL if hidden else check.player_text or check.text,
            "amount": "0",
        }

    def share(self, share: Share, figures: Figures) -> dict[str, Any]:
        """One part of the split."""
        paid_in = CURRENCIES[figures.currency]
        return {
            "instrument": share.way.instrument_id, "name": share.way.label, "takes": self.text(share.amount),
            "fee": amount_text(figures.fee, paid_in), "arrives": amount_text(figures.amount, paid_in),
            "currency": figures.currency, "state": "",
        }  # fmt: skip


class Withdrawals(Leaving):
    """Withdrawals, old and new."""

    @call(tag=TAG, summary="Withdrawals", name="withdrawals_list", gives=shapes.WithdrawalPage, parameters=PAGED)
    def get(self, request: Request) -> Response:
        """All of them with where they stand, newest first."""
        return Response(page_of(request, withdrawals_of(self.player.pk), self.seen))

    @call(
        tag=TAG, summary="Ask for a withdrawal", takes=shapes.WishBody, gives=shapes.WithdrawalSeen, status=201,
        parameters=(
            OpenApiParameter(
                KEY_HEADER, str, OpenApiParameter.HEADER, required=True, description="8 to 100 characters."
            ),
        ),
    )  # fmt: skip
    def post(self, request: Request) -> Response:
        """The money is held at once. Under one key it is one withdrawal, however often it is sent."""
        amount, instrument = self.wish(request)
        key = request.headers.get(KEY_HEADER, "").strip()
        if not key.isprintable():
            raise RequestKeyMissing
        made = withdrawal_request(
            player_id=self.player.pk, amount=amount, method="", instrument_id=self.own(instrument), request_key=key,
            actor=f"player:{self.player.pk}", now=self.now, last_active_at=self.session.last_seen_at,
        )  # fmt: skip
        return Response(self.seen(made), status=201)

    def own(self, instrument: int | None) -> int | None:
        """The instrument, if it is the player's. Raises WithdrawalAmountRefused: it names nothing of theirs."""
        known = {way.instrument_id for way in ways_of(player=self.player, now=self.now)}
        if instrument is not None and instrument not in known:
            raise WithdrawalAmountRefused(problem="the instrument is not yours")
        return instrument

    def seen(self, row: Withdrawal) -> dict[str, Any]:
        """One withdrawal as the player may know it."""
        back = PLAYER in rights_of(row.state, WithdrawalState.CANCELLED) and reversal_allowed(self.player, self.now)
        shown = WithdrawalState.REVIEW if row.state == WithdrawalState.FROZEN else WithdrawalState(row.state)
        return {
            "reference": row.reference, "amount": self.text(row.amount), "currency": row.currency,
            "state": shown.value, "told": TOLD[shown], "requested_at": instant_text(row.requested_at),
            "ended_at": instant_text(row.ended_at) if row.ended_at else None, "may_be_taken_back": back,
            "parts": [
                {
                    "instrument": part.instrument_id, "name": str(part.instrument or ""),
                    "takes": self.text(part.held),
                    "fee": amount_text(part.fee, CURRENCIES[part.currency]),
                    "arrives": amount_text(part.amount, CURRENCIES[part.currency]), "currency": part.currency,
                    "state": part.state,
                }
                for part in newest_tries(row.pk)
            ],
        }  # fmt: skip


class OneWithdrawal(Withdrawals):
    """One withdrawal."""

    http_method_names = ["get", "delete"]

    @call(tag=TAG, summary="A withdrawal", gives=shapes.WithdrawalSeen)
    def get(self, _request: Request, reference: str) -> Response:  # type: ignore[override]  # it has an address
        """Where it stands now."""
        return Response(self.seen(self.found(reference)))

    @call(tag=TAG, summary="Take a withdrawal back", gives=shapes.WithdrawalSeen)
    def delete(self, _request: Request, reference: str) -> Response:
        """Possible until we work on it, and only where the law lets it; the money is in the balance again at once."""
        done = withdrawal_cancel(
            player_id=self.player.pk, withdrawal_id=self.found(reference).pk, actor=f"player:{self.player.pk}",
            now=self.now,
        )  # fmt: skip
        return Response(self.seen(done))

    def found(self, reference: str) -> Withdrawal:
        """The player's own. Raises WithdrawalNotFound."""
        row = withdrawals_of(self.player.pk).filter(reference=reference).first()
        if row is None:
            raise WithdrawalNotFound
        return row


urlpatterns = [
    path("withdrawals", Withdrawals.as_view(), name="player-withdrawals"),
    path("withdrawals/leaving", Leaving.as_view(), name="player-withdrawals-leaving"),
    path("withdrawals/preview", Preview.as_view(), name="player-withdrawals-preview"),
    path("withdrawals/<str:reference>", OneWithdrawal.as_view(), name="player-withdrawal"),
]
