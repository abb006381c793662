"""Providers' health from the call log, and how old the proof of the books is."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.test import Client

from casino.calls.models import ProviderCall
from casino.calls.selectors.health import providers_health
from common.clock import utc_now
from common.ids import uuid7
from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record
from reporting.overview.selectors.verification import last_verified
from tests.overview.conftest import Office

pytestmark = pytest.mark.django_db(transaction=True)


def call_make(provider: str, at: datetime, *, status: int = 200, error_class: str = "", milliseconds: int = 5) -> None:
    ProviderCall.objects.create(
        id=uuid7(), received_at=at, status=status, body_length=2, edge_us=1, database_us=1,
        total_us=milliseconds * 1000, replayed=False, call="bet", method="POST", path="/api/wallet/v1/bet", headers={},
        remote_address="127.0.0.1", request_id="r", provider_code=provider, key_id="k1", signature="valid",
        outcome="ok" if not error_class else "x", error_class=error_class, player="", provider_transaction_id="",
        original_transaction_id="", round_reference="", game_code="", body_form="whole", body=b"{}", answer=b"{}",
    )  # fmt: skip


def test_health_tells_failures_refusals_and_latency_of_each_provider() -> None:
    now = utc_now()
    for number in range(18):
        call_make("alpha", now - timedelta(seconds=number), milliseconds=number + 1)
    call_make("alpha", now, status=503, error_class="retry", milliseconds=100)
    call_make("alpha", now, status=402, error_class="final", milliseconds=200)
    call_make("beta", now - timedelta(minutes=1))
    call_make("beta", now - timedelta(minutes=16), status=500, error_class="retry")
    alpha, beta = providers_health(now=now)
    assert (alpha.provider, alpha.calls, alpha.failed_share, alpha.refused_share) == ("alpha", 20, 5.0, 5.0)
    assert (alpha.p50, alpha.p95) == (10.0, 100.0)
    assert (beta.calls, beta.failed) == (1, 0), "what is older than 15 minutes counts no more"


def test_the_card_tells_the_worst_provider_and_the_table_all(office: Client) -> None:
    now = utc_now()
    call_make("alpha", now - timedelta(seconds=5))
    call_make("beta", now - timedelta(seconds=5), status=503, error_class="retry", milliseconds=400)
    text = office.get("/admin/").content.decode()
    assert "Failed provider calls" in text
    assert "100.00 %" in text
    assert "beta, 1 calls in 15 min" in text
    assert "p95 400 ms" in text
    assert "alpha" in text


def test_the_last_verification_and_whether_the_books_held_is_told(office_of: Office) -> None:
    desk, now = office_of("auditor"), utc_now()
    assert last_verified() is None
    assert "Never verified" in desk.get("/admin/").content.decode()
    audit_record(name=EventName.LEDGER_VERIFIED, actor="system:verify", now=now, subject="wallet.ledger:all")
    found = last_verified()
    assert found is not None
    assert found.sound
    assert "Verified 0 s ago" in desk.get("/admin/").content.decode().replace("Verified 1 s", "Verified 0 s")
    audit_record(name=EventName.LEDGER_BROKEN, actor="system:verify", now=now, subject="wallet.ledger:all")
    assert "BROKEN when verified" in desk.get("/admin/").content.decode()


def test_significant_events_of_today_are_counted_in_the_side_bar(office_of: Office) -> None:
    audit_record(name=EventName.LEDGER_BROKEN, actor="system:verify", now=utc_now(), subject="wallet.ledger:all")
    text = office_of("auditor").get("/admin/overview/keys/").content.decode()
    item = text[text.index("Audit trail") :].split("</a>")[0]
    assert "significant today" in item
