"""The promise about seals: recomputed from the rows as they stand now, chained without a gap, signed by the house."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from django.conf import settings

from common.errors import BrokenPromise
from wallet.models import Seal
from wallet.sealing.blocks import GENESIS, content_of
from wallet.sealing.keys import public_keys_load, signature_holds
from wallet.selectors.seals import seal_header, sealed_rows
from wallet.verification.registry import Breach, Promise
from wallet.verification.scope import Scope


def _seals(scope: Scope) -> Iterator[Breach]:
    keys = public_keys_load(Path(settings.SEAL_KEY_FILE))
    before = Seal.objects.filter(number__lte=scope.since_seal).order_by("-number").first()
    for seal in Seal.objects.filter(number__gt=scope.since_seal).order_by("number").iterator(chunk_size=200):
        breach = _chain_breach(seal, before) or _signature_breach(seal, keys) or _content_breach(seal)
        if breach is not None:
            yield Breach(f"seal {seal.number}", *breach)
        scope.checked(seal.row_count)
        before = seal


def _chain_breach(seal: Seal, before: Seal | None) -> tuple[str, str] | None:
    number, order = (before.number + 1, before.to_order) if before else (1, 0)
    previous = bytes(before.block_hash) if before else GENESIS
    if seal.number != number:
        return f"seal {number} comes next", f"seal {seal.number}"
    if seal.from_order != order or seal.to_order <= order:
        return f"orders from {order} on", f"orders {seal.from_order} to {seal.to_order - 1}"
    if bytes(seal.previous_hash) != previous:
        return f"previous hash {previous.hex()[:16]}…", f"{bytes(seal.previous_hash).hex()[:16]}…"
    return None


def _signature_breach(seal: Seal, keys: Mapping[str, bytes]) -> tuple[str, str] | None:
    block_hash = seal_header(seal).block_hash()
    if bytes(seal.block_hash) != block_hash:
        return f"block hash {block_hash.hex()[:16]}… of its header", f"{bytes(seal.block_hash).hex()[:16]}…"
    if seal.key_id not in keys:
        return f"a key of the house ({', '.join(keys) or 'none known: SEAL_KEY_FILE'})", f"key {seal.key_id}"
    if not signature_holds(keys[seal.key_id], bytes(seal.signature), block_hash):
        return f"a signature by key {seal.key_id}", "another signature"
    return None


def _content_breach(seal: Seal) -> tuple[str, str] | None:
    try:
        rows = sealed_rows(seal.from_order, seal.to_order, seal.kinds.split(","))
        content = content_of(row.line for row in rows)
    except BrokenPromise as error:
        return "kinds that this program knows", str(error)
    if content.row_count != seal.row_count:
        return f"{seal.row_count} rows, as sealed", f"{content.row_count} rows"
    if content.sha256 != bytes(seal.content_hash):
        return f"content {bytes(seal.content_hash).hex()[:16]}…, as sealed", f"content {content.sha256.hex()[:16]}…"
    return None


PROMISES: Final = (Promise("seals_hold", "Every seal holds: content, chain and signature", _seals),)
