"""The export and its stand-alone verifier, run as on another machine: a process of its own, with Python alone."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.wallet.ledger_books import Books
from tests.wallet.sealing.sealer import seal_everything, seal_key
from wallet.models import Seal
from wallet.sealing import standalone_verifier
from wallet.sealing.blocks import DOMAIN
from wallet.sealing.canonical import canonical_line
from wallet.sealing.keys import SealKey, seal_key_create

__all__ = ["seal_key"]
HEADER = ("number", "from", "to", "kinds", "count", "content", "previous", "key", "sealed_at")


@pytest.fixture
def export(transactional_db: None, seal_key: SealKey, tmp_path: Path) -> Path:
    books = Books()
    books.deposit("100")
    for stake in ("1", "2.5", "0.00000001"):
        books.rollback_bet(books.bet(stake), stake)
        books.win(stake)
    books.refuse()
    seal_everything(seal_key, limit=4)
    call_command("export_ledger", to=tmp_path / "export")
    return tmp_path / "export"


def verified(folder: Path, *arguments: str, cwd: Path) -> tuple[int, str]:
    """Run a copy of the verifier outside of the checkout, isolated from its packages."""
    script = Path(shutil.copy(standalone_verifier(), cwd))
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(script), str(folder), *arguments],
        capture_output=True, text=True, check=False, cwd=cwd,
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


def seals_of(folder: Path) -> list[dict[str, Any]]:
    seals: list[dict[str, Any]] = json.loads((folder / "seals.json").read_text())["seals"]
    return seals


def test_an_honest_export_verifies_anywhere(export: Path, seal_key: SealKey, tmp_path: Path) -> None:
    code, said = verified(export, "--public-key", seal_key.public.hex(), cwd=tmp_path)
    head = Seal.objects.order_by("-number")[0]
    assert code == 0, said
    assert said.startswith(f"OK {head.number} blocks, ")
    assert f"head {head.number}:{bytes(head.block_hash).hex()}" in said
    noted = f"{head.number}:{bytes(head.block_hash).hex()}"
    assert verified(export, "--public-key", seal_key.public.hex(), "--head", noted, cwd=tmp_path)[0] == 0


def test_a_part_of_the_chain_verifies_too(export: Path, seal_key: SealKey, tmp_path: Path) -> None:
    call_command("export_ledger", to=tmp_path / "part", from_seal=2, to_seal=3)
    assert [seal["number"] for seal in seals_of(tmp_path / "part")] == [2, 3]
    code, said = verified(tmp_path / "part", "--public-key", seal_key.public.hex(), cwd=tmp_path)
    assert code == 0, said


def test_another_key_is_refused(export: Path, tmp_path: Path) -> None:
    other = seal_key_create(tmp_path / "mallory.key")
    code, said = verified(export, "--public-key", other.public.hex(), cwd=tmp_path)
    assert code == 1
    assert said.startswith("BROKEN block 1: signature: made with key")


def test_an_export_that_is_not_there_is_no_verdict(tmp_path: Path) -> None:
    assert verified(tmp_path / "nothing", "--public-key", "00" * 32, cwd=tmp_path)[0] == 2


def change_line(folder: Path, block: int, number: int, change: dict[str, Any]) -> None:
    path = folder / "blocks" / f"{block:09d}.jsonl"
    lines = path.read_bytes().splitlines()
    lines[number] = canonical_line(json.loads(lines[number]) | change)
    path.write_bytes(b"".join(line + b"\n" for line in lines))


def change_seal(folder: Path, number: int, **change: Any) -> None:
    listing = json.loads((folder / "seals.json").read_text())
    listing["seals"][number - 1].update(change)
    (folder / "seals.json").write_text(json.dumps(listing))


def resign(folder: Path, key: SealKey) -> None:
    """What a dishonest house could do: hash and sign its changed blocks anew."""
    listing = json.loads((folder / "seals.json").read_text())
    previous = "00" * 32
    for seal in listing["seals"]:
        data = (folder / "blocks" / f"{seal['number']:09d}.jsonl").read_bytes()
        seal.update(content=hashlib.sha256(data).hexdigest(), count=data.count(b"\n"), previous=previous)
        digest = hashlib.sha256(DOMAIN + canonical_line({name: seal[name] for name in HEADER})).digest()
        seal.update(hash=digest.hex(), signature=key.sign(digest).hex())
        previous = seal["hash"]
    (folder / "seals.json").write_text(json.dumps(listing))


def expect(folder: Path, key: SealKey, tmp_path: Path, pattern: str, *more: str) -> None:
    code, said = verified(folder, "--public-key", key.public.hex(), *more, cwd=tmp_path)
    assert code == 1, said
    assert re.match(pattern, said), said


def test_a_changed_row_is_named(export: Path, seal_key: SealKey, tmp_path: Path) -> None:
    change_line(export, 2, 0, {"actor": "mallory"})
    expect(export, seal_key, tmp_path, "BROKEN block 2: content: hashes to")


def test_a_deleted_row_is_named(export: Path, seal_key: SealKey, tmp_path: Path) -> None:
    path = export / "blocks" / "000000002.jsonl"
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:-1]))
    expect(export, seal_key, tmp_path, r"BROKEN block 2: content: \d+ rows, sealed were \d+")


def test_a_repeated_row_is_named(export: Path, seal_key: SealKey, tmp_path: Path) -> None:
    path = export / "blocks" / "000000001.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([*lines, lines[-1]]))
    expect(export, seal_key, tmp_path, r"BROKEN block 1: row \d+: \w+ .* is out of order or repeated")


def test_a_missing_block_is_named(export: Path, seal_key: SealKey, tmp_path: Path) -> None:
    listing = json.loads((export / "seals.json").read_text())
    del listing["seals"][1]
    (export / "seals.json").write_text(json.dumps(listing))
    expect(export, seal_key, tmp_path, "BROKEN block 3: chain: block 2 is missing")


def test_a_changed_header_and_a_forged_signature_are_named(export: Path, seal_key: SealKey, tmp_path: Path) -> None:
    seals = seals_of(export)
    change_seal(export, 2, sealed_at="2020-01-01T00:00:00.000000Z")
    expect(export, seal_key, tmp_path, "BROKEN block 2: block hash: ")
    change_seal(export, 2, sealed_at=seals[1]["sealed_at"], signature=seals[0]["signature"])
    expect(export, seal_key, tmp_path, "BROKEN block 2: signature: not by key")


def test_a_chain_cut_at_its_end_is_seen_by_a_noted_head(export: Path, seal_key: SealKey, tmp_path: Path) -> None:
    listing = json.loads((export / "seals.json").read_text())
    gone = listing["seals"].pop()
    (export / "seals.json").write_text(json.dumps(listing))
    noted = f"{gone['number']}:{gone['hash']}"
    expect(export, seal_key, tmp_path, f"BROKEN head: block {gone['number']} was noted", "--head", noted)


def transactions(folder: Path) -> list[tuple[int, int, dict[str, Any]]]:
    """Every transaction with its block and its place in there; rows of migrations fill the first blocks."""
    return [
        (int(block.stem), place, row)
        for block in sorted((folder / "blocks").iterdir())
        for place, row in enumerate(map(json.loads, block.read_bytes().splitlines()))
        if row["kind"] == "transaction"
    ]


@pytest.mark.parametrize(
    ("changed", "promise"),
    [
        ({"amount": "-7"}, r"sum: entries sum to .* EUR, not 0"),
        ({"base": "-7"}, r"sum: base amounts sum to .*, not 0"),
        ({"balance": "7777"}, r"balance chain: account \d+, version \d+: "),
        ({"version": 1}, r"balance chain: account \d+, version 1: "),
        ({"amount": "NaN"}, r"sum: entries sum to NaN EUR, not 0"),
        ({"amount": "a lot"}, r"not a transaction of the format"),
    ],
)
def test_wrong_books_are_named_even_when_signed(
    export: Path, seal_key: SealKey, tmp_path: Path, changed: dict[str, Any], promise: str
) -> None:
    number, place, row, entry = next(
        (*found, entry)
        for found in transactions(export)
        for entry in found[2]["entries"]
        if (entry["version"] or 0) > 1
    )
    entry.update(changed)
    change_line(export, number, place, {"entries": row["entries"]})
    resign(export, seal_key)
    expect(export, seal_key, tmp_path, rf"BROKEN block \d+: row \d+, transaction [-0-9a-f]+: {promise}")


def test_a_version_left_out_is_named_even_when_signed(export: Path, seal_key: SealKey, tmp_path: Path) -> None:
    number, place, _row = transactions(export)[0]
    path = export / "blocks" / f"{number:09d}.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:place] + lines[place + 1 :]))
    resign(export, seal_key)
    expect(export, seal_key, tmp_path, r"BROKEN balance chain: account \d+: version \d+ is missing")


def test_an_export_goes_into_an_empty_folder_only(export: Path) -> None:
    with pytest.raises(CommandError, match="is not empty: name a new folder"):
        call_command("export_ledger", to=export)
