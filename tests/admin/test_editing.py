from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.forms.models import model_to_dict
from django.test import Client

from casino.games.errors import NetworkNotUnderstood
from casino.games.models import Game, Provider
from casino.games.networks import networks_parse
from common.clock import utc_now
from compliance.enums import RestrictionKind
from compliance.errors import RestrictionEndedAlready, RestrictionEndsBeforeStart, RestrictionStands
from compliance.models import Restriction
from compliance.services.restrictions import restriction_lift, restriction_place
from players.enums import PlayerStatus
from players.errors import PlayerStatusNotChangeable
from players.models import Player
from players.services.players import player_block, player_close, player_unblock
from tests.admin.conftest import House

TERMS: dict[str, Any] = {
    "name": "Sandbox Games", "protocol": "wallet_v1", "enabled": "on", "rate_limit": "2000", "min_stake": "0.10",
    "max_stake": "100",
}  # fmt: skip


def save(office: Client, house: House, **changes: str) -> Any:
    return office.post(f"/admin/games/provider/{house.provider.pk}/change/", TERMS | changes)


def test_the_terms_of_a_provider_are_saved_in_canonical_form(office: Client, house: House) -> None:
    assert save(office, house).status_code == 302
    provider = Provider.objects.get()
    assert (provider.min_stake, provider.max_stake) == (Decimal("0.10"), Decimal(100))
    assert provider.is_sandbox is False
    assert provider.code == "sandbox"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"min_stake": "5", "max_stake": "1"}, "below the smallest"),
        ({"min_stake": "-1"}, "not negative"),
        ({"max_stake": "NaN"}, "Enter a number"),
        ({"rate_limit": "0"}, "provider_rate_limit_positive"),
    ],
)
def test_wrong_terms_are_explained_and_not_saved(
    changes: dict[str, str], words: str, office: Client, house: House
) -> None:
    answer = save(office, house, **changes)
    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert Provider.objects.get().rate_limit == 2000


def test_networks_are_read_each_once() -> None:
    assert networks_parse(" 192.0.2.1 192.0.2.1/32\n\n") == ["192.0.2.1/32"]
    assert networks_parse("2001:db8::/32, 198.51.100.7") == ["2001:db8::/32", "198.51.100.7/32"]
    for text, words in (
        ("10.0.0.1/8", "write 10.0.0.0/8"), ("0.0.0.0/0", "whole internet"), ("::/0", "whole internet"),
    ):  # fmt: skip
        with pytest.raises(NetworkNotUnderstood) as refused:
            networks_parse(text)
        assert words in refused.value.message
    with pytest.raises(NetworkNotUnderstood, match="neither an address"):
        networks_parse("1.2.3")


def test_a_game_is_switched_off_and_limited(office: Client, house: House) -> None:
    form = {
        "name": "Slot", "category": "slot", "theoretical_rtp": "96.5", "min_stake": "", "max_stake": "20",
        "blocked_countries": "us, fr", "real_enabled": "on", "blocked_brands": [str(house.alice.brand_id)],
        "version": "1.4.2", "volatility": "8.0",
    }  # fmt: skip
    assert office.post(f"/admin/games/game/{house.game.pk}/change/", form).status_code == 302
    game = model_to_dict(Game.objects.get(pk=house.game.pk))
    assert game["enabled"] is False
    assert game["blocked_countries"] == ["FR", "US"]
    assert game["blocked_brands"] == [house.alice.brand_id]
    assert (game["version"], game["volatility"]) == ("1.4.2", 8)
    wrong = office.post(f"/admin/games/game/{house.game.pk}/change/", form | {"theoretical_rtp": "101"})
    assert "above 0 and up to 100" in wrong.content.decode()
    wrong = office.post(f"/admin/games/game/{house.game.pk}/change/", form | {"volatility": "-1"})
    assert "leave it empty where it is not known" in wrong.content.decode()


def test_a_player_is_blocked_and_closed_with_reasons(office: Client, house: House) -> None:
    page = f"/admin/players/player/{house.alice.pk}"
    assert office.post(f"{page}/block/", {"reason": ""}).status_code == 422
    for step, status in (("block", "blocked"), ("close", "closed")):
        assert office.post(f"{page}/{step}/", {"reason": f"why {step}"}).status_code == 302
        assert Player.objects.get(pk=house.alice.pk).status == status
    assert office.post(f"{page}/unblock/", {"reason": "please"}).status_code == 422
    told = " ".join(LogEntry.objects.values_list("change_message", flat=True))
    assert all(f"why {step}" in told for step in ("block", "close"))


def test_a_closed_account_stays_closed(house: House) -> None:
    player_close(player_id=house.alice.pk, actor="staff:1", now=utc_now(), reason="her wish")
    for step in (player_block, player_unblock, player_close):
        with pytest.raises(PlayerStatusNotChangeable):
            step(player_id=house.alice.pk, actor="staff:1", now=utc_now(), reason="no")
    assert Player.objects.get(pk=house.alice.pk).status == PlayerStatus.CLOSED


def test_a_restriction_is_placed_by_form_and_not_lifted_alone(office: Client, house: House) -> None:
    form = {"player": house.alice.public_id, "kind": "kyc_required", "reason": "passport expired"}
    assert office.post("/admin/compliance/restriction/add/", form).status_code == 302
    placed = Restriction.objects.get()
    assert placed.ends_at is None
    assert placed.placed_by.startswith("staff:")
    lift = f"/admin/compliance/restriction/{placed.pk}/lift/"
    assert b"a second person" in office.post(lift, {"reason": "new passport seen"}).content
    assert Restriction.objects.get().ends_at is None
    unknown = office.post("/admin/compliance/restriction/add/", form | {"player": "pl_nobody"})
    assert "No player has this public id" in unknown.content.decode()


def test_what_the_player_chose_is_not_lifted_early(house: House) -> None:
    now = utc_now()
    for kind in (RestrictionKind.SELF_EXCLUDED, RestrictionKind.TIME_OUT_ACTIVE):
        placed = restriction_place(
            player_id=house.alice.pk, kind=kind, starts_at=now, ends_at=now + timedelta(days=180), reason="own wish",
            actor="player", now=now,
        )  # fmt: skip
        with pytest.raises(RestrictionStands):
            restriction_lift(restriction_id=placed.pk, reason="asked nicely", actor="staff:1", now=now)
        later = now + timedelta(days=181)
        with pytest.raises(RestrictionEndedAlready):
            restriction_lift(restriction_id=placed.pk, reason="over", actor="staff:1", now=later)


def test_a_restriction_can_not_end_before_it_starts(house: House) -> None:
    now = utc_now()
    with pytest.raises(RestrictionEndsBeforeStart):
        restriction_place(
            player_id=house.alice.pk, kind=RestrictionKind.KYC_REQUIRED, starts_at=now,
            ends_at=now - timedelta(seconds=1), reason="x", actor="staff:1", now=now,
        )  # fmt: skip
