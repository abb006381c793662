"""A broken balance freezes its player within the minute; everybody else plays on; two people lift it."""

from __future__ import annotations

from typing import Any

import pytest

from casino.games.errors import StopEndsByIncident
from casino.games.services.stops import stop_end
from casino.play.types import Answer
from common.clock import utc_now
from compliance.approvals.services.decisions import approval_approve
from compliance.approvals.services.proposals import approval_propose
from compliance.audit.models import AuditEvent
from compliance.audit.names import EventName
from compliance.gate.models import Flag
from reporting.monitoring.approval_kinds import LIFT, incident_lift_payload
from reporting.monitoring.enums import FreezeScope, IncidentState, Severity
from reporting.monitoring.errors import LiftNeedsTwo
from reporting.monitoring.models import Alert, Incident, Sample
from reporting.monitoring.services.evaluation import house_evaluate
from reporting.monitoring.services.freezing import freeze, incident_lift
from tests.casino.play.table import Table, code_of, said, seat, table_make
from tests.factories import CAROL, NOON, game_make
from tests.staff import staff_member
from wallet.models import Account

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def tables() -> tuple[Table, Table]:
    """Alice and Bob at one game with 100.00 EUR each; both have played."""
    alice = table_make("100")
    bob = seat(alice.game, "Bob", balance="100")
    assert code_of(alice.bet("10")) == "ok"
    assert code_of(bob.bet("10")) == "ok"
    return alice, bob


def spoil(owner: Any, table: Table, sql: str = "balance = balance + 5") -> None:
    """Write past the ledger, as the owner of the database can."""
    account = Account.objects.get(player=table.player, kind="player_real").pk
    owner.execute("SET session_replication_role = replica")
    owner.execute(f"UPDATE wallet_account SET {sql} WHERE id = {account}")
    owner.execute("SET session_replication_role = origin")


def refusal(answer: Answer) -> str:
    return str(said(answer)["error"]["code"])


def test_a_planted_balance_freezes_its_player_alone_with_a_reason(
    tables: tuple[Table, Table], owner_connection: Any
) -> None:
    alice, bob = tables
    house_evaluate(now=NOON)
    assert not Incident.objects.exists()
    spoil(owner_connection, alice)
    house_evaluate(now=NOON)
    house_evaluate(now=NOON)
    incident = Incident.objects.get()
    assert (incident.player, incident.promise, incident.severity) == (alice.player, "balances_are_sums", "p1")
    assert incident.expected.startswith("90.0")
    assert incident.found.startswith("95.0")
    assert refusal(alice.bet("1", "r2")) == "player_blocked"
    assert code_of(bob.bet("1", "r2")) == "ok"
    assert not Flag.objects.filter(player=bob.player).exists()
    assert Sample.objects.get(measure="balances_unequal").value == 1
    alert = Alert.objects.get(code="balance_differs")
    assert (alert.scope, alert.severity, alert.state) == ("EUR", "p1", "firing")
    event = AuditEvent.objects.get(name=EventName.INCIDENT_OPENED)
    assert (event.player_id, event.significant) == (alice.player.pk, True)


def test_a_p1_is_lifted_by_two_people_alone_and_freezes_anew_while_it_is_broken(
    tables: tuple[Table, Table], owner_connection: Any
) -> None:
    alice, _bob = tables
    spoil(owner_connection, alice)
    house_evaluate(now=NOON)
    incident = Incident.objects.get()
    with pytest.raises(LiftNeedsTwo):
        incident_lift(incident_id=incident.pk, reason="it is fine", actor=CAROL, now=NOON)
    incident_lift(incident_id=incident.pk, reason="cause known", actor=CAROL, now=NOON, approval="approval:1")
    house_evaluate(now=NOON)
    assert Incident.objects.filter(state=IncidentState.OPEN).count() == 1, "still broken: frozen again"
    spoil(owner_connection, alice, "balance = balance - 5")
    again = Incident.objects.get(state=IncidentState.OPEN)
    incident_lift(incident_id=again.pk, reason="corrected", actor=CAROL, now=NOON, approval="approval:2")
    house_evaluate(now=NOON)
    assert not Incident.objects.filter(state=IncidentState.OPEN).exists()
    assert code_of(alice.bet("1", "r3")) == "ok"
    assert set(Alert.objects.filter(code="balance_differs").values_list("state", flat=True)) == {"resolved"}


def test_a_frozen_game_stops_alone_and_its_stop_ends_by_its_incident(tables: tuple[Table, Table]) -> None:
    alice, bob = tables
    other = seat(game_make(alice.game.provider, "other"), "Dora", balance="50")
    made = freeze(
        scope=FreezeScope.GAME, target_id=alice.game.pk, severity=Severity.P2, promise="rounds_add_up", row="round 1",
        expected="10", found="11", now=NOON,
    )  # fmt: skip
    assert made is not None
    assert made.stop is not None
    assert freeze(
        scope=FreezeScope.GAME, target_id=alice.game.pk, severity=Severity.P2, promise="rounds_add_up", row="round 1",
        expected="10", found="11", now=NOON,
    ) is None  # fmt: skip
    assert code_of(bob.bet("1", "r5")) != "ok"
    assert code_of(other.bet("1", "r5")) == "ok"
    with pytest.raises(StopEndsByIncident):
        stop_end(stop_id=made.stop.pk, reason="over", actor=CAROL, now=NOON)
    incident_lift(incident_id=made.pk, reason="the provider corrected it", actor=CAROL, now=NOON)
    assert code_of(bob.bet("1", "r6")) == "ok"


def test_one_person_proposes_the_end_of_a_freeze_and_another_one_ends_it(
    tables: tuple[Table, Table], owner_connection: Any
) -> None:
    alice, _bob = tables
    spoil(owner_connection, alice)
    house_evaluate(now=NOON)
    spoil(owner_connection, alice, "balance = balance - 5")
    incident = Incident.objects.get()
    maker, second = staff_member("administrator", username="carol"), staff_member("finance", username="dora")
    made = approval_propose(
        kind=LIFT, payload=incident_lift_payload(incident=incident), reason="the books are right again", ticket="T-1",
        actor=f"staff:{maker.pk}", now=utc_now(),
    )  # fmt: skip
    incident.refresh_from_db()
    assert incident.state == IncidentState.OPEN
    approval_approve(approval_id=made.pk, reason="verified", actor=f"staff:{second.pk}", now=utc_now())
    incident.refresh_from_db()
    assert (incident.state, incident.lifted_by, incident.approval) == (
        "lifted", f"staff:{maker.pk}", f"approval:{made.pk}",
    )  # fmt: skip
    assert not Flag.objects.filter(player=alice.player, lifted_by="").exists()
