"""The aggregate read behind a player's first screen: it ties to the ledger, and takes a fixed number of queries."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from redis.exceptions import ConnectionError as RedisDown

from common.clock import utc_now
from compliance.enums import RestrictionKind
from compliance.services.restrictions import restriction_place
from players.models import Player
from players.services.players import player_block
from reporting.overview.selectors import player_totals
from reporting.overview.selectors.player_glance import player_glance
from reporting.overview.types import PlayerGlance
from tests.casino.play.table import Table
from tests.factories import session_make
from tests.overview.scene import a_full_life, at, deposit, play, scene_make
from wallet.enums import AccountKind
from wallet.models import Entry, Transaction
from wallet.services.accounts import house_account
from wallet.services.holds import hold_place, hold_settle
from wallet.services.reversals import transaction_reverse

pytestmark = pytest.mark.django_db(transaction=True)
MOST_QUERIES = 37


def glance_of(player: Player, *, now: datetime | None = None, as_of: datetime | None = None) -> PlayerGlance:
    fresh = Player.objects.select_related("brand").get(pk=player.pk)
    return player_glance(player=fresh, now=now or utc_now(), as_of=as_of)


def ledger_sum(player: Player, *kinds: str, since: datetime | None = None) -> Decimal:
    """What transactions of these kinds left with the player, added up entry by entry."""
    rows = Entry.objects.filter(account__player=player, transaction__kind__in=kinds)
    if since is not None:
        rows = rows.filter(booked_at__gte=since)
    return sum((entry.amount for entry in rows), Decimal(0))


def test_every_figure_ties_to_the_ledger() -> None:
    scene, now = scene_make(), utc_now()
    a_full_life(scene, now=now)
    found, alice = glance_of(scene.alice, now=now), scene.alice
    assert found.money.deposits == ledger_sum(alice, "deposit") == Decimal(750)
    assert found.money.deposit_count == 2
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    for period, days in zip(found.play.periods, (1, 7, 30), strict=True):
        since = midnight - timedelta(days=days - 1)
        assert period.staked == -ledger_sum(alice, "bet", since=since), period.title
        assert period.won == ledger_sum(alice, "win", since=since), period.title
        rows = Entry.objects.filter(account__player=alice, transaction__kind="bet", booked_at__gte=since)
        assert period.bets == rows.count(), period.title
    month = found.play.periods[2]
    assert month.ggr == month.staked - month.won
    assert month.rtp == month.won / month.staked * 100
    assert found.money.real + found.money.held == sum(account.balance for account in found.money.accounts)
    assert found.money.withdrawable.amount == found.money.real


def test_rolled_back_bets_and_wins_are_taken_back_in_the_figures() -> None:
    scene, now = scene_make(balance="100"), utc_now()
    with at(now - timedelta(minutes=1)) as moment:
        session = session_make(scene.alice, scene.game, now=moment)
        table = Table(game=scene.game, player=scene.alice, session=session, now=moment)
        table.bet("10", "a", call_id="kept")
        table.bet("7", "b", call_id="undone")
        table.rollback("undone")
        table.win("4", "a", call_id="win")
        table.rollback("win")
        table.win("3", "a")
    month = glance_of(scene.alice, now=now).play.periods[2]
    assert (month.bets, month.staked, month.won) == (1, Decimal(10), Decimal(3))


def test_what_was_paid_out_and_taken_back_leaves_the_net_deposits() -> None:
    scene, now = scene_make(), utc_now()
    deposit(scene.alice, "100", now - timedelta(hours=2))
    deposit(scene.alice, "40", now - timedelta(hours=1))
    taken = Transaction.objects.filter(kind="deposit").order_by("-pk").values_list("pk", flat=True)[0]
    transaction_reverse(transaction_id=taken, actor="staff:7", now=now, reason="twice")
    clearing = house_account(kind=AccountKind.PAYMENT_CLEARING, scope="bank", currency="EUR")
    hold = hold_place(
        player_id=scene.alice.pk, currency="EUR", amount=Decimal(60), reason="w 1", actor="alice", now=now
    )
    assert glance_of(scene.alice, now=now).money.pending[0][2] == "w 1"
    hold_settle(hold_id=hold.pk, target_id=clearing.id, actor="staff:7", now=now)
    money = glance_of(scene.alice).money
    assert (money.deposits, money.withdrawals, money.net) == (Decimal(100), Decimal(60), Decimal(40))
    assert (money.deposit_count, money.withdrawal_count, money.real) == (2, 1, Decimal(40))


def test_a_long_history_is_counted_in_portions_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    scene, now = scene_make(balance="1000"), utc_now()
    play(scene, now - timedelta(minutes=5), *[("1", "0")] * 9)
    monkeypatch.setattr(player_totals, "PER_READING", 4)
    first = glance_of(scene.alice, now=now)
    assert (first.money.counted, first.money.counted_of, first.play.complete) == (4, 10, False)
    glance_of(scene.alice, now=now)
    third = glance_of(scene.alice, now=now)
    assert third.play.complete
    assert third.play.periods[2].staked == Decimal(9)


def test_what_was_counted_is_not_read_again_and_new_play_is_added() -> None:
    scene, now = scene_make(balance="1000"), utc_now()
    play(scene, now - timedelta(minutes=5), *[("1", "0")] * 3)
    glance_of(scene.alice, now=now)
    with CaptureQueriesContext(connection) as captured:
        glance_of(scene.alice, now=now)
    assert not [query for query in captured if "account_version > k.version" in query["sql"]]
    play(scene, now - timedelta(minutes=2), ("5", "0"))
    assert glance_of(scene.alice).play.periods[2].staked == Decimal(8)


def test_it_stands_without_valkey(monkeypatch: pytest.MonkeyPatch) -> None:
    scene, now = scene_make(balance="50"), utc_now()
    play(scene, now - timedelta(minutes=5), ("1", "0"))

    def down(*_args: object, **_options: object) -> None:
        raise RedisDown("no Valkey")

    monkeypatch.setattr(cache, "get", down)
    monkeypatch.setattr(cache, "set", down)
    found = glance_of(scene.alice, now=now)
    assert found.play.periods[0].staked == Decimal(1)
    assert found.play.complete


def test_the_read_takes_as_many_queries_for_a_busy_player_as_for_a_quiet_one() -> None:
    scene, now = scene_make(), utc_now()
    with CaptureQueriesContext(connection) as quiet:
        glance_of(scene.alice, now=now)
    a_full_life(scene, now=now)
    glance_of(scene.alice, now=now)
    with CaptureQueriesContext(connection) as busy:
        glance_of(scene.alice, now=now)
    assert len(busy) <= MOST_QUERIES
    assert len(busy) <= len(quiet) + 4  # pinned notes, keys of personal data, who wrote what: only where there are any


def test_balances_and_facts_of_an_earlier_instant() -> None:
    scene, now = scene_make(), utc_now()
    deposit(scene.alice, "80", now - timedelta(hours=5))
    play(scene, now - timedelta(hours=3), ("30", "0"))
    player_block(player_id=scene.alice.pk, actor="staff:7", reason="asked for it", now=now - timedelta(hours=1))
    before_play = glance_of(scene.alice, now=now, as_of=now - timedelta(hours=4))
    assert before_play.money.real == Decimal(80)
    assert before_play.status.code == "active"
    assert before_play.obstacles == ()
    assert before_play.play.rounds == ()
    assert all(item.at <= now - timedelta(hours=4) for item in before_play.line)
    present = glance_of(scene.alice, now=now)
    assert (present.money.real, present.status.code, present.status.reason) == (Decimal(50), "blocked", "asked for it")
    assert present.status.since == now - timedelta(hours=1)


def test_why_blocked_names_every_reason_with_its_evidence_in_the_order_that_providers_are_told() -> None:
    scene, now = scene_make(), utc_now()
    for kind in (RestrictionKind.KYC_REQUIRED, RestrictionKind.SELF_EXCLUDED):
        restriction_place(
            player_id=scene.alice.pk, kind=kind, starts_at=now - timedelta(days=1), ends_at=None,
            reason=f"reason of {kind.value}", actor="staff:7", now=now,
        )  # fmt: skip
    player_block(player_id=scene.alice.pk, actor="staff:7", reason="chargebacks", now=now)
    found = glance_of(scene.alice, now=now).obstacles
    assert [one.code for one in found] == ["player_blocked", "self_excluded", "kyc_required"]
    assert found[0].reason == "chargebacks"
    assert found[1].reason == "reason of self_excluded"
    assert found[1].by == "staff:7"
    assert found[1].key


def test_linked_accounts_share_personal_data_and_nothing_of_it_is_told() -> None:
    scene, now = scene_make(), utc_now()
    a_full_life(scene, now=now)
    (link,) = glance_of(scene.alice, now=now).links
    assert (link.nickname, link.shares) == ("Alicia", "e-mail address, name and birth date")
    assert glance_of(Player.objects.get(nickname="Alicia"), now=now).links[0].nickname == "Alice"


def test_the_last_rounds_tell_real_and_bonus_money_of_their_legs() -> None:
    scene, now = scene_make(balance="100"), utc_now()
    play(scene, now - timedelta(minutes=5), ("10", "31.005"), ("3", ""))
    newest, earlier = glance_of(scene.alice, now=now).play.rounds
    assert (newest.stake_real, newest.win_real, newest.closed_at) == (Decimal(3), Decimal(0), None)
    assert (earlier.stake_real, earlier.stake_bonus, earlier.win_real) == (Decimal(10), Decimal(0), Decimal("31.005"))
