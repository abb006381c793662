"""What the calls of play take and give."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from casino.games.enums import GameCategory
from casino.lobby.enums import DeviceKind
from casino.play.enums import SessionMode
from compliance.geo.enums import LocationOutcome
from players.api.play_transfers import VisitSeen

Shape = serializers.Serializer[Any]


class GameSeen(Shape):
    """A game of the lobby."""

    provider = serializers.CharField()
    code = serializers.CharField()
    name = serializers.CharField()
    category = serializers.ChoiceField(choices=GameCategory.choices)
    real = serializers.BooleanField(help_text="May be played for money.")
    demo = serializers.BooleanField(help_text="May be played for fun.")
    transfer = serializers.BooleanField(help_text="Money goes to the provider for the time of play.")
    theoretical_rtp = serializers.CharField(help_text="Percent returned in the long run.")


class GamesPage(Shape):
    """A page of games."""

    items = GameSeen(many=True)
    next = serializers.IntegerField(allow_null=True)


class GamesQuery(Shape):
    """What the player looks for; each may be left out."""

    device = serializers.ChoiceField(choices=DeviceKind.choices, required=False, default="")
    category = serializers.ChoiceField(choices=GameCategory.choices, required=False, default="")
    provider = serializers.CharField(max_length=40, required=False, default="")
    title = serializers.CharField(max_length=60, required=False, default="")


class LaunchBody(Shape):
    """How the game is to be played."""

    provider = serializers.CharField(max_length=40)
    code = serializers.CharField(max_length=100)
    mode = serializers.ChoiceField(choices=SessionMode.choices)
    device = serializers.ChoiceField(choices=DeviceKind.choices)
    amount = serializers.CharField(
        max_length=40, required=False, default="", help_text="Of a transfer game: the money to take along; empty: all."
    )


class LaunchSeen(Shape):
    """What opens the game: the token that its client hands to the provider once, or the address of a transfer game."""

    token = serializers.CharField(allow_blank=True, help_text="Empty for a transfer game.")
    url = serializers.CharField(allow_blank=True, help_text="Of a transfer game; empty for others.")
    transfer = VisitSeen(allow_null=True, help_text="The money that went along.")
    session = serializers.CharField()
    mode = serializers.ChoiceField(choices=SessionMode.choices)
    expires_at = serializers.DateTimeField(help_text="Of the token.")


class LocationSeen(Shape):
    """Where the player's address was found. `needed` false: where the player plays, nobody asks."""

    needed = serializers.BooleanField()
    allowed = serializers.BooleanField()
    outcome = serializers.ChoiceField(choices=[("", ""), *LocationOutcome.choices])
    country = serializers.CharField(allow_blank=True)
    checked_at = serializers.DateTimeField(allow_null=True)


class RealitySeen(Shape):
    """The sitting: how long, with what result, and the next check. Amounts in `currency`."""

    due = serializers.BooleanField(help_text="Bets are refused until it is acknowledged.")
    playing_since = serializers.DateTimeField(allow_null=True)
    elapsed_seconds = serializers.IntegerField()
    staked = serializers.CharField()
    won = serializers.CharField()
    net = serializers.CharField(help_text="Won less staked.")
    currency = serializers.CharField()
    due_at = serializers.DateTimeField(allow_null=True)
    paused_until = serializers.DateTimeField(allow_null=True, help_text="The pause that the law puts behind a check.")
    interval_minutes = serializers.IntegerField(allow_null=True)
    may_choose = serializers.BooleanField()
    least_minutes = serializers.IntegerField(allow_null=True)
    most_minutes = serializers.IntegerField(allow_null=True)
    history = serializers.CharField(help_text="Where the player's statement is.")
    exit = serializers.CharField(help_text="What ends the games.")


class IntervalBody(Shape):
    """How often the player wants to be told."""

    minutes = serializers.IntegerField(min_value=1, max_value=1440)
