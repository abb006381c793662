"""The nightly verification: signed, checked by a stranger's program, and what exports ask before they certify."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings

from common.clock import utc_now
from reporting.monitoring.models import HouseProof, Incident, SoftwareCheck
from reporting.monitoring.selectors.verification import last_verification
from reporting.monitoring.services.house_proofs import house_prove
from reporting.monitoring.services.software import software_check, source_digest
from tests.casino.play.table import table_make
from tests.monitoring.test_freezing import spoil
from wallet.sealing.keys import public_file, seal_key_create

pytestmark = pytest.mark.django_db(transaction=True)
STRANGER = Path(__file__).resolve().parents[2] / "reporting/monitoring/standalone/verify_proof.py"


@pytest.fixture
def key(tmp_path: Path, settings: LazySettings) -> Path:
    """A seal key of this test alone."""
    path = tmp_path / "seal.key"
    seal_key_create(path)
    settings.SEAL_KEY_FILE = str(path)
    return path


def stranger(proof: HouseProof, key: Path, folder: Path, *, document: str = "") -> subprocess.CompletedProcess[str]:
    result = folder / "result"
    result.write_text(f"{document or proof.document}\n{bytes(proof.signature).hex()}\n", encoding="utf-8")
    command = [sys.executable, "-I", str(STRANGER), str(result), str(public_file(key))]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)


def test_a_sound_house_certifies_for_36_hours_and_a_stranger_can_check_it(key: Path, tmp_path: Path) -> None:
    assert last_verification() is None
    table = table_make("100")
    table.bet("10")
    now = utc_now()
    proof = house_prove(now=now)
    found = last_verification()
    assert proof.sound, proof.broken
    assert found is not None
    assert found.certifies(now + timedelta(hours=36))
    assert not found.certifies(now + timedelta(hours=37))
    said = stranger(proof, key, tmp_path)
    assert (said.returncode, said.stdout.splitlines()[-1]) == (0, "Sound.")
    forged = stranger(proof, key, tmp_path, document=proof.document.replace('"rows":1', '"rows":2'))
    assert forged.returncode == 2


def test_a_broken_house_certifies_nothing_and_freezes_whom_it_is_about(
    key: Path, tmp_path: Path, owner_connection: Any
) -> None:
    table = table_make("100")
    table.bet("10")
    spoil(owner_connection, table)
    proof = house_prove(now=utc_now())
    found = last_verification()
    assert found is not None
    assert not proof.sound
    assert not found.certifies(utc_now())
    assert "balances_are_sums" in found.why_not(utc_now())
    assert Incident.objects.get().player == table.player
    assert stranger(proof, key, tmp_path).returncode == 1


def test_a_result_that_was_changed_in_the_database_is_not_trusted(key: Path, owner_connection: Any) -> None:
    house_prove(now=utc_now())
    owner_connection.execute("SET session_replication_role = replica")
    owner_connection.execute(
        "UPDATE monitoring_houseproof SET document = replace(document, '\"rows\":0', '\"rows\":9')"
    )
    found = last_verification()
    assert found is not None
    assert (found.sound, found.signed, found.certifies(utc_now())) == (True, False, False)


def test_changed_software_is_told_by_component(tmp_path: Path) -> None:
    (tmp_path / "wallet").mkdir()
    (tmp_path / "wallet" / "a.py").write_text("x = 1\n")
    first = software_check(now=utc_now(), packages=[], folder=tmp_path)
    assert (first.same, first.whole, first.changes) == (True, True, [])
    before = source_digest(tmp_path)
    (tmp_path / "wallet" / "a.py").write_text("x = 2\n")
    second = software_check(now=utc_now(), packages=[], folder=tmp_path)
    assert second.changes == [
        {"component": "our source", "expected": before, "found": source_digest(tmp_path), "result": "changed"}
    ]
    assert SoftwareCheck.objects.count() == 2
