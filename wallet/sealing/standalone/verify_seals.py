"""Verify an export of the ledger with nothing but this file, Python 3.9 or newer, and the house's public key.

    python verify_seals.py EXPORT_DIR --public-key HEX [--public-key HEX …] [--head NUMBER:HASH …]

Shares no code with the platform (docs/sealing.md has the format). Proves of every block: its rows hash to its content
hash, its header to its block hash, the signature is by a named key, and it follows the block before. And of the rows:
order without repetition, every transaction sums to zero per currency and in the base currency, every player
account's balances chain. Exits with 0; with 1 naming the first broken promise, its block and row; with 2 when there
is nothing to read. A chain cut off at its end looks whole: note heads elsewhere and name them with --head.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Iterator
from decimal import Context, Decimal, Inexact, InvalidOperation, localcontext
from pathlib import Path
from typing import Any

FORMAT = "casino seal export v1"
DOMAIN = b"casino seal v1\n"
HEADER = ("number", "from", "to", "kinds", "count", "content", "previous", "key", "sealed_at")
MALFORMED = (KeyError, TypeError, ValueError, AttributeError, ArithmeticError)


class Broken(Exception):  # noqa: N818 - a promise that does not hold, told to a person as it stands
    """A promise does not hold."""


def must(holds: bool, what: str) -> None:  # noqa: FBT001 - reads as a sentence
    """Raise Broken unless the promise holds."""
    if not holds:
        raise Broken(what)


# --- Ed25519 verification (RFC 8032, 5.1); points are (X, Y, Z, T) with x = X/Z, y = Y/Z, xy = T/Z --------------------
P, L = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D, ROOT = -121665 * pow(121666, P - 2, P) % P, pow(2, (P - 1) // 4, P)


def point_add(a: tuple[int, ...], b: tuple[int, ...]) -> tuple[int, ...]:
    """The sum of two points (5.1.4)."""
    low, high = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    t, z = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = high - low, z - t, z + t, high + low
    return e * f % P, g * h % P, f * g % P, e * h % P


def point_multiply(scalar: int, point: tuple[int, ...]) -> tuple[int, ...]:
    """`scalar` times a point."""
    result: tuple[int, ...] = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            result = point_add(result, point)
        point = point_add(point, point)
        scalar >>= 1
    return result


def point_decode(data: bytes) -> tuple[int, ...] | None:
    """The point of 32 bytes, or None when they name none (5.1.3)."""
    value = int.from_bytes(data, "little")
    sign, y = value >> 255, value & (2**255 - 1)
    if len(data) != 32 or y >= P:
        return None
    u, v = y * y - 1, D * y * y + 1
    x = u * pow(v, 3, P) * pow(u * pow(v, 7, P), (P - 5) // 8, P) % P
    if (v * x * x - u) % P:
        x = x * ROOT % P
    if (v * x * x - u) % P or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = P - x
    return x, y, 1, x * y % P


def signature_holds(public: bytes, signature: bytes, message: bytes) -> bool:
    """Whether `signature` over `message` is by the key (5.1.7)."""
    base = point_decode((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))
    key, r = point_decode(public), point_decode(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if base is None or key is None or r is None or len(signature) != 64 or s >= L:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % L
    a, b = point_multiply(s, base), point_add(r, point_multiply(k, key))
    return (a[0] * b[2] - b[0] * a[2]) % P == 0 and (a[1] * b[2] - b[1] * a[2]) % P == 0


# --- the chain --------------------------------------------------------------------------------------------------------
def check_seal(seal: dict[str, Any], before: dict[str, Any] | None, keys: dict[str, bytes]) -> None:
    """The header hashes to its hash, is signed by a named key, and follows the block before."""
    if before is not None:
        must(seal["number"] == before["number"] + 1, f"chain: block {before['number'] + 1} is missing")
        must(seal["previous"] == before["hash"], f"chain: previous hash {seal['previous'][:16]}…, not {before['hash']}")
        must(seal["from"] == before["to"], f"chain: starts at order {seal['from']}, not at {before['to']}")
    elif seal["number"] == 1:
        must(seal["from"] == 0 and seal["previous"] == "00" * 32, "chain: the first block follows another")
    header = {name: seal[name] for name in HEADER}
    line = json.dumps(header, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    digest = hashlib.sha256(DOMAIN + line).digest()
    must(digest.hex() == seal["hash"], f"block hash: the header hashes to {digest.hex()}, stored is {seal['hash']}")
    must(seal["key"] in keys, f"signature: made with key {seal['key']}, which is not among the named public keys")
    signature = bytes.fromhex(seal["signature"])
    must(signature_holds(keys[seal["key"]], signature, digest), f"signature: not by key {seal['key']}")


def rows_of(seal: dict[str, Any], path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Each row of a block with its number; at the end, count and content hash must be the sealed ones."""
    digest, count, last = hashlib.sha256(), 0, None
    with path.open("rb") as file:
        for line in file:
            count += 1
            digest.update(line)
            try:
                row = json.loads(line)
                place = (row["order"], row["kind"], row["id"])
                misplaced = not seal["from"] <= row["order"] < seal["to"] or row["kind"] not in seal["kinds"]
                repeated = last is not None and place <= last
            except MALFORMED:
                raise Broken(f"row {count}: not a row of the format") from None
            must(not misplaced, f"row {count}: {row['kind']} {row['id']} does not belong to this block")
            must(not repeated, f"row {count}: {row['kind']} {row['id']} is out of order or repeated")
            last = place
            yield count, row
    must(count == seal["count"], f"content: {count} rows, sealed were {seal['count']}")
    must(digest.hexdigest() == seal["content"], f"content: hashes to {digest.hexdigest()}, not {seal['content']}")


# --- the books --------------------------------------------------------------------------------------------------------
class Accounts:
    """Histories of player accounts, as stretches of versions that follow each other.

    Two calls may be numbered in another order than they got an account's lock, so stretches are joined as they meet.
    """

    def __init__(self) -> None:
        # account -> {first version: (balance before it, last version, balance after that, block of the first)}
        self.stretches: dict[int, dict[int, tuple[Decimal, int, Decimal, int]]] = {}

    def book(self, entry: dict[str, Any], block: int) -> None:
        """Put an entry into its place. Raises Broken when it does not fit its neighbours."""
        account, version, after = entry["account"], entry["version"], Decimal(entry["balance"])
        before = after - Decimal(entry["amount"])
        known = self.stretches.setdefault(account, {})
        where = f"balance chain: account {account}, version {version}"
        first, last = version, version
        twice = any(begin <= version <= stretch[1] for begin, stretch in known.items())
        must(not twice, f"{where}: there twice")
        must(version != 1 or before == 0, f"{where}: opened with {before}")
        for begin, (opening, end, left, its_block) in list(known.items()):
            if end == version - 1:
                must(left == before, f"{where}: starts from {before}, the version before left {left}")
                first, before, block = begin, opening, its_block
                del known[begin]
            elif begin == version + 1:
                must(opening == after, f"{where}: leaves {after}, the version after starts from {opening}")
                last, after = end, left
                del known[begin]
        known[first] = (before, last, after, block)

    def finish(self, last_block: int) -> None:
        """No version is missing, but before a row of the last block: it may stand in the next, which is not here."""
        for account, known in self.stretches.items():
            for first, stretch in known.items():
                there = first == 1 or stretch[3] == last_block
                must(there, f"balance chain: account {account}: version {first - 1} is missing")


def check_transaction(row: dict[str, Any], accounts: Accounts, block: int) -> None:
    """It has entries, sums to zero per currency and in the base currency, and fits its accounts' histories."""
    must(bool(row["entries"]), "sum: no entries")
    sums: dict[str, Decimal] = {}
    for entry in row["entries"]:
        sums[entry["currency"]] = sums.get(entry["currency"], Decimal(0)) + Decimal(entry["amount"])
    for currency, total in sums.items():
        must(total == 0, f"sum: entries sum to {total} {currency}, not 0")
    base = sum(Decimal(entry["base"]) for entry in row["entries"])
    must(base == 0, f"sum: base amounts sum to {base}, not 0")
    for entry in row["entries"]:
        if entry["version"] is not None:
            accounts.book(entry, block)


def check_rows(seal: dict[str, Any], path: Path, accounts: Accounts) -> None:
    """All rows of a block; a break is told with its row. What else is in a block is proved by its hash alone."""
    for number, row in rows_of(seal, path):
        if row["kind"] == "transaction":
            try:
                check_transaction(row, accounts, seal["number"])
            except Broken as broken:
                raise Broken(f"row {number}, transaction {row['id']}: {broken}") from None
            except MALFORMED:
                raise Broken(f"row {number}, transaction {row['id']}: not a transaction of the format") from None


def verify(folder: Path, keys: dict[str, bytes], heads: dict[int, str]) -> str:
    """Verify everything and say what was verified. Raises Broken, OSError, ValueError."""
    listing = json.loads((folder / "seals.json").read_text(encoding="utf-8"))
    sound = isinstance(listing, dict) and listing.get("format") == FORMAT and bool(listing.get("seals"))
    must(sound, f"seals.json: not an export of the format {FORMAT!r}")
    accounts, before, rows = Accounts(), None, 0
    with localcontext(Context(prec=100, traps=[Inexact, InvalidOperation])):
        for place, seal in enumerate(listing["seals"], start=1):
            try:
                check_seal(seal, before, keys)
                check_rows(seal, folder / "blocks" / f"{seal['number']:09d}.jsonl", accounts)
                must(heads.pop(seal["number"], seal["hash"]) == seal["hash"], "head: not the hash that was noted")
            except Broken as broken:
                raise Broken(f"block {seal['number']}: {broken}") from None
            except MALFORMED:
                raise Broken(f"seals.json: its entry {place} is not a seal of the format") from None
            before, rows = seal, rows + seal["count"]
            if sys.stderr.isatty():
                sys.stderr.write(f"\rblock {seal['number']}: {rows:,} rows\x1b[K\r")
        if listing["seals"][0]["number"] == 1:
            accounts.finish(seal["number"])
    must(not heads, f"head: block {min(heads, default=0)} was noted and is not there")
    return f"{place} blocks, {rows} rows; head {seal['number']}:{seal['hash']}, sealed {seal['sealed_at']}"


def main(arguments: list[str]) -> int:
    """The exit code."""
    parser = argparse.ArgumentParser(description="Verify an export of the sealed ledger.")
    parser.add_argument("export", type=Path, metavar="EXPORT_DIR")
    parser.add_argument("--public-key", action="append", required=True, metavar="HEX", help="not from the export!")
    parser.add_argument("--head", action="append", default=[], metavar="NUMBER:HASH", help="a head noted earlier")
    options = parser.parse_args(arguments)
    try:
        keys = {hashlib.sha256(key).hexdigest()[:16]: key for key in map(bytes.fromhex, options.public_key)}
        heads = {int(number): value for number, value in (head.split(":") for head in options.head)}
    except ValueError as error:
        parser.error(f"--public-key takes 64 hex digits, --head NUMBER:HASH ({error})")
    try:
        said = verify(options.export, keys, heads)
    except Broken as broken:
        sys.stdout.write(f"BROKEN {broken}\n")
        return 1
    except (OSError, ValueError) as error:
        sys.stderr.write(f"Nothing to verify: {error}\n")
        return 2
    sys.stdout.write(f"OK {said}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
