"""Filters that a person saves: on the list, in the palette, nobody else's, and never a way out of the house."""

from __future__ import annotations

from threading import Thread

import pytest
from django.db import connection, transaction
from django.test import Client

from common.clock import utc_now
from reporting.overview.errors import (
    FilterEmpty,
    FilterNameMissing,
    FilterNameTaken,
    FilterTooLong,
    NoSuchFilter,
    TooManyFilters,
)
from reporting.overview.models import SavedFilter
from reporting.overview.services import saved_filters as service
from reporting.overview.services.saved_filters import filter_delete, filter_save, query_kept
from tests.factories import player_make
from tests.overview.conftest import Office
from tests.signin.session import sign_in
from tests.staff import staff_member

pytestmark = pytest.mark.django_db(transaction=True)
SAVE = "/admin/overview/filters/save/"
BLOCKED = {"screen": "players_player", "name": "Blocked ones", "query": "status__exact=blocked&p=3"}
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def desk(office_of: Office) -> Client:
    return office_of("auditor")


def test_a_filter_is_saved_from_the_list_and_found_there_and_in_the_palette(desk: Client) -> None:
    assert "Save filter" in desk.get("/admin/players/player/?status__exact=blocked").content.decode()
    answer = desk.post(SAVE, BLOCKED)
    assert (answer.status_code, answer["Location"]) == (302, "/admin/players/player/?status__exact=blocked")
    text = desk.get("/admin/players/player/").content.decode()
    assert "Blocked ones" in text
    assert "/admin/players/player/?status__exact=blocked" in text
    assert "Blocked ones" in desk.get("/admin/search/", {"s": "blocked", "extended": "1"}).content.decode()


def test_a_filter_that_is_chosen_is_not_offered_to_be_saved_again(desk: Client) -> None:
    desk.post(SAVE, BLOCKED)
    text = desk.get("/admin/players/player/?status__exact=blocked").content.decode()
    assert "Save filter" not in text
    assert "filter-chosen" in text


def test_an_unfiltered_list_offers_nothing_to_save(desk: Client) -> None:
    assert "Save filter" not in desk.get("/admin/players/player/").content.decode()
    assert "Save filter" not in desk.get("/admin/players/player/?p=1").content.decode()


def test_a_filter_is_forgotten_by_its_owner_alone(desk: Client, office_of: Office) -> None:
    desk.post(SAVE, BLOCKED)
    kept = SavedFilter.objects.get()
    mallory = office_of("support")
    assert mallory.post(f"/admin/overview/filters/{kept.pk}/delete/").status_code == 404
    assert "Blocked ones" not in mallory.get("/admin/players/player/").content.decode()
    assert "Blocked ones" not in mallory.get("/admin/search/", {"s": "blocked", "extended": "1"}).content.decode()
    assert desk.get(f"/admin/overview/filters/{kept.pk}/delete/").status_code == 405
    assert desk.post(f"/admin/overview/filters/{kept.pk}/delete/").status_code == 302
    assert not SavedFilter.objects.exists()


def test_saving_and_forgetting_need_the_csrf_token() -> None:
    person = staff_member("auditor")
    strict = sign_in(Client(enforce_csrf_checks=True), person)
    assert strict.post(SAVE, BLOCKED).status_code == 403
    assert not SavedFilter.objects.exists()


@pytest.mark.parametrize("screen", ["https://evil.example", "//evil.example", "../../", "nosuch_list", "", SCRIPT])
def test_no_filter_leads_out_of_the_house(desk: Client, screen: str) -> None:
    assert desk.post(SAVE, BLOCKED | {"screen": screen}).status_code == 404
    assert not SavedFilter.objects.exists()


def test_a_list_without_the_right_to_it_takes_no_filter(office_of: Office) -> None:
    assert office_of("affiliates").post(SAVE, BLOCKED).status_code == 404


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"name": ""}, "Give the filter a name"),
        ({"name": "x" * 61}, "Give the filter a name"),
        ({"query": ""}, "Nothing is narrowed"),
        ({"query": "p=2&o=1"}, "Nothing is narrowed"),
        ({"query": "q=" + "x" * 1000}, "more than 1,000 characters"),
        ({"query": "&".join(f"a{n}=1" for n in range(60))}, "no filter of a list"),
    ],
)
def test_what_is_no_filter_is_refused_in_one_line(desk: Client, change: dict[str, str], words: str) -> None:
    answer = desk.post(SAVE, BLOCKED | change, follow=True)
    assert words in answer.content.decode()
    assert not SavedFilter.objects.exists()


def test_a_script_in_a_name_is_only_text_on_the_list_and_in_the_palette(desk: Client) -> None:
    player_make(SCRIPT)
    desk.post(SAVE, BLOCKED | {"name": SCRIPT})
    for path in ("/admin/players/player/", "/admin/search/?s=script&extended=1"):
        text = desk.get(path).content.decode()
        assert SCRIPT not in text
        assert "&lt;script&gt;alert(1)" in text


def test_the_service_refuses_each_reason_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    person, now = staff_member("auditor"), utc_now()

    def save(name: str, query: str = "q=1") -> SavedFilter:
        return filter_save(staff_id=person.pk, screen="players_player", name=name, query=query, now=now)

    save("one")
    for wanted, name, query in (
        (FilterNameTaken, "one", "q=2"),
        (FilterNameMissing, " \x00 ", "q=1"),
        (FilterEmpty, "two", "p=1"),
        (FilterTooLong, "two", "q=" + "x" * 1000),
    ):
        with pytest.raises(wanted):
            save(name, query)
    monkeypatch.setattr(service, "MOST", 1)
    with pytest.raises(TooManyFilters):
        save("two")
    with pytest.raises(NoSuchFilter):
        filter_delete(staff_id=person.pk, filter_id=999_999)


def test_a_button_pressed_twice_saves_one_filter_and_refuses_the_other() -> None:
    person, refused = staff_member("auditor"), []

    def save() -> None:
        filter_save(staff_id=person.pk, screen="players_player", name="one", query="q=1", now=utc_now())

    def save_again() -> None:
        try:
            save()
        except FilterNameTaken as refusal:
            refused.append(refusal)
        finally:
            connection.close()

    second = Thread(target=save_again)
    with transaction.atomic():
        save()
        second.start()
        second.join(timeout=1)
        assert second.is_alive()  # it waits for the first
    second.join(timeout=10)
    assert len(refused) == 1
    assert SavedFilter.objects.count() == 1


def test_pages_and_orders_belong_to_the_moment() -> None:
    assert query_kept("?q=a b&p=2&o=-1&empty=&kind__exact=bet") == "q=a+b&kind__exact=bet"
