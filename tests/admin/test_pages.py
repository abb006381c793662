from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from redis.exceptions import ConnectionError as RedisDown

from casino.play.models import Round
from common.clock import utc_now
from players.models import Player
from tests.admin.conftest import House, played_call
from tests.admin.screens import address, name_of, screens
from wallet.enums import AccountKind
from wallet.models import Account

SCRIPT = "<script>alert(1)</script>"


@pytest.mark.parametrize("screen", screens(), ids=name_of)
def test_every_record_has_a_page(screen: Any, office: Client, house: House) -> None:
    for row in screen.model.objects.order_by("pk")[:3]:
        answer = office.get(address(screen, "change", row.pk))
        assert answer.status_code == 200
        assert "&lt;span" not in answer.content.decode()


def test_the_round_tells_its_story_in_order(office: Client, house: House) -> None:
    text = office.get(f"/admin/play/round/{house.round.pk}/change/").content.decode()
    story = text[text.index("Time line") :]
    marks = ["250.00 EUR", "248.00 EUR", "tx-bet", "≈253.00 EUR", "tx-win"]
    places = [story.index(mark) for mark in marks]
    assert places == sorted(places)
    assert "exactly 253.005 EUR" in story
    assert "{&quot;status&quot;:&quot;ok&quot;}" in story
    assert "UTC" in story


def test_a_transaction_shows_its_lines_and_that_they_sum_to_zero(office: Client, house: House) -> None:
    text = office.get(f"/admin/wallet/transaction/{house.win}/change/").content.decode()
    assert "Sum in EUR" in text
    assert "0 EUR" in text
    assert f"/admin/wallet/account/{house.purse.pk}/change/" in text
    assert "not taken back" in text


def test_a_statement_is_read_by_version_in_pages(office: Client, house: House) -> None:
    for number in range(55):
        played_call(house.round, house.purse, "bet", f"s-{number}", Decimal(1), utc_now())
    text = office.get(f"/admin/wallet/account/{house.purse.pk}/change/").content.decode()
    assert "?below=9" in text
    assert "<td>58</td>" in text
    assert "<td>8</td>" not in text
    older = office.get(f"/admin/wallet/account/{house.purse.pk}/change/?below=9").content.decode()
    assert "<td>8</td>" in older
    assert "<td>9</td>" not in older
    assert office.get(f"/admin/wallet/account/{house.purse.pk}/change/?below=x").status_code == 200


def test_a_house_account_is_summed_on_its_page(office: Client, house: House) -> None:
    gaming = Account.objects.get(kind=AccountKind.GAMING)
    text = office.get(f"/admin/wallet/account/{gaming.pk}/change/").content.decode()
    assert "exactly -3.005 EUR" in text
    assert "Newest lines" in text


def test_a_recorded_answer_is_found_by_its_exact_name(office: Client, house: House) -> None:
    path = "/admin/wallet/transaction/answers/"
    found = office.get(path, {"q": "tx-win", "provider": str(house.provider.pk)}).content.decode()
    assert "{&quot;status&quot;:&quot;ok&quot;}" in found
    assert "Booked" in found
    assert "No provider ever had an answer" in office.get(path, {"q": "TX-WIN"}).content.decode()
    assert "Give the id" in office.get(path).content.decode()
    assert office.get(path, {"q": SCRIPT, "provider": "x"}).content.decode().count(SCRIPT) == 0


def test_open_rounds_stand_by_age_and_stay_open(office: Client, house: House) -> None:
    text = office.get("/admin/play/round/open/").content.decode()
    assert "r-1" in text
    assert "r-1" in office.get("/admin/play/round/open/?age=fresh").content.decode()
    assert "nothing to look into" in office.get("/admin/play/round/open/?age=weeks&p=x").content.decode()
    assert office.post("/admin/play/round/open/").status_code == 405
    assert Round.objects.get().state == "open"


@pytest.mark.parametrize(
    ("page", "term", "mark"),
    [
        ("wallet/transaction", "tx-win", "Win"),
        ("play/leg", "tx-bet", "tx-bet"),
        ("play/round", "r-1", "r-1"),
        ("play/round", "tx-bet", "r-1"),
    ],
)
def test_what_a_provider_names_is_found(page: str, term: str, mark: str, office: Client, house: House) -> None:
    text = office.get(f"/admin/{page}/", {"q": term}).content.decode()
    assert mark in text
    assert "1 row on this page" in text


def test_a_player_is_found_by_public_id_everywhere(office: Client, house: House) -> None:
    for page in ("players/player", "wallet/account", "wallet/transaction", "play/round", "play/leg"):
        text = office.get(f"/admin/{page}/", {"q": house.alice.public_id}).content.decode()
        assert "Alice" in text, page
        assert "Emi" not in text, page


def test_an_id_pasted_into_the_search_leads_to_its_page(office: Client, house: House) -> None:
    for term in ("tx-bet", "r-1", house.alice.public_id, str(house.win)):
        found = office.get("/admin/search/", {"s": term, "extended": "1"}, headers={"HX-Request": "true"})
        assert "/change/" in found.content.decode(), term


def test_a_script_in_a_name_is_only_text(office: Client, house: House) -> None:
    Player.objects.filter(pk=house.alice.pk).update(nickname=SCRIPT)
    named = Round.objects.create(
        provider=house.provider, player=house.alice, reference=SCRIPT, game=house.game, currency="EUR",
        staked=Decimal(0), won=Decimal(0), live_bets=0, live_wins=0, dead_bets=0, balance_before=Decimal(0),
        balance_after=Decimal(0), opened_at=utc_now(),
    )  # fmt: skip
    pages = [
        f"players/player/{house.alice.pk}/change", "players/player", "wallet/transaction", "play/round", "play/leg",
        f"play/round/{named.pk}/change", f"play/leg/{house.bet}/change", "play/round/open", "wallet/account",
        f"wallet/transaction/{house.bet}/change", f"players/player/{house.alice.pk}/block",
    ]  # fmt: skip
    for page in pages:
        text = office.get(f"/admin/{page}/").content.decode()
        assert SCRIPT not in text, page
        assert "&lt;script&gt;alert(1)" in text, page


def test_the_dashboard_counts_play_in_the_base_currency(office: Client, house: House) -> None:
    cache.clear()  # an earlier test's present hour is remembered for seconds
    text = office.get("/admin/").content.decode()
    assert "≈−3.00 EUR".replace("≈−", "≈\u2212") in text
    assert "exactly -3.005 EUR" in text
    assert "Run manage.py seal_ledger" in text


def test_the_dashboard_stands_without_redis(office: Client, house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    def down(*_args: object, **_options: object) -> None:
        raise RedisDown("no Redis")

    monkeypatch.setattr(cache, "get_many", down)
    monkeypatch.setattr(cache, "set", down)
    assert "exactly -3.005 EUR" in office.get("/admin/").content.decode()


def test_every_asset_is_our_own(office: Client, house: House) -> None:
    for page in ("", "play/round/", f"play/round/{house.round.pk}/change/", "wallet/transaction/"):
        text = office.get(f"/admin/{page}").content.decode()
        for attribute in ("src=", "href=", "action="):
            for part in text.split(attribute)[1:]:
                assert not part.lstrip("\"'").startswith(("http", "//")), part[:80]
