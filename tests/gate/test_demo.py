"""The demonstration shows each kind of flag and each answer about a place, and is made once."""

from __future__ import annotations

import io

import pytest
from django.core.management import call_command

from common.clock import utc_now
from compliance.gate.ask import gate_ask
from compliance.gate.enums import FlagKind, Touchpoint
from compliance.gate.models import Flag
from compliance.geo.enums import LocationOutcome
from compliance.geo.models import LocationCheck
from players.models import Player

pytestmark = pytest.mark.django_db


def codes(nickname: str, touchpoint: Touchpoint) -> set[str]:
    player = Player.objects.get(nickname=nickname)
    return {reason.code for reason in gate_ask(player_id=player.pk, touchpoint=touchpoint, now=utc_now()).reasons}


def test_each_flag_and_each_whereabouts_is_shown_and_nothing_is_made_twice() -> None:
    told = io.StringIO()
    for _ in range(2):
        call_command("seed_gate", stdout=told)
    assert told.getvalue().count("11 players") == 2
    # Harm has players of its own: seed_harm.
    assert set(Flag.objects.values_list("kind", flat=True)) == set(FlagKind.values) - {FlagKind.RISK_HARM}
    looked = set(LocationCheck.objects.values_list("outcome", flat=True))
    assert looked == set(LocationOutcome.values) - {LocationOutcome.HOSTING}
    assert "deposit_blocked" in codes("Dan Deposits", Touchpoint.DEPOSIT)
    assert "risk_flagged" in codes("Fred Fraud", Touchpoint.WITHDRAWAL)
    assert codes("Lars Lifted", Touchpoint.WITHDRAWAL) == set()
    assert "geo_blocked" not in codes("Ina Inside", Touchpoint.LAUNCH)
    for outside in ("Otto Outside", "Cora Crossing", "Vera Vpn", "Uli Unknown"):
        assert "geo_blocked" in codes(outside, Touchpoint.LAUNCH), outside
