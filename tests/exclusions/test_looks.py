"""The screens of exclusions in a real browser: accessible and in shape in every look, with every state."""

from __future__ import annotations

import pytest

from casino.entrance.services.demo_protection import demo_protection
from common.clock import utc_now
from compliance.exclusions.models import Exclusion, ReturnRequest
from compliance.register.models import RegisterLookup
from tests.browser.accessibility import assert_accessible
from tests.browser.harness import SignedIn
from tests.browser.looks import fits, looks_of
from tests.factories import rate_make
from tests.register.conftest import *  # noqa: F403 - the simulated register

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_screens_of_exclusions_are_accessible_in_every_look(
    server: str, signed_in: SignedIn, register: Register  # noqa: F405
) -> None:  # fmt: skip
    now = utc_now()
    rate_make("GBP", "0.85", on=now.date())
    demo_protection(now=now)
    page = signed_in("responsible_gaming").page
    waiting = ReturnRequest.objects.filter(contacted_at=None).order_by("pk")[0]
    followed = Exclusion.objects.exclude(origin=None).order_by("pk")[0].origin_id
    for name, address in (
        ("list", "/admin/exclusions/exclusion/"),
        ("one", f"/admin/exclusions/exclusion/{followed}/change/"),
        ("place", "/admin/exclusions/exclusion/place/"),
        ("person", "/admin/exclusions/exclusion/place-person/"),
        ("returns", "/admin/exclusions/returnrequest/"),
        ("return", f"/admin/exclusions/returnrequest/{waiting.pk}/change/"),
        ("lookups", "/admin/register/registerlookup/"),
        ("lookup", f"/admin/register/registerlookup/{RegisterLookup.objects.order_by('pk')[0].pk}/change/"),
    ):
        page.goto(address)
        for look in looks_of(page, f"exclusions-{name}"):
            assert_accessible(page, f"exclusions-{name}, {look}")
            assert fits(page), f"exclusions-{name}, {look}: scrolls sideways"
