#!/usr/bin/env python3
"""Verify an export of the ledger with nothing but this file, Python 3.9 or newer, and the house's public key.

    python verify_seals.py EXPORT_DIR --public-key HEX [--public-key HEX …] [--head NUMBER:HASH …]

Written from the description of the format (docs/sealing.md) and sharing no code with the platform. Proves of every
block: the rows hash to its content hash; the header hashes to its block hash; the signature is by one of the named
keys; it follows the block before. And of its rows: order without repetition, every transaction sums to zero per
currency and in the base currency, every player account's balances chain. Exits with 0, or with 1 naming the first
broken promise, its block and row; with 2 when there is nothing to read.

A chain that was cut off at its end looks whole: note a head (number and hash) elsewhere, and name it with --head.
"""

import argparse
import hashlib
import json
import sys
from decimal import Context, Decimal, Inexact, localcontext
from pathlib import Path

FORMAT = "casino seal export v1"
DOMAIN = b"casino seal v1\n"
HEADER = ("number", "from", "to", "kinds", "count", "content", "previous", "key", "sealed_at")


class Broken(Exception):
    """A promise does not hold."""


# --- Ed25519 (RFC 8032, section 5.1), verification only; points are (X, Y, Z, T), x = X/Z, y = Y/Z, xy = T/Z ---------

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)


def point_add(a, b):
    """The sum of two points (RFC 8032, 5.1.4)."""
    e, f = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    g, h = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = f - e, h - g, h + g, f + e
    return e * f % P, g * h % P, f * g % P, e * h % P


def point_multiply(scalar, point):
    """`scalar` times a point."""
    result = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            result = point_add(result, point)
        point = point_add(point, point)
        scalar >>= 1
    return result


def point_equal(a, b):
    """Whether two points are one."""
    return (a[0] * b[2] - b[0] * a[2]) % P == 0 and (a[1] * b[2] - b[1] * a[2]) % P == 0


def point_decode(data):
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


BASE = point_decode((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def signature_holds(public, signature, message):
    """Ed25519 verification (5.1.7)."""
    key, r = point_decode(public), point_decode(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if key is None or r is None or len(signature) != 64 or s >= L:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % L
    return point_equal(point_multiply(s, BASE), point_add(r, point_multiply(k, key)))


# --- the chain --------------------------------------------------------------------------------------------------------


def canonical(row):
    """The canonical line of a row."""
    return json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def check_seal(seal, before, keys):
    """The header hashes to its hash, is signed by a named key, and follows the block before."""
    if before is None and seal["number"] == 1 and (seal["from"] != 0 or seal["previous"] != "00" * 32):
        raise Broken("chain: the first block does not start at order 0 with an empty previous hash")
    if before is not None and seal["number"] != before["number"] + 1:
        raise Broken(f"chain: block {before['number'] + 1} is missing")
    if before is not None and seal["previous"] != before["hash"]:
        raise Broken(
            f"chain: previous hash {seal['previous'][:16]}…, block {before['number']} has {before['hash'][:16]}…"
        )
    if before is not None and seal["from"] != before["to"]:
        raise Broken(f"chain: starts at order {seal['from']}, block {before['number']} ends before {before['to']}")
    digest = hashlib.sha256(DOMAIN + canonical({name: seal[name] for name in HEADER})).digest()
    if digest.hex() != seal["hash"]:
        raise Broken(f"block hash: the header hashes to {digest.hex()[:16]}…, stored is {seal['hash'][:16]}…")
    if seal["key"] not in keys:
        raise Broken(f"signature: made with key {seal['key']}, which is not among the named public keys")
    if not signature_holds(keys[seal["key"]], bytes.fromhex(seal["signature"]), digest):
        raise Broken(f"signature: not by key {seal['key']}")


def rows_of(seal, path):
    """Yield (row number, row) of a block; at the end its content hash and count must be the sealed ones."""
    digest, count, last = hashlib.sha256(), 0, None
    with path.open("rb") as file:
        for line in file:
            count += 1
            digest.update(line)
            try:
                row = json.loads(line)
                place = (row["order"], row["kind"], row["id"])
            except (ValueError, KeyError, TypeError):
                raise Broken(f"row {count}: not a row of the format") from None
            if last is not None and place <= last:
                raise Broken(f"row {count}: out of order or repeated ({row['kind']} {row['id']})")
            if not seal["from"] <= row["order"] < seal["to"] or row["kind"] not in seal["kinds"]:
                raise Broken(f"row {count}: {row['kind']} {row['id']} does not belong to this block")
            last = place
            yield count, row
    if count != seal["count"]:
        raise Broken(f"content: {count} rows, sealed were {seal['count']}")
    if digest.hexdigest() != seal["content"]:
        raise Broken(f"content: hashes to {digest.hexdigest()[:16]}…, sealed was {seal['content'][:16]}…")


# --- the books --------------------------------------------------------------------------------------------------------


class Accounts:
    """The histories of player accounts, as stretches of versions that follow each other.

    Commit orders of one account may swap places with its versions, so stretches are joined as they meet. A version
    may stand in the block after the last exported one: a gap is a break unless it lies before a row of the last block.
    """

    def __init__(self):
        self.starts = {}  # account -> {first version: (balance before, last version, balance after, where)}
        self.ends = {}  # account -> {last version: first version}

    def book(self, entry, where):
        account, version = entry["account"], entry["version"]
        after = Decimal(entry["balance"])
        before = after - Decimal(entry["amount"])
        starts, ends = self.starts.setdefault(account, {}), self.ends.setdefault(account, {})
        first, last = version, version
        if version - 1 in ends:
            first = ends.pop(version - 1)
            opening, _, left, where_before = starts.pop(first)
            if left != before:
                raise Broken(
                    f"balance chain: account {account}, version {version}: {before} before it, {left} was left"
                )
            before, where = opening, where_before
        if version + 1 in starts:
            opening, last, left, _ = starts.pop(version + 1)
            if opening != after:
                raise Broken(
                    f"balance chain: account {account}, version {version}: {after} after it, {opening} follows"
                )
            after = left
        if any(begin <= version <= stretch[1] for begin, stretch in starts.items()):
            raise Broken(f"balance chain: account {account} has version {version} twice")
        if version == 1 and before != 0:
            raise Broken(f"balance chain: account {account} opened with {before}")
        starts[first], ends[last] = (before, last, after, where), first

    def finish(self, from_first, last_block):
        for account, starts in self.starts.items():
            for number, (first, stretch) in enumerate(sorted(starts.items())):
                if (number or (from_first and first != 1)) and stretch[3] != last_block:
                    raise Broken(f"balance chain: account {account}: the version before {first} is missing")
                if from_first and not number and first != 1 and stretch[3] == last_block:
                    continue


def check_transaction(row):
    """Entries there, in order, summing to zero per currency and in the base currency."""
    if not row["entries"]:
        raise Broken("sum: a transaction without entries")
    sums, base = {}, Decimal(0)
    for entry in row["entries"]:
        sums[entry["currency"]] = sums.get(entry["currency"], Decimal(0)) + Decimal(entry["amount"])
        base += Decimal(entry["base"])
    for currency, total in sums.items():
        if total:
            raise Broken(f"sum: entries sum to {total} {currency}, not 0")
    if base:
        raise Broken(f"sum: base amounts sum to {base}, not 0")


def check_block(seal, path, accounts):
    """All rows of a block; a break is told with its row."""
    for number, row in rows_of(seal, path):
        if row["kind"] != "transaction":
            continue
        try:
            check_transaction(row)
            for entry in row["entries"]:
                if entry["version"] is not None:
                    accounts.book(entry, seal["number"])
        except Broken as broken:
            raise Broken(f"row {number}, transaction {row['id']}: {broken}") from None
        except (KeyError, TypeError, ValueError, ArithmeticError):
            raise Broken(f"row {number}, transaction {row['id']}: not a transaction of the format") from None


def verify(folder, keys, heads):
    """Verify everything; returns (blocks, rows, head). Raises Broken."""
    listing = json.loads((folder / "seals.json").read_text(encoding="utf-8"))
    if listing.get("format") != FORMAT or not listing.get("seals"):
        raise Broken(f"seals.json: not an export of the format {FORMAT!r}")
    seals, accounts, before, rows = listing["seals"], Accounts(), None, 0
    with localcontext(Context(prec=100, traps=[Inexact])):
        for seal in seals:
            try:
                check_seal(seal, before, keys)
                check_block(seal, folder / "blocks" / f"{seal['number']:09d}.jsonl", accounts)
                if heads.pop(seal["number"], seal["hash"]) != seal["hash"]:
                    raise Broken("head: another hash than the one noted")
            except Broken as broken:
                raise Broken(f"block {seal['number']}: {broken}") from None
            except (KeyError, TypeError, ValueError, AttributeError):
                raise Broken(f"block {before['number'] + 1 if before else 'first'}: not a seal of the format") from None
            before, rows = seal, rows + seal["count"]
            if sys.stderr.isatty():
                sys.stderr.write(f"\rblock {seal['number']} of {seals[-1]['number']}: {rows:,} rows\x1b[K")
        accounts.finish(seals[0]["number"] == 1, before["number"])
    if sys.stderr.isatty():
        sys.stderr.write("\r\x1b[K")
    if heads:
        raise Broken(f"head: block {min(heads)} was noted and is not there")
    return len(seals), rows, before


def main(arguments):
    parser = argparse.ArgumentParser(description="Verify an export of the sealed ledger.")
    parser.add_argument("export", type=Path, metavar="EXPORT_DIR")
    parser.add_argument(
        "--public-key", action="append", required=True, metavar="HEX", help="got from the house, not from the export"
    )
    parser.add_argument("--head", action="append", default=[], metavar="NUMBER:HASH", help="a head noted earlier")
    options = parser.parse_args(arguments)
    try:
        public = [bytes.fromhex(key) for key in options.public_key]
        keys = {hashlib.sha256(key).hexdigest()[:16]: key for key in public if len(key) == 32}
        heads = {int(number): value for number, value in (head.split(":") for head in options.head)}
        if len(keys) < len(set(public)):
            raise ValueError("a public key has 64 hex digits")
    except ValueError as error:
        parser.error(str(error))
    try:
        blocks, rows, head = verify(options.export, keys, heads)
    except Broken as broken:
        print(f"BROKEN {broken}")
        return 1
    except (OSError, ValueError) as error:
        print(f"Nothing to verify: {error}", file=sys.stderr)
        return 2
    print(f"OK {blocks} blocks, {rows} rows; head {head['number']}:{head['hash']} of {head['sealed_at']}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
