"""Significant events are found from the books, once each, and nothing of it is in the way of a bet."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from common.clock import utc_now
from compliance.audit.context import surrounded
from compliance.audit.enums import Outcome, ThresholdKind
from compliance.audit.models import AuditEvent, PlayOfDay, Watch
from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record
from compliance.audit.services.thresholds import threshold_set
from compliance.audit.types import Facts
from compliance.services.significant_events import significant_events_watch
from compliance.tasks import verify_books, watch_significant
from players.models import Player
from players.services.players import player_block
from tests.casino.play.table import Table, table_make
from tests.factories import NOON, caches_forget, jackpot_make, player_make
from tests.settled import settled
from wallet.enums import AccountKind, TransactionKind
from wallet.models import Account, Transaction
from wallet.services.accounts import house_account
from wallet.services.holds import hold_place, hold_settle
from wallet.services.player_money import player_take_back
from wallet.services.transactions import Movement, transaction_post
from wallet.tasks import seal_ledger

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _forget() -> None:
    """Nothing that an earlier test's process remembered."""
    caches_forget()


@pytest.fixture
def table() -> Table:
    """Alice has 20,000 EUR; the watcher begins now."""
    made = table_make("20000")
    settled()
    significant_events_watch(now=NOON)
    return made


def found(now: datetime = NOON) -> list[AuditEvent]:
    """What the watcher finds after it has caught up with everything committed."""
    before = set(AuditEvent.objects.values_list("pk", flat=True))
    settled()
    while significant_events_watch(now=now).more:
        pass
    return list(AuditEvent.objects.exclude(pk__in=before).order_by("pk"))


def names(events: list[AuditEvent]) -> list[str]:
    return [event.name for event in events]


def test_a_large_win_and_a_large_stake_are_found_once(table: Table) -> None:
    table.bet("4999.99", "small")
    table.bet("5000", "large")
    table.win("10000", "large")
    events = found()
    assert names(events) == ["audit:wager:large", "audit:win:large"]
    stake, win = events
    assert win.after == {"amount": "10000", "base_amount": "10000", "currency": "EUR", "kind": "win"}
    assert (win.player_id, win.actor, win.significant) == (table.player.pk, "system:watch_significant", True)
    assert stake.subject == f"wallet.transaction:{Transaction.objects.get(kind='bet', entries__amount=5000).pk}"
    assert found() == []


def test_many_small_stakes_of_a_day_are_large_together_once(table: Table) -> None:
    threshold_set(kind=ThresholdKind.WAGERS_OF_DAY, value=Decimal(1_000), reason="x", actor="staff:7", now=NOON)
    found()
    table.bet("600", "one")
    assert found() == []
    table.bet("400", "two")
    (passed,) = found()
    assert (passed.name, passed.subject) == ("audit:wagers:large", f"players.player:{table.player.pk}")
    assert passed.after is not None
    assert (passed.after["base_amount"], passed.after["threshold"]) == ("1000", "1000")
    table.bet("400", "three")
    assert found() == []
    assert PlayOfDay.objects.get().staked == 1_400


def test_a_large_deposit_and_a_large_withdrawal_are_found_alone_and_as_a_day(table: Table) -> None:
    clearing = house_account(kind=AccountKind.PAYMENT_CLEARING, scope="bank", currency="EUR")
    purse = Account.objects.get(player=table.player, kind=AccountKind.PLAYER_REAL)
    for amount in ("9999.99", "10000"):
        transaction_post(
            kind=TransactionKind.DEPOSIT,
            movements=[Movement(source_id=clearing.id, target_id=purse.id, amount=Decimal(amount))],
            actor="psp:bank", now=NOON, player_id=table.player.pk,
        )  # fmt: skip
    (deposit,) = found()
    assert (deposit.name, deposit.significant, deposit.player_id) == ("audit:transfer:large", True, table.player.pk)
    assert deposit.after == {"amount": "10000", "base_amount": "10000", "currency": "EUR", "kind": "deposit"}
    hold = hold_place(
        player_id=table.player.pk, currency="EUR", amount=Decimal(10_500), reason="withdrawal 1", actor="staff:7",
        now=NOON,
    )  # fmt: skip
    assert found() == [], "set aside is not paid"
    hold_settle(hold_id=hold.pk, target_id=clearing.id, actor="psp:bank", now=NOON)
    withdrawal, day = found()
    assert (withdrawal.name, withdrawal.after and withdrawal.after["kind"]) == ("audit:transfer:large", "withdrawal")
    assert (day.name, day.after and day.after["base_amount"]) == ("audit:transfers:large", "30499.99")
    row = PlayOfDay.objects.get()
    assert (row.transferred, row.staked + row.won) == (Decimal("30499.99"), Decimal(0))


def test_more_changes_past_the_services_than_are_told_one_by_one_are_told_as_such(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("compliance.audit.selectors.outside.MOST_PER_TABLE", 2)
    for name in ("Bob", "Carol", "Dora"):
        player_make(name, balance="0")
    found()
    with surrounded(Facts(actor="command:shell")), connection.cursor() as cursor:
        cursor.execute("UPDATE players_player SET status = 'blocked'")
    *told, rest = found()
    assert [event.subject.partition(":")[0] for event in told] == ["players.player"] * 2
    assert rest.subject == "players.player:*"
    assert "more than 2 changes" in rest.reason


def test_a_debt_is_found_when_it_begins(table: Table) -> None:
    clearing = house_account(kind=AccountKind.PAYMENT_CLEARING, scope="bank", currency="EUR")
    for amount in ("20000", "30", "5"):
        player_take_back(
            kind=TransactionKind.CHARGEBACK, player_id=table.player.pk, currency="EUR", target_id=clearing.id,
            amount=Decimal(amount), actor="psp:bank", now=NOON,
        )  # fmt: skip
    (debt,) = found()
    assert (debt.name, debt.player_id) == ("audit:balance:negative", table.player.pk)
    assert debt.after is not None
    assert debt.after["amount"] == "-30"
    assert Account.objects.get(kind="player_receivable").balance == -35


def test_test_players_are_nothing_to_tell(table: Table) -> None:
    Player.objects.update(is_test=True)
    found()
    table.bet("9000", "mock")
    assert found() == []


def test_a_row_changed_past_the_services_is_found_and_one_changed_by_them_is_not(table: Table) -> None:
    player_block(player_id=table.player.pk, actor="staff:7", now=NOON, reason="bot")
    assert names(found()) == []
    with surrounded(Facts(actor="command:shell")), connection.cursor() as cursor:
        cursor.execute("UPDATE players_player SET status = 'active'")
    (changed,) = found()
    assert (changed.name, changed.subject) == ("audit:row:changed_outside", f"players.player:{table.player.pk}")
    assert (changed.before, changed.after) == (
        {"status": "blocked"}, {"status": "active", "changed_by": "command:shell"}
    )  # fmt: skip


def test_a_changed_jackpot_is_found(table: Table) -> None:
    jackpot = jackpot_make(table.game)
    found()
    type(jackpot).objects.update(seed=Decimal("1500.50"))
    (changed,) = found()
    assert (changed.name, changed.before) == ("jackpots:jackpot:changed", {"seed": "1000"})
    assert changed.after == {"seed": "1500.5", "changed_by": ""}


def test_many_refused_sign_ins_over_all_names_are_one_burst(table: Table) -> None:
    for number in range(20):
        audit_record(
            name=EventName.SIGN_IN_REFUSED, actor="anonymous", now=utc_now(), outcome=Outcome.REFUSED,
            subject=f"staff.staffuser:{number}",
        )  # fmt: skip
    (burst,) = found()
    assert (burst.name, burst.after and burst.after["refused"]) == ("audit:signins:burst", 20)
    assert found() == []


def test_old_refusals_are_no_burst_and_are_not_read_again(table: Table, owner_connection: Any) -> None:
    for number in range(300):
        audit_record(
            name=EventName.FACTOR_REFUSED, actor="anonymous", now=utc_now(), outcome=Outcome.REFUSED,
            subject=f"staff.staffuser:{number}",
        )  # fmt: skip
    owner_connection.execute("ALTER TABLE audit_auditevent DISABLE TRIGGER audit_events_are_never_edited")
    owner_connection.execute("UPDATE audit_auditevent SET recorded_at = recorded_at - interval '1 hour'")
    owner_connection.execute("ALTER TABLE audit_auditevent ENABLE TRIGGER audit_events_are_never_edited")
    owner_connection.commit()
    assert "audit:signins:burst" not in names(found(utc_now()))
    with CaptureQueriesContext(connection) as queries:
        significant_events_watch(now=utc_now())
    assert [sql for sql in (query["sql"] for query in queries) if "staff:factor:refused" in sql and "LIMIT 200" in sql]


def test_a_watcher_that_was_stopped_says_for_how_long(table: Table) -> None:
    stopped = NOON - timedelta(hours=2)
    Watch.objects.update(ran_at=stopped)
    (missed,) = found()
    assert (missed.name, missed.severity) == ("audit:component:missing", "critical")
    assert missed.after is not None
    assert missed.after["since"].startswith(stopped.strftime("%Y-%m-%dT%H:%M"))


def test_nothing_of_an_earlier_time_is_told_by_a_first_run() -> None:
    table = table_make("20000")
    table.bet("9000", "before")
    settled()
    significant_events_watch(now=NOON)
    watch_significant()
    assert not AuditEvent.objects.filter(name=EventName.LARGE_WAGER).exists()


def test_an_event_and_the_place_of_the_watcher_are_written_together(table: Table) -> None:
    table.bet("9000", "large")
    settled()
    with transaction.atomic():
        significant_events_watch(now=NOON)
        assert AuditEvent.objects.filter(name=EventName.LARGE_WAGER).exists()
        transaction.set_rollback(True)
    assert names(found()) == ["audit:wager:large"]


def test_the_daily_proof_is_an_event_whatever_it_finds(
    table: Table, owner_connection: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    verify_books()
    good = AuditEvent.objects.get(name=EventName.LEDGER_VERIFIED)
    assert (good.actor, good.outcome) == ("system:verify_books", "done")
    owner_connection.execute(b"SET session_replication_role = replica")
    owner_connection.execute(b"UPDATE players_player SET status = 'closed'")
    verify_books()
    with pytest.raises(CommandError, match="Broken promise"):
        call_command("verify_ledger")
    first, second = AuditEvent.objects.filter(name=EventName.LEDGER_BROKEN).order_by("pk")
    assert (first.actor, second.actor) == ("system:verify_books", "command:verify_ledger")
    assert (first.outcome, first.severity, first.significant) == ("failed", "critical", True)
    assert first.after is not None
    assert first.after["promise"] == "rows_are_as_their_history_tells"


def test_a_chain_that_is_not_continued_is_told_once_an_hour(tmp_path: Path, settings: LazySettings) -> None:
    settings.SEAL_KEY_FILE = str(tmp_path / "none.key")
    seal_ledger()
    seal_ledger()
    event = AuditEvent.objects.get(name=EventName.SEALING_STOPPED)
    assert (event.severity, event.outcome) == ("critical", "failed")
    assert "There is no seal key" in event.reason


def test_a_new_seal_key_is_recorded_with_its_public_half(tmp_path: Path, settings: LazySettings) -> None:
    settings.SEAL_KEY_FILE = str(tmp_path / "new.key")
    call_command("seal_ledger", create_key=True)
    event = AuditEvent.objects.get(name=EventName.SEAL_KEY_MADE)
    assert event.after is not None
    assert event.after["public_key"] in (tmp_path / "new.key.pub").read_text()
    assert "PRIVATE" not in str(event.after)
