"""The player's rights over account and data: change, close, export, erase."""

from __future__ import annotations

from django.http import StreamingHttpResponse
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from casino.entrance.services.details import details_change
from casino.entrance.services.erasure import erasure_request
from casino.entrance.services.sign_in import session_prove
from casino.entrance.services.subject_export import subject_export, subject_export_begin
from common.clock import instant_text
from players.accounts.services.closing import account_close
from players.api.accounts import shapes
from players.api.kit.describe import call
from players.api.kit.throttle import ATTEMPT, HEAVY, Rate
from players.api.kit.view import PlayerView
from players.personal.selectors.details import details_open

EXPORTS = Rate(name="exports", account="5/hour", address="30/hour")


class DetailsSeen(shapes.Details):
    """Who the player is, as recorded."""


class DetailsChange(shapes.Proof):
    """New contact details or a new address; what is left out stays. Name and birth date: ask support."""

    email = serializers.CharField(max_length=254, required=False)
    phone = serializers.CharField(max_length=40, required=False, allow_blank=True)
    address_lines = serializers.CharField(max_length=300, required=False)
    city = serializers.CharField(max_length=100, required=False)
    postcode = serializers.CharField(max_length=20, required=False)


class Changed(shapes.Shape):
    """What changed."""

    changed = serializers.ListField(child=serializers.CharField())


class CloseBody(shapes.Proof):
    """Why, if the player wants to tell."""

    reason = serializers.CharField(max_length=300, required=False, allow_blank=True, default="")


class ErasureSeen(shapes.Shape):
    """How far the erasure is."""

    state = serializers.CharField()
    delete_after = serializers.DateTimeField(help_text="Until then the law makes us keep the rest.")


class Details(PlayerView):
    """The player's own details."""

    rate = ATTEMPT

    @call(summary="Own details", gives=DetailsSeen)
    def get(self, _request: Request) -> Response:
        """As they are recorded."""
        return Response(details_open(player_id=self.player.pk).as_text())

    @call(summary="Change own details", takes=DetailsChange, gives=Changed)
    def patch(self, request: Request) -> Response:
        """Needs the password; the address that was recorded before gets a notice (G-13)."""
        asked = self.asked(request, DetailsChange)
        proof = {"password": asked.pop("password"), "code": asked.pop("code")}
        changed = details_change(session=self.session, changes=asked, now=self.now, **proof)
        return Response({"changed": changed})


class Close(PlayerView):
    """End the account."""

    rate = ATTEMPT

    @call(summary="Close the account", takes=CloseBody, status=204)
    def post(self, request: Request) -> Response:
        """For good. The balance stays the player's to withdraw."""
        asked = self.asked(request, CloseBody)
        session_prove(session=self.session, password=asked["password"], code=asked["code"], now=self.now)
        account_close(session=self.session, reason=asked["reason"], ip=self.address_of(request), now=self.now)
        return Response(status=204)


class Export(PlayerView):
    """Everything that is kept about the player."""

    rate = EXPORTS

    @call(summary="Everything about me", takes=shapes.Proof, gives=dict)
    def post(self, request: Request) -> StreamingHttpResponse:
        """One JSON document; its last member is `complete`."""
        asked = self.asked(request, shapes.Proof)
        session_prove(session=self.session, password=asked["password"], code=asked["code"], now=self.now)
        player = subject_export_begin(player_id=self.player.pk, actor=f"player:{self.player.pk}", now=self.now)
        answer = StreamingHttpResponse(subject_export(player=player, now=self.now), content_type="application/json")
        answer["Content-Disposition"] = f'attachment; filename="{player.public_id}.json"'
        return answer


class Erase(PlayerView):
    """Be forgotten."""

    rate = HEAVY

    @call(summary="Erase my data", takes=shapes.Proof, gives=ErasureSeen, status=201)
    def post(self, request: Request) -> Response:
        """After closing, with nothing left in the account: marketing now, the rest when the law allows."""
        asked = self.asked(request, shapes.Proof)
        session_prove(session=self.session, password=asked["password"], code=asked["code"], now=self.now)
        made = erasure_request(player_id=self.player.pk, actor=f"player:{self.player.pk}", now=self.now)
        return Response({"state": made.state, "delete_after": instant_text(made.delete_after)}, status=201)
