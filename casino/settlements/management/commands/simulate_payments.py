"""`manage.py simulate_payments --gateway URL`: a little steady traffic of deposits and withdrawals, until ended."""

from __future__ import annotations

import random
import time
from typing import Any

import httpx2
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import close_old_connections

from casino.settlements.demo.traffic import Traffic
from common.clock import utc_now


class Command(BaseCommand):
    help = "Let the demo's payers pay in and ask for money through the simulated gateway. Needs SANDBOX=1."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--gateway", required=True, help="where the simulated gateway answers, without a face")
        parser.add_argument("--return-url", default="", help="where payers come back to")
        parser.add_argument("--pause", type=float, default=4, help="seconds between two steps")
        parser.add_argument("--steps", type=int, default=0, help="end after so many; 0: never")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.SANDBOX:
            raise CommandError("simulate_payments moves made-up money: it runs only with SANDBOX=1.")
        traffic = Traffic(
            gateway=options["gateway"].rstrip("/"), return_url=options["return_url"],
            dice=random.Random(),  # noqa: S311 - traffic of a demonstration
        )  # fmt: skip
        try:
            while not options["steps"] or traffic.steps < options["steps"]:
                close_old_connections()
                self.stdout.write(self._step(traffic))
                time.sleep(options["pause"])
        except KeyboardInterrupt:
            return

    def _step(self, traffic: Traffic) -> str:
        try:
            return traffic.step(utc_now())
        except httpx2.HTTPError as problem:
            return f"the gateway does not answer: {problem}"
