"""manage.py alert_rules: the alerts as a rules file of Prometheus."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from common.clock import utc_now
from reporting.monitoring.catalogue import ALERTS
from reporting.monitoring.exposition import rules_file
from reporting.monitoring.selectors.rules import rules_in_force


class Command(BaseCommand):
    """Writes to the standard output."""

    help = "Print the alerts in force as a rules file of Prometheus; --delivered prints those of a new house."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--delivered", action="store_true", help="as a new house begins, without the database")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["delivered"]:
            text = rules_file([(seed, seed.window) for seed in ALERTS])
        else:
            text = rules_file([(rule, rule.window_minutes) for rule in rules_in_force(utc_now()) if rule.enabled])
        self.stdout.write(text, ending="")
