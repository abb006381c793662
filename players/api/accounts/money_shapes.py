"""What calls about money answer. Amounts are exact decimals as text."""

from __future__ import annotations

from rest_framework import serializers

from players.api.accounts.shapes import Shape


class KindSum(Shape):
    """Movements of one kind on one account; `undone:` marks what was taken back."""

    kind = serializers.CharField()
    amount = serializers.CharField(help_text="Signed.")
    count = serializers.IntegerField()


class AccountStatement(Shape):
    """One account of the period: opening + movements = closing, exactly."""

    account_id = serializers.IntegerField()
    kind = serializers.CharField()
    currency = serializers.CharField()
    opening = serializers.CharField()
    movements = KindSum(many=True)
    moved = serializers.CharField(help_text="The sum of the movements.")
    closing = serializers.CharField()


class StatementSeen(Shape):
    """A statement. Ask for the lines of an account with the same `start` and `end`."""

    start = serializers.DateTimeField()
    end = serializers.DateTimeField()
    months = serializers.IntegerField()
    time_zone = serializers.CharField()
    accounts = AccountStatement(many=True)


class LineSeen(Shape):
    """One movement."""

    version = serializers.IntegerField(help_text="Its place in the account's history.")
    booked_at = serializers.DateTimeField()
    kind = serializers.CharField()
    amount = serializers.CharField()
    balance_after = serializers.CharField()
    reference = serializers.CharField()
    transaction_id = serializers.UUIDField()


class LinesPage(Shape):
    """A page of lines, oldest first."""

    opening = serializers.CharField()
    closing = serializers.CharField()
    line_count = serializers.IntegerField()
    items = LineSeen(many=True)
    next = serializers.IntegerField(allow_null=True, help_text="Send it as `after`.")


class RoundSeen(Shape):
    """One round of play."""

    id = serializers.IntegerField()
    game = serializers.CharField()
    provider = serializers.CharField()
    reference = serializers.CharField()
    state = serializers.CharField()
    currency = serializers.CharField()
    staked = serializers.CharField()
    won = serializers.CharField()
    opened_at = serializers.DateTimeField()
    closed_at = serializers.DateTimeField(allow_null=True)


class RoundsPage(Shape):
    """A page of rounds, the newest first."""

    items = RoundSeen(many=True)
    next = serializers.IntegerField(allow_null=True)


class NetDeposits(Shape):
    """Deposits less withdrawals since the account was opened (UK-03)."""

    currency = serializers.CharField()
    deposits = serializers.CharField(help_text="Without those taken back or charged back.")
    withdrawals = serializers.CharField()
    net = serializers.CharField()
    since = serializers.DateTimeField(help_text="The whole life of the account.")
    until = serializers.DateTimeField()
    complete = serializers.BooleanField(help_text="False while a very long history is still being counted: ask again.")


class SessionPosition(Shape):
    """Play since this sign-in (UK-04)."""

    currency = serializers.CharField()
    staked = serializers.CharField()
    won = serializers.CharField()
    net = serializers.CharField(help_text="Won less staked, in money.")
    started_at = serializers.DateTimeField()
    elapsed_seconds = serializers.IntegerField()
    elapsed = serializers.CharField(help_text="Hours, minutes, seconds: 1:02:03.")
