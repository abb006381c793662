"""A break from the statement that tells it to the approval that puts it right, in a real browser and in every look."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from casino.reconciliation.models import Break, Statement
from casino.reconciliation.tasks import read_statement
from tests.browser.accessibility import assert_accessible
from tests.browser.harness import SignedIn
from tests.browser.looks import fits, looks_of, picture
from tests.factories import caches_forget
from tests.reconciliation.scene import Row, Scene
from wallet.selectors.player_balances import player_balances


@pytest.fixture
def scene(server: str) -> Iterator[Scene]:
    caches_forget()
    yield Scene()
    caches_forget()


def look_at(page: Page, name: str) -> None:
    for look in looks_of(page, f"reconciliation-{name}"):
        assert_accessible(page, f"{name}, {look}")
        assert fits(page), f"{name}, {look}: scrolls sideways"


def test_a_break_goes_from_import_to_approval(scene: Scene, signed_in: SignedIn) -> None:
    scene.bet("b1", "10")
    scene.bet("b2", "4", round_id="r-2", told=False)
    scene.lines.append(Row("win", "w-lost", "7", at=scene.now))
    content = scene.csv(scene.lines) + b"bet,b9,,r-9,nobody,slot,ten,EUR,booked,2026-01-01\r\n"
    maker, checker = signed_in("payments"), signed_in("finance")
    page = maker.page
    page.goto("/admin/reconciliation/statement/load/")
    look_at(page, "load")
    page.get_by_label("Provider").select_option(label="Sandbox")
    page.get_by_label("Format").select_option("csv")
    page.locator("#id_file").set_input_files({"name": "day.csv", "mimeType": "text/csv", "buffer": content})
    page.get_by_role("button", name="Load", exact=True).click()
    page.wait_for_url(re.compile(r"/admin/reconciliation/statement/\d+/change/"))
    expect(page.get_by_text("A worker takes it up within a minute.")).to_be_visible()
    picture(page, "reconciliation-waiting-light")  # it asks every second, so that it never comes to rest
    read_statement(statement_id=Statement.objects.get().pk)
    expect(page.get_by_text("2 waiting")).to_be_visible()
    look_at(page, "statement")
    page.goto("/admin/reconciliation/break/")
    look_at(page, "breaks")
    lost = Break.objects.get(transaction_id="w-lost")
    page.goto(f"/admin/reconciliation/break/{lost.pk}/change/")
    look_at(page, "break")
    page.goto(f"/admin/reconciliation/break/{lost.pk}/correct/")
    page.get_by_label("Why").fill("Their log shows the win.")
    page.get_by_label("Ticket").fill("REC-1")
    page.get_by_role("button", name="Show what it would change").click()
    expect(page.get_by_text("Paid under the provider's own id")).to_be_visible()
    page.get_by_role("button", name="Propose it").click()
    page.wait_for_url(re.compile(r"/admin/approvals/approval/\d+/change/"))
    checker.page.goto("/admin/approvals/approval/waiting/")
    checker.page.get_by_role("link", name=re.compile("Correction of a break")).click()
    checker.page.get_by_role("link", name="Approve").click()
    checker.page.get_by_label("Reason").fill("Seen in their log.")
    checker.page.get_by_role("button", name="Approve").click()
    expect(checker.page.get_by_text("Executed.")).to_be_visible()
    assert player_balances(player_id=scene.alice.pk, currency="EUR")["player_real"] == 93
    checker.page.goto(f"/admin/reconciliation/break/{lost.pk}/change/")
    expect(checker.page.get_by_text("Corrected").first).to_be_visible()
    look_at(checker.page, "corrected")
    checker.page.goto("/admin/reconciliation/statement/scorecard/")
    look_at(checker.page, "scorecard")
