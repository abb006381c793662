"""The demonstration shows a limit in every state, and seeding it again adds nothing."""

from __future__ import annotations

import pytest
from django.core.management import call_command

from common.clock import utc_now
from compliance.limits.enums import CaseKind, CaseState, ChangeState, DepositState, LimitOwner
from compliance.limits.models import CareCase, DepositReservation, Limit, LimitChange, LimitReview
from compliance.limits.selectors.missing import limits_missing
from compliance.limits.selectors.rules import limit_policy
from compliance.limits.selectors.usage import limits_in_force
from players.models import Player
from tests.factories import rate_make

pytestmark = pytest.mark.django_db


def test_every_state_is_there_once_seeded_and_no_more_the_second_time() -> None:
    now = utc_now()
    for currency in ("GBP", "SEK"):
        rate_make(currency, "2", on=now.date())
    for _again in range(2):
        call_command("seed_limits")
    assert Limit.objects.filter(ended_at=None).exists()
    assert Limit.objects.exclude(ended_at=None).exists()
    assert set(Limit.objects.values_list("owner", flat=True)) == set(LimitOwner.values)
    states = set(LimitChange.objects.values_list("state", flat=True))
    assert states >= {ChangeState.WAITING, ChangeState.APPLIED, ChangeState.EXPIRED}
    assert set(DepositReservation.objects.values_list("state", flat=True)) == set(DepositState.values)
    assert set(CareCase.objects.values_list("kind", flat=True)) == set(CaseKind.values)
    assert set(CareCase.objects.values_list("state", flat=True)) >= {CaseState.OPEN, CaseState.CLEARED}
    assert LimitReview.objects.filter(reviewed_at=None).exists()
    assert Player.objects.count() == 11
    reached = limits_in_force(player=Player.objects.get(nickname="Rea Reached"), now=now)
    assert reached.strictest["deposit", "day"].percent == 100
    missing = Player.objects.get(nickname="Mia Missing")
    assert len(limits_missing(missing, limit_policy(missing, now))) == 3
