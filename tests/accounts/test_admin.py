"""The screens of player accounts."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from common.clock import utc_now
from common.scope import EVERYTHING
from compliance.audit.models import AuditEvent
from players.accounts.models import Erasure, PlayerSession, TermsVersion
from players.models import Brand, BrandGroup, Player
from reporting.overview.selectors.player_links import linked_players
from tests.accounts.cast import ALICE, register
from tests.accounts.rows import account_rows
from tests.signin.session import signed_in_client
from tests.staff import staff_member

pytestmark = pytest.mark.django_db


def test_a_players_page_shows_how_they_sign_in_and_nothing_secret(aurora: Brand) -> None:
    made = register(now=utc_now())
    page = signed_in_client(staff_member("support")).get(
        reverse("admin:players_player_change", args=[made.player.pk])
    ).content.decode()  # fmt: skip
    for word in ("Sign-ins of the player", "Devices", "Terms and consents", "Not confirmed", "203.0.113.7"):
        assert word in page
    assert not [word for word in ("argon2", made.started.token, "Alice Borg") if word in page]


def test_support_ends_a_players_sign_in_with_a_reason(aurora: Brand) -> None:
    made = register(now=utc_now())
    support = signed_in_client(staff_member("support"))
    address = reverse("admin:accounts_playersession_end", args=[made.started.session.pk])
    assert support.get(address).status_code == 200
    assert PlayerSession.objects.get().ended_at is None
    assert support.post(address, {"reason": "The player lost the phone."}).status_code == 302
    assert PlayerSession.objects.get().end_reason == "staff"
    event = AuditEvent.objects.get(name="players:session:ended")
    assert (event.actor.split(":")[0], event.reason) == ("staff", "The player lost the phone.")
    again = support.post(address, {"reason": "once more please"})
    assert "There is no such sign-in." in again.content.decode()


def test_terms_are_published_from_now_on_and_never_edited(aurora: Brand) -> None:
    officer = signed_in_client(staff_member("compliance_officer"))
    address = reverse("admin:accounts_termsversion_add")
    at = utc_now() + timedelta(hours=1)
    given = {
        "brand": aurora.pk, "kind": "terms", "version": "2026-02", "title": "Terms", "text": "Be kinder.",
        "effective_at_0": f"{at:%Y-%m-%d}", "effective_at_1": f"{at:%H:%M:%S}",
    }  # fmt: skip
    past = officer.post(address, {**given, "effective_at_0": "2020-01-01"})
    assert "terms take effect from now on" in past.content.decode()
    assert officer.post(address, given).status_code == 302
    made = TermsVersion.objects.get(version="2026-02")
    assert AuditEvent.objects.get(name="players:terms:published").brand_id == aurora.pk
    page = officer.get(reverse("admin:accounts_termsversion_change", args=[made.pk]))
    assert b'name="text"' not in page.content


def test_a_legal_hold_is_put_on_an_erasure_and_taken_away(aurora: Brand) -> None:
    player = Player.objects.create(
        public_id="pl_x", brand=aurora, nickname="X", currency="EUR", country="MT", jurisdiction="MT",
        created_at=utc_now(),
    )  # fmt: skip
    row = account_rows(player, utc_now())["erasure"]
    officer = signed_in_client(staff_member("compliance_officer"))
    address = reverse("admin:accounts_erasure_hold", args=[row])
    assert officer.post(address, {"reason": "Order 12/2026"}).status_code == 302
    assert Erasure.objects.get().legal_hold == "Order 12/2026"
    assert officer.post(address, {"reason": ""}).status_code == 302
    assert Erasure.objects.get().legal_hold == ""


def test_an_administrator_joins_brands_into_a_group(aurora: Brand) -> None:
    boss = signed_in_client(staff_member("administrator"))
    given = {"code": "north", "name": "North"}
    assert boss.post(reverse("admin:players_brandgroup_add"), given).status_code == 302
    group = BrandGroup.objects.get(code="north")
    assert AuditEvent.objects.get(name="players:brandgroup:added").after == given
    terms = {"name": "Aurora", "jurisdiction": "MT", "group": group.pk, "enabled": "on"}
    assert boss.post(reverse("admin:players_brand_change", args=[aurora.pk]), terms).status_code == 302
    assert Brand.objects.get(pk=aurora.pk).group_id == group.pk
    assert AuditEvent.objects.get(name="players:brand:edited").after == {"group_id": group.pk}


def test_accounts_that_share_a_device_or_a_home_are_linked(aurora: Brand) -> None:
    first = register(now=utc_now()).player
    mate = replace(
        ALICE, full_name="Zoe Farrugia", email="zoe@mail.example", phone="+356 7000 1111", birth_date=date(1991, 1, 1)
    )
    second = register(mate, now=utc_now()).player
    (link,) = linked_players(player=first, scope=EVERYTHING)
    assert (link.player_id, link.shares) == (second.pk, "home, device")


def test_staff_export_everything_for_a_player_with_a_reason(aurora: Brand) -> None:
    made = register(now=utc_now())
    address = reverse("admin:players_player_export_subject", args=[made.player.pk])
    assert signed_in_client(staff_member("support")).get(address).status_code == 403
    officer = signed_in_client(staff_member("compliance_officer"))
    answer: Any = officer.post(address, {"reason": "The player wrote to us."})
    told = json.loads(b"".join(answer.streaming_content))
    assert (told["profile"]["full_name"], told["complete"]) == ("Alice Borg", True)
    event = AuditEvent.objects.get(name="players:subject:exported")
    assert (event.actor.split(":")[0], event.reason) == ("staff", "The player wrote to us.")
