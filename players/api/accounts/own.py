"""The player's own: account, sign-ins, devices, consents, accepted terms."""

from __future__ import annotations

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from common.clock import instant_text
from players.accounts.enums import Channel, Product, SessionEnd
from players.accounts.selectors.consents import consents_of
from players.accounts.selectors.devices import devices_of
from players.accounts.selectors.sessions import sessions_of
from players.accounts.selectors.terms import terms_due
from players.accounts.services.consents import Answer, consents_set
from players.accounts.services.sessions import session_end
from players.accounts.services.terms import terms_accept, terms_check
from players.api.accounts import shapes
from players.api.accounts.answers import account_answer, session_answer, terms_answer
from players.api.kit.describe import PAGED, call
from players.api.kit.paging import page_of
from players.api.kit.view import PlayerView


class Account(PlayerView):
    """The account."""

    @call(summary="The account", gives=shapes.AccountSeen)
    def get(self, _request: Request) -> Response:
        """Status, brand, currency, and what is due."""
        return Response(account_answer(self.player, self.now))


class SessionsPage(shapes.Shape):
    """A page of sign-ins."""

    items = shapes.SessionSeen(many=True)
    next = serializers.IntegerField(allow_null=True)


class Sessions(PlayerView):
    """Sign-ins, the newest first, ended ones too."""

    @call(summary="Sign-ins", gives=SessionsPage, parameters=PAGED)
    def get(self, request: Request) -> Response:
        """Each with device, address and how it ended."""
        return Response(
            page_of(request, sessions_of(self.player.pk), lambda session: session_answer(session, self.session))
        )


class SessionEnded(PlayerView):
    """End one sign-in."""

    @call(summary="End a sign-in", status=204)
    def delete(self, _request: Request, session_id: str) -> Response:
        """From the next call on its token opens nothing."""
        session_end(
            player_id=self.player.pk, public_id=session_id, why=SessionEnd.REVOKED, actor=f"player:{self.player.pk}",
            now=self.now,
        )  # fmt: skip
        return Response(status=204)


class Devices(PlayerView):
    """Devices by which the player came, at most 100."""

    @call(summary="Devices", gives=shapes.DeviceSeen(many=True))
    def get(self, _request: Request) -> Response:
        """The last seen first."""
        return Response(
            [
                {
                    "kind": device.kind,
                    "first_seen_at": instant_text(device.first_seen_at),
                    "last_seen_at": instant_text(device.last_seen_at),
                }
                for device in devices_of(self.player.pk)[:100]
            ]
        )


class ConsentsBody(shapes.Shape):
    """Answers, and the version of the text that the player read."""

    answers = shapes.ConsentAnswer(many=True, max_length=50)  # type: ignore[call-arg]  # of the list
    text_version = serializers.CharField(max_length=40)


class Consents(PlayerView):
    """What the player allows of marketing."""

    @call(summary="Consents", gives=shapes.ConsentAnswer(many=True))
    def get(self, _request: Request) -> Response:
        """Every product and channel; what was never answered is not granted."""
        holding = consents_of(self.player.pk)
        return Response(
            [
                {"product": product.value, "channel": channel.value, "granted": holding.get((product, channel), False)}
                for product in Product
                for channel in Channel
            ]
        )

    @call(summary="Answer about marketing", takes=ConsentsBody, status=204)
    def post(self, request: Request) -> Response:
        """At once; what is taken back stops with the next message."""
        asked = self.asked(request, ConsentsBody)
        answers = [Answer(Product(a["product"]), Channel(a["channel"]), a["granted"]) for a in asked["answers"]]
        consents_set(
            player=self.player, answers=answers, text_version=asked["text_version"], source="account",
            ip=self.address_of(request), actor=f"player:{self.player.pk}", now=self.now,
        )  # fmt: skip
        return Response(status=204)


class TermsDue(PlayerView):
    """Texts that changed since the player accepted them."""

    @call(summary="Terms to accept", gives=shapes.TermsSeen(many=True))
    def get(self, _request: Request) -> Response:
        """Empty when nothing is due."""
        return Response([terms_answer(version) for version in terms_due(player=self.player, now=self.now)])

    @call(summary="Accept terms", takes=shapes.Accepted, status=204)
    def post(self, request: Request) -> Response:
        """Names every version in force."""
        accepted = self.asked(request, shapes.Accepted)
        versions = terms_check(brand=self.player.brand, accepted=accepted, now=self.now)
        terms_accept(
            player=self.player, versions=versions, ip=self.address_of(request), actor=f"player:{self.player.pk}",
            now=self.now,
        )  # fmt: skip
        return Response(status=204)
