"""The back office: where money is, how old, what was asked; fetching it and asking by whoever may."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.cache import cache
from django.test import Client

from casino.transfers.enums import VisitState
from casino.transfers.models import TransferVisit
from common.clock import utc_now
from compliance.audit.models import AuditEvent
from tests.browser.harness import SignedIn
from tests.factories import player_make
from tests.signin.session import signed_in_client
from tests.staff import staff_member
from tests.transfers.conftest import NorthStar
from tests.transfers.rows import stay_end, stay_plan, told
from tests.transfers.scene import Scene

pytestmark = pytest.mark.django_db(transaction=True)
STAYS = "/admin/transfers/transfervisit/"


@pytest.fixture
def scene(north_star: NorthStar) -> Scene:
    cache.clear()
    made = Scene(north_star, now=utc_now())
    made.launch("60")
    made.plays(15, 0)
    return made


def client(role: str) -> Client:
    return signed_in_client(staff_member(role=role))


def test_money_at_providers_is_seen_with_its_age_and_totals(scene: Scene) -> None:
    text = client("payments").get(f"{STAYS}money/").content.decode()
    assert "North-Star" in text
    assert "60.00 EUR" in text
    assert scene.visit().reference in text
    assert scene.visit().reference in client("support").get(f"{STAYS}?where=out").content.decode()
    assert scene.leg().reference in client("auditor").get("/admin/transfers/transferleg/").content.decode()
    held = client("finance").get(f"/admin/wallet/hold/{scene.visit().hold_id}/change/").content.decode()
    assert scene.visit().reference in held


def test_a_stay_tells_its_transfers_and_every_call(scene: Scene) -> None:
    text = client("support").get(f"{STAYS}{scene.visit().pk}/change/").content.decode()
    assert scene.leg().reference in text
    assert "Money to the provider" in text


def test_staff_ask_the_provider_and_bring_the_money_back(scene: Scene) -> None:
    page = f"{STAYS}{scene.visit().pk}/"
    carol = client("payments")
    asked = carol.post(f"{page}ask_provider/", {}, follow=True)
    assert "45" in asked.content.decode()
    assert scene.visit().seen_balance == 45
    back = carol.post(f"{page}bring_back/", {"reason": "The player rang."}, follow=True)
    assert "The money is back." in back.content.decode()
    visit = scene.visit()
    assert (visit.state, visit.returned, visit.return_note) == (VisitState.CLOSED, 45, "The player rang.")
    event = AuditEvent.objects.get(name="transfers:visit:recalled")
    assert event.actor.startswith("staff:")


@pytest.mark.parametrize("role", ["support", "auditor"])
def test_who_only_looks_fetches_nothing(scene: Scene, role: str) -> None:
    page = f"{STAYS}{scene.visit().pk}/"
    assert client(role).post(f"{page}bring_back/", {"reason": "x"}).status_code == 403
    assert client(role).post(f"{page}ask_provider/", {}).status_code == 403
    assert scene.visit().state == VisitState.AT_PROVIDER


def test_the_pages_look_as_they_should(north_star: NorthStar, signed_in: SignedIn, tmp_path: Path) -> None:
    """Written as pictures beside the test's other files; nothing on them complains."""
    scene = Scene(north_star, now=utc_now() - timedelta(minutes=9))
    scene.launch("60")
    for name, amount in (("Ben", "25"), ("Cleo", "310.50")):
        stay = told(stay_plan(player_make(name, balance="500"), scene.game, amount, scene.now), amount, scene.now)
    stay_end(stay, "400", scene.now)
    desk = signed_in("payments")
    visit = TransferVisit.objects.order_by("pk")[0]
    for name, path in (("money", f"{STAYS}money/"), ("list", STAYS), ("stay", f"{STAYS}{visit.pk}/")):
        desk.page.goto(path)
        desk.page.screenshot(path=str(tmp_path / f"{name}.png"), full_page=True)
        assert desk.page.get_by_text("60.00 EUR").count() >= 1
