"""`manage.py seed_cashier`: ways to pay through the simulated gateway, and people who use them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from casino.settlements.demo.house import demo_cashier
from common.clock import utc_now


class Command(BaseCommand):
    help = "Create what is missing of the demo's methods, terms, routes and payers. Needs SANDBOX=1 and its people."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.SANDBOX:
            raise CommandError("seed_cashier makes people up: it runs only with SANDBOX=1.")
        self.stdout.write(f"{demo_cashier(now=utc_now())} people pay by card and by bank through the sandbox gateway.")
