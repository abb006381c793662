"""The demonstration's transfer provider with a game for anybody: `manage.py seed_transfers --secret …`."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from casino.transfers.services.demo import demo_transfers_seed
from common.clock import utc_now


class Command(BaseCommand):
    """North Star Games, with the key that its simulator was started with."""

    help = "Seed the demonstration's transfer provider and its game; safe to repeat."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--secret", required=True, help="the secret that the simulated provider knows")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.SANDBOX:
            raise CommandError("This seeds a provider whose secret everybody knows: only with SANDBOX=1.")
        demo_transfers_seed(secret=options["secret"], now=utc_now())
        self.stdout.write("North Star Games: the game Comet takes the money along while it is played.")
