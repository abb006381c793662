"""What a player proves themselves with: e-mail address, password, authenticator app."""

from __future__ import annotations

from rest_framework.request import Request
from rest_framework.response import Response

from casino.entrance.services.passwords import password_change, password_choose, reset_ask
from casino.entrance.services.sign_in import session_prove
from players.accounts.enums import LetterKind
from players.accounts.services.credentials import email_verify
from players.accounts.services.letters import letter_write
from players.accounts.services.second_factor import factor_begin, factor_confirm, factor_remove, factor_uri
from players.api.accounts import shapes
from players.api.kit.describe import call
from players.api.kit.throttle import ATTEMPT, OPENING
from players.api.kit.view import PlayerView


class EmailVerified(PlayerView):
    """Confirm the e-mail address by the link that was sent."""

    signed_in = False
    rate = ATTEMPT

    @call(summary="Confirm the e-mail address", takes=shapes.TokenBody, status=204, tag="Entrance")
    def post(self, request: Request) -> Response:
        """The token works once, for three days."""
        email_verify(token=self.asked(request, shapes.TokenBody)["token"], now=self.now)
        return Response(status=204)


class EmailAskedAgain(PlayerView):
    """Send the link once more."""

    rate = OPENING

    @call(summary="Send the link once more", status=202)
    def post(self, _request: Request) -> Response:
        """The link before it no longer works."""
        letter_write(player=self.player, kind=LetterKind.VERIFY_EMAIL, now=self.now)
        return Response(status=202)


class ResetAsked(PlayerView):
    """Ask for a link to choose a new password."""

    signed_in = False
    rate = OPENING

    @call(summary="Ask for a new password", takes=shapes.ResetAsked, status=202, tag="Entrance")
    def post(self, request: Request) -> Response:
        """The same answer whether or not somebody has this address."""
        asked = self.asked(request, shapes.ResetAsked)
        reset_ask(brand_code=asked["brand"], email=asked["email"], now=self.now)
        return Response(status=202)


class ResetDone(PlayerView):
    """Choose a new password by the link."""

    signed_in = False
    rate = ATTEMPT

    @call(summary="Choose a new password by a link", takes=shapes.PasswordByToken, status=204, tag="Entrance")
    def post(self, request: Request) -> Response:
        """Every sign-in ends; sign in with the new one."""
        asked = self.asked(request, shapes.PasswordByToken)
        password_choose(token=asked["token"], password=asked["password"], now=self.now)
        return Response(status=204)


class PasswordChanged(PlayerView):
    """Choose a new password by the old one."""

    rate = ATTEMPT

    @call(summary="Change the password", takes=shapes.PasswordByOld, status=204)
    def post(self, request: Request) -> Response:
        """Every other sign-in ends."""
        asked = self.asked(request, shapes.PasswordByOld)
        password_change(
            session=self.session, old=asked["password"], code=asked["code"], new=asked["new_password"], now=self.now
        )
        return Response(status=204)


class Factor(PlayerView):
    """The authenticator app."""

    rate = ATTEMPT

    @call(summary="Begin with an authenticator app", takes=shapes.Proof, gives=shapes.FactorBegun, status=201)
    def post(self, request: Request) -> Response:
        """A new secret; it counts once a code of it was confirmed."""
        asked = self.asked(request, shapes.Proof)
        session_prove(session=self.session, password=asked["password"], code=asked["code"], now=self.now)
        secret = factor_begin(player_id=self.player.pk)
        uri = factor_uri(secret=secret, brand=self.player.brand.name, label=self.player.nickname)
        return Response({"secret": secret, "uri": uri}, status=201)

    @call(summary="Confirm the authenticator app", takes=shapes.CodeBody, status=204)
    def put(self, request: Request) -> Response:
        """From now on sign-in asks for a code."""
        code = self.asked(request, shapes.CodeBody)["code"]
        factor_confirm(player_id=self.player.pk, code=code, actor=f"player:{self.player.pk}", now=self.now)
        return Response(status=204)


class FactorRemoved(PlayerView):
    """Without the authenticator app again."""

    rate = ATTEMPT

    @call(summary="Remove the authenticator app", takes=shapes.Proof, status=204)
    def post(self, request: Request) -> Response:
        """Needs the password and a code."""
        asked = self.asked(request, shapes.Proof)
        session_prove(session=self.session, password=asked["password"], code=asked["code"], now=self.now)
        factor_remove(player_id=self.player.pk, actor=f"player:{self.player.pk}", now=self.now)
        return Response(status=204)
