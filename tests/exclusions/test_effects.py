"""What an exclusion ends at once: games, sign-ins, and play by whatever way; through the flow and through the API."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from casino.entrance.services.protection import account_follow, applicant_refused, break_take, player_exclude
from casino.play.enums import SessionMode
from casino.play.models import GameSession
from casino.play.services.sessions import session_launch
from common.clock import utc_now
from compliance.audit.models import AuditEvent
from compliance.exclusions.enums import ExclusionKind
from compliance.exclusions.models import Exclusion
from compliance.exclusions.selectors.standing import exclusions_in_force
from players.accounts.enums import RegistrationOutcome
from players.accounts.models import PlayerSession
from players.accounts.services.devices import device_seen
from players.accounts.services.sessions import session_start
from players.models import Player
from tests.exclusions.cast import BOB, a_game, bob_make, brand_make, excluded, stranger
from tests.factories import NOON

pytestmark = pytest.mark.django_db
HERE = "/api/player/v1/protection"


def token_of(player: Player) -> str:
    """A sign-in just now."""
    now = utc_now()
    device, _ = device_seen(player=player, device_id="a" * 32, user_agent="tests", ip="192.0.2.1", now=now)
    return session_start(
        player=player, device=device, ip="192.0.2.1", user_agent="tests", actor=f"player:{player.pk}", now=now
    ).token


class Caller:
    """A player's client of the API."""

    def __init__(self, player: Player) -> None:
        self.client = Client()
        self.headers = {"Authorization": f"Bearer {token_of(player)}"}

    def get(self, path: str = "") -> Any:
        return self.client.get(HERE + path, headers=self.headers)

    def post(self, path: str, body: dict[str, Any] | None = None) -> Any:
        return self.client.post(HERE + path, body or {}, content_type="application/json", headers=self.headers)

    def delete(self, path: str) -> Any:
        return self.client.delete(HERE + path, headers=self.headers)


def test_games_and_sign_ins_of_every_account_end_at_once() -> None:
    aurora = brand_make("aurora", "MT")
    here, there = bob_make(aurora), bob_make(brand_make("borealis", "MT"))
    alice = bob_make(aurora, stranger(), nickname="Alice")
    game = a_game()
    for player in (here, there, alice):
        session_launch(player=player, game=game, mode=SessionMode.REAL, now=NOON)
        token_of(player)
    player_exclude(
        player_id=here.pk, kind=ExclusionKind.SELF_EXCLUSION, length="P1Y", actor=f"player:{here.pk}", now=NOON
    )
    running = GameSession.objects.filter(ended_at=None).values_list("player_id", flat=True)
    signed_in = PlayerSession.objects.filter(ended_at=None).values_list("player_id", flat=True)
    assert set(running) == set(signed_in) == {alice.pk}
    assert set(PlayerSession.objects.exclude(ended_at=None).values_list("end_reason", flat=True)) == {"excluded"}


def test_a_refused_length_ends_nothing() -> None:
    bob = bob_make()
    token_of(bob)
    caller = Caller(bob)
    answer = caller.post("/breaks", {"length": "P2M"})
    assert answer.status_code == 409
    assert answer.json()["error"]["code"] == "length_not_offered"
    assert answer.json()["error"]["detail"] == {"lengths": "PT24H, P7D, P1M, P6W"}
    assert not PlayerSession.objects.exclude(ended_at=None).exists()


def test_a_player_takes_a_break_and_the_sign_in_ends_with_it() -> None:
    bob = bob_make()
    caller = Caller(bob)
    seen = caller.get().json()
    assert [one["length"] for one in seen["breaks"]] == ["PT24H", "P7D", "P1M", "P6W"]
    assert (seen["standing"], seen["asks_brands"], seen["register"], seen["register_clear"]) == (
        [], False, "gamstop", False,
    )  # fmt: skip
    answer = caller.post("/breaks", {"length": "P7D"})
    assert answer.status_code == 201
    standing = answer.json()["standing"]
    assert [one["kind"] for one in standing] == ["time_out"]
    assert standing[0]["opens_at"] == standing[0]["term_ends_at"]
    assert caller.get().status_code == 401
    again = Caller(bob)
    assert again.get().json()["standing"] == standing, "who signs in again sees it"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"length": "P6M"}, "confirm"),
        ({"length": "P6M", "confirm": False}, "confirm"),
        ({"confirm": True}, "length"),
        ({"length": ["P6M"], "confirm": True}, "length"),
        ({"length": "P6M" * 10, "confirm": True}, "length"),
    ],
)
def test_a_self_exclusion_is_confirmed_and_well_formed(body: dict[str, Any], field: str) -> None:
    bob = bob_make()
    answer = Caller(bob).post("/self-exclusions", body)
    assert answer.status_code == 400
    assert list(answer.json()["error"]["detail"]["fields"]) == [field]
    assert not Exclusion.objects.exists()


def test_a_player_excludes_themselves_and_can_not_return_before_the_term() -> None:
    bob = bob_make()
    assert Caller(bob).post("/self-exclusions", {"length": "P6M", "confirm": True}).status_code == 201
    caller = Caller(bob)
    refused = caller.post("/returns")
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "return_too_early")
    told = caller.get().json()
    assert told["return_possible_from"] == told["standing"][0]["term_ends_at"]
    assert told["standing"][0]["opens_at"] is None


def test_after_the_term_the_player_asks_waits_and_may_think_again() -> None:
    bob = bob_make()
    excluded(bob, now=utc_now() - timedelta(days=200))
    caller = Caller(bob)
    asked = caller.post("/returns")
    assert asked.status_code == 201
    assert [one["contacted"] for one in asked.json()["requests"]] == [False]
    assert caller.post("/returns").json()["error"]["code"] == "return_asked_already"
    assert caller.delete("/returns").json()["requests"] == []
    assert exclusions_in_force(player_id=bob.pk, now=utc_now())


def test_in_malta_the_player_is_asked_about_the_other_brands() -> None:
    bob, there = bob_make(brand_make("aurora", "MT")), bob_make(brand_make("borealis", "MT"))
    caller = Caller(bob)
    assert caller.get().json()["asks_brands"] is True
    caller.post("/breaks", {"length": "P7D", "all_brands": False})
    assert not exclusions_in_force(player_id=there.pk, now=utc_now())
    refused = Caller(bob_make(details=None)).post("/breaks", {"length": "P7D", "all_brands": False})
    assert refused.json()["error"]["code"] == "all_brands_included"


def test_without_a_sign_in_nothing_is_told() -> None:
    for answer in (Client().get(HERE), Client().post(f"{HERE}/breaks", {}, content_type="application/json")):
        assert answer.status_code == 401


def test_an_applicant_who_is_excluded_gets_no_account_and_learns_no_reason() -> None:
    bob = bob_make(brand_make("aurora", "MT"))
    excluded(bob)
    found = applicant_refused(details=BOB, brand=brand_make("borealis", "MT"), now=NOON + timedelta(hours=1))
    assert found == RegistrationOutcome.EXCLUDED
    event = AuditEvent.objects.get(name="compliance:exclusion:registration_matched")
    assert event.after is not None
    assert "email" in event.after["by"]
    assert "bob" not in repr(event.after).lower()
    assert applicant_refused(details=stranger(), brand=bob.brand, now=NOON) is None


def test_an_account_of_an_excluded_person_is_closed_for_play_at_its_next_sign_in() -> None:
    hidden = bob_make(brand_make("sceptre"), None, nickname="Wil")
    excluded(bob_make())
    from players.personal.services.personal_data import personal_data_set

    personal_data_set(player_id=hidden.pk, details=BOB, actor="staff:7", reason="verified", now=NOON)
    token_of(hidden)
    added = account_follow(player_id=hidden.pk, actor="system:test", now=NOON + timedelta(hours=1))
    assert len(added) == 1
    assert not PlayerSession.objects.filter(player=hidden, ended_at=None).exists()


def test_a_break_twice_is_one_break() -> None:
    bob = bob_make()
    for _ in range(2):
        break_take(player_id=bob.pk, length="PT24H", actor=f"player:{bob.pk}", now=NOON)
    assert Exclusion.objects.count() == 1
