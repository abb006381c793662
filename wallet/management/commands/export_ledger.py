"""manage.py export_ledger: sealed blocks as files that wallet/sealing/standalone/verify_seals.py proves."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from common.clock import utc_now
from wallet.sealing.keys import SealKeyError, public_keys_load
from wallet.services.exports import ExportRefused, ledger_export


class Command(BaseCommand):
    """Reads one snapshot, streams, and may run beside play."""

    help = "Export sealed ledger blocks for verification on another machine."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--to", type=Path, required=True, metavar="DIR", help="a new or empty folder")
        parser.add_argument("--from-seal", type=int, metavar="N", help="first seal (default: the first of all)")
        parser.add_argument("--to-seal", type=int, metavar="M", help="last seal (default: the newest)")

    def handle(self, *args: Any, **options: Any) -> None:
        self.began = time.monotonic()
        try:
            keys = public_keys_load(Path(settings.SEAL_KEY_FILE))
            exported = ledger_export(
                folder=options["to"],
                public_keys=keys,
                from_seal=options["from_seal"],
                to_seal=options["to_seal"],
                progress=self._progress,
                actor="command:export_ledger",
                now=utc_now(),
            )
        except (ExportRefused, SealKeyError) as error:
            raise CommandError(str(error)) from error
        if sys.stdout.isatty():
            self.stdout.write("")
        self.stdout.write(f"Exported {exported.rows} rows in {exported.blocks} sealed blocks to {options['to']}.")
        self.stdout.write("Prove it anywhere with Python alone (wallet/sealing/standalone/verify_seals.py):")
        named = " ".join(f"--public-key {key.hex()}" for key in keys.values())
        self.stdout.write(f"  python verify_seals.py {options['to']} {named}")

    def _progress(self, seal: int, last: int, rows: int) -> None:
        if sys.stdout.isatty():
            rate = rows / max(time.monotonic() - self.began, 0.001)
            self.stdout.write(f"\rseal {seal} of {last}: {rows:,} rows, {rate:,.0f}/s\x1b[K", ending="")
            self.stdout.flush()
