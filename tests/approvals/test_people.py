"""What concerns people: lifted restrictions, unblocked accounts, second factors; nobody decides about themselves."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from compliance.approval_kinds import LIFT, UNBLOCK, lift_payload, unblock_payload
from compliance.approvals.errors import ConcernsYourself, NotAllowed
from compliance.approvals.models import Approval
from compliance.approvals.selectors.queue import approvals_waiting_count
from compliance.approvals.services.decisions import approval_approve
from compliance.approvals.services.proposals import approval_propose
from compliance.audit.models import AuditEvent
from compliance.enums import RestrictionKind
from compliance.errors import RestrictionEndedAlready, RestrictionStands
from compliance.models import Restriction
from compliance.services.restrictions import restriction_place
from compliance.signin.approval_kinds import FACTOR_RESET, factor_reset_payload
from compliance.signin.errors import OwnFactorReset
from compliance.staff.models import StaffUser
from players.enums import PlayerStatus
from players.errors import PlayerStatusNotChangeable
from players.models import Player
from players.services.players import player_block
from tests.approvals.conftest import FourEyes, actor
from tests.signin.session import sign_in, signed_in_client
from tests.staff import staff_member


def restricted(four: FourEyes, kind: RestrictionKind = RestrictionKind.KYC_REQUIRED) -> Restriction:
    return restriction_place(
        player_id=four.alice.pk, kind=kind, starts_at=four.now - timedelta(minutes=1), ends_at=None,
        reason="documents expired", actor="staff:1", now=four.now,
    )  # fmt: skip


def lift(four: FourEyes, restriction: Restriction, maker: StaffUser) -> Approval:
    return approval_propose(
        kind=LIFT, payload=lift_payload(restriction=restriction, now=four.now), reason="new passport seen",
        actor=actor(maker), now=four.now,
    )  # fmt: skip


def agree(four: FourEyes, approval: Approval, person: StaffUser) -> str:
    return approval_approve(approval_id=approval.pk, reason="agreed", actor=actor(person), now=four.now).state


def test_a_restriction_is_lifted_by_two_people(four: FourEyes) -> None:
    restriction, kyc = restricted(four), staff_member("kyc")
    approval = lift(four, restriction, kyc)
    told = {line["name"]: line["after"] for line in approval.consequences}
    assert told["Bets"] == "taken"
    assert Restriction.objects.get().ends_at is None
    with pytest.raises(NotAllowed):
        agree(four, approval, staff_member("risk"))
    assert agree(four, approval, four.erik) == "executed"
    lifted = Restriction.objects.get()
    assert lifted.ends_at == four.now
    assert lifted.reason.endswith(f"(approval:{approval.pk}): new passport seen")
    event = AuditEvent.objects.get(name="compliance:restriction:lifted")
    assert (event.approval, event.reason) == (f"approval:{approval.pk}", "new passport seen")
    client = sign_in(Client(), staff_member("auditor"))
    page = client.get(f"/admin/compliance/restriction/{lifted.pk}/change/").content.decode()
    assert f'href="/admin/approvals/approval/{approval.pk}/change/">approval {approval.pk}</a>' in page
    page = client.get(f"/admin/audit/auditevent/{event.pk}/change/").content.decode()
    assert f'href="/admin/approvals/approval/{approval.pk}/change/">approval {approval.pk}</a>' in page


def test_what_the_player_chose_is_not_even_proposed(four: FourEyes) -> None:
    for kind in (RestrictionKind.SELF_EXCLUDED, RestrictionKind.TIME_OUT_ACTIVE):
        with pytest.raises(RestrictionStands):
            lift(four, restricted(four, kind), staff_member("kyc"))


def test_a_restriction_that_came_in_meanwhile_refuses_the_lifting(four: FourEyes) -> None:
    approval = lift(four, restricted(four), staff_member("kyc"))
    restricted(four, RestrictionKind.GEO_BLOCKED)
    assert agree(four, approval, four.erik) == "refused_state_changed"
    assert Restriction.objects.filter(ends_at=None).count() == 2


def test_a_restriction_is_lifted_once(four: FourEyes) -> None:
    restriction = restricted(four)
    first, second = (lift(four, restriction, staff_member("kyc")) for _ in range(2))
    assert agree(four, first, four.erik) == "executed"
    assert agree(four, second, four.erik) == "refused_state_changed"
    restriction.refresh_from_db()
    with pytest.raises(RestrictionEndedAlready):
        lift(four, restriction, staff_member("kyc"))


def test_an_account_is_unblocked_by_two_people(four: FourEyes) -> None:
    with pytest.raises(PlayerStatusNotChangeable):
        unblock_payload(player=four.alice)
    player_block(player_id=four.alice.pk, actor="staff:1", now=four.now, reason="x")
    approval = approval_propose(
        kind=UNBLOCK, payload=unblock_payload(player=Player.objects.get(pk=four.alice.pk)), reason="cleared",
        actor=actor(staff_member("risk")), now=four.now,
    )  # fmt: skip
    assert agree(four, approval, staff_member("mlro")) == "executed"
    assert Player.objects.get(pk=four.alice.pk).status == PlayerStatus.ACTIVE


def test_the_pages_of_restriction_and_player_propose_and_do_nothing_alone(four: FourEyes) -> None:
    restriction = restricted(four)
    player_block(player_id=four.alice.pk, actor="staff:1", now=four.now, reason="x")
    client = signed_in_client(staff_member("risk"))
    for address in (
        f"/admin/compliance/restriction/{restriction.pk}/lift/",
        f"/admin/players/player/{four.alice.pk}/unblock/",
    ):
        shown = client.post(address, {"reason": "cleared"})
        assert shown.status_code == 200
        assert b'name="seen"' in shown.content
    assert Restriction.objects.get().ends_at is None
    assert Player.objects.get(pk=four.alice.pk).status == PlayerStatus.BLOCKED


def with_factor(person: StaffUser) -> StaffUser:
    Authenticator.objects.create(user_id=person.pk, type="totp", data={"secret": "x"})
    return person


def reset(four: FourEyes, person: StaffUser, maker: StaffUser) -> Approval:
    return approval_propose(
        kind=FACTOR_RESET, payload=factor_reset_payload(person=person), reason="phone stolen", actor=actor(maker),
        now=four.now,
    )  # fmt: skip


def test_a_second_factor_is_reset_by_two_others(four: FourEyes) -> None:
    lost, one, two = with_factor(four.carol), staff_member("administrator"), staff_member("administrator")
    approval = reset(four, lost, one)
    assert next(line["before"] for line in approval.consequences) == "authenticator app"
    assert agree(four, approval, two) == "executed"
    assert not Authenticator.objects.filter(user=lost).exists()
    event = AuditEvent.objects.get(name="staff:factor:reset")
    assert (event.actor, event.approval) == (actor(one), f"approval:{approval.pk}")


def test_nobody_resets_the_own_factor_by_another_account(four: FourEyes) -> None:
    lost = with_factor(staff_member("administrator"))
    twin = staff_member("administrator", personnel_number=lost.personnel_number)
    for maker in (lost, twin):
        with pytest.raises(OwnFactorReset):
            reset(four, lost, maker)


def test_nobody_decides_about_themselves(four: FourEyes) -> None:
    lost, one = with_factor(staff_member("administrator")), staff_member("administrator")
    twin = staff_member("administrator", personnel_number=lost.personnel_number)
    approval = reset(four, lost, one)
    for concerned in (lost, twin):
        assert approvals_waiting_count(concerned, now=four.now) == 0
        with pytest.raises(ConcernsYourself):
            agree(four, approval, concerned)
    assert approvals_waiting_count(staff_member("administrator"), now=four.now) == 1
