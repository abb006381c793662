"""Facts: announced once, with the transaction or not at all, and read without a gap."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any

import psycopg
import pytest
from django.db import connection, transaction

from casino.outbox.enums import FactName
from casino.outbox.models import Fact
from casino.outbox.selectors.facts import facts_after
from casino.outbox.services.facts import fact_announce
from casino.outbox.services.readers import facts_read
from casino.outbox.types import START, AnnouncedFact
from common.errors import BrokenPromise
from players.models import Player
from tests.factories import NOON, player_make
from tests.waiting import begun_behind

Owner = psycopg.Connection[Any]


def announced(player: Player, key: str) -> bool:
    with transaction.atomic():
        return fact_announce(
            name=FactName.DEPOSIT_CREDITED, player_id=player.pk, key=key, now=NOON,
            payload={"amount": "10", "currency": "EUR"},
        )  # fmt: skip


def keys(facts: Sequence[AnnouncedFact]) -> list[str]:
    return [fact.key for fact in facts]


@pytest.mark.django_db(transaction=True)
def test_a_fact_is_announced_once_and_told_with_its_payload() -> None:
    alice = player_make("Alice")
    assert announced(alice, "D-1")
    assert not announced(alice, "D-1")
    (fact,) = facts_after(START)
    assert (fact.name, fact.player_id, fact.occurred_at) == (FactName.DEPOSIT_CREDITED, alice.pk, NOON)
    assert fact.payload == {"amount": "10", "currency": "EUR"}


@pytest.mark.django_db(transaction=True)
def test_what_is_undone_was_never_announced() -> None:
    alice = player_make("Alice")
    with transaction.atomic():
        fact_announce(name=FactName.DEPOSIT_FIRST, player_id=alice.pk, key="D-1", payload={}, now=NOON)
        transaction.set_rollback(True)
    assert not Fact.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_outside_of_a_transaction_nothing_is_announced_nor_anything_but_texts() -> None:
    alice = player_make("Alice")
    with pytest.raises(BrokenPromise):
        fact_announce(name=FactName.DEPOSIT_FIRST, player_id=alice.pk, key="D-1", payload={}, now=NOON)
    wrong: Any = {"amount": 10}
    with pytest.raises(TypeError, match="amount"), transaction.atomic():
        fact_announce(name=FactName.DEPOSIT_FIRST, player_id=alice.pk, key="D-1", payload=wrong, now=NOON)
    assert not Fact.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_commits_late_is_not_skipped() -> None:
    alice = player_make("Alice")
    begun, finish = Event(), Event()

    def slow() -> None:
        with transaction.atomic():
            fact_announce(name=FactName.DEPOSIT_CREDITED, player_id=alice.pk, key="slow", payload={}, now=NOON)
            begun.set()
            assert finish.wait(10)
        connection.close()

    with ThreadPoolExecutor(1) as pool:
        late = pool.submit(slow)
        assert begun.wait(10)
        announced(alice, "quick")
        # The negative control: a cursor over ids alone would show the quick one now, and never the slow one.
        assert list(Fact.objects.values_list("key", flat=True)) == ["quick"]
        seen = facts_after(START)
        assert keys(seen) == []
        finish.set()
        late.result(10)
    assert keys(facts_after(START)) == ["slow", "quick"]
    slow_row, quick_row = Fact.objects.get(key="slow"), Fact.objects.get(key="quick")
    assert slow_row.pk < quick_row.pk


@pytest.mark.django_db(transaction=True)
def test_pages_follow_each_other_without_gap_or_repeat() -> None:
    alice = player_make("Alice")
    for number in range(5):
        announced(alice, f"D-{number}")
    with transaction.atomic():  # several of one transaction share a place and are told apart by their ids
        for number in range(5, 8):
            fact_announce(name=FactName.DEPOSIT_CREDITED, player_id=alice.pk, key=f"D-{number}", payload={}, now=NOON)
    found: list[str] = []
    cursor = START
    while page := facts_after(cursor, 2):
        found += keys(page)
        cursor = page[-1].cursor
    assert found == [f"D-{number}" for number in range(8)]


@pytest.mark.django_db(transaction=True)
def test_a_reader_that_fails_reads_the_same_facts_again() -> None:
    alice = player_make("Alice")
    announced(alice, "D-1")
    heard: list[list[str]] = []

    def fails(facts: Sequence[AnnouncedFact]) -> None:
        heard.append(keys(facts))
        raise RuntimeError

    with pytest.raises(RuntimeError):
        facts_read(reader="bonuses", handle=fails, now=NOON)
    assert facts_read(reader="bonuses", handle=lambda facts: heard.append(keys(facts)), now=NOON) == 1
    assert facts_read(reader="bonuses", handle=lambda facts: heard.append(keys(facts)), now=NOON) == 0
    assert heard == [["D-1"], ["D-1"]]
    assert facts_read(reader="affiliates", handle=lambda facts: heard.append(keys(facts)), now=NOON) == 1


@pytest.mark.django_db(transaction=True)
def test_two_readers_of_one_name_share_no_fact(owner_connection: Owner) -> None:
    alice = player_make("Alice")
    announced(alice, "D-1")
    heard: list[str] = []
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            facts_read(reader="bonuses", handle=lambda facts: heard.extend(keys(facts)), now=NOON)
            second = begun_behind(
                pool,
                owner_connection,
                lambda: facts_read(reader="bonuses", handle=lambda facts: heard.extend(keys(facts)), now=NOON),
            )
            assert not second.done()
        assert second.result(10) == 0
    assert heard == ["D-1"]
