"""What the calls about limits take and give."""

from __future__ import annotations

from typing import Any, Final

from rest_framework import serializers

from compliance.limits.enums import ChangeState, LimitKind

Shape = serializers.Serializer[Any]
EACH: Final = "each"
OWNERS: Final = ("player", "operator", "policy")
PERIODS: Final = (EACH, "day", "week", "month")


class ChangeSeen(Shape):
    """A request for a looser limit, or for none."""

    id = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=LimitKind.choices)
    period = serializers.ChoiceField(choices=PERIODS)
    amount = serializers.CharField(allow_null=True, help_text="What was asked for; null: no limit any more.")
    state = serializers.ChoiceField(choices=ChangeState.choices)
    asked_at = serializers.DateTimeField()
    effective_from = serializers.DateTimeField(help_text="Not in force before.")
    confirm_by = serializers.DateTimeField(allow_null=True, help_text="The second act must come before.")
    needs_confirmation = serializers.BooleanField()
    can_be_confirmed = serializers.BooleanField(help_text="Whether the second act is possible now.")
    ended_at = serializers.DateTimeField(allow_null=True)


class LimitSeen(Shape):
    """One limit in force and how much of it is used."""

    id = serializers.IntegerField(allow_null=True, help_text="Null for what the law sets on everybody.")
    owner = serializers.ChoiceField(choices=OWNERS)
    kind = serializers.ChoiceField(choices=LimitKind.choices)
    period = serializers.ChoiceField(choices=PERIODS)
    amount = serializers.CharField()
    used = serializers.CharField()
    left = serializers.CharField()
    percent = serializers.CharField(help_text="Of the amount that is used, to a tenth, rounded down.")
    until = serializers.DateTimeField(allow_null=True, help_text="When the period ends.")
    decides = serializers.BooleanField(help_text="Whether it is the strictest of its kind and period.")
    waiting = ChangeSeen(allow_null=True)


class MissingSeen(Shape):
    """A limit without which there is no play."""

    kind = serializers.ChoiceField(choices=LimitKind.choices)
    period = serializers.ChoiceField(choices=PERIODS)


class LimitsSeen(Shape):
    """Every limit, and what is to be done about them."""

    currency = serializers.CharField()
    time_zone = serializers.CharField(help_text="In which days, weeks and months are counted.")
    periods = serializers.ListField(child=serializers.CharField(), help_text="For which limits may be set.")
    limits = LimitSeen(many=True)
    missing = MissingSeen(many=True)
    warnings = serializers.ListField(child=serializers.CharField())
    review_due_since = serializers.DateTimeField(allow_null=True, help_text="Since when to look at them is due.")


class PastLimit(Shape):
    """A limit as it was in force."""

    id = serializers.IntegerField()
    owner = serializers.ChoiceField(choices=OWNERS)
    kind = serializers.ChoiceField(choices=LimitKind.choices)
    period = serializers.ChoiceField(choices=PERIODS)
    amount = serializers.CharField()
    starts_at = serializers.DateTimeField()
    ended_at = serializers.DateTimeField(allow_null=True)
    asked_at = serializers.DateTimeField(allow_null=True, help_text="When it was asked for, where it had to wait.")


class PastLimits(Shape):
    """A page, newest first."""

    items = PastLimit(many=True)
    next = serializers.IntegerField(allow_null=True)


class Changes(Shape):
    """A page, newest first."""

    items = ChangeSeen(many=True)
    next = serializers.IntegerField(allow_null=True)


class AmountBody(Shape):
    """How much, as text: "100" or "99.50"; whole minutes for time. "0" is none at all."""

    amount = serializers.CharField(max_length=40)


class OutcomeSeen(Shape):
    """What became of it."""

    in_force = serializers.BooleanField(help_text="False: it waits, and the limit of now stays until then.")
    waiting = ChangeSeen(allow_null=True)
    state = LimitsSeen()
