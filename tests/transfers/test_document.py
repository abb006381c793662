"""docs/transfer-wallet.md tells the truth: its worked examples are executed, its states and calls compared."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings

from casino.transfers.enums import Purpose, Standing, VisitState
from casino.transfers.models import TransferLeg, TransferVisit
from casino.transfers.selectors.visits import visit_open_of
from casino.transfers.services.legs import leg_send, leg_settle
from casino.transfers.states import VISIT_STEPS
from casino.transfers.types import Told
from players.models import Player
from tests.factories import NOON, deposit_make, player_make
from tests.transfers.rows import stay_end, stay_plan
from tests.transfers.scene import north_star_make
from tests.wallet.ledger_document import STORY, Step, Story, _story, cells
from tests.wallet.test_ledger_examples import assert_booked, balance_on
from tests.wallet.verification.quiet import everything_verified
from wallet.models import Transaction

DOCUMENT = (Path(__file__).resolve().parents[2] / "docs" / "transfer-wallet.md").read_text()
STORIES = [_story(match) for match in STORY.finditer(DOCUMENT)]


class Teller:
    """Does what the rows say, without a provider: the services are told what one would have told."""

    def __init__(self) -> None:
        self.alice: Player = player_make(balance="0")
        self.game = north_star_make()

    def tell(self, what: str) -> list[Transaction]:
        before = set(Transaction.objects.values_list("pk", flat=True))
        word, *rest = what.split()
        getattr(self, word)(*rest)
        return list(Transaction.objects.exclude(pk__in=before))

    def deposit(self, amount: str) -> None:
        deposit_make(self.alice, amount)

    def sent(self, amount: str) -> None:
        leg_send(leg_id=stay_plan(self.alice, self.game, amount, NOON).pk, now=NOON)

    def arrived(self) -> None:
        leg = self._leg()
        self._told(Told(standing=Standing.DONE, amount=leg.amount, currency="EUR"))

    def refused(self) -> None:
        self._told(Told(standing=Standing.REFUSED))

    def unknown(self) -> None:
        self._told(Told(standing=Standing.UNKNOWN))

    def absent(self, _after: str, seconds: str, _unit: str) -> None:
        self._told(Told(standing=Standing.ABSENT), int(seconds))

    def back(self, amount: str) -> None:
        visit = visit_open_of(self.alice.pk)
        assert visit is not None
        stay_end(visit, amount, NOON)

    def _leg(self) -> TransferLeg:
        return TransferLeg.objects.latest("pk")

    def _told(self, told: Told, seconds: int = 0) -> None:
        now = NOON + timedelta(seconds=seconds)
        leg_settle(leg_id=self._leg().pk, told=told, purpose=Purpose.STATUS, actor="system:tests", now=now)


@pytest.mark.django_db
@pytest.mark.parametrize("story", STORIES, ids=str)
def test_the_books_say_what_the_document_says(story: Story) -> None:
    teller = Teller()
    for step in story.steps:
        assert_booked(step, teller.tell(step.what))
    assert {column: balance_on(column) for column in story.balance} == story.balance
    assert not TransferVisit.objects.filter(closed_at=None).exists()
    everything_verified()


@pytest.mark.parametrize("story", STORIES, ids=str)
def test_every_row_sums_to_zero(story: Story) -> None:
    balance = Step("balance", {column: [amount] for column, amount in story.balance.items()})
    for step in (*story.steps, balance):
        assert sum((sum(amounts, Decimal(0)) for amounts in step.booked.values()), Decimal(0)) == 0, step.what


def test_the_document_tells_every_end_of_a_stay() -> None:
    assert [story.title for story in STORIES] == [
        "Lost a little", "Won", "Lost all", "Refused by the provider", "Unknown, and never arrived",
        "Unknown, and it had arrived",
    ]  # fmt: skip


def test_the_document_tells_the_states_and_what_may_follow() -> None:
    table = DOCUMENT.partition("| state of the stay")[2].partition("\n\n")[0]
    told = {row[0].strip("`"): set(row[2].replace("`", "").replace(",", "").split()) for row in list(cells(table))[2:]}
    assert told == {state.value: {after.value for after in steps} for state, steps in VISIT_STEPS.items()}
    assert set(told) == set(VisitState.values)


def test_the_document_tells_how_long_a_call_lives() -> None:
    assert f"`TRANSFER_CALL_LIVES_SECONDS` ({settings.TRANSFER_CALL_LIVES_SECONDS})" in DOCUMENT
