"""The demonstration shows each state of the work about players at risk, and is made once."""

from __future__ import annotations

import io

import pytest
from django.core.management import call_command

from common.clock import utc_now
from compliance.harm.models import Assessment, Case, Interaction, Step
from compliance.harm.services.demo import demo_harm
from tests.settled import settled

pytestmark = pytest.mark.django_db(transaction=True)


def test_each_state_is_shown_and_nothing_is_made_twice() -> None:
    demo_harm(now=utc_now())
    settled()
    told = io.StringIO()
    call_command("seed_harm", stdout=told)
    assert "5 cases" in told.getvalue()
    shown = {case.player.nickname: (case.tier, case.state) for case in Case.objects.select_related("player")}
    assert shown["Sam Severe"] == ("severe", "open")
    assert shown["Hal High"] == ("high", "open")
    assert shown["Mel Medium"] == ("high", "open")
    assert shown["Clio Closed"][1] == "closed"
    assert "Lou Low" not in shown
    assert Assessment.objects.filter(player__nickname="Lou Low", tier="low").exists()
    assert {step.kind for step in Step.objects.filter(case__player__nickname="Sam Severe")} == {
        "risk_harm", "deposit_blocked",
    }  # fmt: skip
    measured = Interaction.objects.get(player__nickname="Ivy Influenced")
    assert measured.after_7 is not None
    assert measured.after_30 is not None
    call_command("seed_harm", stdout=told)
    assert Case.objects.count() == 5
