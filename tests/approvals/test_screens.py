"""The back office of approvals as maker, checker, third person and nobody."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from compliance.approvals.models import Approval, ApprovalRule
from compliance.approvals.selectors.queue import approvals_waiting_count
from compliance.staff.models import StaffUser
from tests.approvals.conftest import FourEyes
from tests.signin.session import signed_in_client
from tests.staff import also_has_role, somebody_without_a_role, staff_member
from wallet.models import Transaction

FORM = {
    "amount": "25.50",
    "currency": "EUR",
    "reason_code": "correction",
    "reason": "win lost in a crash",
    "ticket": "T-7",
}


def office(person: StaffUser) -> Client:
    return signed_in_client(person)


def adjust(four: FourEyes, direction: str = "credit") -> str:
    return f"/admin/approvals/approval/propose/{direction}/{four.alice.pk}/"


def page(approval: Approval, step: str = "change") -> str:
    return f"/admin/approvals/approval/{approval.pk}/{step}/"


def seen_of(answer: Any) -> str:
    found = re.search(r'name="seen" value="([0-9a-f]{64})"', answer.content.decode())
    assert found is not None
    return found.group(1)


def test_a_proposal_is_shown_before_it_is_made_and_made_as_shown(four: FourEyes) -> None:
    client = office(four.carol)
    assert "Show what it would change" in client.get(adjust(four)).content.decode()
    shown = client.post(adjust(four), FORM)
    text = shown.content.decode()
    assert shown.status_code == 200
    assert "125.50 EUR" in text
    assert "a second person" in text
    assert not Approval.objects.exists()
    made = client.post(adjust(four), FORM | {"seen": seen_of(shown)})
    approval = Approval.objects.get()
    assert made.headers["Location"] == page(approval)
    assert (approval.reason, approval.ticket, approval.maker_id) == ("win lost in a crash", "T-7", four.carol.pk)
    assert four.real() == Decimal(100)


def test_a_preview_that_is_old_by_now_is_shown_anew_and_not_proposed(four: FourEyes) -> None:
    client = office(four.carol)
    seen = seen_of(client.post(adjust(four), FORM))
    four.deposit("7")
    again = client.post(adjust(four), FORM | {"seen": seen})
    assert "What you were shown has changed" in again.content.decode()
    assert "132.50 EUR" in again.content.decode()
    assert not Approval.objects.exists()
    other = client.post(adjust(four), FORM | {"seen": seen_of(again), "amount": "99"})
    assert not Approval.objects.exists(), "another amount than the one shown is shown first"
    assert client.post(adjust(four), FORM | {"seen": seen_of(other), "amount": "99"}).status_code == 302


@pytest.mark.parametrize("amount", ["NaN", "1e9", "-0", "٢٥", "9" * 400, "0", "1,5", "<script>alert(1)</script>"])
def test_bad_amounts_are_explained_in_the_form_and_nothing_typed_is_lost(four: FourEyes, amount: str) -> None:
    answer = office(four.carol).post(adjust(four), FORM | {"amount": amount})
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "amount" in text
    assert "win lost in a crash" in text
    assert "<script>alert(1)" not in text
    assert not Approval.objects.exists()


def test_the_form_offers_the_reasons_that_the_maker_may_give(four: FourEyes) -> None:
    payments = office(four.carol).get(adjust(four)).content.decode()
    support = office(staff_member("support")).get(adjust(four)).content.decode()
    assert "Correction of an error" in payments
    assert "Goodwill" not in payments
    assert "Goodwill" in support
    assert "Correction" not in support
    forged = office(staff_member("support")).post(adjust(four), FORM)
    assert forged.status_code == 422


def test_proposal_pages_are_for_those_who_may_propose_and_within_their_reach(four: FourEyes) -> None:
    for person in (somebody_without_a_role(), four.dora, staff_member("auditor"), staff_member("games")):
        assert office(person).get(adjust(four)).status_code == 403
        assert office(person).post(adjust(four), FORM).status_code == 403
    far = staff_member("payments", brands=[four.elsewhere])
    assert office(far).get(adjust(four)).status_code == 404
    assert office(four.carol).get("/admin/approvals/approval/propose/credit/999999/").status_code == 404
    assert office(four.carol).get(f"/admin/approvals/approval/propose/theft/{four.alice.pk}/").status_code == 404
    assert office(staff_member("support")).get(adjust(four, "debit")).status_code == 403


def test_the_players_page_leads_to_the_proposal(four: FourEyes) -> None:
    answer = office(four.carol).get(f"/admin/players/player/{four.alice.pk}/credit/")
    assert answer.headers["Location"] == adjust(four)
    assert office(four.dora).get(f"/admin/players/player/{four.alice.pk}/credit/").status_code == 403


def test_the_checker_reads_everything_and_approves_with_a_reason(four: FourEyes) -> None:
    approval = four.propose("25.50")
    client = office(four.dora)
    text = client.get(page(approval)).content.decode()
    for words in ("Correction of an error", "125.50 EUR", approval.payload_sha256, "the provider paid too little",
                  "carol", "payments", "T-1", "Approve", "Reject"):  # fmt: skip
        assert words in text, words
    assert not re.search(r"\bWithdraw\b", text)
    assert client.post(page(approval, "approve"), {"reason": ""}).status_code == 422
    assert four.real() == Decimal(100)
    done = client.post(page(approval, "approve"), {"reason": "seen with the provider"}, follow=True)
    assert "Executed" in done.content.decode()
    assert four.real() == Decimal("125.50")
    transaction = Transaction.objects.get(kind="adjustment")
    assert str(transaction.pk) in done.content.decode()


def test_the_maker_sees_only_withdraw_and_may_not_post_the_rest(four: FourEyes) -> None:
    approval = four.propose()
    client = office(four.carol)
    text = client.get(page(approval)).content.decode()
    assert f"{page(approval, 'withdraw')}" in text
    assert f"{page(approval, 'approve')}" not in text
    for step in ("approve", "reject"):
        assert client.post(page(approval, step), {"reason": "mine"}).status_code == 403
    also_has_role(four.carol, "finance")
    for step in ("approve", "reject"):
        answer = office(four.carol).post(page(approval, step), {"reason": "mine"})
        assert answer.status_code == 422
        assert "a different person must decide" in answer.content.decode()
    assert client.post(page(approval, "withdraw"), {"reason": "typo"}).status_code == 302
    assert Approval.objects.get().state == "withdrawn"


def test_the_third_person_gets_the_buttons_after_the_second(four: FourEyes) -> None:
    approval = four.propose("1500")
    first = office(four.dora).post(page(approval, "approve"), {"reason": "ok"}, follow=True).content.decode()
    assert "Approved once" in first
    assert page(approval, "approve") not in first, "the second person is not the third"
    client = office(four.erik)
    assert "It is carried out at once" in client.get(page(approval, "approve")).content.decode()
    assert client.post(page(approval, "approve"), {"reason": "ok"}).status_code == 302
    assert four.real() == Decimal(1600)


def test_a_changed_state_is_warned_of_and_told_when_it_refuses(four: FourEyes) -> None:
    approval = four.propose()
    four.deposit("7")
    client = office(four.dora)
    text = client.get(page(approval)).content.decode()
    assert "The state changed since this was proposed" in text
    assert "Changed" in text
    answer = client.post(page(approval, "approve"), {"reason": "ok"}, follow=True).content.decode()
    assert "Real money: 100.00 EUR, now 107.00 EUR" in answer
    assert "Refused" in answer
    assert page(approval, "approve") not in answer
    assert four.real() == Decimal(107)


@pytest.mark.parametrize("step", ["approve", "reject", "withdraw"])
def test_nobody_else_decides_by_address(four: FourEyes, step: str) -> None:
    approval = four.propose()
    assert office(somebody_without_a_role()).post(page(approval, step), {"reason": "x"}).status_code in {403, 404}
    assert office(staff_member("games")).post(page(approval, step), {"reason": "x"}).status_code == 404
    auditor = office(staff_member("auditor"))
    assert auditor.get(page(approval)).status_code == 200
    assert auditor.post(page(approval, step), {"reason": "x"}).status_code == 403
    far = office(staff_member("finance", brands=[four.elsewhere]))
    assert far.get(page(approval)).status_code == 404
    assert far.post(page(approval, step), {"reason": "x"}).status_code == 404
    assert Approval.objects.get().state == "proposed"


def test_an_approval_is_never_edited_added_or_deleted_by_address(four: FourEyes) -> None:
    approval = four.propose()
    client = office(four.erik)
    assert client.get("/admin/approvals/approval/add/").status_code == 403
    assert client.post(page(approval, "delete"), {"post": "yes"}).status_code == 403
    assert client.post(page(approval), {"state": "executed", "payload": "{}"}).status_code == 403
    assert Approval.objects.get().state == "proposed"


def waiting(person: StaffUser) -> str:
    answer = office(person).get("/admin/approvals/approval/waiting/")
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_the_queue_holds_what_i_may_decide_and_nothing_of_mine(four: FourEyes) -> None:
    approval = four.propose()
    assert page(approval) in waiting(four.dora)
    assert page(approval) in waiting(four.erik)
    assert "Nothing waits for you" in waiting(four.carol)
    assert "Nothing waits for you" in waiting(staff_member("auditor"))
    assert "Nothing waits for you" in waiting(staff_member("finance", brands=[four.elsewhere]))
    assert office(somebody_without_a_role()).get("/admin/approvals/approval/waiting/").status_code == 403
    counts = [approvals_waiting_count(person, now=four.now) for person in (four.carol, four.dora, four.erik)]
    assert counts == [0, 1, 1]
    four.approve(approval)
    assert approvals_waiting_count(four.dora, now=four.now) == 0
    high = four.propose("1500")
    four.approve(high)
    assert approvals_waiting_count(four.dora, now=four.now) == 0, "decided once already"
    assert "Third person" in waiting(four.erik)


def test_the_queue_is_bounded_oldest_first_and_its_age_has_a_colour(four: FourEyes) -> None:
    first = four.propose("1")
    copies = []
    for number in range(1, 60):
        first.pk = None
        first.created_at = four.now - timedelta(minutes=20 * number)
        first.expires_at = first.created_at + timedelta(hours=24)
        copies.append(Approval(**{f.attname: getattr(first, f.attname) for f in Approval._meta.concrete_fields}))
    Approval.objects.bulk_create(copies)
    text = waiting(four.dora)
    assert text.count("Credit to a player (no.") == 50
    assert "?p=2" in text
    ages = re.findall(r"(\d+) h (\d+) min", text)
    assert ages == sorted(ages, key=lambda age: -(int(age[0]) * 60 + int(age[1]))) or ages[0] == ("19", "40")
    for colour in ("bg-red-", "bg-orange-"):
        assert colour in text
    assert approvals_waiting_count(four.dora, now=four.now) == 60
    second = office(four.dora).get("/admin/approvals/approval/waiting/?p=2").content.decode()
    assert second.count("Credit to a player (no.") == 10
    for bad in ("0", "-1", "x", "٣", "99999999"):
        assert office(four.dora).get(f"/admin/approvals/approval/waiting/?p={bad}").status_code == 200


def test_what_waits_too_long_is_gone_from_the_queue(four: FourEyes) -> None:
    approval = four.propose()
    assert approvals_waiting_count(four.dora, now=approval.expires_at - timedelta(seconds=1)) == 1
    assert approvals_waiting_count(four.dora, now=approval.expires_at) == 0


def test_a_script_in_any_text_is_shown_as_text(four: FourEyes) -> None:
    client = office(four.carol)
    bad = FORM | {"reason": "<script>alert('reason')</script>", "ticket": "<img src=x onerror=alert(1)>"}
    seen = seen_of(client.post(adjust(four), bad))
    client.post(adjust(four), bad | {"seen": seen})
    approval = Approval.objects.get()
    office(four.dora).post(page(approval, "reject"), {"reason": "<script>alert('no')</script>"})
    reader = office(four.erik)
    for address in (page(approval), "/admin/approvals/approval/"):
        text = reader.get(address).content.decode()
        assert "<script>alert(" not in text
        assert "<img src=x" not in text


def test_the_list_is_narrowed_by_kind_state_and_exact_words(four: FourEyes) -> None:
    approval = four.propose()
    client = office(four.dora)
    for query in ("", "?state__exact=proposed", "?kind=adjustment_credit", f"?q={approval.pk}", "?q=T-1",
                  f"?q={four.alice.public_id}"):  # fmt: skip
        assert page(approval) in client.get(f"/admin/approvals/approval/{query}").content.decode(), query
    for query in ("?state__exact=executed", "?kind=reversal", "?q=T-", "?kind=nothing", "?kind=%00"):
        assert page(approval) not in client.get(f"/admin/approvals/approval/{query}").content.decode(), query
    assert client.get("/admin/approvals/approval/?reason__contains=provider").status_code == 400


def test_a_transaction_is_reversed_from_its_page(four: FourEyes) -> None:
    deposit = Transaction.objects.get(kind="deposit")
    address = f"/admin/wallet/transaction/{deposit.pk}/reverse/"
    client = office(four.carol)
    assert address in client.get(f"/admin/wallet/transaction/{deposit.pk}/change/").content.decode()
    shown = client.post(address, {"reason": "booked twice"})
    assert "moves 100.00 EUR" in shown.content.decode()
    client.post(address, {"reason": "booked twice", "seen": seen_of(shown)})
    approval = Approval.objects.get()
    assert office(four.dora).post(page(approval, "approve"), {"reason": "right"}).status_code == 302
    assert four.real() == Decimal(0)
    assert address not in client.get(f"/admin/wallet/transaction/{deposit.pk}/change/").content.decode()
    assert office(four.dora).post(address, {"reason": "x"}).status_code == 403


def test_the_rules_change_by_approval_and_hold_from_then_on(four: FourEyes) -> None:
    admin = staff_member("administrator")
    client = office(admin)
    form = {"kind": "adjustment_credit", "third_person_from": "20", "life_hours": "2", "reason": "after the audit"}
    address = reverse("admin:approvals_approvalrule_propose_rule")
    shown = client.post(address, form)
    assert "from 1,000.00 EUR" in shown.content.decode()
    client.post(address, form | {"seen": seen_of(shown)})
    approval = Approval.objects.get()
    assert four.propose("25").approvals_needed == 1
    assert office(four.erik).post(page(approval, "approve"), {"reason": "agreed"}).status_code == 302
    rule = ApprovalRule.objects.get()
    assert (rule.third_person_from, rule.life_hours, rule.approval_id) == (Decimal(20), 2, approval.pk)
    later = four.now + timedelta(minutes=9)
    strict = four.propose("25", now=later)
    assert (strict.approvals_needed, strict.expires_at) == (2, later + timedelta(hours=2))
    for bad in ({"third_person_from": "NaN"}, {"life_hours": "0"}, {"life_hours": "169"}, {"kind": "x"}):
        assert client.post(address, form | bad).status_code == 422
    assert office(four.dora).get(address).status_code == 403
