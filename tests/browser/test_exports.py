"""An export in a real browser: asked for, approved by somebody else, watched while it is written, fetched once."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection
from playwright.sync_api import Page, expect

from common.clock import utc_now
from reporting.exports.models import Export
from reporting.exports.services.running import export_run
from reporting.exports.verifying import package_verify
from tests.browser.accessibility import assert_accessible
from tests.browser.harness import SignedIn
from tests.browser.looks import fits, looks_of
from tests.exports.scene import REPORT, exporter, many, question_data, requested
from tests.factories import caches_forget
from wallet.sealing.keys import seal_key_create


@pytest.fixture
def key(server: str, settings: Any, tmp_path: Path) -> Iterator[bytes]:
    caches_forget()
    settings.EXPORT_FILES, settings.SEAL_KEY_FILE = str(tmp_path / "packages"), str(tmp_path / "seal.key")
    exporter()  # compliance officers see the compliance reports
    exporter("mlro")
    yield seal_key_create(tmp_path / "seal.key").public
    caches_forget()


def look_at(page: Page, name: str) -> None:
    for look in looks_of(page, name):
        assert_accessible(page, f"{name}, {look}")
        assert fits(page), f"{name}, {look}: scrolls sideways"


def working(export: Export) -> threading.Thread:
    """A worker, in a thread of its own."""

    def work() -> None:
        export_run(export_id=export.pk, clock=utc_now)
        connection.close()

    thread = threading.Thread(target=work)
    thread.start()
    return thread


def test_an_export_is_asked_for_approved_watched_and_fetched(signed_in: SignedIn, key: bytes, tmp_path: Path) -> None:
    many(60_000)
    officer, other = signed_in("compliance_officer"), signed_in("mlro")
    page = officer.page
    page.goto(f"/admin/exports/export/request/?{urlencode({'report': REPORT, **question_data()})}")
    expect(page.get_by_text("Player no., Before, After, Address")).to_be_visible()
    look_at(page, "export-request")
    page.get_by_label("Purpose").select_option("regulator")
    page.get_by_label("What for").fill("Letter 12 of the authority.")
    page.get_by_role("button", name="Request").click()
    expect(page.get_by_text("Somebody else decides about it.")).to_be_visible()
    expect(page.get_by_text("A colleague has to approve it first.")).to_be_visible()
    other.page.goto("/admin/approvals/approval/waiting/")
    other.page.get_by_role("link", name="Export of a report").click()
    other.page.get_by_role("link", name="Approve").click()
    other.page.get_by_label("Reason").fill("Seen the letter.")
    other.page.get_by_role("button", name="Approve").click()
    expect(other.page.get_by_text("Executed.")).to_be_visible()
    # The page hears of it by itself.
    expect(page.get_by_text("It waits for a free worker.")).to_be_visible()
    look_at(page, "export-queued")
    export = Export.objects.get()
    worker = working(export)
    expect(page.locator(".export-progress")).to_have_attribute("data-state", "done", timeout=60_000)
    worker.join()
    export.refresh_from_db()
    expect(page.locator(".export-words")).to_have_text(f"{export.rows_done:,} rows.")
    look_at(page, "export-done")
    page.get_by_role("link", name=re.compile(r"(^|\s)Fetch$")).click()
    with page.expect_download() as waited:
        page.get_by_role("button", name="Fetch", exact=True).click()
    fetched = tmp_path / "fetched.zip"
    waited.value.save_as(fetched)
    assert waited.value.suggested_filename == f"audit-trail-{export.pk}.zip"
    whole, said = package_verify(fetched, [key])
    assert whole, said
    page.goto("/admin/exports/export/")
    expect(page.get_by_role("link", name=f"{export.pk}", exact=True)).to_be_visible()
    look_at(page, "exports")


def test_one_is_cancelled_and_a_schedule_is_proposed(signed_in: SignedIn, key: bytes) -> None:
    officer = signed_in("compliance_officer")
    export, page = requested(officer.person), officer.page
    page.goto(f"/admin/exports/export/{export.pk}/change/")
    page.get_by_role("link", name=re.compile(r"(^|\s)Cancel$")).click()
    page.get_by_label("Reason").fill("The wrong month.")
    page.get_by_role("button", name="Cancel it").click()
    expect(page.get_by_text("The export is cancelled.")).to_be_visible()
    export.refresh_from_db()
    assert (export.state, export.reason) == ("cancelled", "The wrong month.")
    page.goto(f"/admin/exports/exportschedule/make/?{urlencode({'report': REPORT})}")
    look_at(page, "export-schedule")
    page.get_by_label("Title").fill("Trail for the auditor")
    page.get_by_label("What for").fill("Read every morning.")
    page.locator("#id_first_day").fill("2026-11-01")
    page.get_by_label("Why").fill("The auditor asked.")
    page.get_by_role("button", name="Show what it would change").click()
    expect(page.get_by_text("daily, of the day before, until it is ended")).to_be_visible()
    page.get_by_role("button", name="Propose it").click()
    expect(page.get_by_text("Somebody else decides about it.")).to_be_visible()
    page.goto("/admin/exports/exportschedule/")
    look_at(page, "export-schedules")
