"""Stops as the back office shows and makes them: the panel, the pages' buttons, the banner, the review."""

from __future__ import annotations

from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from casino.games.models import Stop, StopReview
from tests.casino.play.table import Table, seat
from tests.stops.conftest import SignedIn
from tests.stops.house import stop_make

pytestmark = pytest.mark.django_db
STOPS = "admin:games_stop_changelist"
WORDS = {"code": "incident", "reason": "wins are late", "minutes": ""}


def page(client: Client, name: str, *args: object, query: str = "") -> str:
    response = client.get(reverse(name, args=args) + query)
    assert response.status_code == 200, response.status_code
    return unescape(response.content.decode())


def send(client: Client, name: str, *args: object, **fields: str) -> Any:
    return client.post(reverse(name, args=args), fields)


@pytest.mark.parametrize(
    ("name", "attribute"),
    [("games_provider", "provider"), ("games_game", "game"), ("players_player", "player")],
)
def test_play_is_stopped_and_resumed_from_the_page_of_what_it_concerns(
    table: Table, office: SignedIn, name: str, attribute: str
) -> None:
    row: Any = {"provider": table.game.provider, "game": table.game, "player": table.player}[attribute]
    carol = office()
    assert "Stop play" in page(carol, f"admin:{name}_change", row.pk)
    asked = page(carol, f"admin:{name}_stop_play", row.pk)
    assert "Players in the game now" in asked
    assert not Stop.objects.exists(), "asking stops nothing"
    assert send(carol, f"admin:{name}_stop_play", row.pk, **WORDS).status_code == 302
    stop = Stop.objects.get()
    assert getattr(stop, attribute) == row
    assert stop.reason == "wins are late"
    shown = page(carol, f"admin:{name}_change", row.pk)
    assert "Resume play" in shown
    assert "wins are late" in page(carol, STOPS)
    assert "wins are late" in page(carol, f"admin:{name}_resume_play", row.pk)
    assert send(carol, f"admin:{name}_resume_play", row.pk, reason="repaired").status_code == 302
    again = send(carol, f"admin:{name}_resume_play", row.pk, reason="repaired")
    assert "This stop has ended already" in unescape(again.content.decode())
    stop.refresh_from_db()
    assert stop.end_reason == "repaired"
    assert "Stop play" in page(carol, f"admin:{name}_change", row.pk)


def test_all_gaming_is_stopped_from_the_list_of_stops(table: Table, office: SignedIn) -> None:
    carol = office()
    assert "All gaming runs" in page(carol, STOPS)
    assert "Stop all gaming?" in page(carol, "admin:games_stop_all")
    assert send(carol, "admin:games_stop_all", **WORDS).status_code == 302
    assert Stop.objects.get().scope == "all"
    assert "All gaming is stopped" in page(carol, STOPS)


def test_the_preview_counts_who_and_what_is_hit(table: Table, office: SignedIn) -> None:
    bob = seat(table.game, "Bob")
    asked = page(office(), "admin:games_stop_all")
    assert "nobody has staked anything" in asked
    assert bob.player.pk


def test_a_stop_needs_a_reason_in_words(table: Table, office: SignedIn) -> None:
    carol = office()
    for left_out in ({"code": ""}, {"reason": ""}, {"reason": "   "}, {"code": "boredom"}, {"minutes": "7"}):
        answer = send(carol, "admin:games_game_stop_play", table.game.pk, **(WORDS | left_out))
        assert answer.status_code == 422
    answer = send(carol, "admin:games_game_stop_play", table.game.pk, code="legal", reason="order", minutes="60")
    assert answer.status_code == 422
    assert "resumed by a person" in unescape(answer.content.decode())
    assert not Stop.objects.exists()


def test_a_refusal_becomes_an_error_of_the_form(table: Table, office: SignedIn) -> None:
    carol = office()
    stop_make(table.game)
    answer = send(carol, "admin:games_game_stop_play", table.game.pk, **WORDS)
    assert answer.status_code == 422
    assert "This is stopped already" in unescape(answer.content.decode())


def test_every_step_is_a_post_with_its_token(table: Table, office: SignedIn) -> None:
    stop = stop_make(table.game)
    strict = office(strict=True)
    for name, args in (
        ("admin:games_stop_all", ()),
        ("admin:games_stop_resume", (stop.pk,)),
        ("admin:games_stop_write_review", (stop.pk,)),
        ("admin:games_provider_stop_play", (table.game.provider_id,)),
        ("admin:players_player_stop_play", (table.player.pk,)),
    ):
        assert send(strict, name, *args, **WORDS, verdict="right", note="x").status_code == 403
        assert "csrfmiddlewaretoken" in strict.get(reverse(name, args=args)).content.decode()
    assert Stop.objects.count() == 1
    assert not StopReview.objects.exists()


@pytest.mark.parametrize("role", ["support", "auditor", "administrator", "finance"])
def test_without_the_right_nothing_is_stopped_resumed_or_reviewed(table: Table, office: SignedIn, role: str) -> None:
    stop = stop_make(table.game)
    somebody = office(role)
    for name, args in (
        ("admin:games_stop_all", ()),
        ("admin:games_stop_resume", (stop.pk,)),
        ("admin:games_stop_write_review", (stop.pk,)),
        ("admin:games_game_stop_play", (table.game.pk,)),
        ("admin:games_provider_stop_play", (table.game.provider_id,)),
        ("admin:players_player_stop_play", (table.player.pk,)),
    ):
        assert send(somebody, name, *args, **WORDS).status_code in (403, 404), name
        assert somebody.get(reverse(name, args=args)).status_code in (403, 404), name
    assert Stop.objects.count() == 1
    stop.refresh_from_db()
    assert stop.ended_at is None


def test_stopping_a_player_is_a_right_of_its_own(table: Table, office: SignedIn) -> None:
    guard = office("responsible_gaming")
    assert send(guard, "admin:players_player_stop_play", table.player.pk, **WORDS).status_code == 302
    assert send(guard, "admin:games_game_stop_play", table.game.pk, **WORDS).status_code == 403


def test_a_banner_stands_on_every_page_while_anything_is_stopped(table: Table, office: SignedIn) -> None:
    carol = office()
    pages = ("admin:index", "admin:players_player_changelist", "admin:play_round_changelist")
    for name in pages:
        assert "Play is stopped" not in page(carol, name)
    stop = stop_make(table.game)
    stop_make(table.player)
    for name in pages:
        shown = page(carol, name)
        assert "Play is stopped:" in shown
        assert "game Slot" in shown
        assert "1 player" in shown
    assert "Play is stopped" not in Client().get(reverse("admin:index"), follow=True).content.decode()
    send(carol, "admin:games_stop_resume", stop.pk, reason="repaired")
    assert "game Slot" not in page(carol, "admin:index").partition("Play is stopped:")[2][:200]


def test_a_stop_waits_for_review_by_somebody_else(table: Table, office: SignedIn) -> None:
    carol, dave = office(), office()
    send(carol, "admin:games_game_stop_play", table.game.pk, **WORDS)
    stop = Stop.objects.get()
    assert "1 stop not yet reviewed" in page(dave, STOPS)
    assert "Slot" in page(dave, STOPS, query="?state=unreviewed")
    mine = send(carol, "admin:games_stop_write_review", stop.pk, verdict="right", note="I was right")
    assert mine.status_code == 422
    assert "You placed this stop" in unescape(mine.content.decode())
    theirs = send(dave, "admin:games_stop_write_review", stop.pk, verdict="wrong", note="the provider had told us")
    assert theirs.status_code == 302
    assert "the provider had told us" in page(carol, "admin:games_stop_change", stop.pk)
    assert "not yet reviewed" not in page(dave, STOPS)


def test_words_with_script_are_shown_as_words(table: Table, office: SignedIn) -> None:
    carol = office()
    script = "<script>alert(1)</script>"
    send(carol, "admin:games_game_stop_play", table.game.pk, **(WORDS | {"reason": script}))
    stop = Stop.objects.get()
    for address in (reverse(STOPS), reverse("admin:games_stop_change", args=[stop.pk]), reverse("admin:index")):
        assert script not in carol.get(address).content.decode()


def test_nobody_adds_edits_or_deletes_a_stop_by_hand(table: Table, office: SignedIn) -> None:
    stop = stop_make(table.game)
    carol = office()
    assert carol.get(reverse("admin:games_stop_add")).status_code == 403
    assert send(carol, "admin:games_stop_change", stop.pk, reason="x").status_code == 403
    assert send(carol, "admin:games_stop_delete", stop.pk, post="yes").status_code == 403
    assert Stop.objects.get().reason == "wins are late"


def test_whoever_works_for_one_brand_stops_and_resumes_nothing_for_the_others(table: Table, office: SignedIn) -> None:
    stop = stop_make(table.game.provider)
    near = office(brands=[table.player.brand_id])
    for name, args in (
        ("admin:games_stop_all", ()),
        ("admin:games_game_stop_play", (table.game.pk,)),
        ("admin:games_provider_stop_play", (table.game.provider_id,)),
        ("admin:games_provider_resume_play", (table.game.provider_id,)),
        ("admin:games_stop_resume", (stop.pk,)),
    ):
        assert send(near, name, *args, **WORDS).status_code == 403, name
    assert "Stop all gaming" not in page(near, STOPS)
    assert list(Stop.objects.filter(ended_at=None)) == [stop]
    assert send(near, "admin:players_player_stop_play", table.player.pk, **WORDS).status_code == 302
    theirs = Stop.objects.get(player=table.player)
    assert send(near, "admin:games_stop_resume", theirs.pk, reason="repaired").status_code == 302
