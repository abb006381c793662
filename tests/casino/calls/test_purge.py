from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from casino.calls.models import ProviderCall
from casino.calls.services.calls import call_record, spool_writer
from casino.calls.services.connection import log_connection
from casino.calls.services.partitions import partitions_ensure
from casino.calls.services.shipping import spool_ship
from common.clock import utc_now
from tests.casino.calls.entries import bet_entry

pytestmark = pytest.mark.django_db(transaction=True)


def month_before(moment: datetime, months: int) -> datetime:
    """Noon of the 5th, some months before."""
    index = moment.year * 12 + moment.month - 1 - months
    return datetime(index // 12, index % 12 + 1, 5, 12, tzinfo=UTC)


@pytest.fixture
def years_of_calls(spool: Path, owner_connection: psycopg.Connection[Any]) -> Iterator[datetime]:
    """A call a month for eight months; the oldest in the default partition, for want of its own."""
    now = utc_now()
    moments = [month_before(now, months) for months in range(1, 9)]
    for moment in moments:
        call_record(bet_entry(received_at=moment))
    spool_writer.rotate()
    wrapper = log_connection()
    try:
        with connection.cursor() as cursor:
            for moment in moments[:-1]:
                cursor.execute("SELECT calls_partition_ensure(%s)", [moment.date().replace(day=1)])
        spool_ship(connect=lambda: wrapper.connection, folder=spool)
    finally:
        wrapper.close()
    assert places(owner_connection)["calls_providercall_default"] == 1
    yield now
    for name in places(owner_connection, empty=True):
        if name != "calls_providercall_default":
            owner_connection.execute(f"DROP TABLE {name}".encode())


def places(owner: psycopg.Connection[Any], *, empty: bool = False) -> dict[str, int]:
    """Calls by partition."""
    if empty:
        rows = owner.execute(
            "SELECT inhrelid::regclass::text, 0 FROM pg_inherits WHERE inhparent = 'calls_providercall'::regclass"
        )
    else:
        rows = owner.execute("SELECT tableoid::regclass::text, count(*) FROM calls_providercall GROUP BY 1")
    return {str(name): int(count) for name, count in rows}


def test_only_whole_months_older_than_the_retention_go(
    years_of_calls: datetime, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("purge_call_log", days=100)
    left = ProviderCall.objects.order_by("received_at").values_list("received_at", flat=True)
    limit = years_of_calls - timedelta(days=100)
    # The month that the limit falls into stays whole.
    assert min(left) >= limit.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    printed = capsys.readouterr().out
    assert printed.count("1 calls dropped.") == 8 - len(left)
    assert "calls_providercall_default: 1 calls dropped." in printed
    call_command("purge_call_log", days=100)
    assert capsys.readouterr().out == "Nothing is older than 100 days in whole months.\n"


def test_fewer_than_30_days_are_refused_in_one_line() -> None:
    with pytest.raises(CommandError, match="at least 30 days: --days 29 is refused"):
        call_command("purge_call_log", days=29)


def test_calls_that_came_before_their_month_was_made_move_into_it(
    spool: Path, years_of_calls: datetime, owner_connection: psycopg.Connection[Any]
) -> None:
    oldest = month_before(years_of_calls, 8)
    with connection.cursor() as cursor:
        cursor.execute("SELECT calls_partition_ensure(%s)", [oldest.date().replace(day=1)])
        assert cursor.fetchone() == (True,)
    found = places(owner_connection)
    assert found[f"calls_providercall_{oldest:%Y_%m}"] == 1
    assert "calls_providercall_default" not in found


def test_partitions_are_made_for_this_month_and_two_ahead_once(spool: Path, years_of_calls: datetime) -> None:
    wrapper = log_connection()
    try:
        partitions_ensure(connection=wrapper.connection, now=years_of_calls)
        assert partitions_ensure(connection=wrapper.connection, now=years_of_calls) == 0
    finally:
        wrapper.close()
