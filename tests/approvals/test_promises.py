"""verify_ledger: money that staff moved stands behind an executed approval, and exactly as approved."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any
from uuid import UUID

import psycopg
import pytest

from compliance.approvals.kinds.reversal import reversal_payload
from compliance.approvals.models import Approval
from compliance.approvals.services.proposals import approval_propose
from tests.approvals.conftest import FourEyes, actor
from tests.factories import caches_forget
from tests.wallet.verification.quiet import NobodyWatches, everything_verified
from wallet.enums import AccountKind, TransactionKind
from wallet.models import Transaction
from wallet.services.accounts import house_account
from wallet.services.player_money import player_credit
from wallet.verification.registry import promises
from wallet.verification.run import promises_prove
from wallet.verification.scope import Scope

pytestmark = pytest.mark.django_db(transaction=True)
Owner = psycopg.Connection[Any]


@pytest.fixture
def four(transactional_db: None) -> FourEyes:
    """A credit, a debit beyond the balance, and a reversal, all by approval."""
    made = FourEyes()
    made.approve(made.propose("25.50"))
    made.approve(made.propose("200", direction="debit"))
    deposit = Transaction.objects.get(kind="deposit").pk
    made.approve(
        approval_propose(
            kind="reversal", payload=reversal_payload(transaction_id=deposit), reason="booked twice",
            actor=actor(made.carol), now=made.now,
        )
    )  # fmt: skip
    return made


def breaches_of(name: str) -> list[str]:
    """What one promise finds, looked at alone: an earlier one would end the whole proof."""
    from django.db import transaction

    promise = next(promise for promise in promises() if promise.name == name)
    with transaction.atomic():
        return [f"{breach.row}: {breach.found}" for breach in promise.check(Scope())]


def test_the_books_are_clean_after_adjustments_and_reversals(four: FourEyes) -> None:
    everything_verified()
    names = {proof.promise.name for proof in promises_prove(watcher=NobodyWatches())}
    assert {
        "staff_money_is_approved", "booked_as_approved", "approved_results_exist", "approved_by_other_people",
    } <= names  # fmt: skip


def test_an_adjustment_by_staff_without_an_approval_is_found(four: FourEyes) -> None:
    house = house_account(kind=AccountKind.ADJUSTMENT, scope="goodwill", currency="EUR")
    for reference in ("", "approval:1", "approval:999"):
        booked = player_credit(
            kind=TransactionKind.ADJUSTMENT, player_id=four.alice.pk, currency="EUR", source_id=house.id,
            amount=Decimal(5), actor=actor(four.carol), now=four.now, reference=reference,
        )  # fmt: skip
        assert any(str(booked) in breach for breach in breaches_of("staff_money_is_approved"))


def test_a_correction_by_staff_that_hides_among_deposits_is_found(four: FourEyes) -> None:
    bank = house_account(kind=AccountKind.PAYMENT_CLEARING, scope="bank", currency="EUR")
    booked = player_credit(
        kind=TransactionKind.DEPOSIT, player_id=four.alice.pk, currency="EUR", source_id=bank.id, amount=Decimal(5),
        actor=actor(four.carol), now=four.now,
    )  # fmt: skip
    assert [f"deposit {booked} by staff: none"] == breaches_of("staff_money_is_approved")


TAMPERED: dict[str, tuple[str, str]] = {
    "a payload with a smaller amount": (
        "booked_as_approved",
        "UPDATE approvals_approval SET payload = replace(payload, '\"25.5\"', '\"5\"'),"
        " payload_sha256 = encode(sha256(convert_to(replace(payload, '\"25.5\"', '\"5\"'), 'UTF8')), 'hex')"
        " WHERE kind = 'adjustment_credit'",
    ),
    "a payload for another direction": (
        "booked_as_approved",
        "UPDATE approvals_approval SET payload = replace(payload, '\"debit\"', '\"credit\"'),"
        " payload_sha256 = encode(sha256(convert_to(replace(payload, '\"debit\"', '\"credit\"'), 'UTF8')), 'hex')"
        " WHERE kind = 'adjustment_debit'",
    ),
    "money booked against another reason": (
        "booked_as_approved",
        "UPDATE wallet_account SET scope = 'goodwill' WHERE kind = 'adjustment'",
    ),
    "money booked for another player": (
        "booked_as_approved",
        "UPDATE wallet_account SET player_id = NULL WHERE kind = 'player_real'",
    ),
    "entries changed together": (
        "booked_as_approved",
        "UPDATE wallet_entry SET amount = amount * 2 WHERE transaction_id = %(credit)s",
    ),
    "a reversal of another transaction": (
        "booked_as_approved",
        "UPDATE wallet_transaction SET original_id = %(credit)s WHERE kind = 'rollback'",
    ),
    "an approval that was never executed": (
        "staff_money_is_approved",
        "UPDATE approvals_approval SET state = 'rejected' WHERE kind = 'adjustment_credit'",
    ),
    "another actor": (
        "staff_money_is_approved",
        "UPDATE wallet_transaction SET actor = 'staff:999' WHERE kind = 'adjustment'",
    ),
    "a reference to another approval": (
        "staff_money_is_approved",
        "UPDATE wallet_transaction SET reference = 'approval:999' WHERE kind = 'rollback'",
    ),
    "an approval of another kind": (
        "staff_money_is_approved",
        "UPDATE approvals_approval SET kind = 'provider_key_issue' WHERE kind = 'reversal'",
    ),
    "a result that is nowhere": (
        "approved_results_exist",
        "UPDATE approvals_approval SET result = 'wallet.transaction:' || gen_random_uuid() WHERE kind = 'reversal'",
    ),
    "a checker who is the maker": (
        "approved_by_other_people",
        "UPDATE approvals_approvaldecision SET person = %(carol)s",
    ),
    "a decision that is gone": ("approved_by_other_people", "DELETE FROM approvals_approvaldecision"),
    "a payload without its hash": (
        "approved_by_other_people",
        "UPDATE approvals_approval SET payload = replace(payload, '\"25.5\"', '\"5\"')",
    ),
}


@pytest.fixture
def tamper(owner_connection: Owner) -> Callable[[str, dict[str, Any]], None]:
    """The owner past every guard; checks that are constraints are taken off and lost with the test's rows."""

    def run(statement: str, names: dict[str, Any]) -> None:
        owner_connection.execute("SET session_replication_role = replica")
        owner_connection.execute(
            "ALTER TABLE approvals_approval DROP CONSTRAINT IF EXISTS approval_executed_tells_its_result,"
            " DROP CONSTRAINT IF EXISTS approval_hash_is_its_payloads"
        )
        owner_connection.execute(statement.encode(), names)

    return run


@pytest.fixture
def constraints_put_back(owner_connection: Owner) -> Any:
    """The two checks as they stood, after the tampered rows are gone."""
    rows = owner_connection.execute(
        "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE conname IN"
        " ('approval_executed_tells_its_result', 'approval_hash_is_its_payloads')"
    ).fetchall()
    yield
    owner_connection.execute("SET session_replication_role = replica")
    owner_connection.execute("DELETE FROM approvals_approvaldecision")
    owner_connection.execute("DELETE FROM approvals_approval")
    for name, definition in rows:
        owner_connection.execute(f"ALTER TABLE approvals_approval DROP CONSTRAINT IF EXISTS {name}".encode())
        owner_connection.execute(f"ALTER TABLE approvals_approval ADD CONSTRAINT {name} {definition}".encode())


@pytest.mark.parametrize("what", TAMPERED)
def test_the_proof_finds(
    what: str, four: FourEyes, constraints_put_back: None, tamper: Callable[[str, dict[str, Any]], None]
) -> None:
    promise, statement = TAMPERED[what]
    assert breaches_of(promise) == []
    credit = UUID(Approval.objects.get(kind="adjustment_credit").result.partition(":")[2])
    tamper(statement, {"credit": credit, "carol": four.carol.personnel_number})
    caches_forget()
    assert breaches_of(promise), what
