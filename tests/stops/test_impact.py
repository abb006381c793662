"""What a stop would hit, told before it is confirmed."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from casino.games.enums import StopScope
from casino.play.selectors import stop_impact as module
from casino.play.selectors.stop_impact import stop_impact
from tests.casino.play.table import Table, seat
from tests.factories import game_make, provider_make, rate_make

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def tables(table: Table) -> tuple[Table, Table]:
    """Alice staked 30.00 EUR in two rounds of which one runs; Bob staked 21.60 USD, 20.00 EUR, elsewhere."""
    rate_make("USD", "1.08")
    bob = seat(game_make(provider_make("other"), "their-slot"), "Bob", currency="USD")
    table.bet("10", "r1")
    table.bet("20", "r2", closes=True)
    bob.bet("21.60", "r1")
    return table, bob


def test_players_rounds_and_share_are_counted_by_what_would_stop(tables: tuple[Table, Table]) -> None:
    alice, bob = tables
    now = alice.now
    whole = stop_impact(scope=StopScope.ALL, target_id=None, now=now)
    assert (whole.players, whole.open_rounds, whole.share, whole.whole_day) == (2, 2, Decimal(1), True)
    targets = {
        StopScope.PROVIDER: alice.game.provider_id, StopScope.GAME: alice.game.pk, StopScope.PLAYER: alice.player.pk
    }  # fmt: skip
    for scope, target in targets.items():
        hit = stop_impact(scope=scope, target_id=target, now=now)
        assert (hit.players, hit.open_rounds, hit.share) == (1, 1, Decimal("0.6")), scope
    assert stop_impact(scope=StopScope.PLAYER, target_id=bob.player.pk, now=now).share == Decimal("0.4")


def test_sessions_that_idled_out_and_stakes_of_the_day_before_do_not_count(tables: tuple[Table, Table]) -> None:
    later = tables[0].now + timedelta(hours=3)
    assert stop_impact(scope=StopScope.ALL, target_id=None, now=later).players == 0


def test_a_house_without_a_bet_has_no_share(table: Table) -> None:
    hit = stop_impact(scope=StopScope.GAME, target_id=table.game.pk, now=table.now)
    assert (hit.players, hit.open_rounds, hit.share) == (1, 0, None)


def test_a_long_day_is_read_from_its_newest_calls_alone(
    tables: tuple[Table, Table], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "BETS_READ", 1)
    hit = stop_impact(scope=StopScope.GAME, target_id=tables[1].game.pk, now=tables[0].now)
    assert hit.share == Decimal(1), "Bob's bet is the newest call"
    assert not hit.whole_day
