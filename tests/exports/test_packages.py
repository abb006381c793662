"""What is in a package, and that one changed byte of it is found, in the file where it is."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from common.clock import utc_now
from reporting.exports.models import Export
from reporting.exports.places import package_path
from reporting.exports.verifying import scripts_write
from tests.exports.scene import FORMULAS, exporter, manifest, members, ready, rows, told
from wallet.sealing.keys import public_keys_load, seal_key_load
from wallet.services.seals import seal_next

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def sealed(places: Path) -> Export:
    """Seven events, sealed, exported."""
    told(len(FORMULAS))
    person = exporter()
    export_of = ready(person)
    while seal_next(key=seal_key_load(places / "seal.key"), now=utc_now()):
        pass
    return ready(person) if export_of.state == "done" else export_of


@pytest.fixture
def verifier(tmp_path: Path) -> Callable[[Path], tuple[int, str]]:
    """The regulator's machine: two scripts, a public key, and no platform."""
    place = tmp_path / "regulator"
    scripts_write(place)
    key = next(iter(public_keys_load(Path(settings.SEAL_KEY_FILE)).values())).hex()

    def run(package: Path, *more: str) -> tuple[int, str]:
        command = [sys.executable, "-S", "-E", "verify_export.py", str(package), "--public-key", key, *more]
        done = subprocess.run(command, cwd=place, capture_output=True, text=True, check=False, env={"PATH": "/bin"})
        return done.returncode, done.stdout + done.stderr

    return run


def test_the_csv_holds_what_was_asked_and_nothing_that_runs(sealed: Export) -> None:
    found = members(sealed)["audit-trail.csv"]
    assert found.count(b"\r\n") == found.count(b"\n") == sealed.rows_done + 1
    mine = [
        row for row in rows(found) if row["subject"].startswith("wallet.ledger:") and row["actor"] == "system:tests"
    ]
    shown = [f"'{text}" if text[0] in "=+-@\t" else text for text in FORMULAS]
    assert [row["reason"] for row in mine] == shown
    assert mine[0]["recorded_at_utc"].endswith("Z")
    assert mine[0]["recorded_at_local"].endswith(" UTC")
    assert json.loads(mine[0]["after"]) == {"amount": "1.50"}


def test_the_manifest_says_what_it_is(sealed: Export) -> None:
    found = manifest(sealed)
    assert found["report"] == {
        "code": "audit-trail", "title": "Audit trail", "version": 1, "ids": ["AUD-01", "AUD-08", "AUD-10"]
    }  # fmt: skip
    assert (found["rows"], found["requested_by"]) == (sealed.rows_done, sealed.requested_by)
    assert found["purpose"].endswith("Letter 12 of the authority.")
    assert found["approval"] == sealed.approval
    assert set(found["files"]) == {"audit-trail.csv", "proof/rows.jsonl", "proof/seals.json"}
    chain = found["chain"]
    assert chain["head"]["below_order"] > chain["first"]["commit_order"]
    numbers = [int(row["id"]) for row in rows(members(sealed)["audit-trail.csv"])]
    assert (chain["first"]["id"], chain["last"]["id"]) == (numbers[0], numbers[-1])


def test_a_regulator_verifies_it_with_python_alone(sealed: Export, verifier: Callable[..., tuple[int, str]],
                                                   tmp_path: Path) -> None:  # fmt: skip
    code, said = verifier(package_path(sealed.package))
    assert (code, said[:3]) == (0, "OK "), said
    assert f"{sealed.rows_done} rows" in said
    ledger = tmp_path / "ledger"
    call_command("export_ledger", to=ledger, stdout=io.StringIO())
    code, said = verifier(package_path(sealed.package), "--ledger", str(ledger))
    assert code == 0, said
    proved = int(said.rpartition(", ")[2].split()[0])
    assert 0 < proved <= sealed.rows_done


def test_one_changed_byte_of_any_member_is_found_and_named(
    sealed: Export, verifier: Callable[..., tuple[int, str]], tmp_path: Path
) -> None:
    whole = package_path(sealed.package).read_bytes()
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        places = {
            info.filename: (info.header_offset, len(info.filename), info.file_size) for info in archive.infolist()
        }
        directory = archive.start_dir
    spoilt = tmp_path / "spoilt.zip"
    for name, (header, length, size) in places.items():
        begin = header + 30 + length
        for place in (begin, begin + size // 2, begin + size - 1, header + 11):
            spoilt.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
            code, said = verifier(spoilt)
            assert code == 1, (name, place, said)
            assert said.startswith(f"BROKEN {name}"), (name, place, said)
    for place in (directory + 5, len(whole) - 3):
        spoilt.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        assert verifier(spoilt)[0] == 1
    assert verifier(tmp_path / "not-there.zip")[0] == 2


def repacked(export: Export, target: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """A forger's package: unpacked, changed, without the house's key."""
    found = members(export)
    change(found)
    shutil.rmtree(target, ignore_errors=True)
    for name, content in found.items():
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        (target / name).write_bytes(content)
    return target


def test_a_forger_without_the_key_changes_nothing(
    sealed: Export, verifier: Callable[..., tuple[int, str]], tmp_path: Path
) -> None:
    def another_row(found: dict[str, bytes]) -> None:
        found["audit-trail.csv"] = found["audit-trail.csv"].replace(b"system:tests", b"system:other")

    def with_its_digest(found: dict[str, bytes]) -> None:
        import hashlib

        another_row(found)
        listing = json.loads(found["manifest.json"])
        listing["files"]["audit-trail.csv"]["sha256"] = hashlib.sha256(found["audit-trail.csv"]).hexdigest()
        found["manifest.json"] = json.dumps(listing, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"

    def one_more(found: dict[str, bytes]) -> None:
        found["more.csv"] = b"x"

    def one_less(found: dict[str, bytes]) -> None:
        del found["proof/seals.json"]

    cases: list[tuple[Any, str]] = [
        (another_row, "audit-trail.csv: hashes to"), (with_its_digest, "manifest.json: hashes to"),
        (one_more, "more.csv: not in the manifest"), (one_less, "proof/seals.json: in the manifest, but not there"),
    ]  # fmt: skip
    for change, words in cases:
        code, said = verifier(repacked(sealed, tmp_path / "forged", change))
        assert code == 1
        assert words in said, said
    assert verifier(repacked(sealed, tmp_path / "forged", lambda _found: None))[0] == 0


def test_the_command_verifies_and_hands_out_the_scripts(sealed: Export, tmp_path: Path) -> None:
    out = io.StringIO()
    call_command("verify_export", str(package_path(sealed.package)), scripts=tmp_path / "for-them", stdout=out)
    assert "OK Audit trail" in out.getvalue()
    given = {path.name for path in (tmp_path / "for-them").iterdir()}
    assert given == {"verify_export.py", "verify_seals.py", "public-keys.txt"}
    path = package_path(sealed.package)
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    with pytest.raises(CommandError, match="1 of 1 packages are not whole"):
        call_command("verify_export", str(path), stdout=out)
