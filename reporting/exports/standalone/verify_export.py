"""Verify a package of a report with nothing but Python 3.9 or newer, verify_seals.py and the house's public key.

    python verify_export.py PACKAGE.zip --public-key HEX [--public-key HEX …] [--ledger EXPORT_DIR]

PACKAGE is the ZIP, or the folder that it was unpacked into. Take both scripts and the key from the house or a
regulator, not from the package. Proves that the manifest is signed, that every file is the listed one, and that none
is missing or added (of the ZIP: that not one byte of it was changed), that tables hold as many rows as told and sum
to the totals told, and that every difference to the ledger is zero. Of the audit trail also that its seals are signed
and follow each other, that the CSV says what the sealed rows say, and, with an export of the ledger, that each row is
in its sealed block.
Exits with 0; with 1 naming the file and the broken promise; with 2 when there is nothing to read.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import io
import json
import re
import struct
import sys
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from decimal import Context, Decimal, Inexact, localcontext
from pathlib import Path
from typing import Any

from verify_seals import (  # type: ignore[import-not-found]  # it lies beside this file, not in the platform
    MALFORMED,
    Broken,
    check_seal,
    must,
    rows_of,
    signature_holds,
)

FORMAT = "casino export v1"
DOMAIN = b"casino export v1\n"
SEAL_FORMAT = "casino seal export v1"
LIST, SIGNATURE = "manifest.json", "manifest.signature.json"
ROWS, SEALS = "proof/rows.jsonl", "proof/seals.json"
PLAIN = re.compile(r"[a-z0-9][a-z0-9_.-]*(/[a-z0-9][a-z0-9_.-]*)*")
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")
# The CSV's column: the sealed row's field. What is not here the CSV tells in another shape.
SEALED = {
    "name": "name", "severity": "severity", "outcome": "outcome", "actor": "actor", "on_behalf_of": "on_behalf_of",
    "brand": "brand", "player": "player", "subject": "subject", "reason": "reason", "approval": "approval",
    "request": "request", "ip": "ip", "session": "session", "occurred_at_utc": "occurred_at",
    "recorded_at_utc": "recorded_at", "commit_order": "order",
}  # fmt: skip


def json_of(path: Path) -> Any:
    """The content of a JSON file. Raises Broken when it is none."""
    try:
        return json.loads(path.read_bytes())
    except (OSError, ValueError):
        raise Broken(f"{path.name}: not there, or no JSON") from None


# --- the archive ------------------------------------------------------------------------------------------------------
def unpack(package: Path, folder: Path) -> None:
    """Unpack into a folder; the archive must be, to the byte, the one that its files make."""
    again, files = folder / "again.zip", folder / "files"
    places: list[tuple[int, str]] = []
    with zipfile.ZipFile(package) as source, zipfile.ZipFile(again, "w", zipfile.ZIP_STORED) as target:
        for info in source.infolist():
            must(bool(PLAIN.fullmatch(info.filename)), f"archive: {info.filename!r} is no name of a package")
            # What is packed may unpack to any size; a package's files are stored as they are.
            must(info.compress_type == zipfile.ZIP_STORED, f"{info.filename}: it is packed")
            path = files / info.filename
            must(not path.exists(), f"{info.filename}: it is there twice")
            path.parent.mkdir(parents=True, exist_ok=True)
            same = zipfile.ZipInfo(info.filename, date_time=(1980, 1, 1, 0, 0, 0))
            same.compress_type, same.create_system, same.external_attr = zipfile.ZIP_STORED, 3, 0o644 << 16
            places.append((info.header_offset, info.filename))
            try:
                with source.open(info) as data, path.open("wb") as out, target.open(same, "w") as copy:
                    while piece := data.read(1 << 20):
                        out.write(piece)
                        copy.write(piece)
            except (zipfile.BadZipFile, zlib.error, struct.error, EOFError) as error:
                raise Broken(f"{info.filename}: {error}") from None
    place = first_difference(package, again)
    if place is not None:
        named = max((one for one in sorted(places) if one[0] <= place), default=(0, "archive"))
        last = "the archive's list" if place >= end_of_files(again) else named[1]
        raise Broken(f"{last}: the archive is not the bytes that its files make, from byte {place} on")


def first_difference(one: Path, other: Path) -> int | None:
    """Where two files begin to differ."""
    place = 0
    with one.open("rb") as left, other.open("rb") as right:
        while True:
            a, b = left.read(1 << 20), right.read(1 << 20)
            if a != b:
                shorter = min(len(a), len(b))
                return place + next((n for n in range(shorter) if a[n] != b[n]), shorter)
            if not a:
                return None
            place += len(a)


def end_of_files(archive: Path) -> int:
    """Where the list of files begins in an archive that is whole."""
    with zipfile.ZipFile(archive) as found:
        return int(found.start_dir)


def unpacked(package: Path, folder: Path) -> None:
    """The same, where whatever a damaged archive makes zipfile raise is a broken promise."""
    with package.open("rb") as file:
        must(file.read(4) == b"PK\x03\x04", f"{package.name}: no ZIP")
    try:
        unpack(package, folder)
    except (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, RuntimeError, ValueError) as error:
        raise Broken(f"archive: {error}") from None


def check_list(folder: Path, keys: dict[str, bytes]) -> dict[str, Any]:
    """The manifest is signed by a named key; every file is the listed one, and there is no other. Returns it."""
    signed, listing = json_of(folder / SIGNATURE), json_of(folder / LIST)
    digest = hashlib.sha256((folder / LIST).read_bytes())
    must(listing.get("format") == FORMAT, f"{LIST}: not of the format {FORMAT!r}")
    plain = json.dumps(signed, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"
    must((folder / SIGNATURE).read_bytes() == plain, f"{SIGNATURE}: not laid out as the house writes it")
    must(set(signed) == {"sha256", "key", "signature"}, f"{SIGNATURE}: more in it than a signature")
    must(signed["sha256"] == digest.hexdigest(), f"{LIST}: hashes to {digest.hexdigest()}, noted is {signed['sha256']}")
    must(signed["signature"] is not None, f"{LIST}: not signed")
    must(signed["key"] in keys, f"{LIST}: signed with key {signed['key']}, which is not among the named public keys")
    signature = bytes.fromhex(signed["signature"])
    holds = signature_holds(keys[signed["key"]], signature, DOMAIN + digest.digest())
    must(holds and signature.hex() == signed["signature"], f"{SIGNATURE}: the signature is not by key {signed['key']}")
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} - {LIST, SIGNATURE}
    for name in sorted(there ^ set(listing["files"])):
        raise Broken(f"{name}: {'not in the manifest' if name in there else 'in the manifest, but not there'}")
    for name, about in listing["files"].items():
        found = hashlib.sha256()
        with (folder / name).open("rb") as file:
            while piece := file.read(1 << 20):
                found.update(piece)
        must(found.hexdigest() == about["sha256"], f"{name}: hashes to {found.hexdigest()}, not {about['sha256']}")
    return listing  # type: ignore[no-any-return]


# --- the tables -------------------------------------------------------------------------------------------------------
def table(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a CSV by the names of their columns."""
    csv.field_size_limit(1 << 30)
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file, strict=True)


def check_tables(folder: Path, listing: dict[str, Any]) -> int:
    """CSV tables hold the rows that the manifest tells and sum to its totals; returns the rows of all tables."""
    summed = [column for column in listing["columns"] if column["summed"]]
    overall: dict[str, Decimal] = {}
    by_currency: dict[str, dict[str, Decimal]] = {}
    plain = [name for name in listing["tables"] if name.endswith(".csv")]
    with localcontext(Context(prec=200, traps=[Inexact])):
        for name in plain:
            count = 0
            try:
                for row in table(folder / name):
                    count += 1
                    for column in summed:
                        money = column["kind"] == "money"
                        into = by_currency.setdefault(row[column["currency"]], {}) if money else overall
                        value = row[column["name"]]
                        into[column["name"]] = into.get(column["name"], Decimal(0)) + Decimal(value or 0)
            except (csv.Error, UnicodeDecodeError, *MALFORMED) as error:
                raise Broken(f"{name}: row {count}: not of the table that the manifest tells ({error})") from None
            must(count == listing["tables"][name]["rows"], f"{name}: {count} rows, told are {listing['tables'][name]}")
        if plain:
            check_totals(listing["totals"], overall, by_currency, plain[0])
    for tie in listing["reconciliation"]:
        zero = Decimal(tie["reported"]) == Decimal(tie["ledger"]) and Decimal(tie["difference"]) == 0
        must(zero, f"{LIST}: {tie['name']} in {tie['currency']} differs from the ledger by {tie['difference']}")
    return int(listing["rows"])


def check_totals(told: dict[str, Any], overall: dict[str, Decimal], by: dict[str, dict[str, Decimal]], at: str) -> None:
    """The sums of the rows are those of the manifest."""
    for name, value in told["overall"].items():
        must(overall.get(name, Decimal(0)) == Decimal(value), f"{at}: {name} sums to {overall.get(name)}, not {value}")
    must(set(by) == set(told["by_currency"]) or not by, f"{at}: currencies {sorted(by)}, told are others")
    for currency, sums in told["by_currency"].items():
        for name, value in sums.items():
            found = by.get(currency, {}).get(name, Decimal(0))
            must(found == Decimal(value), f"{at}: {name} sums to {found} {currency}, not {value}")


# --- the sealed chain -------------------------------------------------------------------------------------------------
def check_chain(folder: Path, listing: dict[str, Any], keys: dict[str, bytes], ledger: Path | None) -> str:
    """The seals are signed and follow each other; sealed rows and CSV say the same; rows are in their blocks."""
    seals = json_of(folder / SEALS)
    must(seals.get("format") == SEAL_FORMAT, f"{SEALS}: not of the format {SEAL_FORMAT!r}")
    before: dict[str, Any] | None = None
    for seal in seals["seals"]:
        follows = before is not None and seal["number"] == before["number"] + 1
        try:
            check_seal(seal, before if follows else None, keys)
        except Broken as broken:
            raise Broken(f"{SEALS}: seal {seal['number']}: {broken}") from None
        before = seal
    rows = [json.loads(line) for line in (folder / ROWS).read_bytes().splitlines()]
    if rows:
        check_sealed_rows(folder, listing, {row["id"]: row for row in rows})
    proved = check_blocks(seals["seals"], rows, ledger)
    return f"; {len(seals['seals'])} seals, {len(rows)} sealed rows, {proved} found in their blocks"


def check_sealed_rows(folder: Path, listing: dict[str, Any], rows: dict[str, dict[str, Any]]) -> None:
    """What the CSV tells of each event is what was sealed."""
    seen = 0
    for name in (name for name in listing["tables"] if name.endswith(".csv")):
        for told in table(folder / name):
            seen += 1
            row = rows.get(told["id"])
            must(row is not None, f"{name}: event {told['id']} is not among the sealed rows")
            for column, field in SEALED.items():
                sealed = "" if row[field] is None else str(row[field])  # type: ignore[index]  # it is there
                shown = f"'{sealed}" if sealed.startswith(DANGEROUS) else sealed
                must(told[column] == shown, f"{name}: event {told['id']}: {column} is not what was sealed")
            for side in ("before", "after"):
                shown_fields = json.loads(told[side]) if told[side] else None
                must(shown_fields == row[side], f"{name}: event {told['id']}: {side} is not what was sealed")  # type: ignore[index]
    must(seen in (0, len(rows)), f"{ROWS}: {len(rows)} sealed rows, {seen} events in the tables")


def check_blocks(seals: list[dict[str, Any]], rows: list[dict[str, Any]], ledger: Path | None) -> int:
    """With an export of the ledger: each row is in the block of its seal, with the same content."""
    proved = 0
    for seal in seals if ledger is not None else []:
        assert ledger is not None
        path = ledger / "blocks" / f"{seal['number']:09d}.jsonl"
        mine = [row for row in rows if seal["from"] <= row["order"] < seal["to"]]
        missing = {(row["order"], row["kind"], row["id"]): row for row in mine}
        if not missing or not path.is_file():
            continue
        proved += len(missing)
        try:
            for _number, row in rows_of(seal, path):
                key = row["order"], row["kind"], row["id"]
                if key in missing:
                    must(missing.pop(key) == row, f"{row['kind']} {row['id']}: sealed with other content")
        except Broken as broken:
            raise Broken(f"{ROWS}: block {seal['number']}: {broken}") from None
        must(not missing, f"{ROWS}: block {seal['number']}: {next(iter(missing), ('', '', ''))[2]} is not in it")
    return proved


def verify(folder: Path, keys: dict[str, bytes], ledger: Path | None) -> str:
    """Verify everything and say what was verified. Raises Broken, OSError."""
    try:
        listing = check_list(folder, keys)
        rows = check_tables(folder, listing)
        chain = check_chain(folder, listing, keys, ledger) if listing["chain"] else ""
    except MALFORMED:
        raise Broken(f"{LIST}: not of the format") from None
    certified = ", certified" if listing["certified"] else ""
    return (
        f"{listing['report']['title']}, {listing['period']}: {len(listing['files'])} files, {rows} rows, as of"
        f" {listing['snapshot_at']}{certified}{chain}"
    )


def main(arguments: list[str]) -> int:
    """The exit code."""
    parser = argparse.ArgumentParser(description="Verify a package of a report.")
    parser.add_argument("package", type=Path, metavar="PACKAGE")
    parser.add_argument("--public-key", action="append", required=True, metavar="HEX", help="not from the package!")
    parser.add_argument("--ledger", type=Path, metavar="EXPORT_DIR", help="an export of the ledger with the blocks")
    options = parser.parse_args(arguments)
    try:
        keys = {hashlib.sha256(key).hexdigest()[:16]: key for key in map(bytes.fromhex, options.public_key)}
    except ValueError as error:
        parser.error(f"--public-key takes 64 hex digits ({error})")
    try:
        with tempfile.TemporaryDirectory() as scratch:
            folder = options.package
            if not folder.is_dir():
                unpacked(options.package, Path(scratch))
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
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a console that lacks a letter still tells the rest
    sys.exit(main(sys.argv[1:]))
