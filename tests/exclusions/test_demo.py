"""The demonstration shows each state, and seeding it again changes nothing."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest

from casino.entrance.services.demo_protection import demo_protection
from compliance.exclusions.enums import ReturnState
from compliance.exclusions.models import Exclusion, ReturnRequest
from compliance.exclusions.selectors.standing import exclusions_in_force
from compliance.register.models import RegisterStanding
from players.models import Player
from tests.factories import NOON, rate_make
from tests.register.conftest import *  # noqa: F403 - the simulated register

pytestmark = pytest.mark.django_db


def test_the_demo_shows_each_state(register: Register) -> None:  # noqa: F405
    rate_make("GBP", "0.85")
    demo_protection(now=NOON)
    again = demo_protection(now=NOON + timedelta(minutes=1))
    assert Counter(Exclusion.objects.values_list("kind", flat=True)) == {
        "time_out": 1, "self_exclusion": 6, "operator": 1, "register": 1,
    }  # fmt: skip
    assert again.exclusions == 9
    standing = {
        player.nickname: [one.kind for one in exclusions_in_force(player_id=player.pk, now=NOON)]
        for player in Player.objects.all()
    }
    assert standing == {
        "Eve": ["time_out"], "Frank": ["self_exclusion"], "Frank (Sceptre)": ["self_exclusion"],
        "Gina": ["self_exclusion"], "Hugh": ["self_exclusion"], "Iris": [], "John": ["operator"], "Kate": ["register"],
        "Liam": [], "Mona": [],
    }  # fmt: skip
    assert Counter(ReturnRequest.objects.values_list("state", flat=True)) == {
        ReturnState.WAITING: 2, ReturnState.RETURNED: 1,
    }  # fmt: skip
    said = dict(RegisterStanding.objects.values_list("player__nickname", "outcome"))
    assert said == {"Kate": "match", "Liam": "server_error", "Mona": "previously"}
