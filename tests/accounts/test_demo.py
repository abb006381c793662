"""The demo's players sign in, and its refused registrations are there to be looked at."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import call_command

from casino.entrance.services.demo_accounts import PASSWORD, demo_accounts
from casino.play.services.demo import demo_seed
from common.clock import utc_now
from players.accounts.models import Registration
from tests.accounts.cast import Caller
from wallet.services.accounts import house_accounts_forget

pytestmark = pytest.mark.django_db


def test_the_demo_shows_accounts_and_refused_registrations_once() -> None:
    house_accounts_forget()
    call_command("load_fx_rates", "--sample", "--as-of", "today", verbosity=0)
    demo_seed(now=utc_now())
    made = demo_accounts(now=utc_now())
    assert made == demo_accounts(now=utc_now() + timedelta(minutes=1))
    assert sorted(Registration.objects.values_list("outcome", flat=True)) == ["duplicate", "opened", "underage"]
    assert Caller().sign_in(email="alice.borg@mail.example", password=PASSWORD).status_code == 201
