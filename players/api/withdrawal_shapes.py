"""What the calls about withdrawals take and give. Amounts are text in the account's currency unless said otherwise."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from casino.withdrawals.enums import WithdrawalState

Shape = serializers.Serializer[Any]


class AgainstSeen(Shape):
    """Why some of the money can not leave now."""

    code = serializers.CharField()
    text = serializers.CharField()
    amount = serializers.CharField(help_text="What it keeps; 0 explains only.")


class WaySeen(Shape):
    """Where money may go."""

    instrument = serializers.IntegerField()
    name = serializers.CharField()
    method = serializers.CharField()
    currency = serializers.CharField(help_text="In which it is paid.")
    back_first = serializers.CharField(help_text="What deposits from it ask back before anything goes elsewhere.")
    minimum = serializers.CharField()
    maximum = serializers.CharField(allow_null=True)
    open = serializers.BooleanField()
    why_not = serializers.CharField(allow_blank=True)


class LeavingSeen(Shape):
    """What may be withdrawn now, why not the rest, and where to."""

    currency = serializers.CharField()
    amount = serializers.CharField()
    of = serializers.CharField()
    against = AgainstSeen(many=True)
    ways = WaySeen(many=True)
    may_be_taken_back = serializers.BooleanField(help_text="Whether a request can be cancelled where you live.")


class WishBody(Shape):
    """A withdrawal as it is wished for."""

    amount = serializers.CharField(help_text="Plain decimal.")
    instrument = serializers.IntegerField(
        required=False, allow_null=True, default=None, help_text="For what no deposit asks back."
    )


class PartSeen(Shape):
    """One payment of it."""

    instrument = serializers.IntegerField(allow_null=True)
    name = serializers.CharField()
    takes = serializers.CharField(help_text="Of the balance.")
    fee = serializers.CharField(help_text="In `currency`.")
    arrives = serializers.CharField(help_text="In `currency`.")
    currency = serializers.CharField()
    state = serializers.CharField(allow_blank=True)


class PreviewSeen(Shape):
    """What asking for it would come to."""

    possible = serializers.BooleanField()
    against = AgainstSeen(many=True, help_text="Every rule that is against it or has somebody look first.")
    parts = PartSeen(many=True)
    looked_at = serializers.BooleanField(help_text="Whether a colleague of ours looks before it is paid.")


class WithdrawalSeen(Shape):
    """One withdrawal."""

    reference = serializers.CharField()
    amount = serializers.CharField()
    currency = serializers.CharField()
    state = serializers.ChoiceField(choices=WithdrawalState.choices)
    told = serializers.CharField(help_text="Where it stands, in words.")
    requested_at = serializers.DateTimeField()
    ended_at = serializers.DateTimeField(allow_null=True)
    may_be_taken_back = serializers.BooleanField()
    parts = PartSeen(many=True)


class WithdrawalPage(Shape):
    """A page of them, newest first."""

    items = WithdrawalSeen(many=True)
    next = serializers.IntegerField(allow_null=True)
