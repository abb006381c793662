"""What the money that moved asks for: sums by person, thresholds by policy, the locked wallet, its time."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from django.db import connection

from compliance.gate.ask import gate_ask
from compliance.gate.enums import Touchpoint
from compliance.gate.types import Reason
from compliance.kyc.enums import DocumentKind, Due, Level, Status
from compliance.kyc.models import KycState, MoneyFlow
from compliance.kyc.selectors.verification import asked_of, state_of
from compliance.kyc.services.documents import document_accept
from compliance.kyc.services.money import flow_count, money_follow, money_watch
from compliance.kyc.services.verification import deadlines_pass
from compliance.kyc.triggers import Sums, asks_of
from players.models import Player
from tests.factories import NOON, deposit_make
from tests.kyc.cast import ALICE, CAROL, TODAY, alice_make, sent
from tests.settled import settled

DAY = timedelta(days=1)


def flow(player: Player, base: str, *, kind: str = "deposit", at: datetime = NOON, now: datetime | None = None) -> None:
    flow_count(transaction_id=uuid4(), player_id=player.pk, kind=kind, base=Decimal(base), booked_at=at, now=now or at)


def reasons(player: Player, touchpoint: Touchpoint, now: datetime = NOON) -> list[Reason]:
    return list(gate_ask(player_id=player.pk, touchpoint=touchpoint, now=now).reasons)


def codes(player: Player, touchpoint: Touchpoint, now: datetime = NOON) -> list[str]:
    return [reason.code for reason in reasons(player, touchpoint, now)]


def sums(deposited: str = "0", day: str = "0", withdrawn: str = "0", half_year: str = "0") -> Sums:
    return Sums(
        deposited=Decimal(deposited), deposited_24h=Decimal(day), withdrawn_24h=Decimal(withdrawn),
        deposited_180d=Decimal(half_year),
    )  # fmt: skip


THRESHOLDS = {
    Due.DEPOSITS: (Decimal(150), 1), Due.LINKED_24H: (Decimal(2000), 2), Due.ROLLING_180D: (Decimal(2000), 3),
    Due.LIFETIME: (Decimal(2000), 4),
}  # fmt: skip


@pytest.mark.parametrize(
    ("moved", "asked"),
    [
        (sums("149.99"), []),
        (sums("150"), [Due.DEPOSITS]),
        (sums("150", withdrawn="2000"), [Due.LINKED_24H, Due.DEPOSITS]),
        (sums("1999.99", day="1999.99", withdrawn="1999.99"), [Due.DEPOSITS]),
        (sums("2000", day="1", half_year="2000"), [Due.LIFETIME, Due.ROLLING_180D, Due.DEPOSITS]),
    ],
)
def test_each_sum_asks_for_its_own_level_from_its_threshold_on(moved: Sums, asked: list[Due]) -> None:
    assert [ask.due for ask in asks_of(moved, THRESHOLDS)] == asked


def test_a_trigger_that_the_policy_does_not_name_asks_for_nothing() -> None:
    assert asks_of(sums("99999", "99999"), {}) == ()


@pytest.mark.django_db
def test_at_150_of_deposits_the_wallet_is_locked_and_play_goes_on() -> None:
    alice = alice_make()
    flow(alice, "149.99")
    assert not KycState.objects.filter(player=alice).exists()
    flow(alice, "0.01")
    state = KycState.objects.get(player=alice)
    assert (state.due, state.required, state.locked, state.stopped) == ("deposits", Level.IDENTITY, True, False)
    assert codes(alice, Touchpoint.WITHDRAWAL) == ["locked_cdd"]
    assert codes(alice, Touchpoint.BET) == codes(alice, Touchpoint.DEPOSIT) == []


@pytest.mark.django_db
def test_once_it_is_proved_withdrawal_opens_again() -> None:
    alice = alice_make()
    flow(alice, "150")
    document = sent(alice)
    document_accept(document_id=document.pk, expires_on=None, today=TODAY, actor=CAROL, now=NOON)
    assert codes(alice, Touchpoint.WITHDRAWAL) == []
    flow(alice, "1")
    assert not KycState.objects.get(player=alice).locked, "what is proved is not asked for again"


@pytest.mark.django_db
def test_2000_linked_within_24_hours_ask_for_an_address_and_25_hours_apart_do_not() -> None:
    alice = alice_make()
    KycState.objects.create(player=alice, level=Level.IDENTITY, status=Status.VERIFIED, changed_at=NOON)
    flow(alice, "1000", kind="withdrawal", at=NOON)
    flow(alice, "1000", kind="withdrawal", at=NOON + timedelta(hours=25))
    assert not KycState.objects.get(player=alice).locked
    flow(alice, "1000", kind="withdrawal", at=NOON + timedelta(hours=48, minutes=59))
    state = KycState.objects.get(player=alice)
    assert (state.due, state.required) == ("linked_24h", Level.ADDRESS)
    assert [kinds[0] for kinds in asked_of(state)] == [DocumentKind.ADDRESS_PROOF]


@pytest.mark.django_db
def test_180_days_are_counted_to_the_day_and_the_relationship_for_ever() -> None:
    alice = alice_make()
    flow(alice, "1500", at=NOON - 181 * DAY, now=NOON - 181 * DAY)
    assert KycState.objects.get(player=alice).required == Level.IDENTITY
    flow(alice, "500")
    assert (state_of(alice.pk).due, state_of(alice.pk).required) == ("lifetime", Level.FUNDS)


@pytest.mark.django_db
def test_a_persons_accounts_are_counted_together() -> None:
    alice = alice_make()
    second = alice_make(details=replace(ALICE, city="Gzira"))
    flow(alice, "100")
    flow(second, "50")
    assert state_of(alice.pk).locked
    assert state_of(second.pk).locked


@pytest.mark.django_db
def test_when_its_time_has_passed_play_stops_and_withdrawal_stays_locked() -> None:
    alice = alice_make()
    flow(alice, "150")
    state = KycState.objects.get(player=alice)
    assert state.deadline == NOON + 30 * DAY
    assert deadlines_pass(now=NOON + 29 * DAY) == 0
    assert deadlines_pass(now=NOON + 30 * DAY) == 1
    assert deadlines_pass(now=NOON + 31 * DAY) == 0
    later = NOON + 31 * DAY
    (reason,) = reasons(alice, Touchpoint.BET, later)
    assert (reason.code, reason.evidence["due"]) == ("kyc_required", "deposits")
    assert codes(alice, Touchpoint.WITHDRAWAL, later) == ["locked_cdd"]


@pytest.mark.django_db
def test_a_higher_level_keeps_the_first_deadline() -> None:
    alice = alice_make()
    flow(alice, "150")
    flow(alice, "2000", at=NOON + 10 * DAY)
    state = KycState.objects.get(player=alice)
    assert (state.required, state.deadline) == (Level.FUNDS, NOON + 30 * DAY)


@pytest.mark.django_db
def test_test_players_are_asked_for_nothing() -> None:
    alice = alice_make()
    Player.objects.filter(pk=alice.pk).update(is_test=True)
    flow(alice, "5000")
    assert money_follow(player_id=alice.pk, now=NOON) == ()
    assert not KycState.objects.filter(player=alice).exists()


@pytest.mark.django_db(transaction=True)
def test_the_watcher_counts_what_the_books_have_once_however_often_it_looks() -> None:
    alice = alice_make()
    deposit_make(alice, "100")
    deposit_make(alice, "60")
    settled()
    assert money_watch(now=NOON) == 2
    assert money_watch(now=NOON) == 0
    assert MoneyFlow.objects.filter(player_id=alice.pk).count() == 2
    assert state_of(alice.pk).locked


@pytest.mark.django_db(transaction=True)
def test_two_who_count_the_same_deposit_at_once_count_it_once() -> None:
    alice = alice_make()
    transaction_id, start = uuid4(), Barrier(2)
    asked: list[int] = []

    def count() -> None:
        start.wait()
        asks = flow_count(
            transaction_id=transaction_id, player_id=alice.pk, kind="deposit", base=Decimal(150), booked_at=NOON,
            now=NOON,
        )  # fmt: skip
        asked.append(len(asks))
        connection.close()

    threads = [Thread(target=count) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(asked) == [0, 1]
    assert MoneyFlow.objects.count() == 1
