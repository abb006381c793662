"""What is committed before a bet begins is seen by it, in either order; and nothing older replaces it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from typing import Any

import psycopg
import pytest
from django.db import connection, transaction

from compliance.enums import RestrictionKind
from compliance.gate.models import PlayClock, Standing
from compliance.gate.selectors import facts as facts_selector
from compliance.gate.services import standing as standing_service
from compliance.gate.services.standing import standing_renew
from compliance.services.restrictions import restriction_place
from players.models import Brand
from tests.casino.play.table import Table, code_of, table_make
from tests.casino.play.test_waiting_calls import queued
from tests.factories import CAROL, NOON
from tests.gate.steps import REFUSING, SPOILING, ready, restricted
from tests.waiting import begun_behind
from wallet.locks import wallet_lock

pytestmark = pytest.mark.django_db(transaction=True)
Owner = psycopg.Connection[Any]


@pytest.fixture
def table() -> Table:
    """Alice has just bet: her standing is ready."""
    table = table_make("100")
    assert code_of(table.bet("1")) == "ok"
    assert ready(table.player)
    return table


@pytest.mark.parametrize("what", SPOILING)
def test_a_change_of_a_fact_spoils_the_standing_in_its_own_transaction(what: str, table: Table) -> None:
    SPOILING[what](table.player)
    assert not ready(table.player)


@pytest.mark.parametrize("what", REFUSING)
def test_what_was_committed_before_a_bet_begins_refuses_it(what: str, table: Table) -> None:
    step, code = REFUSING[what]
    step(table.player)
    assert code_of(table.bet("1")) == code
    assert code_of(table.bet("1")) == code, "and so the standing that was worked out then says"


@pytest.mark.parametrize("what", REFUSING)
def test_what_is_committed_while_a_bet_waits_for_the_wallet_refuses_it(
    what: str, table: Table, owner_connection: Owner
) -> None:
    step, code = REFUSING[what]
    with queued(owner_connection, table, [partial(table.bet, "1")]) as bets:
        step(table.player)
    assert [code_of(bet.result()) for bet in bets] == [code]


@pytest.mark.parametrize("what", [name for name in REFUSING if name != "a limit"])  # it waits for the wallet itself
def test_a_bet_that_began_before_the_commit_is_taken_and_leaves_nothing_older_behind(what: str, table: Table) -> None:
    step, code = REFUSING[what]
    with ThreadPoolExecutor(max_workers=1) as pool, transaction.atomic():
        step(table.player)
        bet = pool.submit(_alone, partial(table.bet, "1"))
        assert code_of(bet.result(timeout=10)) == "ok", "it does not wait for what is not committed"
    assert not ready(table.player)
    assert code_of(table.bet("1")) == code


def test_a_change_waits_for_a_standing_under_way_and_spoils_it(table: Table, owner_connection: Owner) -> None:
    restrict = partial(restricted, table.player)
    with ThreadPoolExecutor(max_workers=1) as pool:
        with transaction.atomic():
            wallet_lock(player_id=table.player.pk, currency="EUR")
            standing_renew(player_id=table.player.pk, now=NOON)
            placed = begun_behind(pool, owner_connection, restrict)
            assert not placed.done(), "it waits for the standing's row"
        placed.result(timeout=10)
    assert not ready(table.player)
    assert code_of(table.bet("1")) == "geo_blocked"


def _renewed_late(table: Table, restrict: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> None:
    """Facts are read, then a restriction is committed, then the standing is stored."""

    def slow(**asked: Any) -> Any:
        facts = facts_selector.facts_of(**asked)
        restrict()
        return facts

    with monkeypatch.context() as slowed, transaction.atomic():
        slowed.setattr(standing_service, "facts_of", slow)
        wallet_lock(player_id=table.player.pk, currency="EUR")
        standing_renew(player_id=table.player.pk, now=NOON)


def test_without_the_lock_an_older_standing_replaces_a_spoiled_one_and_lets_bets_through(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    unlocked = standing_service._LOCK.replace("FOR NO KEY UPDATE SKIP LOCKED", "")
    monkeypatch.setattr(standing_service, "_LOCK", unlocked)
    with ThreadPoolExecutor(max_workers=1) as pool:
        restrict = partial(_alone, partial(restricted, table.player))
        _renewed_late(table, lambda: pool.submit(restrict).result(timeout=10), monkeypatch)
    assert code_of(table.bet("1")) == "ok", "the race is real: this bet came after the restriction"


def test_with_the_lock_the_same_restriction_waits_and_the_next_bet_is_refused(
    table: Table, owner_connection: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ThreadPoolExecutor(max_workers=1) as pool:
        waiting: list[Any] = []
        restrict = partial(restricted, table.player)
        begin = partial(begun_behind, pool, owner_connection, restrict)
        _renewed_late(table, lambda: waiting.append(begin()), monkeypatch)
        waiting[0].result(timeout=10)
    assert code_of(table.bet("1")) == "geo_blocked"


def _closed_while_under_way(table: Table, owner: Owner) -> bool:
    """The brand closes while a standing that was spoiled before is worked out; whether the closing waited for it."""
    Standing.objects.filter(pk=table.player.pk).update(valid_until=None)
    close = partial(Brand.objects.filter(pk=table.player.brand_id).update, enabled=False)
    with ThreadPoolExecutor(max_workers=1) as pool:
        with transaction.atomic():
            wallet_lock(player_id=table.player.pk, currency="EUR")
            standing_renew(player_id=table.player.pk, now=NOON)
            closing = begun_behind(pool, owner, close)
            waited = not closing.done()
        closing.result(timeout=10)
    return waited


def test_a_brand_that_closes_waits_for_a_standing_under_way_though_it_was_spoiled_before(
    table: Table, owner_connection: Owner
) -> None:
    assert _closed_while_under_way(table, owner_connection)
    assert code_of(table.bet("1")) == "player_blocked"


def test_without_the_brands_lock_bets_go_on_at_a_closed_brand(
    table: Table, owner_connection: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared = "pg_try_advisory_xact_lock_shared(7204001, brand_id::int)"
    assert shared in standing_service._LOCK
    monkeypatch.setattr(standing_service, "_LOCK", standing_service._LOCK.replace(shared, "true"))
    assert not _closed_while_under_way(table, owner_connection)
    assert code_of(table.bet("1")) == "ok", "the race is real: this bet came after the closing"


def test_a_new_name_of_a_brand_spoils_nothing(table: Table) -> None:
    table.bet("1")
    Brand.objects.filter(pk=table.player.brand_id).update(name="Aurora Casino")
    assert ready(table.player)
    Brand.objects.filter(pk=table.player.brand_id).update(enabled=False)
    assert not ready(table.player)


def test_a_bet_never_waits_for_somebody_who_changes_a_fact(table: Table, owner_connection: Owner) -> None:
    owner_connection.execute("BEGIN")
    owner_connection.execute("SELECT gate_spoil(%s)", [table.player.pk])
    Standing.objects.filter(pk=table.player.pk).exists()
    table.now += timedelta(minutes=11)
    assert code_of(table.bet("1")) == "ok", "worked out, and not stored"
    owner_connection.execute("ROLLBACK")


def test_a_standing_is_ten_minutes_old_at_most(table: Table) -> None:
    kept = Standing.objects.get(pk=table.player.pk)
    assert kept.computed_at == NOON
    assert kept.valid_until == NOON + timedelta(minutes=10)
    assert kept.terms is None, "nothing stands against Alice's bets: nothing is stored"


def test_what_begins_later_ends_the_standing_at_its_instant(table: Table) -> None:
    # In the database's own future, because a call that waited counts by its clock.
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        (clock,) = cursor.fetchone() or (NOON,)
    soon = clock + timedelta(minutes=3)
    PlayClock.objects.filter(pk=table.player.pk).update(due_at=None, interval_minutes=None)
    restriction_place(
        player_id=table.player.pk, kind=RestrictionKind.TIME_OUT_ACTIVE, starts_at=soon,
        ends_at=soon + timedelta(hours=1), reason="x", actor=CAROL, now=clock,
    )  # fmt: skip
    with transaction.atomic():
        assert standing_renew(player_id=table.player.pk, now=clock).code == ""
    assert Standing.objects.get(pk=table.player.pk).valid_until == soon
    with transaction.atomic():
        assert standing_renew(player_id=table.player.pk, now=soon).code == "time_out_active"


def test_a_player_without_conditions_costs_no_statement_more(table: Table) -> None:
    queries: list[str] = []
    table.bet("1")  # the house's account is remembered from the first bet that finds it committed

    def kept(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        queries.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(kept):
        assert code_of(table.bet("1")) == "ok"
    assert queries == [], "two round trips of prepared statements, and nothing beside them"


def test_every_source_of_a_fact_spoils() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT t.relname FROM pg_trigger g JOIN pg_class t ON t.oid = g.tgrelid"
            " WHERE g.tgname LIKE '%spoils\\_the\\_standing' AND g.tgenabled = 'O'"
        )
        found = {row[0] for row in cursor.fetchall()}
    assert found >= {
        "players_player", "players_brand", "compliance_restriction", "exclusions_exclusion",
        "register_registerstanding", "limits_limit", "gate_flag", "gate_playclock", "geo_locationcheck",
        "personal_personaldata",
    }  # fmt: skip


def test_every_player_has_a_standing_from_the_first_moment(table: Table) -> None:
    assert Standing.objects.filter(pk=table.player.pk, country="MT", brand_id=table.player.brand_id).exists()
    table.player.country = "SE"
    table.player.save(update_fields=["country"])
    assert Standing.objects.get(pk=table.player.pk).country == "SE", "what games are closed to follows at once"


def _alone(step: Callable[[], Any]) -> Any:
    """On a connection of this thread's own, which is given back."""
    try:
        return step()
    finally:
        connection.close()
