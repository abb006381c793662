"""The health board in a real browser: live alerts, a runbook, acknowledging, in every look."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from common.clock import utc_now
from reporting.monitoring.models import Alert, Evaluation, Incident
from tests.browser.accessibility import assert_accessible
from tests.browser.harness import SignedIn
from tests.browser.looks import fits, looks_of
from tests.factories import player_make
from tests.monitoring.rows import monitoring_kept

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_health_board_and_what_it_leads_to_are_accessible_in_every_look(server: str, signed_in: SignedIn) -> None:
    kept = monitoring_kept(player_make("Alice"))
    Evaluation.objects.create(pk=1, evaluated_at=utc_now(), counted_to=utc_now())
    page = signed_in("compliance_officer").page
    for name, address in (
        ("board", "/admin/monitoring/alert/board/"),
        ("runbook", "/admin/monitoring/alert/board/runbook/calls-slow/"),
        ("alert", f"/admin/monitoring/alert/{kept['alert']}/change/"),
        ("incident", f"/admin/monitoring/incident/{Incident.objects.latest('pk').pk}/change/"),
        ("proof", f"/admin/monitoring/houseproof/{kept['house_proof']}/change/"),
        ("rules", "/admin/monitoring/alertrule/"),
    ):
        page.goto(address)
        for look in looks_of(page, f"monitoring-{name}"):
            assert_accessible(page, f"{name}, {look}")
            assert fits(page), f"{name}, {look}: scrolls sideways"


def test_somebody_on_call_goes_from_the_board_to_the_alert_and_says_so(server: str, signed_in: SignedIn) -> None:
    monitoring_kept(player_make("Alice"))
    page = signed_in("administrator").page
    page.goto("/admin/monitoring/alert/board/")
    expect(page.get_by_role("alert")).to_contain_text("Nothing was evaluated")
    page.get_by_role("link", name="A provider's calls are slow").click()
    page.get_by_role("link", name="Acknowledge").click()
    page.get_by_label("Reason").fill("I look at the database")
    page.get_by_role("button", name="Acknowledge").click()
    expect(page.get_by_text("You are on it.")).to_be_visible()
    assert Alert.objects.get(code="calls_slow").acknowledge_reason == "I look at the database"
