from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from casino.calls.services.upkeep import call_log_ship
from common.clock import utc_now


class Command(BaseCommand):
    help = "Bring provider calls from the spool (CALL_LOG_SPOOL) into the database. Safe at any time, and twice."

    def handle(self, *args: Any, **options: Any) -> None:
        shipment = call_log_ship(now=utc_now())
        self.stdout.write(f"{shipment.calls} calls out of {shipment.files} spool files are in the database.")
        if shipment.refused:
            self.stderr.write(
                f"{shipment.refused} lines were refused; they stand in *.refused files beside the spool, for a person."
            )
