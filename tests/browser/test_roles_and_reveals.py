"""People, roles, the matrix and personal data in a real browser, in every look."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from common.clock import utc_now
from compliance.staff.models import Role, StaffUser
from players.models import Player
from players.personal.enums import RevealGroup, RevealPurpose
from players.personal.services.personal_data import personal_data_reveal, personal_data_set
from players.personal.types import PersonalDetails
from tests.browser.accessibility import assert_accessible
from tests.browser.harness import SignedIn
from tests.browser.looks import fits, looks_of, picture
from tests.factories import caches_forget, player_make
from tests.staff import also_has_role, staff_member

DETAILS = PersonalDetails(
    full_name="Alice Borg", email="alice.borg@example.com", phone="+356 2123 4567", birth_date=date(1990, 2, 3),
    address_lines="12 Republic Street", city="Valletta", postcode="VLT 1110",
)  # fmt: skip


@pytest.fixture
def alice(server: str) -> Iterator[Player]:
    caches_forget()
    player = player_make()
    personal_data_set(player_id=player.pk, details=DETAILS, actor="system:test", reason="registered", now=utc_now())
    yield player
    caches_forget()


def look_at(page: Page, name: str) -> None:
    for look in looks_of(page, name):
        assert_accessible(page, f"{name}, {look}")
        assert fits(page), f"{name}, {look}: scrolls sideways"


def test_the_matrix_and_the_pages_of_people_in_every_look(alice: Player, signed_in: SignedIn) -> None:
    desk = signed_in("administrator")
    bob = staff_member("payments", username="bob", valid_until=utc_now() + timedelta(days=90))
    also_has_role(bob, "finance", brands=[alice.brand])
    for name, path in (
        ("matrix", "staff/role/matrix/"),
        ("role", f"staff/role/{Role.objects.get(code='support').pk}/change/"),
        ("person", f"staff/staffuser/{bob.pk}/change/"),
        ("people", "staff/staffuser/"),
        ("person-new", "staff/staffuser/add/"),
    ):
        desk.page.goto(f"/admin/{path}")
        look_at(desk.page, f"roles-{name}")


def test_a_grant_is_proposed_with_its_conflicts_in_sight(alice: Player, signed_in: SignedIn) -> None:
    desk = signed_in("administrator")
    bob = staff_member("payments", username="bob")
    page = desk.page
    page.goto(f"/admin/staff/staffuser/{bob.pk}/grant/")
    page.locator("select[name=role]").select_option("finance")
    page.get_by_label("Why").fill("Stands in for Fay.")
    page.get_by_role("button", name="Show what it would change").click()
    expect(page.get_by_text("proposes and approves: adjustment")).to_be_visible()
    assert_accessible(page)
    picture(page, "roles-grant-preview")
    page.get_by_role("button", name="Propose it").click()
    expect(page.get_by_text("Somebody else decides about it")).to_be_visible()
    assert not StaffUser.objects.get(pk=bob.pk).has_perm("wallet.approve_adjustment")


def test_a_reveal_asks_for_its_purpose_and_is_gone_on_the_next_page(alice: Player, signed_in: SignedIn) -> None:
    desk = signed_in("support")
    page = desk.page
    page.goto(f"/admin/players/player/{alice.pk}/change/")
    expect(page.get_by_text("a•••@e•••.com")).to_be_visible()
    picture(page, "personal-masked")
    page.goto(f"/admin/players/player/{alice.pk}/contact/")
    look_at(page, "personal-ask")
    page.get_by_label("In words").fill("Ticket SUP-12: rings us back.")
    page.get_by_role("button", name="Reveal").click()
    expect(page.get_by_text("alice.borg@example.com")).to_be_visible()
    assert_accessible(page)
    picture(page, "personal-revealed")
    page.get_by_text("Hide it again").click()
    expect(page.get_by_text("alice.borg@example.com")).to_have_count(0)


def test_the_report_of_reveals_and_the_search_in_every_look(alice: Player, signed_in: SignedIn) -> None:
    desk = signed_in("compliance_officer")
    now = utc_now()
    for person, count in (("carol", 24), ("dora", 3), ("emil", 7)):
        colleague = staff_member("support", username=person)
        for number in range(count):
            personal_data_reveal(
                player_id=alice.pk, group=RevealGroup.CONTACT, purpose=RevealPurpose.FRAUD, note="case 7",
                staff_id=colleague.pk, now=now - timedelta(days=0 if count > 20 else number % 5),
            )  # fmt: skip
    for name, path in (
        ("report", "personal/reveal/report/"),
        ("reveals", "personal/reveal/"),
        ("find", "players/player/find/"),
    ):
        desk.page.goto(f"/admin/{path}")
        look_at(desk.page, f"personal-{name}")
