"""Brands and licences: what lies out of reach is in no list, page, filter, search, number or error."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib import admin
from django.test import Client

from casino.play.models import Round
from common.backoffice.books import ListScreen
from common.clock import utc_now
from common.scope import EVERYTHING, NOTHING, PLAYER, HouseWide, Scope, ScopePart
from compliance.audit.models import AuditEvent
from compliance.models import Restriction
from compliance.staff.models import RoleGrant
from compliance.staff.services.role_grants import role_revoke
from players.models import Player
from players.reach import PLAYERS, players_within
from tests.roles.conftest import SignedIn
from tests.roles.furnished import Corner, Furnished
from tests.signin.session import sign_in
from tests.staff import also_has_role, staff_member

pytestmark = pytest.mark.django_db


def rows_of(corner: Corner) -> dict[str, object]:
    return {
        "players/brand": corner.brand.pk, "players/player": corner.player.pk, "wallet/account": corner.account.pk,
        "wallet/transaction": corner.bet, "wallet/hold": corner.hold.pk, "play/round": corner.round.pk,
        "play/leg": corner.bet, "play/gamesession": corner.session.pk, "games/stop": corner.stop.pk,
        "compliance/restriction": corner.restriction.pk, "personal/reveal": corner.reveal.pk,
        "approvals/approval": corner.approval.pk, "calls/providercall": corner.call.pk,
        **corner.gate,
        **corner.transfers,
        **{f"limits/{model}": key for model, key in corner.limits.items()},
        "exclusions/exclusion": corner.exclusion.pk, "exclusions/returnrequest": corner.wish.pk,
        "register/registerlookup": corner.lookup.pk,
        "kyc/kycstate": corner.verification.pk, "kyc/document": corner.document.pk,
    }  # fmt: skip


def test_every_screen_says_how_it_keeps_to_a_reach() -> None:
    for screen in admin.site._registry.values():
        assert isinstance(screen, ListScreen), screen
        assert any("scope" in vars(kind) for kind in type(screen).__mro__ if kind is not ListScreen), screen
        if isinstance(screen.scope, HouseWide):
            assert len(screen.scope.reason) > 20, screen


@pytest.mark.parametrize("limit", ["brand", "jurisdiction"])
def test_nothing_out_of_reach_is_listed_or_opened(limit: str, house: Furnished, signed_in: SignedIn) -> None:
    reach: dict[str, Any] = {"brands": [house.mt.brand]} if limit == "brand" else {"jurisdictions": ["MT"]}
    client = signed_in("auditor", **reach)
    inside, outside = rows_of(house.mt), rows_of(house.se)
    for path, key in outside.items():
        listed = client.get(f"/admin/{path}/")
        assert listed.status_code == 200, path
        text = listed.content.decode()
        assert f"/admin/{path}/{key}/" not in text, path
        assert "Pola" not in text, path
        assert client.get(f"/admin/{path}/{key}/change/").status_code == 404, path
        assert client.get(f"/admin/{path}/{key}/history/").status_code == 404, path
        if path != "approvals/approval" or limit == "brand":
            assert client.get(f"/admin/{path}/{inside[path]}/change/").status_code == 200, path


def untold(page: bytes) -> bytes:
    """A page without what is drawn anew for each: the token of its forms."""
    return re.sub(rb'name="csrfmiddlewaretoken" value="[^"]+"', b"", page)


def test_a_row_out_of_reach_and_one_that_never_was_answer_the_same(house: Furnished, signed_in: SignedIn) -> None:
    client = signed_in("auditor", brands=[house.mt.brand])
    hidden = client.get(f"/admin/players/player/{house.se.player.pk}/change/")
    never = client.get("/admin/players/player/99999999/change/")
    assert (hidden.status_code, never.status_code) == (404, 404)
    assert untold(hidden.content) == untold(never.content)
    told = AuditEvent.objects.get(name="staff:access:refused")
    assert told.subject == f"players.player:{house.se.player.pk}"
    assert told.reason == "out of reach"


def test_searches_filters_and_completions_keep_to_the_reach(house: Furnished, signed_in: SignedIn) -> None:
    client = signed_in("auditor", brands=[house.mt.brand])
    for path in ("players/player", "wallet/transaction", "play/round", "play/leg", "wallet/account"):
        assert "Pola" not in client.get(f"/admin/{path}/", {"q": "pl_polar"}).content.decode().replace("pl_polar", "")
    assert "Polar Play" not in client.get("/admin/players/player/").content.decode()
    by_brand = client.get("/admin/players/player/", {"brand__id__exact": house.se.brand.pk}, follow=True)
    assert "Pola" not in by_brand.content.decode()
    completed = client.get(
        "/admin/autocomplete/", {"app_label": "play", "model_name": "round", "field_name": "player", "term": "pl_polar"}
    )
    assert completed.status_code == 200
    assert completed.json()["results"] == []
    found = client.get("/admin/search/", {"s": "pl_polar"}).content.decode()
    assert f"/admin/players/player/{house.se.player.pk}/" not in found
    answers = client.get("/admin/wallet/transaction/answers/", {"q": "win-pola"}).content.decode()
    assert "{&quot;status&quot;" not in answers
    assert "r-pola" not in client.get("/admin/play/round/open/").content.decode()


def test_an_action_reaches_no_further_than_its_own_grant(house: Furnished) -> None:
    """Seeing everything as one role and acting for one brand as another do not add up."""
    carol = staff_member("mlro", username="carol-of-two-roles", brands=[house.mt.brand])
    also_has_role(carol, "auditor")
    client = sign_in(Client(), carol)
    page = f"/admin/players/player/{house.se.player.pk}"
    assert client.get(f"{page}/change/").status_code == 200
    for step in ("block", "identity", "contact"):
        assert client.get(f"{page}/{step}/").status_code == 403
        assert client.post(f"{page}/{step}/", {"reason": "because"}).status_code == 403
    assert client.get(f"/admin/players/player/{house.mt.player.pk}/block/").status_code == 200
    assert Player.objects.get(pk=house.se.player.pk).status == "active"
    placed = client.post(
        "/admin/compliance/restriction/add/",
        {"player": house.se.player.public_id, "kind": "kyc_required", "reason": "x"},
    )
    assert "No player has this public id" in placed.content.decode()
    assert Restriction.objects.filter(player=house.se.player).count() == 1


def test_a_revoked_and_an_ended_grant_are_gone_at_the_next_request(house: Furnished) -> None:
    dora = staff_member("support", username="dora", valid_until=utc_now() + timedelta(seconds=2))
    client = sign_in(Client(), dora)
    path = "/admin/players/player/"
    assert client.get(path).status_code == 200
    RoleGrant.objects.get(staff=dora)
    extra = also_has_role(dora, "support", brands=[house.mt.brand])
    role_revoke(grant_id=extra.pk, actor="staff:1", reason="x", now=utc_now())
    kept = RoleGrant.objects.filter(staff=dora, revoked_at__isnull=True).get()
    role_revoke(grant_id=kept.pk, actor="staff:1", reason="moved", now=utc_now())
    assert client.get(path).status_code == 403


def test_a_union_of_grants_opens_what_was_granted_and_no_corner_more(house: Furnished) -> None:
    """Brand A everywhere and MT everywhere are not A-and-MT of everybody."""
    part_of_brand = ScopePart(brands=frozenset({house.se.brand.pk}), jurisdictions=frozenset({"MT"}))
    part_of_licence = ScopePart(brands=frozenset({house.mt.brand.pk}), jurisdictions=frozenset({"SE"}))
    scope = Scope((part_of_brand, part_of_licence))
    assert not scope.admits(brand_id=house.mt.brand.pk, jurisdiction="MT")
    assert not scope.admits(brand_id=house.se.brand.pk, jurisdiction="SE")
    assert not PLAYERS.narrow(Player.objects.all(), scope).exists()
    assert players_within([house.mt.player.pk], scope) == frozenset()
    assert PLAYER.narrow(Round.objects.all(), NOTHING).count() == 0
    assert PLAYER.narrow(Round.objects.all(), EVERYTHING).count() == 2
    only = Scope((ScopePart(jurisdictions=frozenset({"SE"})),))
    assert [row.player_id for row in PLAYER.narrow(Round.objects.all(), only)] == [house.se.player.pk]


def test_house_accounts_are_out_of_a_brands_reach(house: Furnished, signed_in: SignedIn) -> None:
    text = signed_in("finance", brands=[house.mt.brand]).get("/admin/wallet/account/").content.decode()
    assert "House ·" not in text
    assert "House ·" in signed_in("finance").get("/admin/wallet/account/").content.decode()
