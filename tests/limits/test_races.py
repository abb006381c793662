"""Two at once never pass one cap, and nothing is applied twice: real connections, and what happens without the lock."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from functools import partial

import pytest

from common.errors import Refusal
from compliance.audit.models import AuditEvent
from compliance.limits.decisions import deposit_check
from compliance.limits.models import CareCase, DepositReservation, Limit, LimitChange, LimitReview
from compliance.limits.services import deposits as deposit_services
from compliance.limits.services import limit_changes
from compliance.limits.services.deposits import deposit_release
from compliance.limits.services.limit_changes import limit_change_confirm, limit_changes_mature
from compliance.limits.services.reviews import limit_reviews_remind
from players.models import Player
from tests.casino.play.together import together
from tests.limits.scene import MONDAY, alice_of, counted, deposits, in_force, sets
from tests.policy.cast import policy_row_make

pytestmark = pytest.mark.django_db(transaction=True)
HOUR = timedelta(hours=1)


def outcome(work: Callable[[], object]) -> str:
    """ "ok", or the code of the refusal."""
    try:
        work()
    except Refusal as refusal:
        return refusal.code
    return "ok"


def at_once(works: list[Callable[[], object]]) -> list[str]:
    return sorted(together([partial(outcome, work) for work in works]))


def without_the_lock(monkeypatch: pytest.MonkeyPatch, module: object) -> None:
    """Nobody waits for anybody: each reads what stands, dawdles, and writes."""

    def dawdle(player: Player) -> None:
        time.sleep(0.05)

    monkeypatch.setattr(module, "limits_lock", dawdle)


def test_of_ten_deposits_at_once_as_many_pass_as_the_cap_has_room_for() -> None:
    alice = alice_of("GB")
    sets(alice, "100")
    told = at_once([partial(deposits, alice, "30", f"d{number}") for number in range(10)])
    assert told == ["deposit_limit_reached"] * 7 + ["ok"] * 3
    assert counted(alice).deposited == 90


def test_without_the_lock_more_pass_than_the_cap_has_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    alice = alice_of("GB")
    sets(alice, "100")
    check = deposit_check

    def slowly(**facts: object) -> object:
        time.sleep(0.3)
        return check(**facts)  # type: ignore[arg-type]  # handed through

    monkeypatch.setattr(deposit_services, "deposit_check", slowly)
    without_the_lock(monkeypatch, deposit_services)
    told = at_once([partial(deposits, alice, "30", f"d{number}") for number in range(6)])
    assert told == ["ok"] * 6, "the race is real"


def test_a_deposit_sent_twice_at_once_is_let_in_once() -> None:
    alice = alice_of("GB")
    sets(alice, "100")
    assert at_once([partial(deposits, alice, "60", "d1")] * 4) == ["ok"] * 4
    assert DepositReservation.objects.count() == 1
    assert counted(alice).deposited == 60


def test_a_failure_told_many_times_at_once_gives_its_room_back_once() -> None:
    alice = alice_of("GB")
    sets(alice, "100")
    deposits(alice, "60", "d1")
    deposits(alice, "40", "d2")
    at_once([partial(deposit_release, player_id=alice.pk, reference="d1", now=MONDAY)] * 4)
    assert counted(alice).deposited == 40


def test_a_deposit_and_a_decrease_at_once_are_one_after_the_other() -> None:
    for _round in range(5):
        alice = alice_of("GB")
        sets(alice, "100")
        told = at_once([partial(deposits, alice, "100", "d1"), partial(sets, alice, "10")])
        assert in_force(alice) == 10
        passed = counted(alice).deposited
        assert (told.count("ok"), passed) in {(2, Decimal(100)), (1, Decimal(0))}


def test_deposits_at_once_open_one_check() -> None:
    alice = alice_of("GB")
    at_once([partial(deposits, alice, "200", f"d{number}") for number in range(5)])
    assert CareCase.objects.count() == 1


def raise_waiting(amount: str = "500") -> tuple[Player, LimitChange]:
    alice = alice_of("GB")
    sets(alice, "100")
    change = sets(alice, amount).change
    assert change is not None
    return alice, change


def test_a_raise_confirmed_many_times_at_once_is_applied_once() -> None:
    alice, change = raise_waiting()
    confirm = partial(
        limit_change_confirm, player_id=alice.pk, change_id=change.pk, actor="player:1", now=change.effective_from
    )
    assert at_once([confirm] * 6) == ["ok"] * 6
    assert in_force(alice) == 500
    assert Limit.objects.filter(player=alice).count() == 2
    assert AuditEvent.objects.filter(name="compliance:limit:raised").count() == 1


def test_a_confirmation_and_a_decrease_at_once_never_leave_the_raise_standing_over_the_decrease() -> None:
    for _round in range(5):
        alice, change = raise_waiting()
        now = change.effective_from
        confirm = partial(limit_change_confirm, player_id=alice.pk, change_id=change.pk, actor="player:1", now=now)
        told = at_once([confirm, partial(sets, alice, "50", now)])
        assert in_force(alice) == 50, told


def test_two_workers_expire_a_request_once() -> None:
    _alice, change = raise_waiting()
    assert change.confirm_by is not None
    job = partial(limit_changes_mature, now=change.confirm_by + HOUR)
    assert sum(together([job] * 4)) == 1
    assert AuditEvent.objects.filter(name="compliance:limit_change:expired").count() == 1


@pytest.fixture
def no_second_act() -> None:
    """A market whose raises need the wait alone: then it is the job that applies them."""
    policy_row_make("MT", "limit.confirmation", False, MONDAY - timedelta(days=9))


def test_two_workers_apply_a_raise_that_needs_no_second_act_once(no_second_act: None) -> None:
    alice = alice_of("MT")
    sets(alice, "100")
    change = sets(alice, "500").change
    assert change is not None
    assert limit_changes_mature(now=change.effective_from - HOUR) == 0
    job = partial(limit_changes_mature, now=change.effective_from)
    assert sum(together([job] * 4)) == 1
    assert limit_changes_mature(now=change.effective_from + HOUR) == 0, "the job runs again"
    assert in_force(alice) == 500
    assert AuditEvent.objects.filter(name="compliance:limit:raised").count() == 1


def test_without_the_locks_the_database_still_applies_it_once(
    no_second_act: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    alice = alice_of("MT")
    sets(alice, "100")
    change = sets(alice, "500").change
    assert change is not None
    now = change.effective_from

    def unlocked(player_id: int, change_id: int) -> LimitChange:
        found = LimitChange.objects.select_related("limit", "player").get(pk=change_id, player_id=player_id)
        time.sleep(0.3)
        return found

    monkeypatch.setattr(limit_changes, "_locked", unlocked)

    def job() -> str:
        try:
            return str(limit_changes_mature(now=now))
        except Exception as problem:  # noqa: BLE001 - which guard was first is the database's affair
            return type(problem).__name__

    told = together([job] * 3)
    assert told.count("1") == 1, told
    assert set(told) - {"1"}, "the race is real: the others were stopped by a guard"
    assert Limit.objects.filter(player=alice).count() == 2


def test_two_workers_remind_once() -> None:
    alice = alice_of("GB")
    sets(alice, "100")
    later = MONDAY + timedelta(days=190)
    together([partial(limit_reviews_remind, now=later)] * 4)
    assert LimitReview.objects.count() == 1
