"""The catalogue and a report's page: who opens what, what stands on it, what leaves a trace."""

from __future__ import annotations

import re

import pytest

from compliance.audit.models import AuditEvent
from reporting.overview.models import SavedFilter
from tests.admin.office import office_of
from tests.catalogue.test_money_reports import scene
from tests.overview.scene import Scene

__all__ = ["scene"]
pytestmark = pytest.mark.django_db(transaction=True)
FRIDAY = "interval=range&first=2026-03-13&last=2026-03-13"


def text_of(answer: object) -> str:
    """What is written on a page, in single spaces."""
    content = answer.content.decode()  # type: ignore[attr-defined]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", content))


def test_the_catalogue_shows_what_a_role_opens_and_finds_by_id() -> None:
    finance = office_of("finance")
    words = text_of(finance.get("/admin/reports/"))
    assert "Player account summary" in words
    assert "Audit trail" not in words
    found = text_of(finance.get("/admin/reports/?q=g-83"))
    assert "Revenue variance" in found
    assert "Player account summary" not in found
    assert "Your roles open no reports" in text_of(office_of("affiliates").get("/admin/reports/"))
    assert office_of("affiliates").get("/admin/reports/deposits/").status_code == 403
    assert finance.get("/admin/reports/nothing/").status_code == 404


def test_a_report_stands_with_header_rows_totals_and_reconciliation(scene: Scene) -> None:
    words = text_of(office_of("finance").get(f"/admin/reports/daily-summary/?{FRIDAY}&compare=previous"))
    for told in (
        "Report definition", "daily-summary, version 1", "Period", "2026-03-13", "business days in UTC", "Generated at",
        "KPI-04", "Page 1 of 1", "2 rows", "Total EUR", "197.00 EUR", "Reconciliation with the ledger", "agrees",
        "Compared with: Previous period, 2026-03-12 – 2026-03-12",
    ):  # fmt: skip
        assert told in words, told
    assert "differs" not in words


def test_a_report_without_rows_says_so() -> None:
    words = text_of(office_of("finance").get("/admin/reports/daily-summary/"))
    assert "No activity" in words


def test_another_brand_is_neither_a_row_nor_a_choice(scene: Scene) -> None:
    client = office_of("finance", brands=[scene.alice.brand_id])
    page = client.get(f"/admin/reports/player-account-summary/?{FRIDAY}").content.decode()
    assert "1,110.50 EUR" in page
    assert "77.00 EUR" not in page
    assert "York" not in page
    answer = client.get(f"/admin/reports/player-account-summary/?{FRIDAY}&brand=york")
    assert answer.status_code == 400
    assert "There is no such brand within your reach." in text_of(answer)


def test_personal_columns_need_their_right_and_leave_a_trace(scene: Scene) -> None:
    address = f"/admin/reports/player-account-summary/?{FRIDAY}"
    seen = office_of("compliance_officer").get(address).content.decode()
    assert scene.alice.public_id in seen
    trace = AuditEvent.objects.get(name="catalogue:report:opened")
    assert trace.subject == "catalogue.report:player-account-summary"
    assert trace.after is not None
    assert trace.after["question"]["first"] == "2026-03-13"
    # Figures without anybody in them leave none.
    office_of("compliance_officer").get(f"/admin/reports/daily-summary/?{FRIDAY}")
    assert AuditEvent.objects.filter(name="catalogue:report:opened").count() == 1


@pytest.mark.parametrize("query", ["first=x", "interval=week", "after=zzz", "brand=none", "nonsense=1", "page=%C2%B2"])
def test_what_can_not_be_asked_is_told_on_the_form(query: str) -> None:
    answer = office_of("finance").get(f"/admin/reports/daily-summary/?{query}")
    assert answer.status_code == (200 if query.startswith("page") else 400)


def test_a_view_is_saved_found_and_forgotten(scene: Scene) -> None:
    client = office_of("finance")
    told = client.post("/admin/reports/daily-summary/views/save/", {"name": "That Friday", "query": FRIDAY})
    assert told["Location"].startswith("/admin/reports/daily-summary/?")
    assert "That Friday" in text_of(client.get("/admin/reports/"))
    kept = SavedFilter.objects.get()
    assert office_of("finance").post(f"/admin/reports/daily-summary/views/{kept.pk}/delete/").status_code == 404
    assert client.post(f"/admin/reports/daily-summary/views/{kept.pk}/delete/").status_code == 302
    assert not SavedFilter.objects.exists()
