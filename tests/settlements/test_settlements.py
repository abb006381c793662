"""Files are booked once; every cent between them and the ledger is matched, or is a break that somebody explains."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from casino.gateways.errors import GatewayDaysRefused
from casino.gateways.services.gateways import gateway_days_set, gateways_know
from casino.settlements.approval_kinds import WRITE_OFF, write_off_payload
from casino.settlements.enums import BreakKind, BreakState
from casino.settlements.errors import BreakMovedOn, BreakWrittenOff, FileLoadedAlready, FileUnreadable
from casino.settlements.models import Break, Match, Movement, SettlementFile
from casino.settlements.selectors.clearing import breaks_waiting, clearings
from casino.settlements.services.breaks import break_decide
from casino.settlements.services.files import settlement_load
from casino.settlements.services.gathering import movements_gather
from casino.settlements.services.reconciliation import reconcile
from casino.settlements.states import BREAKS
from common.clock import utc_now
from compliance.approvals.models import Approval
from compliance.approvals.services.decisions import approval_approve
from compliance.approvals.services.proposals import approval_propose
from tests.factories import CAROL, NOON, player_make
from tests.settlements.scene import charged_back, clearing, content, deposited, loaded
from tests.withdrawals.scene import actor, staff
from wallet.enums import AccountKind
from wallet.models import Transaction
from wallet.selectors.house_balances import house_balance
from wallet.services.accounts import house_account
from wallet.verification.registry import Promise
from wallet.verification.run import Proof, ledger_verify

# What the ledger reads must be committed: a row is gathered once nothing can appear before it.
pytestmark = pytest.mark.django_db(transaction=True)
PAID = ("payment.confirmed", "D-1", "100", "1.30")


def balance(kind: AccountKind) -> Decimal:
    return house_balance(house_account(kind=kind, scope="sandbox", currency="EUR").id)


def breaks() -> list[tuple[str, float, str]]:
    rows = Break.objects.order_by("pk")
    return [(row.kind, float(row.amount), row.state) for row in rows]


class Quiet:
    """Nobody watches the verification."""

    def begins(self, number: int, of: int, promise: Promise) -> None:
        pass

    def checked(self, rows: int) -> None:
        pass

    def proved(self, number: int, of: int, proof: Proof) -> None:
        pass


def explained() -> dict[str, float]:
    """The one clearing balance, without what is zero."""
    (told,) = (one for one in clearings() if one.gateway == "sandbox")
    names = ("owed", "unsettled", "written_off", "unknown", "differences", "unread")
    return {name: float(getattr(told, name)) for name in names if getattr(told, name)}


def test_a_settled_deposit_leaves_clearing_for_the_bank_and_the_cost() -> None:
    alice = player_make("Alice")
    deposited(alice, "100", "D-1")
    assert house_balance(clearing()) == -100
    loaded("one.csv", [PAID, ("fee", "", "0", "1.00")])
    assert house_balance(clearing()) == 0
    assert (balance(AccountKind.BANK), balance(AccountKind.PAYMENT_COST)) == (Decimal("-97.70"), Decimal("-2.30"))
    assert breaks() == []
    assert Match.objects.get().difference == 0
    assert explained() == {}


def test_a_file_of_more_payouts_than_deposits_takes_from_the_bank() -> None:
    alice = player_make("Alice")
    deposited(alice, "100", "D-1")
    charged_back(alice, "100", "D-1")
    loaded("one.csv", [("chargeback", "D-1", "-100", "15")])
    assert balance(AccountKind.BANK) == 115
    assert balance(AccountKind.PAYMENT_COST) == -15
    assert house_balance(clearing()) == -100


def test_the_same_bytes_or_the_same_name_are_booked_once() -> None:
    file = loaded("one.csv", [PAID])
    for again in (content("one.csv", [PAID]), content("one.csv", [("payment.confirmed", "D-1", "7", "0")])):
        with pytest.raises(FileLoadedAlready):
            settlement_load(gateway="sandbox", name="one.csv", content=again, actor=CAROL, now=NOON)
    with pytest.raises(FileLoadedAlready):
        settlement_load(gateway="sandbox", name="other.csv", content=content("one.csv", [PAID]), actor=CAROL, now=NOON)
    assert SettlementFile.objects.get() == file
    assert Transaction.objects.filter(kind="settlement").count() == 1


def test_of_an_unreadable_file_nothing_is_kept() -> None:
    cut_off = content("one.csv", [PAID]).rpartition(b"total")[0]
    with pytest.raises(FileUnreadable) as refused:
        settlement_load(gateway="sandbox", name="one.csv", content=cut_off, actor=CAROL, now=NOON)
    assert "no total" in refused.value.details["why"]
    assert not SettlementFile.objects.exists()
    assert not Transaction.objects.exists()


def test_another_amount_is_a_break_and_the_balance_is_explained() -> None:
    deposited(player_make("Alice"), "100", "D-1")
    loaded("one.csv", [("payment.confirmed", "D-1", "99.50", "1")])
    assert breaks() == [(BreakKind.DIFFERS, -0.50, BreakState.OPEN)]
    assert explained() == {"owed": 0.5, "differences": -0.5}


def test_a_line_that_we_do_not_know_comes_right_when_we_do() -> None:
    loaded("one.csv", [PAID])
    assert breaks() == [(BreakKind.UNKNOWN, 100, BreakState.OPEN)]
    assert explained() == {"owed": -100, "unknown": 100}
    deposited(player_make("Alice"), "100", "D-1")
    reconcile(now=NOON)
    assert breaks() == [(BreakKind.UNKNOWN, 100, BreakState.SETTLED)]
    assert breaks_waiting() == 0


def test_what_is_in_no_file_is_missing_only_after_the_cut_off() -> None:
    alice = player_make("Alice")
    deposited(alice, "40", "D-old", days_ago=4)
    deposited(alice, "60", "D-new")
    reconcile(now=NOON)
    assert breaks() == [(BreakKind.MISSING, -40, BreakState.OPEN)]
    assert explained() == {"owed": 100, "unsettled": 100}
    loaded("late.csv", [("payment.confirmed", "D-old", "39", "0"), ("payment.confirmed", "D-new", "60", "0")])
    assert breaks() == [(BreakKind.MISSING, -40, BreakState.SETTLED), (BreakKind.DIFFERS, -1, BreakState.OPEN)]


def test_two_opposite_errors_of_one_day_are_two_breaks() -> None:
    alice = player_make("Alice")
    for reference in ("D-1", "D-2"):
        deposited(alice, "50", reference)
    loaded("one.csv", [("payment.confirmed", "D-1", "49", "0"), ("payment.confirmed", "D-2", "51", "0")])
    assert house_balance(clearing()) == 0
    assert [amount for _kind, amount, _state in breaks()] == [-1, 1]


def test_a_payment_settled_twice_is_settled_once_and_unknown_once() -> None:
    deposited(player_make("Alice"), "100", "D-1")
    loaded("one.csv", [PAID])
    loaded("two.csv", [PAID])
    assert breaks() == [(BreakKind.UNKNOWN, 100, BreakState.OPEN)]


def test_comparing_again_changes_nothing_and_reading_again_gathers_nothing() -> None:
    alice = player_make("Alice")
    movements_gather(now=NOON)
    deposited(alice, "100", "D-1")
    assert movements_gather(now=NOON) == 1
    assert movements_gather(now=NOON) == 0
    loaded("one.csv", [("payment.confirmed", "D-1", "99", "0"), ("payment.confirmed", "D-2", "1", "0")])
    before = breaks()
    assert reconcile(now=NOON) == 0
    assert breaks() == before
    assert Movement.objects.filter(gateway="sandbox").count() == 1


def test_people_explain_close_and_reopen_with_reasons_and_never_undo_what_came_right() -> None:
    loaded("one.csv", [PAID])
    row = Break.objects.get()
    for state in (BreakState.EXPLAINED, BreakState.CLOSED, BreakState.OPEN):
        row = break_decide(break_id=row.pk, state=state, reason="Asked them.", actor=CAROL, now=NOON)
    deposited(player_make("Alice"), "100", "D-1")
    reconcile(now=NOON + timedelta(days=1))
    with pytest.raises(BreakMovedOn):
        break_decide(break_id=row.pk, state=BreakState.OPEN, reason="No.", actor=CAROL, now=NOON)


def written_off(row: Break) -> Approval:
    """Payments propose it, finance agrees."""
    maker, checker = staff("payments"), staff("finance")
    asked = approval_propose(
        kind=WRITE_OFF, payload=write_off_payload(row=row), reason="Not to be had.", actor=actor(maker), now=utc_now()
    )
    return approval_approve(approval_id=asked.pk, actor=actor(checker), reason="So it is.", now=utc_now())


def test_what_two_people_write_off_leaves_clearing_and_stays_explained_to_the_cent() -> None:
    alice = player_make("Alice")
    deposited(alice, "40", "D-old", days_ago=4)
    deposited(alice, "100", "D-1")
    loaded("one.csv", [("payment.confirmed", "D-1", "99.50", "0"), ("payment.confirmed", "D-x", "7", "0")])
    assert explained() == {"owed": 33.5, "unsettled": 40, "unknown": 7, "differences": -0.5}
    for row in Break.objects.order_by("pk"):
        assert written_off(row).state == "executed", row.kind
    reconcile(now=utc_now())
    assert explained() == {"unsettled": 40, "written_off": -33.5, "unknown": 7, "differences": -0.5}
    assert house_balance(house_account(kind=AccountKind.ADJUSTMENT, scope="settlement", currency="EUR").id) == -33.5
    assert {row.state for row in Break.objects.all()} == {BreakState.CLOSED}
    assert not [proof.promise.name for proof in ledger_verify(watcher=Quiet()) if proof.breaches]
    row = Break.objects.filter(kind=BreakKind.MISSING).get()
    with pytest.raises(BreakWrittenOff):
        break_decide(break_id=row.pk, state=BreakState.OPEN, reason="No.", actor=CAROL, now=NOON)
    with pytest.raises(BreakWrittenOff):
        write_off_payload(row=row)
    # The missing 40 comes after all: what was written off is booked back by itself.
    loaded("late.csv", [("payment.confirmed", "D-old", "40", "0")])
    reconcile(now=utc_now())
    row.refresh_from_db()
    assert row.state == BreakState.SETTLED
    assert explained() == {"written_off": 6.5, "unknown": 7, "differences": -0.5}
    assert not [proof.promise.name for proof in ledger_verify(watcher=Quiet()) if proof.breaches]


def test_after_how_many_days_a_booking_is_missing_is_a_figure_of_the_gateway() -> None:
    gateways_know(["sandbox"])
    for refused in (0, 61):
        with pytest.raises(GatewayDaysRefused):
            days_set(refused)
    days_set(10)
    deposited(player_make("Alice"), "40", "D-old", days_ago=4)
    reconcile(now=NOON)
    assert breaks() == []
    reconcile(now=NOON + timedelta(days=7))
    assert breaks() == [(BreakKind.MISSING, -40, BreakState.OPEN)]


def days_set(days: int) -> None:
    gateway_days_set(code="sandbox", settles_within=days, messages_kept=400, reason="x", actor=CAROL, now=NOON)


def test_the_books_are_found_sound_and_the_promises_look() -> None:
    deposited(player_make("Alice"), "100", "D-1")
    loaded("one.csv", [("payment.confirmed", "D-1", "99.50", "1"), ("payment.confirmed", "D-2", "5", "0")])
    proofs = {proof.promise.name: proof for proof in ledger_verify(watcher=Quiet())}
    assert not [breach for proof in proofs.values() for breach in proof.breaches]
    assert all(proofs[name].rows for name in ("settlements_booked_as_loaded", "clearing_is_owed", "settled_or_broken"))


def test_the_states_of_breaks_are_the_same_in_the_database() -> None:
    from pathlib import Path

    sql = Path("casino/settlements/migrations/sql/0002_guards.up.sql").read_text(encoding="utf-8")
    pairs = {f"'{before.value}>{after.value}'" for before, afters in BREAKS.items() for after in afters}
    assert pairs == {part.strip(" \n)") for part in sql.partition("NOT IN (")[2].partition(")")[0].split(",")}
