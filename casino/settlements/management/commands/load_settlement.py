"""`manage.py load_settlement <gateway> <file>…`: load settlement files, book them, compare."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from casino.settlements.errors import FileLoadedAlready
from casino.settlements.selectors.clearing import breaks_waiting
from casino.settlements.services.files import FILE_MOST, settlement_load
from casino.settlements.services.reconciliation import files_fetch, reconcile
from common.clock import utc_now
from common.errors import Refusal

ACTOR = "system:load_settlement"


class Command(BaseCommand):
    """Loads files of one gateway; without files it fetches what the gateway has."""

    help = "Load a payment gateway's settlement files, book them once, and compare them with the ledger."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("gateway")
        parser.add_argument("files", nargs="*", type=Path, help="without one, the gateway is asked for its files")

    def handle(self, *args: Any, **options: Any) -> None:
        gateway, files = options["gateway"], options["files"]
        try:
            if not files:
                self.stdout.write(f"{files_fetch(gateway=gateway, actor=ACTOR, now=utc_now())} files fetched.")
            for path in files:
                self.stdout.write(self._load(gateway, path))
        except (Refusal, OSError) as problem:
            raise CommandError(str(problem)) from problem
        found = reconcile(now=utc_now())
        self.stdout.write(f"{found} lines matched; {breaks_waiting()} breaks wait for people.")

    def _load(self, gateway: str, path: Path) -> str:
        if path.stat().st_size > FILE_MOST:
            raise CommandError(f"{path} is longer than {FILE_MOST // 1024**2} MiB.")
        try:
            file = settlement_load(
                gateway=gateway, name=path.name, content=path.read_bytes(), actor=ACTOR, now=utc_now()
            )
        except FileLoadedAlready:
            return f"{path.name} was loaded before."
        return f"{path.name}: {file.line_count} lines booked."
