"""What unfold builds for the mouse is done with the keyboard; narrow lists show all of their words."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from common.clock import utc_now
from tests.browser.accessibility import assert_accessible
from tests.browser.harness import SignedIn
from tests.browser.looks import NARROW, fits, picture
from tests.overview.scene import Scene, a_full_life, scene_make

pytestmark = pytest.mark.django_db(transaction=True)
CUT = """() => [...document.querySelectorAll('#result_list .data-row > *')]
    .filter(cell => cell.scrollHeight > cell.clientHeight + 1 || cell.scrollWidth > cell.clientWidth + 1)
    .map(cell => cell.innerText)"""


@pytest.fixture
def scene(server: str) -> Scene:
    scene = scene_make()
    a_full_life(scene, now=utc_now())
    return scene


def inside(page: Page, layer: str) -> bool:
    return bool(page.evaluate("layer => document.querySelector(layer).contains(document.activeElement)", layer))


def test_a_list_is_filtered_without_the_mouse(scene: Scene, signed_in: SignedIn) -> None:
    page = signed_in("risk").page
    page.goto("/admin/players/player/")
    page.locator("#searchbar").focus()
    for _tab in range(4):
        page.keyboard.press("Tab")
        if page.locator(":focus", has_text="Filters").count():
            break
    button = page.get_by_role("button", name="Filters")
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#changelist-filter")).to_be_visible()
    expect(page.locator("#changelist-filter :focus")).to_have_count(1)
    assert_accessible(page, "filters")
    for _tab in range(12):
        page.keyboard.press("Tab")
        assert inside(page, "#changelist-filter")
    page.keyboard.press("Escape")
    expect(page.locator("#changelist-filter")).to_be_hidden()
    expect(button).to_be_focused()
    page.keyboard.press(" ")
    page.get_by_label("Status").select_option("active")
    page.get_by_role("button", name="Apply Filters").press("Enter")
    page.wait_for_url(re.compile("status__exact=active"))


def test_the_palette_keeps_the_focus_and_gives_it_back(scene: Scene, signed_in: SignedIn) -> None:
    page = signed_in("support").page
    page.goto("/admin/players/player/")
    link = page.get_by_role("link", name="Dashboard")
    link.focus()
    page.keyboard.press("Control+k")
    field = page.get_by_placeholder("Type to search")
    expect(field).to_be_focused()
    page.keyboard.type("round", delay=30)
    expect(page.get_by_text("Open rounds by age").last).to_be_visible()
    for _tab in range(8):
        page.keyboard.press("Tab")
        assert page.evaluate(
            "document.activeElement.closest('.fixed').contains(document.getElementById('command-results'))"
        )
    page.get_by_role("link", name=re.compile("Investigate a round.*Screen")).focus()
    page.keyboard.press("Escape")
    expect(field).to_be_hidden()
    expect(link).to_be_focused()


def test_the_side_bar_of_a_narrow_page_opens_and_closes_by_keyboard(scene: Scene, signed_in: SignedIn) -> None:
    page = signed_in("support").page
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    page.goto("/admin/")
    button = page.get_by_role("button", name="Side bar")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Players", exact=True)).to_be_visible()
    assert_accessible(page, "side bar, narrow")
    page.wait_for_function("document.getElementById('nav-sidebar').contains(document.activeElement)")
    picture(page, "keyboard-side-bar")
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="Players", exact=True)).to_be_hidden()
    expect(button).to_be_focused()


def test_the_look_is_chosen_by_keyboard(scene: Scene, signed_in: SignedIn) -> None:
    page = signed_in("support").page
    account = page.get_by_role("button", name="Your account")
    account.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Light")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("html")).to_have_class(re.compile("dark"))
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Light")).to_be_hidden()
    expect(account).to_be_focused()


@pytest.mark.parametrize(
    "address",
    ["staff/role/", "usersessions/usersession/", "play/leg/", "wallet/transaction/", "audit/auditevent/"],
)
def test_narrow_lists_cut_nothing(scene: Scene, signed_in: SignedIn, address: str) -> None:
    page = signed_in("auditor").page
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    page.goto(f"/admin/{address}")
    expect(page.locator("#result_list .data-row").first).to_be_visible()
    assert page.evaluate(CUT) == []
    assert fits(page)
    picture(page, f"narrow-{address.split('/')[1]}")


def test_the_button_of_ones_account_stays_inside_the_side_bar(server: str, signed_in: SignedIn) -> None:
    page = signed_in("auditor", username="a_colleague_with_quite_a_long_name_of_his_own").page
    button = page.get_by_role("button", name="Your account").bounding_box()
    bar = page.locator("#nav-sidebar").bounding_box()
    assert button
    assert bar
    assert button["x"] + button["width"] <= bar["x"] + bar["width"]
