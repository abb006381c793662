"""The demonstration shows each state of a verification, and is made once."""

from __future__ import annotations

import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command

from casino.play.services.demo import demo_seed
from common.clock import utc_now
from compliance.kyc.models import Document, KycState
from tests.factories import rate_make

pytestmark = pytest.mark.django_db


def test_each_state_is_there_once_however_often_it_is_made() -> None:
    for currency in ("SEK", "GBP", "JPY"):
        rate_make(currency, "10", on=utc_now().date())
    demo_seed(now=utc_now())
    call_command("seed_verifications")
    call_command("seed_verifications")
    states = dict(KycState.objects.values_list("player__nickname", "status"))
    assert states == {
        "Alice": "verified", "Björn": "review", "Chloé": "resubmit", "Dai": "rejected", "Emi": "pending",
    }  # fmt: skip
    assert sorted(Document.objects.values_list("state", flat=True)) == [
        "accepted", "accepted", "expired", "rejected", "waiting", "waiting",
    ]  # fmt: skip


def test_outside_a_sandbox_no_papers_are_made(settings: LazySettings) -> None:
    settings.SANDBOX = False
    with pytest.raises(CommandError, match="SANDBOX=1"):
        call_command("seed_verifications")
