"""A person instead of a machine, where a step was taken automatically to protect the player (GDPR-06)."""

from __future__ import annotations

from typing import Any

from django.urls import path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from compliance.harm.services.cases import review_ask
from players.api.kit.describe import call
from players.api.kit.view import PlayerView


class ProtectionReviewForm(serializers.Serializer[Any]):
    """Why a person should look."""

    reason = serializers.CharField(max_length=1000)


class ProtectionReview(PlayerView):
    """The player's own view of a step that was taken about them."""

    while_idle = True

    @call(
        summary="Have a person look at what was done to protect you", takes=ProtectionReviewForm, status=204,
        tag="Protection",
    )  # fmt: skip
    def post(self, request: Request) -> Response:
        """Where bonuses, marketing or deposits were stopped automatically; nothing is lifted by asking."""
        asked = self.asked(request, ProtectionReviewForm)
        review_ask(player_id=self.player.pk, words=asked["reason"], actor=f"player:{self.player.pk}", now=self.now)
        return Response(status=204)


urlpatterns = [path("protection/review", ProtectionReview.as_view(), name="player-protection-review")]
