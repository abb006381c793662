"""Why something is refused: the gate's own reasons, in the player's words."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django.urls import path
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from common.clock import instant_text
from compliance.gate.ask import gate_ask
from compliance.gate.enums import Touchpoint
from compliance.gate.errors import RiskFlagged
from compliance.gate.types import Reason, Verdict
from players.api.kit.describe import call
from players.api.kit.view import PlayerView

Shape = serializers.Serializer[Any]
# What the player does and asks for.
TOUCHPOINTS: Final = (Touchpoint.BET, Touchpoint.DEPOSIT, Touchpoint.LAUNCH, Touchpoint.BONUS, Touchpoint.WITHDRAWAL)
# Rows of ours that say nothing to a player.
INTERNAL: Final = ("policy_row", "flag", "brand")


class ReasonSeen(Shape):
    """One reason."""

    code = serializers.CharField()
    title = serializers.CharField()
    evidence = serializers.DictField(child=serializers.CharField())
    until = serializers.DateTimeField(allow_null=True, help_text="When it ends by itself; null: not by itself.")


class VerdictSeen(Shape):
    """Whether something is allowed now, and every reason why not."""

    touchpoint = serializers.ChoiceField(choices=[(one.value, one.label) for one in TOUCHPOINTS])
    allowed = serializers.BooleanField()
    reasons = ReasonSeen(many=True)


class WhySeen(Shape):
    """Each touchpoint."""

    touchpoints = VerdictSeen(many=True)


class WhyQuery(Shape):
    """Of one touchpoint, and an amount of it in the player's currency."""

    touchpoint = serializers.ChoiceField(choices=[one.value for one in TOUCHPOINTS], required=False)
    amount = serializers.DecimalField(max_digits=20, decimal_places=8, min_value=0, required=False)
    slot = serializers.BooleanField(required=False, default=False)


class Why(PlayerView):
    """Why not."""

    while_idle = True

    @call(
        summary="Why something is refused", gives=WhySeen, tag="Play",
        parameters=(
            OpenApiParameter("touchpoint", str, enum=[one.value for one in TOUCHPOINTS]),
            OpenApiParameter("amount", str, description="Of a bet or a deposit."),
            OpenApiParameter("slot", bool, description="The bet is on a slot."),
        ),
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """Every reason that stands against each touchpoint now, the one that is told first at the top."""
        query = WhyQuery(data=request.query_params)
        query.is_valid(raise_exception=True)
        asked = query.validated_data
        wanted = [Touchpoint(asked["touchpoint"])] if "touchpoint" in asked else list(TOUCHPOINTS)
        verdicts = [
            gate_ask(
                player_id=self.player.pk, touchpoint=touchpoint, now=self.now, amount=asked.get("amount"),
                slot=asked["slot"], last_active_at=self._active(),
            )
            for touchpoint in wanted
        ]  # fmt: skip
        return Response({"touchpoints": [_verdict(verdict) for verdict in verdicts]})

    def _active(self) -> datetime:
        return self.session.last_seen_at


def _verdict(verdict: Verdict) -> dict[str, Any]:
    return {
        "touchpoint": verdict.touchpoint.value,
        "allowed": verdict.allowed,
        "reasons": [_reason(reason) for reason in verdict.reasons],
    }


def _reason(reason: Reason) -> dict[str, Any]:
    if reason.code == RiskFlagged.code:
        return {"code": reason.code, "title": RiskFlagged.message, "evidence": {}, "until": None}
    told = {name: str(value) for name, value in reason.evidence.items() if value is not None and name not in INTERNAL}
    return {
        "code": reason.code,
        "title": reason.title,
        "evidence": told,
        "until": instant_text(reason.until) if reason.until else None,
    }


urlpatterns = [path("why", Why.as_view(), name="player-why")]
