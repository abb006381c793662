from datetime import timedelta
from pathlib import Path

import pytest

from casino.calls.selectors.calls import calls_of_round, calls_search
from tests.casino.calls.conftest import ship
from tests.casino.calls.entries import ALICE, NOON, bet_entry

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def played(spool: Path) -> None:
    later = [NOON + timedelta(seconds=second) for second in range(10)]
    ship(
        bet_entry(received_at=later[2], transaction_id="tx-2", call="win"),
        bet_entry(received_at=later[0], transaction_id="tx-1"),
        bet_entry(received_at=later[1], transaction_id="tx-1", replayed=True),
        bet_entry(
            received_at=later[3], call="rollback", transaction_id="rb-1", original_transaction_id="tx-1",
            round_reference="",
        ),
        bet_entry(received_at=later[4], transaction_id="tx-9", player="pl_b0b"),
        bet_entry(received_at=later[5], transaction_id="tx-2", provider_code="other"),
        bet_entry(received_at=later[6], transaction_id="tx-8", round_reference="round-2"),
    )  # fmt: skip


def test_a_round_shows_every_call_that_touched_it_in_time_order(played: None) -> None:
    calls = calls_of_round(
        provider_code="sandbox", player=ALICE, round_reference="round-1", transaction_ids=["tx-1", "tx-2", ""]
    )
    assert [(call.call, call.provider_transaction_id, call.replayed) for call in calls] == [
        ("bet", "tx-1", False), ("bet", "tx-1", True), ("win", "tx-2", False), ("rollback", "rb-1", False),
    ]  # fmt: skip


def test_a_search_finds_by_each_word_newest_first(played: None) -> None:
    assert [call.provider_transaction_id for call in calls_search(transaction_id="tx-1")] == ["rb-1", "tx-1", "tx-1"]
    assert calls_search(player="pl_b0b").count() == 1
    assert calls_search(round_reference="round-2", provider_code="sandbox").count() == 1
    assert calls_search(since=NOON + timedelta(seconds=3), until=NOON + timedelta(seconds=5)).count() == 2
    assert calls_search(outcome="insufficient_funds").count() == 0
