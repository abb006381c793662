from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from casino.calls.services.upkeep import call_log_purge
from common.clock import utc_now

LEAST_DAYS = 30


class Command(BaseCommand):
    help = "Drop whole months of the call log that ended longer ago than CALL_LOG_KEEP_DAYS."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--days", type=int, default=settings.CALL_LOG_KEEP_DAYS, help="keep this many days")

    def handle(self, *args: Any, **options: Any) -> None:
        days: int = options["days"]
        if days < LEAST_DAYS:
            raise CommandError(f"Calls are kept for at least {LEAST_DAYS} days: --days {days} is refused.")
        dropped = call_log_purge(keep_days=days, actor="command:purge_call_log", now=utc_now())
        for name, calls in dropped:
            self.stdout.write(f"{name}: {calls} calls dropped.")
        if not dropped:
            self.stdout.write(f"Nothing is older than {days} days in whole months.")
