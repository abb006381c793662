"""manage.py seal_ledger: chain and sign what is settled, or make the key that signs."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from common.clock import utc_now
from wallet.sealing.keys import SealKeyError, seal_key_load
from wallet.services.seals import SealingRefused, seal_key_make, seal_next


class Command(BaseCommand):
    """Seals block by block until nothing settled waits; safe beside another sealer and beside play."""

    help = "Seal committed ledger rows: hash, chain and sign them block by block."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--create-key", action="store_true", help="make the signing key at SEAL_KEY_FILE, seal nothing"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(settings.SEAL_KEY_FILE)
        try:
            if options["create_key"]:
                self._create_key(path)
            else:
                self._seal(path)
        except (SealKeyError, SealingRefused) as error:
            raise CommandError(str(error)) from error

    def _create_key(self, path: Path) -> None:
        if path.exists():
            key = seal_key_load(path)
            self.stdout.write(f"The seal key stands at {path} already and is kept.")
        else:
            key = seal_key_make(path=path, actor="command:seal_ledger", now=utc_now())
            self.stdout.write(f"Seal key made at {path}: keep it safe and apart from the database.")
        self.stdout.write(f"  key id {key.id}, public key {key.public.hex()}: give the public key to whoever verifies.")

    def _seal(self, path: Path) -> None:
        key = seal_key_load(path)
        began = time.monotonic()
        blocks = rows = 0
        while seal := seal_next(key=key, now=utc_now()):
            blocks, rows = blocks + 1, rows + seal.row_count
            rate = rows / max(time.monotonic() - began, 0.001)
            self.stdout.write(
                f"seal {seal.number}: {seal.row_count} rows, orders {seal.from_order} to {seal.to_order - 1},"
                f" {bytes(seal.block_hash).hex()[:16]}… ({rate:.0f} rows/s)"
            )
        self.stdout.write(
            f"Sealed {rows} rows in {blocks} blocks." if blocks else "Nothing settled waits to be sealed."
        )
