"""`manage.py statement_source <provider> --format csv --address … --folder … --token … --tolerance …`."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.core.management.base import BaseCommand, CommandError, CommandParser

from casino.games.models import Provider
from casino.reconciliation.enums import StatementFormat
from casino.reconciliation.services.sources import source_set
from common.clock import utc_now


class Command(BaseCommand):
    """Agree on how a provider's statements come."""

    help = "How a provider's statements come: fetched daily from an address, found in a folder, or both."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("provider", help="the provider's code")
        parser.add_argument("--format", choices=StatementFormat.values, default=StatementFormat.CSV)
        parser.add_argument("--address", default="", help="with {day} in it")
        parser.add_argument("--folder", default="", help="below RECONCILIATION_FOLDER")
        parser.add_argument("--time-zone", default="UTC", help="of times that tell none, and of its days")
        parser.add_argument("--token-file", type=open, default=None, help="a file with the bearer token")
        parser.add_argument("--tolerance", default="1", help="in the base currency")
        parser.add_argument("--off", action="store_true", help="nothing is fetched")

    def handle(self, *args: Any, **options: Any) -> None:
        provider = Provider.objects.filter(code=options["provider"]).first()
        if provider is None:
            raise CommandError(f"There is no provider {options['provider']}.")
        try:
            ZoneInfo(options["time_zone"])
            tolerance = Decimal(options["tolerance"])
        except (ZoneInfoNotFoundError, InvalidOperation, ValueError) as problem:
            raise CommandError(str(problem)) from problem
        token = options["token_file"]
        row = source_set(
            provider_id=provider.pk, written=StatementFormat(options["format"]), address=options["address"],
            folder=options["folder"], time_zone=options["time_zone"], tolerance=tolerance,
            token=token.read().strip() if token else None, enabled=not options["off"],
            actor="system:statement_source", now=utc_now(),
        )  # fmt: skip
        self.stdout.write(f"Statements of {provider.name} come as {row.get_format_display()}.")
