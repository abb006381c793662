"""Between proposal and decision: the maker's right, the rule, the first approver and other money may change too."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from casino.games.approval_kinds import ISSUE, key_issue_payload
from casino.games.models import ProviderKey
from compliance.approvals.enums import ApprovalState
from compliance.approvals.errors import ApproverGone, MakerMayNot
from compliance.approvals.models import Approval, ApprovalRule
from compliance.approvals.services.decisions import approval_reject
from compliance.approvals.services.proposals import approval_propose
from compliance.audit.models import AuditEvent
from compliance.staff.models import Role, RoleGrant, StaffUser
from compliance.staff.services.role_grants import role_revoke
from tests.approvals.conftest import FourEyes, actor
from tests.approvals.test_provider_keys import Keys
from tests.factories import NOON, provider_make
from tests.signin.session import signed_in_client
from tests.staff import also_has_role, staff_member
from wallet.enums import AccountKind, TransactionKind
from wallet.services.accounts import house_account, player_account_open
from wallet.services.holds import hold_place
from wallet.services.transactions import Movement, transaction_post

pytestmark = pytest.mark.django_db


def revoked(person: StaffUser, four: FourEyes) -> None:
    """The person's roles are taken back; the account stays."""
    for grant in RoleGrant.objects.filter(staff=person, revoked_at=None):
        role_revoke(grant_id=grant.pk, actor="system:tests", reason="left the team", now=four.now)


def reason_of(approval: Approval) -> str:
    return Approval.objects.get(pk=approval.pk).decisions.get().reason


def test_what_somebody_proposed_who_lost_the_role_since_is_not_carried_out(four: FourEyes) -> None:
    approval = four.propose("10")
    revoked(four.carol, four)
    with pytest.raises(MakerMayNot):
        four.approve(approval)
    assert four.real() == Decimal(100)
    done = approval_reject(approval_id=approval.pk, reason="she left", actor=actor(four.dora), now=four.now)
    assert done.state == ApprovalState.REJECTED


def test_a_maximum_that_was_lowered_since_holds_for_what_waits(four: FourEyes) -> None:
    approval = four.propose("10")
    Role.objects.filter(code="payments").update(adjustment_max=Decimal("9.99"))
    with pytest.raises(MakerMayNot):
        four.approve(approval)
    Role.objects.filter(code="payments").update(adjustment_max=Decimal(10))
    assert four.approve(approval) == ApprovalState.EXECUTED


def test_no_secret_is_made_for_somebody_who_may_not_have_it_any_more(four: FourEyes) -> None:
    maker = staff_member("games", username="gus")
    approval = approval_propose(
        kind=ISSUE, payload=key_issue_payload(provider=provider_make()), reason="the first key", actor=actor(maker),
        now=four.now,
    )  # fmt: skip
    revoked(maker, four)
    with pytest.raises(MakerMayNot):
        four.approve(approval, four.erik)
    assert not ProviderKey.objects.filter(handover__receiver=maker).exists()


def test_whoever_left_the_providers_team_since_sees_no_secret() -> None:
    keys = Keys()
    key = keys.issue()
    also_has_role(keys.gina, "auditor")
    role_revoke(
        grant_id=RoleGrant.objects.get(staff=keys.gina, role__code="games").pk, actor="system:tests", reason="moved",
        now=keys.now,
    )  # fmt: skip
    address = f"/admin/games/providerkey/{key.pk}"
    gina = signed_in_client(keys.gina)
    assert f"{address}/secret/" not in gina.get(f"{address}/change/").content.decode()
    assert gina.post(f"{address}/secret/").status_code == 403
    assert not AuditEvent.objects.filter(name="games:key:secret_shown").exists()


def test_a_first_approval_by_an_account_that_was_switched_off_since_does_not_count(four: FourEyes) -> None:
    approval = four.propose("1000")
    assert four.approve(approval) == ApprovalState.APPROVED_ONCE
    StaffUser.objects.filter(pk=four.dora.pk).update(is_active=False)
    with pytest.raises(ApproverGone):
        four.approve(approval, four.erik)
    assert four.real() == Decimal(100)


def test_a_rule_that_wants_a_third_person_since_is_a_changed_state(four: FourEyes) -> None:
    rule = four.propose("10", maker=also_payments(four))
    approval = four.propose("700")
    assert approval.approvals_needed == 1
    ApprovalRule.objects.create(
        kind="adjustment_credit", third_person_from=Decimal(500), valid_from=four.now, approval=rule
    )
    assert four.approve(approval) == ApprovalState.REFUSED_STATE_CHANGED
    assert reason_of(approval) == "Other people who must agree: 1, now 2"
    assert four.propose("700").approvals_needed == 2
    assert four.approve(rule) == ApprovalState.EXECUTED, "what lies below goes on"


def also_payments(four: FourEyes) -> StaffUser:
    person = staff_member("support", username="sue")
    also_has_role(person, "payments")
    return person


def test_bonus_and_held_money_count_among_what_the_liability_was_computed_on(four: FourEyes) -> None:
    first, second = four.propose("10"), four.propose("11")
    cost = house_account(kind=AccountKind.BONUS_COST, scope="welcome", currency="EUR")
    bonus = player_account_open(kind=AccountKind.PLAYER_BONUS, player_id=four.alice.pk, currency="EUR")
    transaction_post(
        kind=TransactionKind.BONUS_GRANT, movements=[Movement(cost.id, bonus.id, Decimal(5))], actor="system:tests",
        now=NOON, player_id=four.alice.pk,
    )  # fmt: skip
    assert four.approve(first) == ApprovalState.REFUSED_STATE_CHANGED
    assert reason_of(first) == "Bonus and held money: 0.00 EUR, now 5.00 EUR"
    hold_place(
        player_id=four.alice.pk, currency="EUR", amount=Decimal(20), reason="withdrawal", actor="alice", now=NOON
    )
    assert four.approve(second) == ApprovalState.REFUSED_STATE_CHANGED
    third = four.propose("12")
    shown = {line["name"]: (line["before"], line["after"]) for line in third.consequences}
    assert shown["Real money"] == ("80.00 EUR", "92.00 EUR")
    assert shown["Liability to the player"] == ("105.00 EUR", "117.00 EUR")


def test_the_limits_that_an_amount_touches_are_computed_and_shown(four: FourEyes) -> None:
    def limits(amount: str) -> dict[str, tuple[str, str, bool]]:
        lines = four.propose(amount).consequences
        return {
            line["name"]: (line["before"], line["after"], line["alarm"]) for line in lines if "Limit" in line["name"]
        }

    assert limits("999.99") == {
        "Limit: the maker's largest adjustment": ("2,000.00 EUR", "999.99 EUR of it", False),
        "Limit: a third person is needed": ("from 1,000.00 EUR", "not needed", False),
    }
    assert limits("1000")["Limit: a third person is needed"] == ("from 1,000.00 EUR", "needed", True)
    ApprovalRule.objects.create(
        kind="adjustment_credit", third_person_from=None, valid_from=four.now - timedelta(minutes=1),
        approval=Approval.objects.earliest("pk"),
    )  # fmt: skip
    assert limits("1000")["Limit: a third person is needed"] == ("never for the amount", "not needed", False)
