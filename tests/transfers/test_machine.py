"""Launches, play, exits, sweeps and deaths in any order: at the end our books and the provider's are one."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from casino.transfers.enums import LegState, VisitState
from casino.transfers.models import TransferLeg, TransferVisit
from common.errors import Refusal
from tests.factories import player_make
from tests.transfers.conftest import NorthStar
from tests.transfers.scene import Scene, north_star_make, proved
from wallet.models import Entry

pytestmark = pytest.mark.django_db(transaction=True)
FAULTS = ("lose_before", "lose", "refuse", "error", "error_after", "garbage", "amount", "unsigned", "die_before",
          "die_after")  # fmt: skip


def machine_of(star: NorthStar, game: Any) -> type[RuleBasedStateMachine]:
    class Machine(RuleBasedStateMachine):
        """One player and a provider that breaks at any moment; `won` is what play has made so far, by its own books."""

        def __init__(self) -> None:
            super().__init__()
            self.scene = Scene(star, game, player_make("Hypatia"))

        def _alive(self) -> None:
            if star.process is not None and star.process.poll() is not None:
                star.start()

        @rule(amount=st.sampled_from([None, "10", "33.33"]))
        def launch(self, amount: str | None) -> None:
            with suppress(Refusal):
                self.scene.launch(amount)

        @rule(stake=st.integers(1, 20), win=st.integers(0, 40))
        def play(self, stake: int, win: int) -> None:
            self._alive()
            self.scene.plays(stake, win)

        @rule()
        def leave(self) -> None:
            self.scene.leave()

        @rule(at=st.sampled_from(["credit", "debit-all", "status", "launch", "balance"]), do=st.sampled_from(FAULTS))
        def breaks(self, at: str, do: str) -> None:
            self._alive()
            star.fault(at, do)

        @rule(seconds=st.sampled_from([1, 31, 70, 700]))
        def janitor(self, seconds: int) -> None:
            self.scene.janitor(seconds)

        @rule()
        def sweep(self) -> None:
            self.scene.sweep(60)

        @rule()
        def comes_back(self) -> None:
            self._alive()

        @invariant()
        def what_is_held_is_what_is_out(self) -> None:
            out = TransferVisit.objects.filter(player=self.scene.alice).exclude(closed_at__isnull=False)
            assert self.scene.has("hold") == sum((visit.sent for visit in out), Decimal(0))
            assert out.count() <= 1

        def teardown(self) -> None:
            """Everything is put right by asking, and all the books agree."""
            for at in ("credit", "debit-all", "status", "launch", "balance"):
                self._alive()
                star.fault(at, "")
            for _turn in range(4):
                self._alive()
                self.scene.leave()
                self.scene.janitor(700)
            self._compare()
            proved()

        def _compare(self) -> None:
            mine = TransferVisit.objects.filter(player=self.scene.alice)
            assert not mine.filter(closed_at__isnull=True).exists()
            assert (self.scene.has("hold"), self.scene.there()) == (0, 0)
            legs = TransferLeg.objects.filter(visit__in=mine, state=LegState.CONFIRMED)
            ours = sorted((leg.reference, leg.amount) for leg in legs)
            me = self.scene.alice.public_id
            theirs = [row for row in star.books()["movements"] if row[2] == me]
            assert ours == sorted((row[0], Decimal(row[4]) / 100) for row in theirs), "movement by movement"
            won = sum((row[3] - row[2] for row in star.books()["rounds"] if row[0] == me), 0)
            assert self.scene.has("real") == 100 + Decimal(won) / 100, "real money is what play made of it"
            closed = mine.filter(state=VisitState.CLOSED).values_list("hold__ended_by_id", flat=True)
            gaming = Entry.objects.filter(transaction_id__in=list(closed), account__kind="gaming")
            assert sum((entry.amount for entry in gaming), Decimal(0)) == -Decimal(won) / 100

    return Machine


def test_any_order_of_play_and_deaths_ends_with_the_same_books(north_star: NorthStar) -> None:
    machine = machine_of(north_star, north_star_make())
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=12,
            stateful_step_count=18,
            deadline=None,
            derandomize=True,
            print_blob=False,
            suppress_health_check=list(HealthCheck),
        ),
    )
