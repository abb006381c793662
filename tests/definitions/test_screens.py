"""The screens: lists of dated rows, and a proposal with what it would have made of last month."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from common.clock import utc_now
from compliance.approvals.models import Approval
from reporting.definitions.models import DefinitionRow, DutyRow
from tests.signin.session import signed_in_client
from tests.staff import staff_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    return signed_in_client(staff_member("finance"))


def test_lists_and_pages_tell_formulas_rates_and_what_was_not_checked(client: Client) -> None:
    text = client.get(reverse("admin:definitions_definitionrow_changelist")).content.decode()
    assert "ngr_finance" in text
    duties = client.get(reverse("admin:definitions_dutyrow_changelist")).content.decode()
    assert "37.8 %" in duties
    assert "not verified" in duties
    row = DutyRow.objects.get(jurisdiction="GB", tax="duty", version=2)
    assert "1 April 2026" in client.get(reverse("admin:definitions_dutyrow_change", args=[row.pk])).content.decode()
    assert client.get(reverse("admin:definitions_feerow_changelist")).status_code == 200


def test_a_version_is_proposed_after_its_preview_and_a_wrong_formula_says_why(client: Client) -> None:
    row = DefinitionRow.objects.get(code="KPI-11")
    address = reverse("admin:definitions_definitionrow_propose", args=[row.pk])
    assert "DEP - WD" in client.get(address).content.decode()
    typed = {
        "code": "KPI-11", "title": "Net deposits", "formula": "DEP - NOTHING", "about": "", "source": "The board",
        "valid_from": (utc_now().date() + timedelta(days=9)).isoformat(), "verified": "on", "reason": "Agreed.",
        "ticket": "", "seen": "",
    }  # fmt: skip
    assert "There is no measure NOTHING" in client.post(address, typed).content.decode()
    typed["formula"] = "DEP - WD - CB"
    shown = client.post(address, typed)
    assert "Net deposits, " in shown.content.decode()
    assert Approval.objects.count() == 0
    client.post(address, typed | {"seen": shown.context["preview"].seen})
    assert '"formula":"DEP - WD - CB"' in Approval.objects.get().payload
