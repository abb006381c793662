"""Verify an evidence pack of a round with nothing but Python 3.9 or newer, verify_seals.py and the house's public key.

    python verify_evidence.py PACK.zip --public-key HEX [--public-key HEX …] [--ledger EXPORT_DIR]

PACK is the ZIP, or the folder that it was unpacked into. Take both scripts and the key from the house or a regulator,
not from the pack. Proves that the list of files is signed, that every file is the listed one and none is missing or
added, that each seal is signed and follows the one before, that recorded answers and transactions say what their
sealed rows say, and that each row is in its sealed block, where the block is in the pack or in an export of the ledger
(--ledger). Exits with 0; with 1 naming the first broken promise; with 2 when there is nothing to read.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import struct
import sys
import tempfile
import zipfile
import zlib
from pathlib import Path
from typing import Any

from verify_seals import (  # type: ignore[import-not-found]  # it lies beside this file, not in the platform
    MALFORMED,
    Accounts,
    Broken,
    check_seal,
    check_transaction,
    must,
    rows_of,
    signature_holds,
)

FORMAT = "casino evidence v1"
DOMAIN = b"casino evidence v1\n"
SEAL_FORMAT = "casino seal export v1"
LIST, SIGNATURE = "manifest.json", "manifest.signature.json"
PLAIN = re.compile(r"[a-z0-9][a-z0-9_.-]*(/[a-z0-9][a-z0-9_.-]*)*")


def json_of(path: Path) -> Any:
    """The content of a JSON file. Raises Broken when it is none."""
    try:
        return json.loads(path.read_bytes())
    except (OSError, ValueError):
        raise Broken(f"{path.name}: not there, or no JSON") from None


# --- the archive ------------------------------------------------------------------------------------------------------
def unpack(pack: Path, folder: Path) -> None:
    """Unpack into a folder; the archive must be, to the byte, the one that its files make."""
    again = folder / "again.zip"
    files = folder / "files"
    with zipfile.ZipFile(pack) as source, zipfile.ZipFile(again, "w", zipfile.ZIP_STORED) as target:
        for info in source.infolist():
            must(bool(PLAIN.fullmatch(info.filename)), f"archive: {info.filename!r} is no name of a pack")
            # What is packed may unpack to any size; a pack's files are stored as they are.
            must(info.compress_type == zipfile.ZIP_STORED, f"archive: {info.filename} is packed")
            path = files / info.filename
            must(not path.exists(), f"archive: {info.filename} is there twice")
            path.parent.mkdir(parents=True, exist_ok=True)
            same = zipfile.ZipInfo(info.filename, date_time=(1980, 1, 1, 0, 0, 0))
            same.compress_type, same.create_system, same.external_attr = zipfile.ZIP_STORED, 3, 0o644 << 16
            with source.open(info) as data, path.open("wb") as out, target.open(same, "w") as copy:
                while piece := data.read(1 << 20):
                    out.write(piece)
                    copy.write(piece)
    with pack.open("rb") as one, again.open("rb") as other:
        while True:
            left, right = one.read(1 << 20), other.read(1 << 20)
            must(left == right, "archive: not the bytes that its files make")
            if not left:
                return


def unpacked(pack: Path, folder: Path) -> None:
    """The same, where whatever a damaged archive makes zipfile raise is a broken promise."""
    with pack.open("rb") as file:
        must(file.read(4) == b"PK\x03\x04", f"{pack.name}: no ZIP")
    try:
        unpack(pack, folder)
    except (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, RuntimeError, ValueError) as error:
        raise Broken(f"archive: {error}") from None


def check_list(folder: Path, keys: dict[str, bytes]) -> dict[str, Any]:
    """The list is signed by a named key; every file is the listed one, and there is no other. Returns the list."""
    signed, listing = json_of(folder / SIGNATURE), json_of(folder / LIST)
    digest = hashlib.sha256((folder / LIST).read_bytes())
    must(listing.get("format") == FORMAT, f"{LIST}: not of the format {FORMAT!r}")
    plain = json.dumps(signed, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"
    must((folder / SIGNATURE).read_bytes() == plain, f"{SIGNATURE}: not laid out as the house writes it")
    must(signed["sha256"] == digest.hexdigest(), f"{LIST}: hashes to {digest.hexdigest()}, noted is {signed['sha256']}")
    must(signed["signature"] is not None, f"{LIST}: not signed; the house had no seal key where the pack was made")
    must(signed["key"] in keys, f"{LIST}: signed with key {signed['key']}, which is not among the named public keys")
    signature = bytes.fromhex(signed["signature"])
    holds = signature_holds(keys[signed["key"]], signature, DOMAIN + digest.digest())
    must(holds and signature.hex() == signed["signature"], f"{LIST}: the signature is not by key {signed['key']}")
    must(set(signed) == {"sha256", "key", "signature"}, f"{SIGNATURE}: more in it than a signature")
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} - {LIST, SIGNATURE}
    for name in sorted(there ^ set(listing["files"])):
        raise Broken(f"{name}: {'not in the list' if name in there else 'listed, but not there'}")
    for name, about in listing["files"].items():
        found = hashlib.sha256()
        with (folder / name).open("rb") as file:
            while piece := file.read(1 << 20):
                found.update(piece)
        must(found.hexdigest() == about["sha256"], f"{name}: hashes to {found.hexdigest()}, not {about['sha256']}")
    return listing  # type: ignore[no-any-return]


# --- the rows and their seals -----------------------------------------------------------------------------------------
def check_seals(listing: dict[str, Any], keys: dict[str, bytes]) -> list[dict[str, Any]]:
    """Each seal is signed; one that follows another by number follows it by hash."""
    must(listing.get("format") == SEAL_FORMAT, f"proof/seals.json: not of the format {SEAL_FORMAT!r}")
    before: dict[str, Any] | None = None
    for seal in listing["seals"]:
        follows = before is not None and seal["number"] == before["number"] + 1
        try:
            check_seal(seal, before if follows else None, keys)
        except Broken as broken:
            raise Broken(f"seal {seal['number']}: {broken}") from None
        before = seal
    return list(listing["seals"])


def check_documents(folder: Path, rows: list[dict[str, Any]]) -> None:
    """Transactions and answers of the documents are the sealed rows; the answers' bytes are the sealed ones."""
    for name, kind in (("transactions.json", "transaction"), ("answers.json", "answer")):
        told = json_of(folder / name)
        sealed = [row for row in rows if row["kind"] == kind]
        for document in told:
            body_file = document.pop("body_file", None)
            if body_file is not None:
                body = (folder / body_file).read_bytes()
                must(body.hex() == document["body"], f"{body_file}: not the bytes of the sealed row")
        must(told == sealed, f"{name}: does not say what its sealed rows say")
    for row in rows:
        if row["kind"] == "transaction":
            try:
                check_transaction(row, Accounts(), 0)
            except Broken as broken:
                raise Broken(f"transaction {row['id']}: {broken}") from None


def check_inclusion(folder: Path, ledger: Path | None, seals: list[dict[str, Any]], rows: list[Any]) -> dict[str, int]:
    """Each row is in the block of its seal; counts those proved, those whose block is not here, and those waiting."""
    counts = {"proved": 0, "without a block": 0, "waiting": 0}
    wanted: dict[int, dict[tuple[Any, ...], dict[str, Any]]] = {}
    for row in rows:
        seal = next((seal for seal in seals if seal["from"] <= row["order"] < seal["to"]), None)
        if seal is None:
            counts["waiting"] += 1
        else:
            wanted.setdefault(seal["number"], {})[row["order"], row["kind"], row["id"]] = row
    for seal in seals:
        missing = wanted.get(seal["number"], {})
        name = f"{seal['number']:09d}.jsonl"
        places = [folder / "proof" / "blocks" / name, *([ledger / "blocks" / name] if ledger else [])]
        path = next((place for place in places if place.is_file()), None)
        if path is None:
            counts["without a block"] += len(missing)
            continue
        counts["proved"] += len(missing)
        try:
            for _number, row in rows_of(seal, path):
                key = row["order"], row["kind"], row["id"]
                if key in missing:
                    must(missing.pop(key) == row, f"{row['kind']} {row['id']}: sealed with other content")
        except Broken as broken:
            raise Broken(f"block {seal['number']}: {broken}") from None
        for key in missing:
            raise Broken(f"block {seal['number']}: {key[1]} {key[2]} is not in it")
    return counts


def verify(folder: Path, keys: dict[str, bytes], ledger: Path | None) -> str:
    """Verify everything and say what was verified. Raises Broken, OSError."""
    try:
        listing = check_list(folder, keys)
        rows = [json.loads(line) for line in (folder / "proof" / "rows.jsonl").read_bytes().splitlines()]
        seals = check_seals(json_of(folder / "proof" / "seals.json"), keys)
        check_documents(folder, rows)
        counts = check_inclusion(folder, ledger, seals, rows)
    except MALFORMED:
        raise Broken("manifest or proof: not of the format") from None
    told = ", ".join(f"{count} {word}" for word, count in counts.items())
    about = listing["round"]
    return f"round {about['reference']!r} of {about['player']}: {len(listing['files'])} files; sealed rows: {told}"


def main(arguments: list[str]) -> int:
    """The exit code."""
    parser = argparse.ArgumentParser(description="Verify an evidence pack.")
    parser.add_argument("pack", type=Path, metavar="PACK")
    parser.add_argument("--public-key", action="append", required=True, metavar="HEX", help="not from the pack!")
    parser.add_argument("--ledger", type=Path, metavar="EXPORT_DIR", help="an export of the ledger with the blocks")
    options = parser.parse_args(arguments)
    try:
        keys = {hashlib.sha256(key).hexdigest()[:16]: key for key in map(bytes.fromhex, options.public_key)}
    except ValueError as error:
        parser.error(f"--public-key takes 64 hex digits ({error})")
    try:
        with tempfile.TemporaryDirectory() as scratch:
            folder = options.pack
            if not folder.is_dir():
                unpacked(options.pack, Path(scratch))
                folder = Path(scratch) / "files"
            said = verify(folder, keys, options.ledger)
    except Broken as broken:
        sys.stdout.write(f"BROKEN {broken}\n")
        return 1
    except OSError as error:
        sys.stderr.write(f"Nothing to verify: {error}\n")
        return 2
    sys.stdout.write(f"OK {said}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
