"""Ctrl-K finds what the person may see, and nothing else; the side bar shows what the person may open."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib import admin
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from redis.exceptions import ConnectionError as RedisDown

from casino.play.models import Leg, Round
from common.backoffice.books import ListScreen
from common.clock import utc_now
from compliance.staff.roles import ROLES
from config.back_office import JOBS
from players.models import Brand
from tests.factories import game_make, player_make, provider_make
from tests.overview.conftest import Office
from tests.overview.scene import Scene, play, scene_make

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def scene() -> Scene:
    scene = scene_make(balance="1000")
    play(scene, utc_now() - timedelta(minutes=3), ("10", "4"))
    return scene


def found(office: Client, term: str) -> str:
    answer = office.get("/admin/search/", {"s": term, "extended": "1"})
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_it_finds_players_rounds_transactions_sessions_games_and_screens(office: Client, scene: Scene) -> None:
    leg = Leg.objects.filter(kind="bet").select_related("session").get()
    played = Round.objects.get()
    assert leg.session is not None
    for term, address in (
        (scene.alice.public_id, f"/admin/players/player/{scene.alice.pk}/change/"),
        ("ali", f"/admin/players/player/{scene.alice.pk}/change/"),
        ("ALI", f"/admin/players/player/{scene.alice.pk}/change/"),
        (played.reference, f"/admin/play/round/{played.pk}/change/"),
        (leg.provider_transaction_id, f"/admin/play/leg/{leg.pk}/change/"),
        (str(leg.pk), f"/admin/wallet/transaction/{leg.pk}/change/"),
        (leg.session.public_id, f"/admin/play/gamesession/{leg.session.pk}/change/"),
        ("slot", f"/admin/games/game/{scene.game.pk}/change/"),
        ("sandbox", f"/admin/games/provider/{scene.game.provider_id}/change/"),
        ("open rounds", "/admin/play/round/open/"),
    ):
        assert address in found(office, term), term


def test_ids_tell_capitals_apart_as_providers_do(office: Client, scene: Scene) -> None:
    leg = Leg.objects.get(kind="bet")
    assert leg.provider_transaction_id == leg.provider_transaction_id.lower()
    assert "/admin/play/leg/" not in found(office, leg.provider_transaction_id.upper())


def test_it_finds_nothing_beyond_the_persons_brands(office_of: Office, scene: Scene) -> None:
    other = Brand.objects.create(code="aurora", name="Aurora", jurisdiction="MT")
    desk = office_of("auditor", brands=[other])
    leg, played = Leg.objects.filter(kind="bet").get(), Round.objects.get()
    for term in (scene.alice.public_id, "ali", played.reference, leg.provider_transaction_id, str(leg.pk)):
        assert "/change/" not in found(desk, term), term


def test_it_finds_nothing_without_the_right(office_of: Office, scene: Scene) -> None:
    desk = office_of("affiliates")
    for term in (scene.alice.public_id, "ali", Round.objects.get().reference, "transactions"):
        text = found(desk, term)
        assert "/admin/players/player/" not in text
        assert "/admin/play/" not in text
        assert "/admin/wallet/" not in text


def test_what_is_found_is_found_anew_each_time(office: Client) -> None:
    """A right that has gone, or a player who came, counts at once: nothing is kept for minutes."""
    assert "/change/" not in found(office, "zoe")
    player_make("Zoe")
    assert "/change/" in found(office, "zoe")


@pytest.mark.parametrize("term", ["", "a", "%", "_", "' OR 1=1 --", "\x00", "x" * 5000, "<script>alert(1)</script>"])
def test_any_term_is_answered(office: Client, term: str) -> None:
    text = found(office, term)
    assert "<script>alert(1)" not in text
    assert "/change/" not in text


def test_nobody_searches_without_being_signed_in(scene: Scene) -> None:
    assert Client().get("/admin/search/", {"s": "ali", "extended": "1"}).status_code == 302


def test_the_palette_and_the_side_bar_stand_without_valkey(
    office: Client, scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    def down(*_args: object, **_options: object) -> None:
        raise RedisDown("no Valkey")

    for name in ("get", "set", "get_many"):
        monkeypatch.setattr(cache, name, down)
    assert "/change/" in found(office, "ali")
    assert office.get("/admin/players/player/").status_code == 200


def links_of(office: Client) -> set[str]:
    text = office.get("/admin/overview/keys/").content.decode()
    bar = text[text.index('id="nav-sidebar-apps"') : text.index("openUserLinks")]
    return {part.split('"')[0] for part in bar.split('<a href="')[1:]}


@pytest.mark.parametrize("role", [seed.code for seed in ROLES])
def test_every_link_of_the_side_bar_opens_for_whoever_sees_it(office_of: Office, role: str) -> None:
    desk = office_of(role)
    links = links_of(desk)
    assert "/admin/" in links
    for address in links:
        assert desk.get(address).status_code == 200, address


def test_the_side_bar_leaves_out_what_a_role_may_not_open(office_of: Office) -> None:
    assert links_of(office_of("affiliates")) == {"/admin/", "/admin/players/brand/", "/admin/games/game/"}
    assert "/admin/wallet/transaction/" not in links_of(office_of("administrator"))


def test_every_list_of_the_house_stands_in_the_side_bar_and_every_link_leads_somewhere() -> None:
    linked = {link.name for _job, links in JOBS for link in links}
    lists = {
        f"{model._meta.app_label}_{model._meta.model_name}_changelist"
        for model, screen in admin.site._registry.items()
        if isinstance(screen, ListScreen)
    }
    assert lists <= linked
    for name in linked:
        assert reverse(name if ":" in name else f"admin:{name}")


def test_every_job_has_a_heading_and_no_link_stands_twice() -> None:
    names = [link.name for _job, links in JOBS for link in links]
    assert len(names) == len(set(names))
    assert all(job for job, _links in JOBS[1:])


def test_the_side_bar_counts_what_waits(office: Client, scene: Scene) -> None:
    old = utc_now() - timedelta(hours=2)
    for number in range(3):
        Round.objects.create(
            provider=scene.game.provider, player=scene.alice, reference=f"old-{number}", game=scene.game,
            currency="EUR", staked=1, won=0, live_bets=1, live_wins=0, dead_bets=0, balance_before=1, balance_after=0,
            opened_at=old,
        )  # fmt: skip
    cache.clear()
    text = office.get("/admin/overview/keys/").content.decode()
    item = text[text.index("Open rounds by age") :][:2500]
    assert item.split("</a>")[0].count("3") >= 1
    assert "open for over an hour" in item.split("</a>")[0]


def test_the_keys_are_written_down_on_a_page_and_on_every_page(office: Client) -> None:
    for path in ("/admin/overview/keys/", "/admin/", "/admin/players/player/"):
        text = office.get(path).content.decode()
        assert "Ctrl + K" in text
        assert 'id="keys-list"' in text
        assert "Skip to the content" in text
        assert "overview/keys.js" in text


def test_a_game_of_many_is_found_by_a_part_of_its_name(office: Client) -> None:
    provider = provider_make()
    for number in range(20):
        game_make(provider, f"fruit{number}")
    assert found(office, "fruit").count("/admin/games/game/") == 8
