"""What calls of accounts take and answer, for validation and for the OpenAPI document."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from players.accounts.enums import Channel, Product
from players.enums import PlayerStatus

Shape = serializers.Serializer[Any]


class ConsentAnswer(Shape):
    """One answer about marketing."""

    product = serializers.ChoiceField(choices=Product.choices)
    channel = serializers.ChoiceField(choices=Channel.choices)
    granted = serializers.BooleanField()


class Accepted(Shape):
    """The versions that the player read and accepts."""

    terms = serializers.CharField(max_length=40, required=False)
    privacy = serializers.CharField(max_length=40, required=False)


class Details(Shape):
    """Who the player is. Which fields are required is the jurisdiction's policy."""

    full_name = serializers.CharField(max_length=200)
    birth_date = serializers.DateField()
    email = serializers.CharField(max_length=254)
    phone = serializers.CharField(max_length=40, required=False, allow_blank=True, default="")
    address_lines = serializers.CharField(max_length=300, required=False, allow_blank=True, default="")
    city = serializers.CharField(max_length=100, required=False, allow_blank=True, default="")
    postcode = serializers.CharField(max_length=20, required=False, allow_blank=True, default="")
    national_id = serializers.CharField(max_length=60, required=False, allow_blank=True, default="")
    nationality = serializers.CharField(max_length=60, required=False, allow_blank=True, default="")
    birth_place = serializers.CharField(max_length=100, required=False, allow_blank=True, default="")


class ApplicationBody(Details):
    """An application for an account. Consents that are left out are not given."""

    brand = serializers.SlugField(max_length=40)
    password = serializers.CharField(max_length=128, trim_whitespace=False, write_only=True)
    country = serializers.CharField(max_length=2)
    currency = serializers.CharField(max_length=5)
    language = serializers.CharField(max_length=8, default="en")
    nickname = serializers.CharField(max_length=60, required=False, allow_blank=True, default="")
    time_zone = serializers.CharField(max_length=40, required=False, allow_blank=True, default="")
    accepted = Accepted()
    consents = ConsentAnswer(many=True, required=False, max_length=50)  # type: ignore[call-arg]  # of the list
    consent_text = serializers.CharField(max_length=40, required=False, allow_blank=True, default="")


class SignInBody(Shape):
    """Name, password and, where the player has an authenticator app, its code."""

    brand = serializers.SlugField(max_length=40)
    email = serializers.CharField(max_length=254)
    password = serializers.CharField(max_length=128, trim_whitespace=False, write_only=True)
    code = serializers.CharField(max_length=10, required=False, allow_blank=True, default="")


class Proof(Shape):
    """The password once more, and a code where one is asked."""

    password = serializers.CharField(max_length=128, trim_whitespace=False, write_only=True)
    code = serializers.CharField(max_length=10, required=False, allow_blank=True, default="")


class CodeBody(Shape):
    """A code of the authenticator app."""

    code = serializers.CharField(max_length=10)


class TokenBody(Shape):
    """The token of a link that was sent by e-mail."""

    token = serializers.CharField(max_length=200)


class ResetAsked(Shape):
    """Whose password is lost."""

    brand = serializers.SlugField(max_length=40)
    email = serializers.CharField(max_length=254)


class PasswordByToken(TokenBody):
    """A new password by a link."""

    password = serializers.CharField(max_length=128, trim_whitespace=False, write_only=True)


class PasswordByOld(Proof):
    """A new password by the old one."""

    new_password = serializers.CharField(max_length=128, trim_whitespace=False, write_only=True)


class DeviceSeen(Shape):
    """A device as the player knows it."""

    kind = serializers.CharField(help_text="Browser and system.")
    first_seen_at = serializers.DateTimeField()
    last_seen_at = serializers.DateTimeField()


class SessionSeen(Shape):
    """One sign-in."""

    id = serializers.CharField()
    created_at = serializers.DateTimeField()
    last_seen_at = serializers.DateTimeField()
    ended_at = serializers.DateTimeField(allow_null=True)
    end_reason = serializers.CharField(allow_blank=True)
    ip = serializers.CharField(allow_null=True)
    device = serializers.CharField()
    current = serializers.BooleanField(help_text="Whether it is the one that asks.")


class PreviousSignIn(Shape):
    """The sign-in before this one: tell the player, who knows whether it was them."""

    created_at = serializers.DateTimeField()
    ip = serializers.CharField(allow_null=True)
    device = serializers.CharField()


class TermsSeen(Shape):
    """One version of a text."""

    kind = serializers.CharField()
    version = serializers.CharField()
    title = serializers.CharField()
    text = serializers.CharField()
    effective_at = serializers.DateTimeField()


class AccountSeen(Shape):
    """The account as its player sees it."""

    player_id = serializers.CharField()
    brand = serializers.CharField()
    nickname = serializers.CharField()
    status = serializers.ChoiceField(choices=PlayerStatus.choices)
    currency = serializers.CharField()
    country = serializers.CharField()
    language = serializers.CharField()
    time_zone = serializers.CharField()
    jurisdiction = serializers.CharField()
    created_at = serializers.DateTimeField()
    email_verified = serializers.BooleanField()
    second_factor = serializers.BooleanField()
    terms_due = serializers.ListField(child=serializers.CharField(), help_text="Kinds to accept anew.")


class SignedInAnswer(Shape):
    """A new sign-in. The token is told this once; keep `device_id` and send it as X-Device-Id next time."""

    token = serializers.CharField()
    session_id = serializers.CharField()
    device_id = serializers.CharField()
    reauthenticate_after_seconds = serializers.IntegerField(help_text="Inactivity after which the player proves anew.")
    previous_sign_in = PreviousSignIn(allow_null=True)
    account = AccountSeen()


class FactorBegun(Shape):
    """The secret of a new authenticator app; it counts once a code of it was confirmed."""

    secret = serializers.CharField()
    uri = serializers.CharField(help_text="For a QR code.")


class ErrorFacts(Shape):
    """What happened, for programs and for people."""

    code = serializers.CharField()
    message = serializers.CharField()
    detail = serializers.DictField(child=serializers.JSONField(), help_text="Named facts of the refusal.")
    request_id = serializers.CharField()


class ErrorBody(Shape):
    """Every refusal."""

    error = ErrorFacts()
