"""The pages of policy: rows, what holds where at a moment, the typed form of a proposal, the export."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from common.clock import utc_now
from compliance.approvals.models import Approval
from compliance.audit.models import AuditEvent
from compliance.policy.models import PolicyRow
from tests.policy.cast import policy_row_make
from tests.signin.session import signed_in_client
from tests.staff import staff_member

pytestmark = pytest.mark.django_db
IN_FORCE = "admin:policy_policyrow_in_force"


@pytest.fixture
def client() -> Client:
    return signed_in_client(staff_member("responsible_gaming"))


def _row(jurisdiction: str, key: str) -> PolicyRow:
    return PolicyRow.objects.filter(jurisdiction=jurisdiction, key=key).latest("effective_from")


def _text(client: Client, address: str, **query: str) -> str:
    answer = client.get(address, query)
    assert answer.status_code == 200
    return answer.content.decode()


def _typed(**changes: Any) -> dict[str, Any]:
    day = (utc_now() + timedelta(days=30)).date()
    return {
        "jurisdiction": "MT", "value": "21", "day": day.isoformat(), "clock": "00:00", "source": "Directive",
        "verified": "on", "reason": "The directive changes.", "ticket": "", "seen": "",
    } | changes  # fmt: skip


def test_the_list_narrows_by_jurisdiction_and_tells_what_is_unverified(client: Client) -> None:
    text = _text(client, reverse("admin:policy_policyrow_changelist"), jurisdiction="SE")
    assert "limit.mandatory" in text
    assert "not verified" in text
    assert "N.J.A.C." not in text


def test_a_page_shows_meaning_source_and_the_rows_of_the_key_by_date(client: Client) -> None:
    text = _text(client, reverse("admin:policy_policyrow_change", args=[_row("GB", "slot.max_stake").pk]))
    assert "2 GBP from 18, 5 GBP from 25" in text
    assert "5 GBP from 18" in text
    assert "2025-05-21 00:00 +0100 in Europe/London" in text


def test_what_holds_is_shown_now_at_an_instant_and_with_what_comes(client: Client) -> None:
    coming = utc_now() + timedelta(days=3)
    policy_row_make("GB", "autoplay", "allowed", coming, now=utc_now())
    now = _text(client, reverse(IN_FORCE), jurisdiction="GB")
    assert f"allowed from {coming:%Y-%m-%d %H:%M} UTC" in now
    assert "fallback" in now
    then = _text(client, reverse(IN_FORCE), jurisdiction="GB", at="2025-04-30T12:00")
    assert "5 GBP from 18" in then
    assert "2 GBP from 18, 5 GBP from 25 from 2025-05-20 23:00 UTC" in then


def test_an_unknown_jurisdiction_is_not_found_and_a_wrong_moment_is_now(client: Client) -> None:
    assert client.get(reverse(IN_FORCE), {"jurisdiction": "ZZ"}).status_code == 404
    assert client.get(reverse(IN_FORCE), {"jurisdiction": "GB", "at": "31 February"}).status_code == 200


def test_a_proposal_shows_its_preview_first_and_is_then_made_as_shown(client: Client) -> None:
    address = reverse("admin:policy_policyrow_propose", args=[_row("MT", "registration.min_age").pk])
    shown = client.post(address, _typed())
    assert shown.status_code == 200
    assert "18 years" in shown.content.decode()
    assert "Takes effect" in shown.content.decode()
    made = client.post(address, _typed(seen=shown.context["preview"].seen))
    assert made.status_code == 302
    approval = Approval.objects.get(kind="policy_row")
    assert '"value":21' in approval.payload
    assert not PolicyRow.objects.filter(approval=approval).exists()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"value": "12"}, "greater than or equal to 16"),
        ({"value": ""}, "Least age: a value is needed."),
        ({"jurisdiction": "malta"}, "Enter a valid value"),
        ({"day": "2027-02-29"}, "Enter a valid date"),
        ({"day": "2027-03-28", "clock": "02:30"}, "Clocks in Europe/Malta go forward"),
        ({"day": "2020-01-01"}, "15 minutes"),
        ({"source": ""}, "required"),
    ],
)
def test_what_can_not_be_is_a_sentence_on_the_form_and_nothing_typed_is_lost(
    client: Client, changes: dict[str, str], sentence: str
) -> None:
    address = reverse("admin:policy_policyrow_propose", args=[_row("MT", "registration.min_age").pk])
    answer = client.post(address, _typed(**changes))
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert "The directive changes." in answer.content.decode()
    assert not Approval.objects.filter(kind="policy_row").exists()


@pytest.mark.parametrize("key", [
    "break.options", "slot.max_stake", "net_deposit.trigger", "exclusion.register", "limit.periods",
    "location.required", "autoplay", "jurisdiction.zone", "slot.min_cycle_s", "kyc.lifetime",
])  # fmt: skip
def test_each_shape_has_a_form_that_shows_its_value(client: Client, key: str) -> None:
    row = PolicyRow.objects.filter(key=key).exclude(value=None).first()
    assert row is not None
    answer = client.get(reverse("admin:policy_policyrow_propose", args=[row.pk]))
    assert answer.status_code == 200


def test_a_step_up_is_asked_before_proposing() -> None:
    person = staff_member("responsible_gaming")
    client = signed_in_client(person)
    session = client.session
    records = session["account_authentication_methods"]
    late = utc_now().timestamp() - settings.STEP_UP_LIFE.total_seconds() - 5
    session["account_authentication_methods"] = [record | {"at": late} for record in records]
    session.save()
    answer = client.get(reverse("admin:policy_policyrow_propose", args=[_row("MT", "autoplay").pk]))
    assert answer.status_code == 302
    assert answer["Location"].startswith("/account/confirm/")


def test_the_export_needs_its_right_and_is_told_to_the_trail(client: Client) -> None:
    address = reverse("admin:policy_policyrow_in_force_export") + "?jurisdiction=GB&at=2025-04-30T12:00"
    answer = client.post(address)
    assert answer.status_code == 200
    lines = answer.content.decode().splitlines()
    assert len(lines) > 40
    assert any(line.startswith("slot.max_stake") and "5 GBP from 18" in line for line in lines)
    told = AuditEvent.objects.get(name="compliance:policy:exported")
    assert told.after is not None
    assert told.after["at"] == "2025-04-30T12:00:00.000000Z"
    support = signed_in_client(staff_member("support"))
    assert support.post(address).status_code == 403
    assert support.get(reverse(IN_FORCE)).status_code == 200


def test_a_rule_of_the_past_explains_a_decision_of_the_past(client: Client) -> None:
    at = datetime(2025, 1, 1, tzinfo=UTC)
    text = _text(client, reverse(IN_FORCE), jurisdiction="GB", at=f"{at:%Y-%m-%dT%H:%M}")
    assert "limit 500 GBP" in text
    assert "limit 150 GBP" in text  # what was to come
