"""Reports of compliance and staff tell what was furnished, of whoever is in reach, and read no large table whole."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse

from common.scope import NOTHING
from reporting.catalogue import reading
from reporting.catalogue.enums import Basis, Family, FilterName, Known
from reporting.catalogue.registry import all_reports, report_get
from reporting.catalogue.types import Report
from tests.catalogue.asking import DAY, only, picked, question, rows
from tests.catalogue.compliance.cast import Cast, cast_make
from tests.factories import game_make, provider_make

pytestmark = pytest.mark.django_db
MINE = tuple(
    report
    for report in all_reports().values()
    if report.query.__module__.split(".")[3] in {"games", "compliance", "staff"}
)
# One row for Alice and one for Dora, in the columns that tell most.
EXPECTED: dict[str, tuple[tuple[str, ...], list[tuple[Any, ...]]]] = {
    "exclusions": (("kind", "source", "length", "state"), [("Time-out", "Player", "P1D", "Over")]),
    "limits": (("kind", "period", "amount", "state", "asked_amount"),
               [("Deposits", "Day", "100", "Ended", None), ("Deposits", "Day", "50", "In force", "80")]),
    "limit-changes": (("before", "after", "direction", "state"),
                      [(None, "100", "New", "In force"), ("100", "50", "Stricter", "In force"),
                       ("50", "80", "Looser", "Waiting")]),
    "rg-interactions": (("score", "channel", "done", "after_7"), [(60, "Phone", "Called", '{"deposits": "-20"}')]),
    "harm-markers": (("place", "marker", "points", "score", "tier"),
                     [(1, "Spends more", 40, 60, "High"), (2, "Plays at night", 20, 60, "High")]),
    "kyc-summary": (("what", "number"),
                    [("Sent", 3), ("Accepted", 1), ("Player verified", 1), ("Rejected: it can not be read", 1),
                     ("Waiting three days or longer", 1), ("Expiring within thirty days", 1)]),
    "verifications": (("status", "level", "decided_by"), [("Verified", "Identity", "staff:7")]),
    "player-alerts": (("rule", "state", "decision", "amount"),
                      [("Affordability check", "Ended", "Nothing against it", "600"),
                       ("Risk: fraud", "Open", "", None)]),
    "location-violations": (("rule", "country", "ip"), [("VPN, proxy or Tor", "MT", "10.0.0.9")]),
    "account-creation": (("outcome", "country", "ip"), [("Account opened", "MT", "10.0.0.9")]),
    "player-sign-ins": (("minutes", "end_reason", "device", "deposits"), [(60, "Signed out", "Firefox", "0")]),
    "subject-requests": (("kind", "by"), [("Copy of the data", "staff:7"), ("Erasure", "")]),
    "large-plays": (("rule", "kind", "base_amount"), [("One wager", "bet", "900")]),
    "large-transfers": (("rule", "kind", "base_amount"), [("One deposit or withdrawal", "deposit", "900")]),
    "complaints": (("body", "author", "days"), [("Too slow", "staff:7", 7)]),
    "register-lookups": (("occasion", "outcome", "latency_ms"), [("Sign-in", "Not registered", 12)]),
}  # fmt: skip


def test_what_was_furnished_is_told_of_whoever_is_in_reach() -> None:
    cast = cast_make()
    problems: list[tuple[object, ...]] = []
    for code, (columns, expected) in EXPECTED.items():
        for brand, player in (("lucky", cast.alice), ("york", cast.dora)):
            told = rows(code, scope=only(player.brand_id))
            if {row["brand"] for row in told} != {brand}:
                problems.append((code, "others are seen", {row["brand"] for row in told}))
            if sorted(picked(told, *columns), key=repr) != sorted(expected, key=repr):
                problems.append((code, brand, picked(told, *columns)))
        if len(rows(code)) != 2 * len(expected):
            problems.append((code, "of all brands", len(rows(code))))
        if len(rows(code, test_players=True)) != len(expected):
            problems.append((code, "of test players", len(rows(code, test_players=True))))
    assert problems == []

    (document,) = rows("kyc-documents", player_id=cast.alice.pk, state="rejected")
    assert (document["reject_reason"], document["minutes"]) == ("It can not be read", 60)
    _events(cast)
    _links(cast)
    _changes(cast)


def _events(cast: Cast) -> None:
    assert picked(rows("significant-events", scope=only(cast.york.pk), state="large_wager"), "kind", "actor") == [
        ("Large wager", "system:watch")
    ]
    log = rows("staff-log", scope=only(cast.york.pk))
    assert {(row["name"], row["actor"], row["outcome"]) for row in log} == {
        ("players:personal:revealed", "staff:7", "Done"),
        ("players:subject:exported", "staff:7", "Done"),
    }
    assert len(rows("privileged-access", state="personal")) == 4
    assert rows("privileged-access", state="money") == []


def _links(cast: Cast) -> None:
    """Alice and Dora share a device; Tess shares it too, and is a test player."""
    assert picked(rows("linked-accounts"), "player_id", "other_id", "fields", "confidence", "actions") == [
        (cast.alice.pk, cast.dora.pk, "device", 50, "risk_fraud")
    ]
    assert rows("linked-accounts", scope=only(cast.york.pk)) == [], "the other account is out of reach"


def _changes(cast: Cast) -> None:
    """Row history is dated by the database's clock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT now()")
        (now,) = cursor.fetchone() or (datetime.now(UTC),)
    today = {"first": now.date(), "last": now.date(), "as_of": now + timedelta(minutes=1)}
    report = report_get("player-changes")
    told = reading.page(report, question(**today, player_id=cast.dora.pk), size=500).rows
    changed = [row for row in told if row["object"] == "player" and row["verb"] == "changed"]
    assert {(row["field"], row["before"], row["after"]) for row in changed} == {
        ("brand_id", str(cast.alice.brand_id), str(cast.york.pk)), ("jurisdiction", "MT", "NJ"),
    }  # fmt: skip
    assert {row["player_id"] for row in told} == {cast.dora.pk}
    assert reading.page(report, question(**today, player_id=cast.dora.pk, scope=only(cast.alice.brand_id))).rows == []
    game_make(provider_make())
    told = reading.page(report_get("object-changes"), question(**today), size=50_000).rows
    assert ("game", "theoretical_rtp", "96.0000") in {(row["object"], row["field"], row["after"]) for row in told}
    assert reading.page(report_get("object-changes"), question(**today, scope=only(cast.york.pk))).rows == []


def test_every_report_answers_every_question_and_says_no_activity_where_there_is_none() -> None:
    cast = cast_make()
    future = DAY + timedelta(days=400)
    for report in MINE:
        everything = reading.page(report, question(), size=5)
        for row in everything.rows:
            assert set(row) == {column.name for column in report.columns}
            address = report.drill(row) if report.drill else ""
            assert address == "" or address.startswith(reverse("admin:index"))
        for state in report.states:
            reading.page(report, question(state=state), size=5)
        reading.totals(report, question())
        assert [line for line in reading.ties(report, question()) if line.difference] == []
        assert reading.page(report, question(scope=NOTHING)).rows == [], report.code
        if not report.as_of_only and report.code not in STANDING:
            assert reading.page(report, question(first=future, last=future)).rows == [], report.code
        reading.page(report, replace(question(), **_filters(report, cast)), size=5)
        seen = reading.page(report, question(scope=only(cast.york.pk)), size=200).rows
        assert {row["brand"] for row in seen if row.get("brand")} <= {"york"}, report.code


def _filters(report: Report, cast: Cast) -> dict[str, Any]:
    known: dict[FilterName, dict[str, Any]] = {
        FilterName.BRAND: {"brand_id": cast.york.pk}, FilterName.JURISDICTION: {"jurisdiction": "NJ"},
        FilterName.CURRENCY: {"currency": "EUR"}, FilterName.PROVIDER: {"provider_id": 1},
        FilterName.GAME: {"game_id": 1}, FilterName.PLAYER: {"player_id": cast.dora.pk},
        FilterName.BASIS: {"basis": Basis.SETTLED}, FilterName.KNOWN: {"known": Known.FIRST},
        FilterName.CONVERTED: {"converted": True}, FilterName.TEST_PLAYERS: {"test_players": True},
    }  # fmt: skip
    return {key: value for name in report.filters for key, value in known.get(name, {}).items()}


# They tell what stands: limits in force, pools, documents that wait.
STANDING = {"jackpots", "kyc-summary", "limits", "exclusions", "unfinished-rounds", "game-health"}
LARGE = {
    "play_round", "play_leg", "play_gamesession", "wallet_entry", "wallet_transaction", "audit_auditevent",
    "calls_providercall_default", "accounts_playersession", "geo_locationcheck", "harm_assessment", "facts_play",
    "players_playerhistory", "limits_limithistory", "kyc_kycstatehistory",
}  # fmt: skip


def test_no_large_table_is_read_whole() -> None:
    """Planned without sequential scans: whatever is still read by one has no index that serves."""
    found = set()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        for report in MINE:
            query = report.query(question())
            cursor.execute(f"EXPLAIN {query.sql}", dict(query.parameters))
            plan = "\n".join(line for (line,) in cursor.fetchall())
            found |= {(report.code, table) for table in re.findall(r"Seq Scan on (\w+)", plan) if table in LARGE}
    assert found == set()


def test_reports_with_persons_say_so() -> None:
    for report in MINE:
        if any(column.name in {"player_id", "player", "ip", "username"} for column in report.columns):
            assert report.personal, report.code
        assert report.family in {Family.GAMES, Family.COMPLIANCE, Family.STAFF}
        assert set(report.key) <= {column.name for column in report.columns}, report.code
