"""What the calls about deposits and means of payment take and give. Amounts are exact decimal texts."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from casino.cashier.enums import DepositState, Ownership
from casino.gateways.enums import InstrumentKind
from casino.routing.enums import Omission

Shape = serializers.Serializer[Any]


class FeeSeen(Shape):
    """What the player pays for a payment; nothing where the house does."""

    percent = serializers.CharField()
    fixed = serializers.CharField()


class MethodSeen(Shape):
    """A way to pay, and why not where it is closed."""

    method = serializers.CharField()
    name = serializers.CharField()
    kind = serializers.ChoiceField(choices=InstrumentKind.choices)
    currency = serializers.CharField()
    minimum = serializers.CharField()
    maximum = serializers.CharField(allow_null=True)
    fee = FeeSeen()
    presets = serializers.ListField(child=serializers.CharField())
    open = serializers.BooleanField()
    why_not = serializers.ChoiceField(choices=Omission.choices, allow_null=True)
    why_not_text = serializers.CharField()


class MethodsSeen(Shape):
    """In their order on screen."""

    currency = serializers.CharField(help_text="That is paid in.")
    methods = MethodSeen(many=True)


class DepositWishBody(Shape):
    """What the player wants to pay."""

    method = serializers.CharField(max_length=30)
    amount = serializers.CharField(max_length=40, help_text="What the player pays, such as 50.00.")
    currency = serializers.CharField(max_length=5, required=False, default="", help_text="Empty: the account's own.")
    instrument = serializers.IntegerField(required=False, allow_null=True, default=None, help_text="A stored one.")


class RateSeen(Shape):
    """At what rate a payment is converted."""

    rate = serializers.CharField(help_text="Units of the account's currency for one of the payment's, six decimals.")
    valid_on = serializers.DateField(allow_null=True, help_text="The day of the published rate.")
    margin_percent = serializers.CharField()
    margin = serializers.CharField(help_text="Kept of the conversion, in the account's currency.")


class FiguresSeen(Shape):
    """What would happen, exactly."""

    amount = serializers.CharField()
    currency = serializers.CharField()
    fee = serializers.CharField(help_text="Of the amount.")
    credit = serializers.CharField(help_text="What the account gets.")
    credit_currency = serializers.CharField()
    conversion = RateSeen(allow_null=True)


class DepositBeginBody(DepositWishBody):
    """The player presses Pay."""

    expected_credit = serializers.CharField(
        max_length=40, required=False, default="", help_text="The credit that was shown; another one is refused."
    )
    return_url = serializers.URLField(max_length=500, required=False, default="", help_text="Where the player returns.")
    key = serializers.CharField(
        max_length=100, required=False, default="", help_text="Instead of the header Idempotency-Key."
    )


class InstrumentSeen(Shape):
    """A means of payment, masked."""

    id = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=InstrumentKind.choices)
    name = serializers.CharField(help_text="Such as visa ••1111.")
    last_four = serializers.CharField()
    expires = serializers.DateField(allow_null=True)
    ownership = serializers.ChoiceField(choices=Ownership.choices)
    added_at = serializers.DateTimeField()
    last_used_at = serializers.DateTimeField(allow_null=True)
    usable = serializers.BooleanField()


class InstrumentsSeen(Shape):
    """The player's own."""

    instruments = InstrumentSeen(many=True)


class DepositSeen(Shape):
    """One deposit. `go_on` is what the browser needs to pay, such as redirect_url, while it is open."""

    reference = serializers.CharField()
    method = serializers.CharField()
    state = serializers.ChoiceField(choices=DepositState.choices)
    state_text = serializers.CharField()
    code = serializers.CharField(help_text="Why it ended.")
    open = serializers.BooleanField()
    can_be_cancelled = serializers.BooleanField()
    amount = serializers.CharField()
    currency = serializers.CharField()
    fee = serializers.CharField()
    credit = serializers.CharField()
    credit_currency = serializers.CharField()
    instrument = serializers.CharField(help_text="Masked; empty until it is known.")
    created_at = serializers.DateTimeField()
    credited_at = serializers.DateTimeField(allow_null=True)
    expires_at = serializers.DateTimeField()
    go_on = serializers.DictField(child=serializers.CharField())


class DepositsPage(Shape):
    """Newest first."""

    items = DepositSeen(many=True)
    next = serializers.IntegerField(allow_null=True)
