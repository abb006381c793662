"""A row of policy is for two people; they see whom it reaches and whom it would stop (SEC-20)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from compliance.approvals.enums import ApprovalState
from compliance.approvals.errors import MakerDecides, NotAllowed
from compliance.approvals.models import Approval
from compliance.approvals.services.decisions import approval_approve
from compliance.audit.models import AuditEvent
from compliance.policy.errors import PolicyMomentTaken, PolicyNoticeTooShort, PolicyUnchanged
from compliance.policy.models import PolicyRow
from players.personal.services.personal_data import personal_data_set
from players.personal.types import PersonalDetails
from tests.factories import player_make
from tests.policy.cast import policy_row_make, row_proposed, two_people
from tests.staff import staff_member

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
NEXT_WEEK = NOW + timedelta(days=7)


def _approve(approval: Approval, checker: str, now: datetime = NOW) -> Approval:
    return approval_approve(approval_id=approval.pk, reason="read the law", actor=checker, now=now)


def _young(nickname: str, born: date) -> None:
    player = player_make(nickname)
    personal_data_set(
        player_id=player.pk, details=PersonalDetails(full_name=nickname, birth_date=born), actor="system:test",
        reason="registered", now=NOW,
    )  # fmt: skip


def test_two_people_put_a_row_in_force_and_the_trail_names_both() -> None:
    row = policy_row_make("MT", "registration.min_age", 21, NEXT_WEEK, now=NOW)
    assert row.approval is not None
    assert row.approval.state == ApprovalState.EXECUTED
    told = AuditEvent.objects.get(name="compliance:policy:row_added")
    assert told.before == {"value": "18 years"}
    assert told.after is not None
    assert told.after["value"] == "21 years"
    assert told.approval == f"approval:{row.approval_id}"


def test_the_maker_does_not_decide_and_others_without_the_right_neither() -> None:
    maker, _checker = two_people()
    approval = row_proposed(
        jurisdiction="MT", key="autoplay", value="banned", effective_from=NEXT_WEEK, now=NOW, maker=maker
    )
    other = staff_member("responsible_gaming")
    for actor, refusal in ((maker, (MakerDecides, NotAllowed)), (other, (NotAllowed,))):
        with pytest.raises(refusal):
            _approve(approval, f"staff:{actor.pk}")
    assert not PolicyRow.objects.filter(approval=approval).exists()


@pytest.mark.parametrize("minutes", [-60 * 24 * 365, 0, 14])
def test_a_row_that_would_hold_at_once_or_before_is_refused(minutes: int) -> None:
    maker, _checker = two_people()
    with pytest.raises(PolicyNoticeTooShort):
        row_proposed(
            jurisdiction="MT", key="autoplay", value="banned", effective_from=NOW + timedelta(minutes=minutes),
            now=NOW, maker=maker,
        )  # fmt: skip


def test_an_approval_that_comes_too_late_for_its_moment_is_refused_and_nothing_is_lost() -> None:
    maker, checker = two_people()
    at = NOW + timedelta(hours=1)
    approval = row_proposed(jurisdiction="MT", key="autoplay", value="banned", effective_from=at, now=NOW, maker=maker)
    with pytest.raises(PolicyNoticeTooShort):
        _approve(approval, f"staff:{checker.pk}", now=at - timedelta(minutes=14))
    approval.refresh_from_db()
    assert approval.state == ApprovalState.PROPOSED
    assert not PolicyRow.objects.filter(approval=approval).exists()


def test_a_row_agreed_meanwhile_refuses_one_computed_on_the_older_state() -> None:
    maker, checker = two_people()
    late = row_proposed(
        jurisdiction="MT", key="autoplay", value="banned", effective_from=NEXT_WEEK, now=NOW, maker=maker
    )
    policy_row_make("MT", "autoplay", "allowed", NEXT_WEEK - timedelta(days=1), now=NOW)
    assert _approve(late, f"staff:{checker.pk}").state == ApprovalState.REFUSED_STATE_CHANGED


def test_the_same_moment_twice_and_no_change_are_refused() -> None:
    maker, _checker = two_people()
    policy_row_make("MT", "autoplay", "banned", NEXT_WEEK, now=NOW)
    with pytest.raises(PolicyMomentTaken):
        row_proposed(jurisdiction="MT", key="autoplay", value="allowed", effective_from=NEXT_WEEK, now=NOW, maker=maker)
    with pytest.raises(PolicyUnchanged):
        row_proposed(
            jurisdiction="MT", key="autoplay", value="banned", effective_from=NEXT_WEEK + timedelta(days=1), now=NOW,
            maker=maker,
        )  # fmt: skip


def test_the_preview_counts_players_by_brand_and_those_newly_too_young() -> None:
    _young("Alice", date(1990, 1, 1))
    _young("Bob", date(2007, 1, 1))  # 19
    _young("Dora", date(2005, 3, 9))  # 21 on the very day, in Malta
    _young("Erik", date(2005, 3, 10))  # a day short
    player_make("Nobody knows")
    player_make("Test", is_test=True)
    maker, _checker = two_people()
    day = datetime(2026, 3, 9, 0, 0, tzinfo=UTC)
    approval = row_proposed(
        jurisdiction="MT", key="registration.min_age", value=21, effective_from=day, now=NOW, maker=maker
    )
    lines = {line["name"]: (line["before"], line["after"]) for line in approval.consequences}
    assert lines["Least age"] == ("18 years", "21 years")
    assert lines["Players of Lucky (MT)"] == ("5", "5 under the new value")
    assert lines["Players younger than that"] == ("0", "2: 2 newly")
    assert lines["Players whose age is not known"] == ("1", "1")


def test_a_fallback_row_reaches_only_players_whose_jurisdiction_has_no_row_of_its_own() -> None:
    player_make("Alice")  # MT, which has its own least age and no own idle time
    maker, _checker = two_people()
    own = row_proposed(
        jurisdiction="*", key="registration.min_age", value=20, effective_from=NEXT_WEEK, now=NOW, maker=maker
    )
    assert {"name": "Players", "before": "0", "after": "nobody is under this row yet", "alarm": False} in (
        own.consequences
    )
    idle = row_proposed(
        jurisdiction="*", key="inactivity_minutes", value=20, effective_from=NEXT_WEEK, now=NOW, maker=maker
    )
    assert any(line["name"] == "Players of Lucky (MT)" for line in idle.consequences)
