"""The audit trail in a real browser: an event is found, read and exported, and every object tells its time line."""

from __future__ import annotations

import zipfile

import pytest
from playwright.sync_api import Page, expect

from compliance.audit.models import AuditEvent
from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record
from players.models import Player
from players.services.players import player_block
from tests.browser.accessibility import assert_accessible
from tests.browser.harness import SignedIn
from tests.browser.looks import fits, looks_of
from tests.factories import NOON, caches_forget, player_make


@pytest.fixture
def alice(server: str) -> Player:
    caches_forget()
    alice = player_make()
    player_block(player_id=alice.pk, actor="staff:7", now=NOON, reason="Bets faster than a person could.")
    audit_record(
        name=EventName.GAME_EDITED, actor="staff:9", now=NOON, subject="games.game:3", reason="",
        before={"theoretical_rtp": "96", "max_stake": None, "blocked_countries": []},
        after={"theoretical_rtp": "94.5", "max_stake": "20", "blocked_countries": ["FR", "US"]},
    )  # fmt: skip
    return alice


def look_at(page: Page, name: str) -> None:
    for look in looks_of(page, name):
        assert_accessible(page, f"{name}, {look}")
        assert fits(page), f"{name}, {look}: scrolls sideways"


def test_an_event_is_found_read_and_taken_out_of_the_house(signed_in: SignedIn, alice: Player) -> None:
    page = signed_in("compliance_officer").page
    page.goto("/admin/audit/auditevent/")
    look_at(page, "audit-list")
    page.goto(f"/admin/audit/auditevent/?q=players.player:{alice.pk}")
    expect(page.get_by_text("Bets faster than a person could.")).to_be_visible()
    event = AuditEvent.objects.get(name=EventName.GAME_EDITED)
    page.goto(f"/admin/audit/auditevent/{event.pk}/change/")
    expect(page.get_by_role("cell", name="94.5")).to_be_visible()
    look_at(page, "audit-event")
    page.goto("/admin/audit/auditevent/")
    page.get_by_role("link", name="Export", exact=True).click()
    page.get_by_label("Reason").fill("Asked by the regulator, letter of 2 March.")
    look_at(page, "audit-export")
    page.get_by_label("Reason").fill("Asked by the regulator, letter of 2 March.")
    with page.expect_download() as download:
        page.get_by_role("button", name="Export").click()
    with zipfile.ZipFile(download.value.path()) as archive:
        assert archive.namelist() == ["audit.csv", "manifest.json"]
        assert b"Bets faster than a person could." in archive.read("audit.csv")


def test_every_object_tells_its_time_line_as_of_any_moment(signed_in: SignedIn, alice: Player) -> None:
    page = signed_in("compliance_officer").page
    page.goto(f"/admin/players/player/{alice.pk}/history/")
    expect(page.get_by_text("status: active → blocked")).to_be_visible()
    look_at(page, "audit-timeline")
    page.get_by_label("As of (UTC)").fill("2026-03-01T00:00")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text("Nothing is recorded of it.")).to_be_visible()
    page.goto("/admin/audit/threshold/")
    look_at(page, "audit-thresholds")
