"""The page of a disputed round: its whole life, with raw calls, entries, seals, and what was strange, in words."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from casino.games.models import Game
from casino.play.models import Round
from tests.investigation.chaos import Chaos
from tests.investigation.conftest import Office
from tests.stops.house import stop_make
from tests.wallet.sealing.sealer import seal_everything
from wallet.sealing.keys import SealKey

pytestmark = pytest.mark.django_db(transaction=True)


def page_of(client: Client, round_: Round) -> str:
    response = client.get(reverse("admin:play_round_change", args=[round_.pk]))
    assert response.status_code == 200
    return unescape(response.content.decode())


def words_of(page: str) -> str:
    """The page's text, tags taken out and blanks made one."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.replace("<summary>", " ¶ ")))


def test_the_whole_life_stands_in_the_order_of_time(round_: Round, office: Office) -> None:
    words = words_of(page_of(office(), round_))
    order = [
        "Game launched", "Call: auth", "Call: win", "bet_not_found", "Call: bet", "−10.00 EUR",
        "balance 100.00 EUR → 90.00 EUR", "answered from the record", "idempotency_conflict", "−2.00 EUR",
        "Call: rollback", "+ 2.00 EUR", "insufficient_funds", "+ 25.00 EUR", "balance 90.00 EUR → 115.00 EUR",
        "Call: end-round", "Balance after the round",
    ]  # fmt: skip
    place = words.index("Time line (UTC)")
    for word in order:
        assert word in words[place:], f"{word} does not come after the one before"
        place = words.index(word, place)


@pytest.mark.parametrize(
    "sentence",
    [
        r"Answer lost: the provider asked again .* later and got the same bytes\.",
        r"Win came before its bet",
        r"The bet was booked .* later\.",
        r"The same id as .* before, with other content: refused, nothing was booked again\.",
        r"Rollback of unknown: no call with the original's id was booked, so nothing moved\.",
        r"The original is remembered as rolled back: when it comes, it is refused\.",
    ],
)
def test_what_was_strange_is_explained_in_words(round_: Round, office: Office, sentence: str) -> None:
    assert re.search(sentence, words_of(page_of(office(), round_)))


def test_raw_requests_and_answers_stand_with_signature_and_timing(round_: Round, office: Office) -> None:
    page = page_of(office(), round_)
    assert "POST /api/wallet/v1/bet" in page
    assert '"transaction_id": "bet-1"' in page
    assert '"code":"insufficient_funds"' in page
    assert '"User-Agent": "provider-client/2.1"' in page
    words = words_of(page)
    assert re.search(r"Signature: valid", words)
    assert re.search(r"Took: \d+\.\d ms: \d+\.\d reading and authentication, \d+\.\d database", words)
    assert "v1=" not in page, "signatures are not kept"
    assert '"[redacted]"' in page, "the launch token is not shown"


def test_bookings_stand_with_their_entries_and_seals(round_: Round, office: Office, seal_key: SealKey) -> None:
    carol = office()
    words = words_of(page_of(carol, round_))
    assert "Ledger entries" in words
    assert "House: gaming of a provider · sandbox" in words
    assert "Sum in EUR" in words
    assert "Sealed: waits for the next seal" in words
    seal_everything(seal_key)
    words = words_of(page_of(carol, round_))
    assert "Sealed: No. " in words
    assert "waits for the next seal" not in words
    assert "Real money: 10.00 EUR" in words
    assert "Bonus money: 0.00 EUR" in words


def test_session_game_and_incidents_stand_below(round_: Round, office: Office) -> None:
    words = words_of(page_of(office(), round_))
    session = round_.session
    assert session is not None
    assert session.public_id in words
    assert "Theoretical RTP" in words
    assert "96 %" in words
    assert "As in force when the round was opened." in words
    incidents = words.partition("Calls of this provider, the last hour")[2]
    assert re.search(r"insufficient_funds .*refused for good 1 1", incidents)


def test_the_terms_of_the_game_are_those_of_then(round_: Round, office: Office) -> None:
    Game.objects.filter(pk=round_.game_id).update(theoretical_rtp=90, max_stake=5)
    words = words_of(page_of(office(), round_))
    assert "96 %" in words
    assert "90 %" not in words


def test_an_open_round_tells_its_age(chaos: Chaos, office: Office) -> None:
    chaos.bet("1.00", "r-9")
    opened = chaos.round("r-9")
    assert re.search(r"Open for \d+ s", words_of(page_of(office(), opened)))


def test_a_silence_is_told(chaos: Chaos, office: Office) -> None:
    chaos.bet("1.00", "r-9")
    item = chaos.round("r-9")
    session = item.session
    assert session is not None
    type(session).objects.filter(pk=session.pk).update(launched_at=item.opened_at - timedelta(minutes=47, seconds=30))
    assert "Nothing for 47 min" in words_of(page_of(office(), item))


def test_without_the_call_log_the_books_still_tell_the_round(chaos: Chaos, office: Office) -> None:
    chaos.bet("1.00", "r-9")
    unshipped = Round.objects.get(reference="r-9")
    words = words_of(page_of(office(), unshipped))
    assert "−1.00 EUR" in words
    assert "The call log has no call of this booking" in words
    assert "The call log has no raw call of this round" in words


@pytest.mark.parametrize("mark", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7*7 }}"])
def test_script_in_what_the_provider_sent_is_shown_as_words(chaos: Chaos, office: Office, mark: str) -> None:
    chaos.agent = mark
    chaos.bet("1.00", mark, call_id=f"b{mark}")
    chaos.call("bet", **chaos.bet_fields("1000000", mark, f"c{mark}"), text=mark)
    page = office().get(reverse("admin:play_round_change", args=[chaos.round(mark).pk])).content.decode()
    if "<" in mark:
        assert mark not in page
    assert "b49" not in page


def test_a_huge_body_is_cut_with_a_note(chaos: Chaos, office: Office) -> None:
    fields = chaos.bet_fields("1.00", "r-9", "b-9")
    many = ", ".join(f'"field_{number}": "{"x" * 100}"' for number in range(40))
    known = ", ".join(f'"{key}": "{value}"' for key, value in fields.items())
    body = f'{{{known}, {many}, "note": "{"y" * 20_000}"}}'
    answer = chaos.bytes("bet", body.encode())
    assert answer.status_code == 200, answer.content
    page = page_of(office(), chaos.round("r-9"))
    assert "y" * 5000 not in page
    assert len(page) < 400_000


def test_the_page_costs_the_same_number_of_queries_for_every_round(chaos: Chaos, office: Office, round_: Round) -> None:
    chaos.bet("1.00", "r-small")
    small = chaos.round("r-small")
    carol = office()
    page_of(carol, small)
    with CaptureQueriesContext(connection) as few:
        page_of(carol, small)
    with CaptureQueriesContext(connection) as many:
        page_of(carol, round_)
    assert len(many) <= len(few) + 3


def test_a_stopped_game_is_told_on_the_page(round_: Round, office: Office) -> None:
    stop_make(round_.game)
    assert "Play is stopped:" in words_of(page_of(office(), round_))
