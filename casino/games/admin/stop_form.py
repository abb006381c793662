"""The forms of stopping, and what a stop would hit, told before anybody confirms it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django import forms
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextareaWidget

from casino.games.enums import StopReason, StopScope
from casino.play.selectors.stop_impact import BETS_READ, COUNT_UP_TO, stop_impact

LENGTHS: Final = (
    ("", "Until somebody resumes it"),
    ("15", "15 minutes"),
    ("60", "1 hour"),
    ("240", "4 hours"),
    ("1440", "24 hours"),
)


class StopForm(forms.Form):
    """Why, and for how long."""

    code = forms.ChoiceField(
        label="Reason", choices=[("", "Choose one"), *StopReason.choices], widget=UnfoldAdminSelectWidget
    )
    reason = forms.CharField(
        label="In words",
        max_length=500,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
        help_text="What happened, and who knows. Support reads it, and whoever reviews the stop.",
    )
    minutes = forms.ChoiceField(
        label="For how long",
        choices=LENGTHS,
        required=False,
        widget=UnfoldAdminSelectWidget,
        help_text="Legal and regulator's stops have no end: a person resumes play.",
    )

    def until(self, now: datetime) -> datetime | None:
        """The planned end, None for an open one."""
        minutes = self.cleaned_data["minutes"]
        return now + timedelta(minutes=int(minutes)) if minutes else None


class ReviewForm(forms.Form):
    """The second look at a stop, afterwards."""

    verdict = forms.ChoiceField(
        choices=[("", "Choose one"), ("right", "Stopping was right"), ("wrong", "Stopping was wrong")],
        widget=UnfoldAdminSelectWidget,
    )
    note = forms.CharField(
        max_length=500,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
        help_text="What you looked at, and what should be done differently. Written once.",
    )


def impact_facts(scope: StopScope, target_id: int | None, now: datetime) -> list[tuple[str, str]]:
    """What a stop would hit, as (word, value) pairs."""
    hit = stop_impact(scope=scope, target_id=target_id, now=now)
    day = "the last 24 hours" if hit.whole_day else f"the newest {BETS_READ:,} calls of the last 24 hours"
    if hit.share is None:
        share = "nobody has staked anything in the last 24 hours"
    else:
        share = f"{100 * hit.share:.1f} % of the stakes of {day}"
    return [
        ("Players in the game now", _count(hit.players, "nobody")),
        ("Rounds that run", _count(hit.open_rounds, "none") + (", they will be settled" if hit.open_rounds else "")),
        ("Share of play", share),
    ]


def _count(number: int, none: str) -> str:
    if not number:
        return none
    return f"{number:,}" if number < COUNT_UP_TO else f"{COUNT_UP_TO:,} or more"
