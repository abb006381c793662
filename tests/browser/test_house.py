"""The house in a real browser: first screens in every look, the palette and the keys without a mouse."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from common.clock import utc_now
from compliance.enums import RestrictionKind
from compliance.services.restrictions import restriction_place
from players.models import Player
from players.notes.models import Note
from tests.browser.accessibility import assert_accessible
from tests.browser.harness import SignedIn
from tests.browser.looks import fits, looks_of, picture
from tests.overview.scene import Scene, a_full_life, scene_make

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def scene(server: str) -> Scene:
    scene = scene_make()
    a_full_life(scene, now=utc_now())
    return scene


def look_at(page: Page, name: str) -> None:
    for look in looks_of(page, name):
        assert_accessible(page, f"{name}, {look}")
        assert fits(page), f"{name}, {look}: scrolls sideways"


def of_player(player: Player) -> str:
    return f"/admin/players/player/{player.pk}/change/"


def test_first_screens_are_accessible_in_every_look(scene: Scene, signed_in: SignedIn) -> None:
    page = signed_in("risk").page
    for name, address in (
        ("dashboard", "/admin/"),
        ("player", of_player(scene.alice)),
        ("player-then", of_player(scene.alice) + "?as_of=2026-01-01"),
        ("players", "/admin/players/player/?status__exact=active"),
        ("note", f"/admin/overview/player/{scene.alice.pk}/note/"),
        ("keys", "/admin/overview/keys/"),
    ):
        page.goto(address)
        look_at(page, f"house-{name}")


def test_a_blocked_player_and_a_quiet_house_are_accessible(server: str, signed_in: SignedIn) -> None:
    page = signed_in("auditor").page
    look_at(page, "house-quiet")
    scene, now = scene_make(), utc_now()
    restriction_place(
        player_id=scene.alice.pk, kind=RestrictionKind.SELF_EXCLUDED, starts_at=now, ends_at=None,
        reason="asked by phone", actor="staff:7", now=now,
    )  # fmt: skip
    page.goto(of_player(scene.alice))
    expect(page.get_by_role("heading", name="Why play is blocked")).to_be_visible()
    look_at(page, "house-blocked")


def test_the_palette_leads_to_a_player_without_the_mouse(scene: Scene, signed_in: SignedIn) -> None:
    page = signed_in("support").page
    page.keyboard.press("Control+k")
    expect(page.locator(":focus")).to_have_attribute("placeholder", "Type to search")
    page.keyboard.type("alice", delay=30)
    expect(page.get_by_text(scene.alice.public_id)).to_be_visible()
    picture(page, "house-palette")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(re.escape(of_player(scene.alice))))


def test_the_keys_are_shown_and_lead_through_the_house(scene: Scene, signed_in: SignedIn) -> None:
    page = signed_in("support").page
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    assert_accessible(page, "keys")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="Keys")).to_be_hidden()
    page.keyboard.press("g")
    page.keyboard.press("p")
    page.wait_for_url("**/admin/players/player/")
    page.keyboard.press("/")
    expect(page.locator("input:focus")).to_be_visible()
    page.keyboard.type(scene.alice.public_id)
    page.keyboard.press("Enter")
    page.wait_for_url("**/?q=*")
    expect(page.get_by_role("link", name=scene.alice.public_id)).to_be_visible()


def test_the_first_tab_skips_the_side_bar(server: str, signed_in: SignedIn) -> None:
    page = signed_in("support").page
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    assert "#content" in page.url


def test_a_filter_is_saved_chosen_and_forgotten(scene: Scene, signed_in: SignedIn) -> None:
    page = signed_in("support").page
    page.goto("/admin/players/player/?status__exact=active")
    page.get_by_label("Name for this filter").fill("Active ones")
    page.get_by_role("button", name="Save filter").click()
    page.goto("/admin/players/player/")
    page.get_by_role("link", name="Active ones").click()
    page.wait_for_url("**/?status__exact=active")
    page.get_by_role("button", name="Forget the filter Active ones").click()
    expect(page.get_by_role("link", name="Active ones")).to_have_count(0)


def test_a_note_is_written_where_it_is_read(scene: Scene, signed_in: SignedIn) -> None:
    desk = signed_in("support")
    desk.watch.allow("status of 422")
    page = desk.page
    page.goto(of_player(scene.alice))
    page.get_by_label("Note", exact=True).fill("Paid with 4111 1111 1111 1111")
    page.get_by_role("button", name="Write", exact=True).click()
    expect(page.get_by_text("This contains a payment card number")).to_be_visible()
    page.goto(of_player(scene.alice))
    page.get_by_label("Note", exact=True).fill("Wants a call back on Monday")
    page.get_by_label("Pin", exact=True).check()
    page.get_by_role("button", name="Write", exact=True).click()
    expect(page.get_by_text("Wants a call back on Monday").first).to_be_visible()
    assert Note.objects.filter(pinned=True, body="Wants a call back on Monday").count() == 1


def test_the_actions_of_a_player_open_by_keyboard(scene: Scene, signed_in: SignedIn) -> None:
    page = signed_in("risk").page
    page.goto(of_player(scene.alice))
    button = page.get_by_role("button", name="Actions")
    if button.is_visible():
        button.focus()
        page.keyboard.press("Enter")
    expect(page.get_by_role("link", name=re.compile("Block$"))).to_be_visible()
    picture(page, "house-actions")


def test_the_header_stays_in_sight(scene: Scene, signed_in: SignedIn) -> None:
    page = signed_in("risk").page
    page.goto(of_player(scene.alice))
    page.evaluate("window.scrollTo(0, 3000)")
    expect(page.locator(".glance-header")).to_be_in_viewport()
