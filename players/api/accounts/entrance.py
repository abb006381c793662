"""Coming in: registration, sign-in, proving oneself again, going."""

from __future__ import annotations

from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from casino.entrance.services.registration import player_register
from casino.entrance.services.sign_in import player_sign_in, session_prove
from casino.entrance.types import Application, Arrival
from players.accounts.enums import Channel, Product, SessionEnd
from players.accounts.selectors.brands import brand_open
from players.accounts.selectors.terms import terms_in_force
from players.accounts.services.consents import Answer
from players.accounts.services.sessions import session_end
from players.api.accounts import shapes
from players.api.accounts.answers import signed_in_answer, terms_answer
from players.api.kit.describe import call
from players.api.kit.throttle import ATTEMPT, OPENING, name_counted
from players.api.kit.view import PlayerView
from players.personal.types import FIELDS, PersonalDetails
from players.personal.vault import email_index


def arrival_of(view: PlayerView, request: Request) -> Arrival:
    """How a call came."""
    return Arrival(
        ip=view.address_of(request),
        user_agent=request.headers.get("User-Agent", "")[:300],
        device_id=request.headers.get("X-Device-Id", ""),
    )


class Terms(PlayerView):
    """The texts of a brand that are in force, for people who have no account yet."""

    signed_in = False

    @call(summary="Terms in force", gives=shapes.TermsSeen(many=True), tag="Entrance")
    def get(self, _request: Request, brand: str) -> Response:
        """What registration asks to accept."""
        standing = terms_in_force(brand=brand_open(brand), now=self.now)
        return Response([terms_answer(version) for _, version in sorted(standing.items())])


class Register(PlayerView):
    """Open an account."""

    signed_in = False
    rate = OPENING

    @call(
        summary="Open an account", takes=shapes.ApplicationBody, gives=shapes.SignedInAnswer, status=201, tag="Entrance"
    )
    def post(self, request: Request) -> Response:
        """The first sign-in comes with it; an e-mail asks to confirm the address."""
        asked = self.asked(request, shapes.ApplicationBody)
        made = player_register(application=_application(asked), arrival=arrival_of(self, request), now=self.now)
        answer = signed_in_answer(
            player=made.player, started=made.started, previous=None, device_id=made.device_id, now=self.now
        )
        return Response(answer, status=201)


def _application(asked: dict[str, Any]) -> Application:
    details = PersonalDetails(**{name: asked[name] for name in FIELDS})
    consents = tuple(
        Answer(Product(one["product"]), Channel(one["channel"]), one["granted"]) for one in asked.get("consents", ())
    )
    same = ("brand", "password", "currency", "language", "nickname", "time_zone", "consent_text")
    return Application(
        details=details,
        country=asked["country"].upper(),
        accepted=dict(asked["accepted"]),
        consents=consents,
        **{name: asked[name] for name in same},
    )


class SignIn(PlayerView):
    """Begin a sign-in."""

    signed_in = False
    rate = ATTEMPT

    @call(summary="Sign in", takes=shapes.SignInBody, gives=shapes.SignedInAnswer, status=201, tag="Entrance")
    def post(self, request: Request) -> Response:
        """Answers the bearer token, and when and where the player signed in before."""
        asked = self.asked(request, shapes.SignInBody)
        name_counted((email_index(asked["email"]) or b"").hex(), self.rate)
        done = player_sign_in(
            brand_code=asked["brand"], email=asked["email"], password=asked["password"], code=asked["code"],
            arrival=arrival_of(self, request), now=self.now,
        )  # fmt: skip
        answer = signed_in_answer(
            player=done.player, started=done.started, previous=done.previous, device_id=done.device_id, now=self.now
        )
        return Response(answer, status=201)


class Reauthenticate(PlayerView):
    """Go on after inactivity."""

    while_idle = True
    rate = ATTEMPT

    @call(summary="Prove who you are again", takes=shapes.Proof, status=204, tag="Entrance")
    def post(self, request: Request) -> Response:
        """The sign-in goes on where it was (G-14)."""
        asked = self.asked(request, shapes.Proof)
        session_prove(session=self.session, password=asked["password"], code=asked["code"], now=self.now)
        return Response(status=204)


class SignOut(PlayerView):
    """End this sign-in."""

    while_idle = True

    @call(summary="Sign out", status=204, tag="Entrance")
    def post(self, _request: Request) -> Response:
        """The token opens nothing any more."""
        session_end(
            player_id=self.player.pk, public_id=self.session.public_id, why=SessionEnd.SIGNED_OUT,
            actor=f"player:{self.player.pk}", now=self.now,
        )  # fmt: skip
        return Response(status=204)
