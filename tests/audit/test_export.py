"""The trail leaves the house as a CSV with a manifest, and the export stands in the trail itself."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from typing import Any

import pytest
from django.test import Client

from common.clock import utc_now
from compliance.audit.models import AuditEvent
from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record
from compliance.services.audit_exports import COLUMNS
from players.models import Brand, Player
from tests.factories import NOON, player_make
from tests.signin.session import sign_in
from tests.staff import also_has_role, staff_member
from tests.wallet.sealing.sealer import seal_everything, seal_key
from wallet.sealing.keys import SealKey, signature_holds

__all__ = ["seal_key"]
pytestmark = pytest.mark.django_db(transaction=True)
EXPORT = "/admin/audit/auditevent/export/"
WHY = {"reason": "the regulator asked, letter of 2 March"}


@pytest.fixture
def office(client: Client) -> Client:
    sign_in(client, staff_member("compliance_officer"))
    return client


def record(**changes: Any) -> int:
    honest: dict[str, Any] = {
        "name": EventName.PLAYER_BLOCKED, "actor": "staff:7", "now": NOON, "subject": "players.player:1",
        "reason": "why", "player_id": 1, "before": {"status": "active"}, "after": {"status": "blocked"},
    }  # fmt: skip
    return audit_record(**honest | changes)


def taken(office: Client, **choice: str) -> tuple[list[dict[str, str]], dict[str, Any]]:
    """The rows of the CSV and the manifest, its digest proved."""
    answer = office.post(EXPORT, WHY | choice)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/zip")
    assert "no-store" in answer["Cache-Control"]
    with zipfile.ZipFile(io.BytesIO(b"".join(answer))) as archive:
        assert archive.testzip() is None
        table, manifest = archive.read("audit.csv"), json.loads(archive.read("manifest.json"))
    assert manifest["sha256"] == hashlib.sha256(table).hexdigest()
    lines = list(csv.reader(io.StringIO(table.decode(), newline=""), strict=True))
    assert tuple(lines[0]) == COLUMNS
    assert manifest["rows"] == len(lines) - 1
    return [dict(zip(COLUMNS, line, strict=True)) for line in lines[1:]], manifest


def test_the_chosen_events_leave_with_a_manifest_of_what_they_are(office: Client, seal_key: SealKey) -> None:
    first, last = record(), record(actor="staff:8", reason='“quoted”, with\na line and a ; and a "')
    record(player_id=2, subject="players.player:2")
    seal = seal_everything(seal_key)[-1]
    rows, manifest = taken(office, player="1", name="players:player:blocked")
    assert [row["id"] for row in rows] == [str(first), str(last)]
    assert rows[1]["reason"] == '“quoted”, with\na line and a ; and a "'
    assert (rows[0]["before"], rows[0]["occurred_at"]) == ('{"status":"active"}', "2026-03-02T12:00:00.000000Z")
    assert manifest["filters"] == {"player": "1", "name": "players:player:blocked"}
    assert (manifest["first"]["id"], manifest["last"]["id"]) == (first, last)
    head = manifest["seal"]
    assert (head["number"], head["hash"], head["below_order"]) == (
        seal.number, bytes(seal.block_hash).hex(), seal.to_order
    )  # fmt: skip
    assert signature_holds(seal_key.public, bytes.fromhex(head["signature"]), bytes.fromhex(head["hash"]))
    assert manifest["last"]["commit_order"] < seal.to_order


def test_the_export_stands_in_the_trail(office: Client) -> None:
    record()
    _rows, manifest = taken(office)
    event = AuditEvent.objects.get(name=EventName.AUDIT_EXPORTED)
    assert event.reason == WHY["reason"]
    assert event.after == {"filters": {}, "rows": manifest["rows"], "sha256": manifest["sha256"]}
    assert event.actor == manifest["exported_by"]


@pytest.mark.parametrize("evil", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_runs_in_a_spreadsheet(evil: str, office: Client) -> None:
    record(reason=evil)
    (row,), _manifest = taken(office, name="players:player:blocked")
    assert row["reason"][0] in {"'", "\\"}


def test_person_object_significance_and_time_narrow_the_export(office: Client) -> None:
    number = str(record())
    record(name=EventName.TAG_PUT, actor="staff:9", subject="notes.tag:3", player_id=None)
    today = utc_now().strftime("%Y-%m-%d")
    for choice in (
        {"person": "staff:7"}, {"subject": "players.player:1"}, {"name": "players:player:blocked"},
        {"person": "staff:7", "start_0": today, "start_1": "00:00"},
    ):  # fmt: skip
        rows, _manifest = taken(office, **choice)
        assert [row["id"] for row in rows] == [number], choice
    rows, _manifest = taken(office, person="staff:7", end_0="2026-01-02", end_1="00:00")
    assert rows == []
    rows, _manifest = taken(office, name="significant")
    assert {row["significant"] for row in rows} == {"yes"}


@pytest.mark.parametrize(
    ("choice", "words"),
    [
        ({"reason": ""}, "This field is required"),
        ({"person": "staff: 7"}, "Enter a valid value"),
        ({"subject": "<script>"}, "Enter a valid value"),
        ({"player": "-1"}, "greater than or equal to 1"),
        ({"player": "9" * 30}, "less than or equal to"),
        ({"name": "players:player:praised"}, "not one of the available choices"),
        ({"start_0": "2026-02-30", "start_1": "00:00"}, "Enter a valid date"),
        ({"start_0": "2026-03-02", "start_1": "00:00", "end_0": "2026-03-01", "end_1": "00:00"}, "not after the"),
    ],
)
def test_a_wrong_choice_is_explained_and_nothing_leaves(choice: dict[str, str], words: str, office: Client) -> None:
    answer = office.post(EXPORT, WHY | choice)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not AuditEvent.objects.filter(name=EventName.AUDIT_EXPORTED).exists()


def test_only_a_post_of_somebody_with_the_right_takes_it_out(client: Client) -> None:
    sign_in(client, staff_member("compliance_officer"))
    assert b"Export the audit trail?" in client.get(EXPORT).content
    sign_in(client, staff_member("risk"))
    assert client.post(EXPORT, WHY).status_code == 403
    assert not AuditEvent.objects.filter(name=EventName.AUDIT_EXPORTED).exists()


def test_a_limited_person_takes_out_nothing_beyond_the_own_reach(client: Client) -> None:
    record()
    Brand.objects.create(code="other", name="Other", jurisdiction="GB")
    sign_in(client, staff_member("mlro", jurisdictions=["GB"]))
    rows, manifest = taken(client)
    assert rows == []
    assert (manifest["first"], manifest["last"]) == (None, None)


def test_seeing_everything_takes_nothing_out_beyond_the_brand_of_the_right_to_export(client: Client) -> None:
    """Risk everywhere and MLRO of one brand: she reads the whole trail, and exports one brand's."""
    alice, pola = player_make("Alice", balance="0"), player_make("Pola", balance="0")
    other = Brand.objects.create(code="other", name="Other", jurisdiction="GB")
    Player.objects.filter(pk=pola.pk).update(brand=other)
    for player in (alice, pola):
        record(player_id=player.pk, subject=f"players.player:{player.pk}")
    carol = staff_member("risk")
    also_has_role(carol, "mlro", brands=[other])
    sign_in(client, carol)
    listed = client.get("/admin/audit/auditevent/", {"name": "players:player:blocked"}).content.decode()
    assert f"/admin/players/player/{alice.pk}/" in listed
    rows, manifest = taken(client, name="players:player:blocked")
    assert [row["subject"] for row in rows] == [f"players.player:{pola.pk}"]
    assert manifest["filters"]["within"] == "the reach of the exporter's roles"
