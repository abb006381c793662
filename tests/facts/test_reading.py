"""Exactly once: a reader that dies, two that run at once, and a writer that is slow to commit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

import psycopg
import pytest
from django.db import connection, connections, transaction

from reporting.facts.models import Play, Reader
from reporting.facts.selectors.state import facts_known_until
from reporting.facts.services.reading import facts_read
from reporting.facts.tasks import read_ledger
from tests.casino.play.table import Table, table_make
from tests.casino.play.together import together
from tests.factories import NOON, caches_forget
from tests.facts.house import everything, read_all
from tests.settled import settled

pytestmark = pytest.mark.django_db(transaction=True)


class Killed(BaseException):
    """The process is gone before it committed."""


@pytest.fixture(autouse=True)
def forgetful_process() -> Iterator[None]:
    caches_forget()
    yield
    caches_forget()


@pytest.fixture
def table() -> Table:
    return table_make()


def staked() -> Decimal:
    return sum((row.stake_real for row in Play.objects.all()), Decimal(0))


@transaction.atomic
def read_and_die() -> None:
    facts_read(now=NOON)
    assert staked() == 10
    raise Killed


def test_a_reader_that_dies_leaves_nothing_and_the_next_one_reads_it_all(table: Table) -> None:
    for number in range(5):
        table.bet("2", f"r{number}")
    settled()
    with pytest.raises(Killed):
        read_and_die()
    assert staked() == 0
    assert not Reader.objects.filter(commit_order__gt=0).exists()
    read_all()
    assert staked() == 10


def test_two_readers_at_once_count_every_call_once(table: Table) -> None:
    for number in range(12):
        table.bet("1", f"r{number}")
    settled()

    def read() -> None:
        try:
            for _turn in range(6):
                facts_read(now=NOON, limit=5)
        finally:
            connections.close_all()

    together([read, read, read])
    read_all()
    before = everything()
    assert staked() == 12
    read_ledger()
    assert everything() == before, "reading again changes nothing"


def test_what_a_slow_writer_commits_late_is_not_skipped(table: Table) -> None:
    settings = connection.settings_dict
    with psycopg.connect(
        host=settings["HOST"], port=settings["PORT"] or None, user=settings["USER"], password=settings["PASSWORD"],
        dbname=settings["NAME"],
    ) as slow:  # fmt: skip
        slow.execute("SELECT pg_current_xact_id()")  # begins before the bet, and ends after it
        table.bet("3")
        facts_read(now=NOON)
        facts_read(now=NOON)
        assert staked() == 0, "held back, for as long as something earlier may still come"
    read_all(NOON + timedelta(minutes=1))
    read_all(NOON + timedelta(minutes=2))
    assert staked() == 3
    assert facts_known_until() == NOON + timedelta(minutes=1)
