"""Finding a round: by every name that somebody may have, bounded, within one's reach, with plain errors."""

from __future__ import annotations

from datetime import datetime, timedelta
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from casino.play.models import Leg, Round
from players.models import Brand
from tests.investigation.chaos import Chaos
from tests.investigation.conftest import Office
from tests.investigation.test_round_page import words_of

pytestmark = pytest.mark.django_db(transaction=True)
FIND = "admin:play_round_find"


def found(client: Client, **asked: str) -> str:
    response = client.get(reverse(FIND), asked)
    assert response.status_code == 200
    return unescape(response.content.decode())


def link_to(round_: Round) -> str:
    return reverse("admin:play_round_change", args=[round_.pk])


def minute(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}"


def test_by_round_reference_provider_transaction_and_our_transaction(round_: Round, office: Office) -> None:
    carol = office()
    own = Leg.objects.get(provider_transaction_id="win-1").pk
    for what in ("r-1", "bet-1", "win-1", str(own), " win-1 "):
        assert link_to(round_) in found(carol, what=what), what
    for what in ("r-", "R-1", "win", "r-1%", "bet_1"):
        assert link_to(round_) not in found(carol, what=what), what


def test_a_refused_call_is_found_though_it_booked_no_round(round_: Round, office: Office) -> None:
    page = words_of(found(office(), what="too-much"))
    assert "No round by this name" in page
    assert "insufficient_funds" in page


def test_by_player_and_time_give_or_take_minutes(round_: Round, office: Office) -> None:
    carol, player = office(), round_.player.public_id
    assert link_to(round_) in found(carol, player=player)
    assert link_to(round_) in found(carol, player=player, at=minute(round_.opened_at))
    assert link_to(round_) in found(carol, player=player, at=f"{round_.opened_at:%Y-%m-%dT%H:%M:%S}Z", minutes="1")
    later = round_.opened_at + timedelta(minutes=20)
    assert link_to(round_) not in found(carol, player=player, at=minute(later))
    assert link_to(round_) in found(carol, player=player, at=minute(later), minutes="30")
    assert link_to(round_) not in found(carol, player="pl_somebody-else", at=minute(round_.opened_at))


def test_a_round_still_open_is_found_long_after_it_began(chaos: Chaos, office: Office) -> None:
    chaos.bet("1.00", "r-open")
    opened = chaos.round("r-open")
    later = opened.opened_at + timedelta(hours=6)
    assert link_to(opened) in found(office(), player=chaos.player.public_id, at=minute(later))


def test_results_are_bounded(chaos: Chaos, office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("casino.play.admin.find_round.MOST", 2)
    for number in range(4):
        chaos.bet("1.00", f"r-{number}")
    chaos.ship()
    page = found(office(), player=chaos.player.public_id)
    assert page.count("/admin/play/round/") <= 2 + 8, "links of the side bar and two rounds"
    assert "The newest 2 are shown: narrow the time." in page


def test_nobody_finds_a_round_beyond_the_brands_that_he_works_for(round_: Round, office: Office) -> None:
    other = Brand.objects.create(code="other", name="Other", jurisdiction="MT")
    assert link_to(round_) in found(office("compliance_officer"), what="r-1")
    elsewhere = office("compliance_officer", brands=[other])
    page = found(elsewhere, what="r-1")
    assert link_to(round_) not in page
    assert round_.player.public_id not in page
    assert elsewhere.get(link_to(round_)).status_code == 404


def test_without_the_right_to_rounds_the_search_is_closed(office: Office) -> None:
    assert office("administrator").get(reverse(FIND), {"what": "r-1"}).status_code == 403
    assert Client().get(reverse(FIND)).status_code == 302


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"what": "x" * 10_000}, "at most 255 characters"),
        ({"what": "\x00"}, "Null characters are not allowed"),
        ({"what": "r-1' OR 1=1; DROP TABLE play_round; --"}, "No round by this name"),
        ({"what": "%"}, "No round by this name"),
        ({"what": "../../etc/passwd"}, "No round by this name"),
        ({"player": "pl_1", "at": "yesterday"}, "Write the time as 2026-11-20 14:05"),
        ({"player": "pl_1", "at": "2026-02-30 10:00"}, "Write the time as 2026-11-20 14:05"),
        ({"player": "pl_1", "at": "9999-12-31 23:59"}, "Write the time as 2026-11-20 14:05"),
        ({"player": "pl_1", "at": "2026-11-20 14:05", "minutes": "-1"}, "greater than or equal to 1"),
        ({"player": "pl_1", "at": "2026-11-20 14:05", "minutes": "99999999999999999999"}, "less than or equal to 720"),
        ({"player": "pl_1", "at": "2026-11-20 14:05", "minutes": "five"}, "whole number"),
        ({"at": "2026-11-20 14:05"}, "A time alone finds too much: give the player too."),
        ({"player": "\x00"}, "Null characters are not allowed"),
    ],
)
def test_forged_input_gets_one_clear_line(office: Office, asked: dict[str, str], sentence: str) -> None:
    page = words_of(found(office(), **asked))
    assert page.count(sentence) >= 1
    assert "Traceback" not in page


def test_raw_nul_and_broken_bytes_in_the_address_are_survived(office: Office) -> None:
    carol = office()
    for query in ("?what=%00", "?what=%ff%fe", "?player=%00&at=%00", "?minutes=%00&player=x&at=2026-11-20+14:05"):
        assert carol.get(reverse(FIND) + query).status_code == 200
