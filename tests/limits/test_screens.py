"""Limits in the back office: what staff see, set, propose and decide, and that nothing is loosened early by anybody."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from common.clock import utc_now
from compliance.approvals.enums import ApprovalState
from compliance.approvals.models import Approval
from compliance.approvals.services.decisions import approval_approve
from compliance.audit.models import AuditEvent
from compliance.limits.approval_kinds import LOOSEN, loosening_payload
from compliance.limits.errors import LimitNotFound, OperatorLimitLooser, OperatorLimitNotLooser
from compliance.limits.models import CareCase, Limit, LimitChange
from compliance.limits.services.operator_limits import operator_limit_loosen, operator_limit_set
from players.models import Player
from tests.limits.scene import alice_of, deposits, in_force, sets
from tests.signin.session import signed_in_client
from tests.staff import staff_member

pytestmark = pytest.mark.django_db
LIST = "admin:limits_limit_changelist"
SET = "admin:limits_limit_set_limit"
LOOSEN_PAGE = "admin:limits_limit_loosen"


def page(client: Client, name: str, *args: object, query: str = "") -> str:
    response = client.get(reverse(name, args=args) + query)
    assert response.status_code == 200, response.status_code
    return unescape(response.content.decode())


def send(client: Client, name: str, *args: object, **fields: object) -> Any:
    return client.post(reverse(name, args=args), {key: str(value) for key, value in fields.items()})


@pytest.fixture
def carol() -> Client:
    return signed_in_client(staff_member("responsible_gaming"))


def operator_limit(player: Player, amount: str = "100") -> Limit:
    return operator_limit_set(
        player_id=player.pk, kind="deposit", period="day", amount=Decimal(amount), reason="high losses",
        actor="staff:7", now=utc_now() - timedelta(minutes=1),
    )  # fmt: skip


def test_a_limit_of_the_house_is_set_and_tightened_at_once_with_its_reason(carol: Client) -> None:
    alice = alice_of("GB")
    words = {"player": alice.public_id, "kind": "deposit", "period": "day", "reason": "high losses"}
    assert send(carol, SET, amount="100", **words).status_code == 302
    assert send(carol, SET, amount="40", **words).status_code == 302
    now = Limit.objects.get(ended_at=None)
    assert (now.owner, now.amount, now.reason) == ("operator", Decimal(40), "high losses")
    looser = send(carol, SET, amount="41", **words)
    assert looser.status_code == 422
    assert "A looser limit takes two people" in unescape(looser.content.decode())
    event = AuditEvent.objects.filter(name="compliance:operator_limit:set").latest("pk")
    assert (event.reason, event.actor) == ("high losses", now.set_by)
    assert in_force(alice) is None, "the player's own is another"


@pytest.mark.parametrize(
    "wrong",
    [
        {"player": "pl_nobody"}, {"amount": "-1"}, {"amount": "lots"}, {"kind": "gifts"}, {"period": ""},
        {"amount": "1.001"}, {"reason": ""}, {"kind": "stake"}, {"amount": "NaN"}, {"amount": "1e5000"},
    ],
)  # fmt: skip
def test_what_can_not_be_is_a_sentence_on_the_form(carol: Client, wrong: dict[str, str]) -> None:
    alice = alice_of("GB")
    words = {"player": alice.public_id, "kind": "deposit", "period": "day", "reason": "x", "amount": "5"}
    assert send(carol, SET, **(words | wrong)).status_code == 422
    assert not Limit.objects.exists()


def test_the_page_of_a_limit_tells_usage_requests_and_what_was_before(carol: Client) -> None:
    alice = alice_of("GB")
    now = utc_now() - timedelta(minutes=5)
    sets(alice, "200", now)
    sets(alice, "80", now)
    sets(alice, "500", now)
    deposits(alice, "20", "d1", now)
    shown = page(carol, "admin:limits_limit_change", Limit.objects.get(ended_at=None).pk)
    for words in ("25.0 %", "500 GBP a day", "Waiting", "200.00 GBP", "80.00 GBP"):
        assert words in shown, words
    assert "loosen" not in shown.partition("<main")[2].lower().replace("looser", "").replace("loosened", "")


def test_nobody_has_a_button_for_what_a_player_chose(carol: Client) -> None:
    alice = alice_of("GB")
    sets(alice, "100", utc_now() - timedelta(minutes=5))
    change = sets(alice, "500", utc_now() - timedelta(minutes=5)).change
    own = Limit.objects.get()
    assert carol.get(reverse(LOOSEN_PAGE, args=[own.pk])).status_code == 403
    with pytest.raises(LimitNotFound):
        loosening_payload(limit=own, amount=None)
    with pytest.raises(LimitNotFound):
        operator_limit_loosen(limit_id=own.pk, amount=None, reason="x", approval="x", actor="staff:7", now=utc_now())
    screen = admin.site._registry[LimitChange]
    assert not screen.actions_detail  # type: ignore[attr-defined]
    assert change is not None
    assert "Waiting" in page(carol, "admin:limits_limitchange_change", change.pk)


def test_a_limit_of_the_house_is_loosened_by_two_people_alone(carol: Client) -> None:
    limit = operator_limit(alice_of("GB"))
    first = send(carol, LOOSEN_PAGE, limit.pk, amount="300", reason="payslips seen")
    assert first.status_code == 200
    text = unescape(first.content.decode())
    assert "100 GBP a day" in text
    seen = text.partition('name="seen" value="')[2].partition('"')[0]
    assert send(carol, LOOSEN_PAGE, limit.pk, amount="300", reason="payslips seen", seen=seen).status_code == 302
    approval = Approval.objects.get(kind=LOOSEN)
    limit.refresh_from_db()
    assert limit.ended_at is None, "one person loosens nothing"
    checker = staff_member("compliance_officer")
    done = approval_approve(approval_id=approval.pk, actor=f"staff:{checker.pk}", reason="read them", now=utc_now())
    assert done.state == ApprovalState.EXECUTED
    now = Limit.objects.get(ended_at=None)
    assert (now.amount, now.replaces) == (Decimal(300), limit)
    event = AuditEvent.objects.get(name="compliance:operator_limit:loosened")
    assert event.approval == f"approval:{approval.pk}"


def test_a_limit_of_the_house_ends_by_two_people_too_and_not_once_it_changed(carol: Client) -> None:
    limit = operator_limit(alice_of("GB"))
    first = send(carol, LOOSEN_PAGE, limit.pk, ends="on", reason="over")
    seen = unescape(first.content.decode()).partition('name="seen" value="')[2].partition('"')[0]
    send(carol, LOOSEN_PAGE, limit.pk, ends="on", reason="over", seen=seen)
    approval = Approval.objects.get(kind=LOOSEN)
    operator_limit(limit.player, "50")
    checker = f"staff:{staff_member('compliance_officer').pk}"
    done = approval_approve(approval_id=approval.pk, actor=checker, reason="fine", now=utc_now())
    assert done.state == ApprovalState.REFUSED_STATE_CHANGED
    assert Limit.objects.get(ended_at=None).amount == 50


@pytest.mark.parametrize("fields", [{"amount": "100"}, {"amount": "99"}, {}, {"amount": "200", "ends": "on"}])
def test_a_proposal_that_loosens_nothing_is_refused(carol: Client, fields: dict[str, str]) -> None:
    limit = operator_limit(alice_of("GB"))
    assert send(carol, LOOSEN_PAGE, limit.pk, reason="x", **fields).status_code == 422
    assert not Approval.objects.exists()


def test_the_services_hold_the_same_rules() -> None:
    alice = alice_of("GB")
    limit = operator_limit(alice)
    with pytest.raises(OperatorLimitLooser):
        operator_limit(alice, "101")
    with pytest.raises(OperatorLimitNotLooser):
        operator_limit_loosen(
            limit_id=limit.pk, amount=Decimal(100), reason="x", approval="approval:1", actor="staff:7", now=utc_now()
        )


def test_the_queue_of_checks_has_open_ones_first_and_tells_late_ones(carol: Client) -> None:
    alice = alice_of("GB")
    deposits(alice, "200", "d1", utc_now() - timedelta(days=4))
    bodil = alice_of("SE", nickname="Bodil")
    sets(bodil, "20000", utc_now() - timedelta(hours=1), period="month")
    shown = page(carol, "admin:limits_carecase_changelist")
    assert shown.index("Vulnerability check") < shown.index("Contact about a high limit")
    assert "4 d, late" in shown
    case = CareCase.objects.get(kind="vulnerability")
    assert "No judgment" not in page(carol, "admin:limits_carecase_decide", case.pk)
    refused = send(carol, "admin:limits_carecase_decide", case.pk, outcome="cleared", rationale=" ")
    assert refused.status_code == 422
    done = send(carol, "admin:limits_carecase_decide", case.pk, outcome="cleared", rationale="No judgment found.")
    assert done.status_code == 302
    case.refresh_from_db()
    assert (case.state, case.rationale) == ("cleared", "No judgment found.")
    again = send(carol, "admin:limits_carecase_decide", case.pk, outcome="concern", rationale="second thoughts")
    assert "decided already" in unescape(again.content.decode())


def test_every_list_and_filter_opens(carol: Client) -> None:
    alice = alice_of("GB")
    sets(alice, "100", utc_now() - timedelta(minutes=5))
    for model in ("limit", "limitchange", "carecase", "depositreservation", "countedwithdrawal", "counter",
                  "limitreview"):  # fmt: skip
        page(carol, f"admin:limits_{model}_changelist")
        page(carol, f"admin:limits_{model}_changelist", query=f"?q={alice.public_id}")
    assert alice.public_id in page(carol, LIST, query="?state=in_force&owner__exact=player&kind__exact=deposit")
    assert alice.public_id not in page(carol, LIST, query="?state=over")
