"""The request log as Carol, an operator, sees it."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from casino.calls.models import ProviderCall
from common.clock import utc_now
from tests.casino.calls.conftest import ship
from tests.casino.calls.entries import ALICE, bet_entry
from tests.signin.session import sign_in
from tests.staff import staff_member

pytestmark = pytest.mark.django_db(transaction=True)
LIST = "admin:calls_providercall_changelist"
DETAIL = "admin:calls_providercall_change"


@pytest.fixture
def carol(client: Client) -> Client:
    sign_in(client, staff_member("auditor"))
    return client


def listed(carol: Client, query: str = "") -> str:
    response = carol.get(reverse(LIST) + query)
    assert response.status_code == 200
    return response.content.decode()


def test_the_list_shows_the_last_24_hours_and_a_search_shows_all(spool: Path, carol: Client) -> None:
    now = utc_now()
    ship(
        bet_entry(received_at=now - timedelta(hours=1), transaction_id="tx-today"),
        bet_entry(received_at=now - timedelta(days=3), transaction_id="tx-before", round_reference="round-0"),
    )
    page = listed(carol)
    assert "tx-today" in page
    assert "tx-before" not in page
    for term in ("tx-before", "round-0", ALICE):
        assert "tx-before" in listed(carol, f"?q={term}")
    assert "tx-before" not in listed(carol, "?q=tx-bef")
    assert "tx-today" not in listed(carol, "?answer=final")


def test_the_list_never_counts_nor_reads_bodies(spool: Path, carol: Client) -> None:
    ship(bet_entry(received_at=utc_now()))
    with CaptureQueriesContext(
        connection,
    ) as queries:
        listed(carol)
    asked = [query["sql"] for query in queries if "calls_providercall" in query["sql"]]
    assert asked
    assert not any("COUNT(" in text or '"calls_providercall"."body"' in text for text in asked)


def test_the_page_of_a_call_shows_request_and_answer_escaped(spool: Path, carol: Client) -> None:
    ship(
        bet_entry(
            body=b'{"transaction_id":"<script>alert(1)</script>"}', answer=b'{"status":"ok","n":1.10}',
            transaction_id="<script>alert(1)</script>",
        )
    )  # fmt: skip
    call = ProviderCall.objects.get()
    response = carol.get(reverse(DETAIL, args=[call.pk]))
    page = response.content.decode()
    assert response.status_code == 200
    assert "<script>alert(1)" not in page
    assert "&quot;transaction_id&quot;: &quot;&lt;script&gt;alert(1)&lt;/script&gt;&quot;" in page
    assert "&quot;n&quot;: 1.10" in page
    assert "2026-11-20 12:00:00.000 UTC" in page
    assert "0.50 ms" in page


def test_nobody_adds_changes_or_deletes_a_call_here(spool: Path, carol: Client) -> None:
    ship(bet_entry())
    call = ProviderCall.objects.get()
    assert carol.get(reverse("admin:calls_providercall_add")).status_code == 403
    assert carol.post(reverse(DETAIL, args=[call.pk]), {"outcome": "ok"}).status_code == 403
    assert carol.post(reverse("admin:calls_providercall_delete", args=[call.pk]), {"post": "yes"}).status_code == 403
    assert ProviderCall.objects.count() == 1
