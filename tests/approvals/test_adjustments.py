"""Manual adjustments: exact money, by reason, within the role's maximum, and booked as approved."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

import pytest

from compliance.approvals.enums import ApprovalState
from compliance.approvals.errors import AboveRoleMaximum, NotAllowed, ProposalNotUnderstood, ReasonCodeUnknown
from compliance.approvals.fingerprint import payload_read
from compliance.approvals.kinds.adjustment import adjustment_payload
from compliance.approvals.models import Approval
from compliance.approvals.services.proposals import approval_propose
from compliance.audit.models import AuditEvent
from compliance.enums import RestrictionKind
from compliance.services.restrictions import restriction_place
from compliance.staff.models import Role
from players.services.players import player_block
from tests.approvals.conftest import FourEyes, actor
from tests.factories import player_make, rate_make
from tests.staff import also_has_role, staff_member
from tests.wallet.verification.quiet import everything_verified
from wallet.models import Entry, Transaction
from wallet.selectors.accounts import house_account_ids, house_balances

BAD_AMOUNTS = [
    "NaN", "Infinity", "-inf", "1e9", "1E2", "-0", "-5", "+5", "0", "0.00", "", " ", "٢٥", "１２", "1,000", "1.000,00",
    "0x10", "1_000", "05", ".5", "5.", "25.50 EUR", "9" * 400, "0." + "1" * 400, "1.123456789", "½", "1\x00", "∞",
    "999999999999999999", "'; DROP TABLE wallet_entry; --",
]  # fmt: skip


def house_of(reason: str, currency: str = "EUR") -> Decimal:
    from wallet.enums import AccountKind

    ids = house_account_ids(kind=AccountKind.ADJUSTMENT, scopes=[reason])
    return house_balances([ids[reason, currency]])[ids[reason, currency]]


def booked(approval: Approval) -> Transaction:
    return Transaction.objects.get(pk=UUID(Approval.objects.get(pk=approval.pk).result.partition(":")[2]))


def test_what_is_booked_is_what_was_approved(four: FourEyes) -> None:
    approval = four.propose("25.50", reason_code="correction")
    four.approve(approval)
    transaction = booked(approval)
    assert (transaction.kind, transaction.player_id) == ("adjustment", four.alice.pk)
    assert transaction.actor == actor(four.carol)
    assert transaction.reference == f"approval:{approval.pk}"
    lines = list(Entry.objects.filter(transaction=transaction).order_by("line").values_list("currency", "amount"))
    assert lines == [("EUR", Decimal("-25.50")), ("EUR", Decimal("25.50"))]
    assert house_of("correction") == Decimal("-25.50")
    everything_verified()


def test_the_consequences_that_were_shown_came_true(four: FourEyes) -> None:
    approval = four.propose("120", direction="debit")
    shown = {line["name"]: (line["before"], line["after"]) for line in approval.consequences}
    assert shown["Real money"] == ("100.00 EUR", "0.00 EUR")
    assert shown["Owed by the player"] == ("0.00 EUR", "20.00 EUR")
    assert shown["Liability to the player"] == ("100.00 EUR", "0.00 EUR")
    assert shown["House: adjustment of correction"] == ("0.00 EUR", "120.00 EUR")
    assert shown["Net gaming revenue"] == ("–", "120.00 EUR")
    assert shown["Tax"] == ("–", "not taxed")
    assert [line["name"] for line in approval.consequences if line["alarm"]] == ["Owed by the player"]
    four.approve(approval)
    assert (four.real(), four.owed(), house_of("correction")) == (Decimal(0), Decimal(20), Decimal(120))
    everything_verified()


def test_a_credit_repays_what_is_owed_first(four: FourEyes) -> None:
    four.approve(four.propose("120", direction="debit"))
    approval = four.propose("50")
    shown = {line["name"]: line["after"] for line in approval.consequences}
    assert (shown["Real money"], shown["Owed by the player"]) == ("30.00 EUR", "0.00 EUR")
    four.approve(approval)
    assert (four.real(), four.owed()) == (Decimal(30), Decimal(0))
    everything_verified()


@pytest.mark.parametrize("amount", BAD_AMOUNTS)
def test_an_amount_that_is_none_is_refused_in_one_sentence(four: FourEyes, amount: str) -> None:
    with pytest.raises(ProposalNotUnderstood) as refused:
        four.propose(amount)
    assert len(refused.value.message) < 200
    assert "\n" not in refused.value.message
    assert not Approval.objects.exists()


def test_the_smallest_amount_that_the_ledger_keeps_is_kept_exactly(four: FourEyes) -> None:
    four.approve(four.propose("0.00000001"))
    assert four.real() == Decimal("100.00000001")


@pytest.mark.parametrize("currency", ["USD", "eur", "", "XXX", "EUR ", "E" * 500])
def test_a_currency_that_the_player_does_not_use_is_refused(four: FourEyes, currency: str) -> None:
    with pytest.raises(ProposalNotUnderstood, match="use EUR"):
        adjustment_payload(
            player=four.alice, direction="credit", amount="5", currency=currency, reason_code="correction"
        )


@pytest.mark.parametrize(
    ("direction", "code"), [("debit", "goodwill"), ("debit", "prize"), ("credit", "x"), ("debit", "")]
)
def test_a_reason_that_does_not_allow_the_direction_is_refused(four: FourEyes, direction: str, code: str) -> None:
    with pytest.raises(ProposalNotUnderstood, match="reason"):
        four.propose("5", direction=direction, reason_code=code)


def test_a_payload_with_another_reason_than_the_list_is_not_proposed(four: FourEyes) -> None:
    payload = dict(payload_read(four.propose().payload)) | {"reason_code": "gift"}
    with pytest.raises(ReasonCodeUnknown):
        approval_propose(kind="adjustment_credit", payload=payload, reason="x", actor=actor(four.carol), now=four.now)


def test_each_reason_is_a_right_of_its_own(four: FourEyes) -> None:
    with pytest.raises(NotAllowed):
        four.propose("5", reason_code="goodwill")
    assert four.propose("5", reason_code="goodwill", maker=staff_member("support")).state == "proposed"
    with pytest.raises(NotAllowed):
        four.propose("5", direction="debit", reason_code="correction", maker=staff_member("support"))


def test_each_reason_has_its_own_account_of_the_house(four: FourEyes) -> None:
    support = staff_member("support")
    four.approve(four.propose("5", reason_code="goodwill", maker=support))
    four.approve(four.propose("7", reason_code="correction"))
    assert (house_of("goodwill"), house_of("correction")) == (Decimal(-5), Decimal(-7))


def test_nobody_proposes_more_than_the_role_allows(four: FourEyes) -> None:
    support = staff_member("support")
    assert four.propose("50", reason_code="goodwill", maker=support).state == "proposed"
    with pytest.raises(AboveRoleMaximum, match=r"worth 50\.01 EUR; your roles may propose up to 50\.00 EUR"):
        four.propose("50.01", reason_code="goodwill", maker=support)
    also_has_role(support, "payments")
    assert four.propose("50.01", reason_code="goodwill", maker=support).state == "proposed", (
        "the higher maximum of two roles counts"
    )


def test_the_maximum_is_in_the_base_currency_at_the_rate_of_the_moment(four: FourEyes) -> None:
    rate_make("USD", "2")
    bob = player_make("Bob", currency="USD")
    support = staff_member("support")
    assert four.propose("100", reason_code="goodwill", maker=support, player=bob).state == "proposed"
    with pytest.raises(AboveRoleMaximum):
        four.propose("100.01", reason_code="goodwill", maker=support, player=bob)
    rate_make("USD", "4", on=four.now.date())
    assert four.propose("200", reason_code="goodwill", maker=support, player=bob).state == "proposed"


def test_a_role_for_another_brand_lends_no_maximum_here(four: FourEyes) -> None:
    person = staff_member("support")
    also_has_role(person, "payments", brands=[four.elsewhere])
    with pytest.raises(AboveRoleMaximum):
        four.propose("60", reason_code="goodwill", maker=person)


def test_a_raised_maximum_counts_at_once(four: FourEyes) -> None:
    support = staff_member("support")
    Role.objects.filter(code="support").update(adjustment_max=Decimal(60))
    assert four.propose("60", reason_code="goodwill", maker=support).state == "proposed"


def test_an_amount_without_a_rate_is_refused_with_what_to_do(four: FourEyes) -> None:
    bob = player_make("Bob", currency="GBP", balance="0")
    with pytest.raises(ProposalNotUnderstood, match="No exchange rate of GBP is known: load the rates first"):
        four.propose("5", player=bob)


def test_a_moved_rate_is_a_changed_state(four: FourEyes) -> None:
    rate_make("USD", "2")
    bob = player_make("Bob", currency="USD")
    approval = four.propose("5", player=bob)
    rate_make("USD", "2.5", on=four.now.date())
    assert four.approve(approval) == ApprovalState.REFUSED_STATE_CHANGED
    assert "Exchange rate: 2, now 2.5" in Approval.objects.get(pk=approval.pk).decisions.get().reason


def test_a_player_who_was_blocked_or_restricted_meanwhile_is_a_changed_state(four: FourEyes) -> None:
    first, second = four.propose("5"), four.propose("6")
    player_block(player_id=four.alice.pk, actor="system:tests", now=four.now, reason="x")
    assert four.approve(first) == ApprovalState.REFUSED_STATE_CHANGED
    third = four.propose("7")
    restriction_place(
        player_id=four.alice.pk, kind=RestrictionKind.KYC_REQUIRED, starts_at=four.now, ends_at=None, reason="x",
        actor="system:tests", now=four.now,
    )  # fmt: skip
    for approval in (second, third):
        assert four.approve(approval) == ApprovalState.REFUSED_STATE_CHANGED
    fourth = four.propose("8")
    assert [line["name"] for line in fourth.consequences if line["alarm"]] == ["Restriction in force"]
    assert four.approve(fourth) == ApprovalState.EXECUTED, "what was seen and approved is done"


def test_every_step_is_in_the_audit_trail_with_both_people(four: FourEyes) -> None:
    approval = four.propose()
    four.approve(approval)
    events = AuditEvent.objects.filter(approval=f"approval:{approval.pk}").order_by("pk")
    told = {event.name: event for event in events}
    assert [n for n in told if n.startswith("compliance:approval")] == [
        "compliance:approval:proposed", "compliance:approval:approved", "compliance:approval:executed",
    ]  # fmt: skip
    assert told["compliance:approval:proposed"].actor == actor(four.carol)
    executed = told["compliance:approval:executed"]
    assert executed.actor == actor(four.dora)
    assert executed.after is not None
    assert executed.after["maker"] == actor(four.carol)
    assert executed.after["payload"]["amount"] == "25.5"
    assert executed.after["payload_sha256"] == approval.payload_sha256
    assert {event.player_id for event in told.values()} == {four.alice.pk}
