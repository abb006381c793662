"""audit_record: the one way into the trail, and everything somebody might put into it."""

from __future__ import annotations

import ast
import json
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from compliance.audit.catalogue import SIGNIFICANT_KINDS, WEIGHTS, names_of_kind, weight_of
from compliance.audit.context import surrounded
from compliance.audit.enums import Outcome, Severity
from compliance.audit.models import AuditEvent
from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record
from compliance.audit.types import Facts
from compliance.audit.values import ITEMS_MOST, TEXT_MOST, canonical_fields, clean_text
from players.enums import PlayerStatus
from players.models import Player
from players.services.players import player_block
from tests.factories import NOON, player_make

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]


def record(**changes: Any) -> AuditEvent:
    honest: dict[str, Any] = {
        "name": EventName.PLAYER_BLOCKED, "actor": "staff:7", "now": NOON, "subject": "players.player:12"
    }  # fmt: skip
    return AuditEvent.objects.get(pk=audit_record(**honest | changes))


def test_an_event_says_who_what_when_why_and_from_where() -> None:
    around = Facts(actor="staff:7", roles=("risk", "support"), ip="2001:db8::1", request_id="r-12345678", session="ab")
    with surrounded(around):
        event = record(
            reason="fraud", brand_id=3, player_id=12, before={"status": "active"}, after={"status": "blocked"},
            approval="approvals.approval:4", outcome=Outcome.REFUSED,
        )  # fmt: skip
    assert (event.name, event.occurred_at, event.subject) == ("players:player:blocked", NOON, "players.player:12")
    assert (event.actor, event.roles, event.on_behalf_of) == ("staff:7", ["risk", "support"], "")
    assert (event.before, event.after) == ({"status": "active"}, {"status": "blocked"})
    assert (event.reason, event.outcome, event.approval) == ("fraud", "refused", "approvals.approval:4")
    assert (event.brand_id, event.player_id) == (3, 12)
    assert (event.ip, event.request_id, event.session) == ("2001:db8::1", "r-12345678", "ab")
    assert (event.severity, event.significant) == (Severity.NOTICE, True)
    assert abs((event.recorded_at - datetime.now(UTC)).total_seconds()) < 60
    assert event.commit_order > 0


def test_values_are_kept_in_canonical_form() -> None:
    kept = canonical_fields(
        {
            "amount": Decimal("10.500000"),
            "tiny": Decimal("1E-18"),
            "at": NOON,
            "on": date(2026, 3, 2),
            "id": UUID(int=7),
            "state": PlayerStatus.BLOCKED,
            "flag": True,
            "count": 3,
            "none": None,
            "countries": {"FR", "DE"},
            "nested": {"list": (Decimal("0.10"),)},
            "huge": 2**70,
        }
    )
    assert kept == {
        "amount": "10.5", "tiny": "0.000000000000000001", "at": "2026-03-02T12:00:00.000000Z", "on": "2026-03-02",
        "id": "00000000-0000-0000-0000-000000000007", "state": "blocked", "flag": True, "count": 3, "none": None,
        "countries": ["DE", "FR"], "nested": {"list": ["0.1"]}, "huge": str(2**70),
    }  # fmt: skip


@pytest.mark.parametrize("value", [1.5, b"bytes", object(), {"deep": 0.1}])
def test_what_has_no_canonical_form_is_refused(value: object) -> None:
    with pytest.raises(TypeError, match="the audit trail keeps no"):
        record(after={"value": value})


def test_hidden_and_forging_characters_show_as_their_codes() -> None:
    event = record(reason="safe\x00\x1b[31m\u202egpj.exe\u200b\ud800", after={"na\x07me": "a\nb\tc\u2028d"})
    assert event.reason == "safe\\u0000\\u001b[31m\\u202egpj.exe\\u200b\\ud800"
    assert event.after == {"na\\u0007me": "a\nb\tc\\u2028d"}
    assert clean_text("Zoë 🎰 李") == "Zoë 🎰 李"


def test_huge_values_are_cut_and_say_so() -> None:
    nested: dict[str, Any] = {}
    for _level in range(50):
        nested = {"deeper": nested}
    event = record(
        reason="r" * 100_000, after={"text": "x" * 1_000_000, "list": list(range(100_000)), "nested": nested},
    )  # fmt: skip
    assert event.after is not None
    assert (len(event.reason), event.reason[-1]) == (1_000, "…")
    assert (len(event.after["text"]), event.after["text"][-1]) == (TEXT_MOST, "…")
    assert event.after["list"][-1] == f"… {100_000 - ITEMS_MOST} more"
    assert len(json.dumps(event.after)) < 10_000


@pytest.mark.parametrize(
    "actor", ["", "Carol", "staff: 7", "staff:7\nstaff:8", "staff:7<script>", "staff:" + "7" * 200, "staff:7' OR 1=1"]
)
def test_nobody_unnamed_acts(actor: str) -> None:
    with pytest.raises(ValueError, match="names no actor"):
        record(actor=actor)


def test_an_invented_name_is_refused() -> None:
    with pytest.raises(TypeError, match="closed list"):
        record(name="players:player:praised")


@pytest.mark.parametrize("subject", ["", "player 12", "players.player", "players.player:1 2", "players.player:<b>\n"])
def test_a_subject_without_a_name_is_refused_by_the_database(subject: str) -> None:
    with pytest.raises(IntegrityError, match="audit_subject_is_named"), transaction.atomic():
        record(subject=subject)


def test_a_task_does_not_lend_its_roles_to_others() -> None:
    with surrounded(Facts(actor="staff:7", roles=("support",))):
        assert record(actor="system:expiry").roles == []


@pytest.mark.django_db(transaction=True)
def test_what_can_not_be_recorded_does_not_happen() -> None:
    alice = player_make("Alice", balance="0")
    with pytest.raises(ValueError, match="names no actor"):
        player_block(player_id=alice.pk, actor="nobody in particular", now=NOON, reason="bot")
    assert Player.objects.get().status == PlayerStatus.ACTIVE
    assert not AuditEvent.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_what_is_taken_back_was_never_recorded() -> None:
    alice = player_make("Alice", balance="0")
    with transaction.atomic():
        player_block(player_id=alice.pk, actor="staff:7", now=NOON, reason="bot")
        transaction.set_rollback(True)
    assert not AuditEvent.objects.exists()


@pytest.mark.parametrize("column", ["id", "recorded_at", "commit_order"])
def test_number_time_and_place_are_the_database_s_to_give(column: str) -> None:
    value = "now()" if column == "recorded_at" else "1"
    statement = (
        f"INSERT INTO audit_auditevent (name, severity, significant, occurred_at, actor, roles, on_behalf_of, subject,"
        f" reason, outcome, request_id, session, approval, {column}) VALUES ('a:b:c', 'info', false, now(), 'staff:7',"
        f" '{{}}', '', 'players.player:1', '', 'done', '', '', '', {value})"
    )
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_every_name_has_three_parts_and_stands_once() -> None:
    names = [name.value for name in EventName]
    assert len(set(names)) == len(EventName.__members__), "a name is listed twice"
    assert all(name.count(":") == 2 and name.replace(":", "").replace("_", "").islower() for name in names)


def test_every_significant_kind_has_a_weight_above_information() -> None:
    significant = [name for name, weight in WEIGHTS.items() if weight.significant]
    assert significant
    assert all(weight_of(name).severity is not Severity.INFO for name in significant)
    assert sorted(name for kind in SIGNIFICANT_KINDS for name in names_of_kind(kind)) == sorted(significant)
    assert all(names_of_kind(kind) for kind in SIGNIFICANT_KINDS), "a kind of the list that nothing can be of"


def test_every_name_is_recorded_somewhere() -> None:
    sources = [path for folder in ("common", "players", "wallet", "compliance", "casino", "reporting", "config")
               for path in (ROOT / folder).rglob("*.py") if path.name not in {"names.py", "catalogue.py"}]  # fmt: skip
    used = {
        node.attr
        for path in sources
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "EventName"
    }
    assert EventName.__members__.keys() - used == set()
