"""A round's page and its evidence tell of nobody but its player, whatever ids a provider mixes up."""

from __future__ import annotations

import io
import zipfile
from html import unescape
from typing import Any

import pytest
from django.urls import reverse

from players.models import Brand, Player
from tests.factories import player_make
from tests.investigation.chaos import Chaos
from tests.investigation.conftest import Office
from tests.investigation.test_evidence import packed
from tests.wallet.sealing.sealer import seal_everything
from wallet.sealing.keys import SealKey

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def bob(chaos: Chaos) -> Chaos:
    """Bob, of another brand, at the same game of the same provider, whose bet is called b-bob."""
    other = Brand.objects.create(code="other", name="Other", jurisdiction="MT")
    player = player_make("Bob", is_test=True)
    Player.objects.filter(pk=player.pk).update(brand=other)
    made = Chaos(game=chaos.game, player=Player.objects.get(pk=player.pk))
    made.bet("3.00", "r-bob", "b-bob")
    return made


def test_ids_that_a_provider_mixes_up_show_no_other_players_calls_or_answers(
    chaos: Chaos, bob: Chaos, office: Office, seal_key: SealKey
) -> None:
    chaos.bet("10.00", "r-1", "bet-1")
    assert chaos.rollback("b-bob", round_id="r-1").status_code >= 400
    bob.call("bet", **bob.bet_fields("4.00", "r-bob", "bet-1"))
    bob.rollback("bet-1", round_id="r-bob")
    round_ = chaos.round()
    seal_everything(seal_key)
    page = unescape(office().get(reverse("admin:play_round_change", args=[round_.pk])).content.decode())
    pack = packed(round_, whole_blocks=False)
    assert "b-bob" in page, "what the provider said about Alice is told"
    assert bob.player.public_id not in page
    assert "2 calls with ids of this round named another player: left out." in page
    assert bob.player.public_id.encode() not in pack
    assert b"r-bob" not in pack


def test_whoever_works_for_one_brand_takes_no_whole_blocks(
    chaos: Chaos, bob: Chaos, office: Office, seal_key: SealKey
) -> None:
    chaos.bet("10.00", "r-1", "bet-1")
    round_ = chaos.round()
    seal_everything(seal_key)
    address = reverse("admin:play_round_evidence", args=[round_.pk])
    asked = {"purpose": "adr", "reason": "case 7", "whole_blocks": "on"}
    blocks = {}
    for name, person in (("near", office("risk", brands=[chaos.player.brand_id])), ("everywhere", office("risk"))):
        assert ("whole_blocks" in person.get(address).content.decode()) == (name == "everywhere")
        answer: Any = person.post(address, asked)
        with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as archive:
            blocks[name] = [path for path in archive.namelist() if path.startswith("proof/blocks/")]
    assert blocks["near"] == []
    assert blocks["everywhere"]


@pytest.mark.parametrize(("role", "reads"), [("risk", True), ("support", False), ("payments", False)])
def test_raw_calls_are_for_those_who_may_read_the_call_log(
    chaos: Chaos, office: Office, role: str, reads: bool
) -> None:
    chaos.agent = "agent-of-the-provider"
    chaos.bet("10.00", "r-1", "bet-1")
    page = unescape(office(role).get(reverse("admin:play_round_change", args=[chaos.round().pk])).content.decode())
    assert ("<summary>Raw request" in page, "agent-of-the-provider" in page) == (reads, reads)
    assert "bet-1" in page
    assert ("for those who may read the call log" in page) == (not reads)
