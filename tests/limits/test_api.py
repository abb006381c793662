"""Limits over the player API: percent used, set, lower, raise, confirm, take back, history; bad input told plainly."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
import redis
import time_machine
from django.conf import settings

from compliance.limits.models import Limit
from compliance.limits.services.deposits import deposit_reserve
from compliance.limits.services.reviews import limit_reviews_remind
from players.models import Brand, Player
from tests.accounts.cast import Caller, body, brand_with_terms
from tests.limits.scene import at

pytestmark = pytest.mark.django_db
# A Monday that is over: the database lets nobody loosen a limit before its own clock says so.
START = at("2026-09-21 12:00")
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """Which a test moves on."""
    redis.Redis.from_url(settings.REDIS_URL).flushdb()
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


@pytest.fixture
def aurora() -> Brand:
    return brand_with_terms()


@pytest.fixture
def alice(aurora: Brand) -> Caller:
    """Alice, registered and signed in."""
    caller = Caller()
    answer = caller.post("register", body())
    assert answer.status_code == 201, answer.content
    caller.token = answer.json()["token"]
    return caller


def puts(caller: Caller, amount: Any, where: str = "deposit/day") -> Any:
    return caller.call("PUT", f"limits/{where}", {"amount": amount})


def only(caller: Caller) -> dict[str, Any]:
    """The one limit there is."""
    (limit,) = caller.get("limits").json()["limits"]
    return dict(limit)


def later(caller: Caller, clock: time_machine.Traveller, moment: Any) -> None:
    """Time goes on, and Alice signs in again."""
    clock.move_to(moment)
    caller.token = ""
    assert caller.sign_in().status_code == 201


def test_a_limit_is_set_and_the_list_tells_how_much_is_used(alice: Caller) -> None:
    player = Player.objects.get()
    answer = puts(alice, "100")
    assert answer.status_code == 200
    assert answer.json()["in_force"] is True
    deposit_reserve(
        player_id=player.pk, amount=Decimal("33.37"), currency="EUR", reference="d1", actor="psp:bank", now=START
    )
    limit = only(alice)
    assert limit.pop("id") == Limit.objects.get().pk
    assert limit == {
        "owner": "player", "kind": "deposit", "period": "day", "amount": "100", "used": "33.37", "left": "66.63",
        "percent": "33.3", "until": limit["until"], "decides": True, "waiting": None,
    }  # fmt: skip


def test_a_raise_waits_and_is_confirmed_after_its_time(alice: Caller, clock: time_machine.Traveller) -> None:
    puts(alice, "100")
    answer = puts(alice, "500").json()
    assert answer["in_force"] is False
    change = answer["waiting"]
    assert (change["amount"], change["state"], change["can_be_confirmed"]) == ("500", "waiting", False)
    assert change["effective_from"] == "2026-09-22T12:00:00.000000Z"
    early = alice.post(f"limits/changes/{change['id']}/confirm")
    assert (early.status_code, early.json()["error"]["code"]) == (409, "limit_change_not_due")
    later(alice, clock, START + DAY)
    assert only(alice)["waiting"]["can_be_confirmed"] is True
    done = alice.post(f"limits/changes/{change['id']}/confirm")
    assert done.status_code == 200
    assert [limit["amount"] for limit in done.json()["limits"]] == ["500"]
    assert alice.post(f"limits/changes/{change['id']}/confirm").status_code == 200, "sent twice"
    assert Limit.objects.count() == 2


def test_a_request_is_taken_back_and_its_story_stays(alice: Caller) -> None:
    puts(alice, "100")
    change = puts(alice, "500").json()["waiting"]
    assert alice.call("DELETE", f"limits/changes/{change['id']}").json()["limits"][0]["waiting"] is None
    (past,) = alice.get("limits/changes").json()["items"]
    assert past["state"] == "cancelled"
    again = alice.call("DELETE", f"limits/changes/{change['id']}")
    assert (again.status_code, again.json()["error"]["code"]) == (409, "limit_change_ended")


def test_removing_a_limit_waits_too(alice: Caller, clock: time_machine.Traveller) -> None:
    puts(alice, "100", "loss/week")
    answer = alice.call("DELETE", "limits/loss/week")
    assert answer.status_code == 202
    assert answer.json()["waiting"]["amount"] is None
    later(alice, clock, START + DAY)
    alice.post(f"limits/changes/{answer.json()['waiting']['id']}/confirm")
    assert alice.get("limits").json()["limits"] == []
    missing = alice.call("DELETE", "limits/loss/week")
    assert (missing.status_code, missing.json()["error"]["code"]) == (404, "limit_not_found")


def test_the_history_tells_every_amount_newest_first(alice: Caller) -> None:
    for amount in ("100", "80", "50"):
        puts(alice, amount)
    page = alice.get("limits/history?limit=2").json()
    assert [row["amount"] for row in page["items"]] == ["50", "80"]
    rest = alice.get(f"limits/history?before={page['next']}").json()
    assert [row["amount"] for row in rest["items"]] == ["100"]
    assert rest["items"][0]["ended_at"] is not None
    assert rest["next"] is None


def test_every_kind_can_be_set_and_a_day_above_its_week_is_warned_of(alice: Caller) -> None:
    for where in ("deposit/day", "net_deposit/week", "loss/month", "wager/day", "stake/each", "session_time/day"):
        assert puts(alice, "60", where).status_code == 200, where
    state = puts(alice, "40", "deposit/week").json()["state"]
    assert len(state["limits"]) == 7
    assert state["warnings"] == ["The limit of a day is above that of the week, which decides."]


def test_what_is_missing_before_play_is_told(alice: Caller) -> None:
    Player.objects.update(jurisdiction="SE")
    puts(alice, "100")
    assert alice.get("limits").json()["missing"] == [
        {"kind": "deposit", "period": "week"}, {"kind": "deposit", "period": "month"},
    ]  # fmt: skip


def test_a_reminder_to_look_at_limits_is_told_and_answered(alice: Caller, clock: time_machine.Traveller) -> None:
    Player.objects.update(jurisdiction="GB")
    puts(alice, "100")
    assert alice.get("limits").json()["review_due_since"] is None
    assert alice.post("limits/review").json()["error"]["code"] == "review_not_due"
    later(alice, clock, at("2027-03-21 12:00"))
    limit_reviews_remind(now=at("2027-03-21 12:00"))
    assert alice.get("limits").json()["review_due_since"] == "2027-03-21T12:00:00.000000Z"
    assert alice.post("limits/review").json()["review_due_since"] is None


@pytest.mark.parametrize(
    ("where", "amount", "status", "code"),
    [
        ("deposit/day", "-5", 400, "limit_amount_refused"),
        ("deposit/day", "1e3", 400, "limit_amount_refused"),
        ("deposit/day", "1,000", 400, "limit_amount_refused"),
        ("deposit/day", "10.001", 400, "limit_amount_refused"),
        ("deposit/day", "٣", 400, "limit_amount_refused"),
        ("deposit/day", "9" * 16, 400, "limit_amount_refused"),
        ("deposit/day", "", 400, "invalid_request"),
        ("deposit/day", None, 400, "invalid_request"),
        ("session_time/day", "10.5", 400, "limit_amount_refused"),
        ("session_time/day", "1441", 400, "limit_amount_refused"),
        ("deposit/year", "5", 400, "limit_period_refused"),
        ("deposit/each", "5", 400, "limit_period_refused"),
        ("stake/day", "5", 400, "limit_period_refused"),
        ("gifts/day", "5", 404, "limit_kind_unknown"),
    ],
)
def test_what_is_no_limit_is_refused_in_one_line(
    alice: Caller, where: str, amount: str | None, status: int, code: str
) -> None:
    answer = puts(alice, amount, where)
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
    assert not Limit.objects.exists()


def test_nobody_touches_the_limits_of_another_or_without_a_sign_in(alice: Caller, aurora: Brand) -> None:
    puts(alice, "100")
    change = puts(alice, "500").json()["waiting"]
    mallory = Caller(device="mallorys-own-laptop-9")
    form = body(full_name="Mallory Mint", email="mallory@mail.example", birth_date="1985-05-05",
                address_lines="9 Other Road", phone="+356 2199 9999")  # fmt: skip
    mallory.token = mallory.post("register", form).json()["token"]
    for answer in (
        mallory.post(f"limits/changes/{change['id']}/confirm"), mallory.call("DELETE", f"limits/changes/{change['id']}")
    ):  # fmt: skip
        assert (answer.status_code, answer.json()["error"]["code"]) == (404, "limit_change_not_found")
    assert mallory.get("limits/history").json()["items"] == []
    assert Caller().get("limits").status_code == 401
