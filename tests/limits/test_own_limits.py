"""A player's own limits: stricter at once, looser after the wait and a second act, once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from compliance.audit.models import AuditEvent
from compliance.limits.errors import (
    LimitChangeEnded,
    LimitChangeExpired,
    LimitChangeNotDue,
    LimitChangeNotFound,
    LimitMandatory,
    LimitNotFound,
    LimitUnchanged,
)
from compliance.limits.models import Limit, LimitChange
from compliance.limits.services.limit_changes import (
    limit_change_cancel,
    limit_change_confirm,
    limit_changes_mature,
)
from compliance.limits.services.own_limits import limit_remove_ask
from compliance.policy.keys import PolicyKey
from players.models import Player
from tests.limits.scene import MONDAY, alice_of, at, in_force, sets

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
MOMENT = timedelta(microseconds=1)


def waiting(player: Player) -> LimitChange:
    return LimitChange.objects.get(player=player, state="waiting")


def confirms(player: Player, change: LimitChange, now: object) -> Limit:
    return limit_change_confirm(player_id=player.pk, change_id=change.pk, actor=f"player:{player.pk}", now=now)  # type: ignore[arg-type]


def test_a_first_limit_and_a_lower_one_are_in_force_at_once() -> None:
    alice = alice_of("GB")
    assert sets(alice, "100").change is None
    assert in_force(alice) == 100
    assert sets(alice, "40", MONDAY + HOUR).change is None
    assert in_force(alice) == 40
    first, second = Limit.objects.filter(player=alice).order_by("pk")
    assert (first.ended_at, second.starts_at, second.replaces) == (MONDAY + HOUR, MONDAY + HOUR, first)


@pytest.mark.parametrize(("market", "hours"), [("GB", 24), ("ON", 24), ("MT", 24), ("DE", 168)])
def test_a_raise_waits_for_the_markets_hours_and_for_a_second_act(market: str, hours: int) -> None:
    alice = alice_of(market)
    sets(alice, "100")
    change = sets(alice, "500").change
    assert change is not None
    assert change.effective_from == MONDAY + hours * HOUR
    with pytest.raises(LimitChangeNotDue):
        confirms(alice, change, change.effective_from - MOMENT)
    assert in_force(alice) == 100
    assert limit_changes_mature(now=change.effective_from + HOUR) == 0, "nobody but the player raises it"
    assert in_force(alice) == 100
    confirms(alice, change, change.effective_from)
    assert in_force(alice) == 500


@pytest.mark.parametrize(
    ("asked", "period", "effective"),
    [
        # The authority's own case: 24 hours of the week are left, so it is in force 48 hours after the week ended.
        ("2026-03-07 23:00", "week", "2026-03-10 23:00"),
        ("2026-03-02 12:00", "week", "2026-03-08 23:00"),
        ("2026-03-02 12:00", "day", "2026-03-05 12:00"),
        ("2026-03-02 12:00", "month", "2026-03-31 22:00"),
        ("2026-03-30 12:00", "month", "2026-04-02 12:00"),
        ("2028-02-28 12:00", "month", "2028-03-02 12:00"),
        # The clock changes in the night to Sunday, 29 March: the week ends an hour earlier.
        ("2026-03-24 12:00", "week", "2026-03-29 22:00"),
    ],
)
def test_in_sweden_a_raise_waits_72_hours_and_never_takes_effect_inside_the_running_period(
    asked: str, period: str, effective: str
) -> None:
    alice = alice_of("SE")
    sets(alice, "1000", at("2026-01-01 12:00"), period=period)
    change = sets(alice, "2000", at(asked), period=period).change
    assert change is not None
    assert change.effective_from == at(effective)
    if period == "week" and asked == "2026-03-07 23:00":
        week_ends = at("2026-03-08 23:00")
        assert at(asked) == week_ends - 24 * HOUR
        assert change.effective_from == week_ends + 48 * HOUR


def test_a_raise_names_the_policy_rows_that_decided() -> None:
    alice = alice_of("SE")
    sets(alice, "100", period="week")
    sets(alice, "200", period="week")
    assert set(waiting(alice).policy) == {
        PolicyKey.LIMIT_INCREASE_DELAY_HOURS, PolicyKey.LIMIT_INCREASE_NOT_BEFORE_PERIOD_END,
        PolicyKey.LIMIT_CONFIRMATION, PolicyKey.LIMIT_CONFIRM_WITHIN_HOURS,
    }  # fmt: skip


def test_a_later_decrease_cancels_the_raise_that_waits() -> None:
    alice = alice_of("GB")
    sets(alice, "100")
    change = sets(alice, "500").change
    assert change is not None
    sets(alice, "50", MONDAY + HOUR)
    change.refresh_from_db()
    assert (change.state, change.ended_at) == ("cancelled", MONDAY + HOUR)
    with pytest.raises(LimitChangeEnded):
        confirms(alice, change, MONDAY + 25 * HOUR)
    assert in_force(alice) == 50


def test_setting_the_present_amount_again_cancels_the_raise_and_changes_nothing_else() -> None:
    alice = alice_of("GB")
    sets(alice, "100")
    change = sets(alice, "500").change
    assert change is not None
    assert sets(alice, "100", MONDAY + HOUR).change is None
    change.refresh_from_db()
    assert change.state == "cancelled"
    with pytest.raises(LimitUnchanged):
        sets(alice, "100", MONDAY + HOUR)
    assert Limit.objects.filter(player=alice).count() == 1


def test_the_same_raise_asked_again_waits_on_and_another_waits_anew() -> None:
    alice = alice_of("GB")
    sets(alice, "100")
    first = sets(alice, "500").change
    assert first is not None
    assert sets(alice, "500", MONDAY + HOUR).change == first
    other = sets(alice, "400", MONDAY + HOUR).change
    assert other is not None
    assert other.effective_from == MONDAY + 25 * HOUR
    first.refresh_from_db()
    assert first.state == "cancelled"


def test_an_unconfirmed_raise_expires_by_the_job_and_not_before() -> None:
    alice = alice_of("GB")
    sets(alice, "100")
    change = sets(alice, "500").change
    assert change is not None
    assert change.confirm_by is not None
    assert change.confirm_by == change.effective_from + timedelta(hours=168)
    assert limit_changes_mature(now=change.confirm_by) == 0
    with pytest.raises(LimitChangeExpired):
        confirms(alice, change, change.confirm_by + MOMENT)
    assert limit_changes_mature(now=change.confirm_by + MOMENT) == 1
    assert limit_changes_mature(now=change.confirm_by + HOUR) == 0, "the job runs again and finds nothing to do"
    change.refresh_from_db()
    assert change.state == "expired"
    with pytest.raises(LimitChangeExpired):
        confirms(alice, change, change.confirm_by + HOUR)
    assert in_force(alice) == 100
    assert AuditEvent.objects.filter(name="compliance:limit_change:expired").count() == 1


def test_a_confirmation_sent_twice_raises_once() -> None:
    alice = alice_of("GB")
    sets(alice, "100")
    change = sets(alice, "500").change
    assert change is not None
    raised = confirms(alice, change, change.effective_from)
    assert confirms(alice, change, change.effective_from + HOUR) == raised
    assert Limit.objects.filter(player=alice).count() == 2
    assert AuditEvent.objects.filter(name="compliance:limit:raised").count() == 1


def test_a_request_of_somebody_else_is_not_found() -> None:
    alice, mallory = alice_of("GB"), alice_of("GB", nickname="Mallory")
    sets(alice, "100")
    change = sets(alice, "500").change
    assert change is not None
    for act in (limit_change_confirm, limit_change_cancel):
        with pytest.raises(LimitChangeNotFound):
            act(player_id=mallory.pk, change_id=change.pk, actor="player:0", now=MONDAY + 25 * HOUR)


def test_the_player_cancels_a_raise() -> None:
    alice = alice_of("GB")
    sets(alice, "100")
    change = sets(alice, "500").change
    assert change is not None
    ended = limit_change_cancel(player_id=alice.pk, change_id=change.pk, actor="player:1", now=MONDAY + HOUR)
    assert ended.state == "cancelled"
    with pytest.raises(LimitChangeEnded):
        limit_change_cancel(player_id=alice.pk, change_id=change.pk, actor="player:1", now=MONDAY + HOUR)


def test_a_removal_waits_like_a_raise() -> None:
    alice = alice_of("GB")
    sets(alice, "100")
    change = limit_remove_ask(player_id=alice.pk, kind="deposit", period="day", actor="player:1", now=MONDAY).change
    assert change is not None
    assert change.amount is None
    assert in_force(alice) == 100
    confirms(alice, change, change.effective_from)
    assert in_force(alice) is None
    assert AuditEvent.objects.filter(name="compliance:limit:removed").count() == 1
    with pytest.raises(LimitNotFound):
        limit_remove_ask(player_id=alice.pk, kind="deposit", period="day", actor="player:1", now=MONDAY)


def test_a_limit_without_which_nobody_plays_is_not_removed() -> None:
    alice = alice_of("SE")
    sets(alice, "100", period="week")
    with pytest.raises(LimitMandatory):
        limit_remove_ask(player_id=alice.pk, kind="deposit", period="week", actor="player:1", now=MONDAY)
    danish = alice_of("DK", nickname="Bodil")
    sets(danish, "100", period="week")
    with pytest.raises(LimitMandatory):
        limit_remove_ask(player_id=danish.pk, kind="deposit", period="week", actor="player:1", now=MONDAY)
    sets(danish, "100", period="day")
    assert limit_remove_ask(player_id=danish.pk, kind="deposit", period="week", actor="player:1", now=MONDAY).change


def test_each_change_is_told_to_the_trail() -> None:
    alice = alice_of("GB")
    sets(alice, "100")
    change = sets(alice, "500").change
    assert change is not None
    confirms(alice, change, change.effective_from)
    sets(alice, "20", change.effective_from + HOUR)
    names = list(AuditEvent.objects.filter(player_id=alice.pk).order_by("pk").values_list("name", flat=True))
    assert names == [
        "compliance:limit:set", "compliance:limit:raise_asked", "compliance:limit:raised", "compliance:limit:lowered",
    ]  # fmt: skip
