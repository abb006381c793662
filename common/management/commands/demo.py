"""manage.py demo: a casino in play on this machine."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from common.demo.company import DemoError
from common.demo.run import DemoPlan, run_demo
from common.demo.screen import Screen
from config import env

HIGHEST_PORT = 65535


class Command(BaseCommand):
    """Bring up servers, tables, data, web, worker, beat and the simulated provider, until Ctrl-C."""

    help = "A casino in play: servers, demonstration data, back office and a simulated game provider, until Ctrl-C."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Port and rate arrive as text, so that a wrong one is one line here too."""
        parser.add_argument("--port", default="8000", help="where the web server listens on 127.0.0.1 (8000)")
        parser.add_argument("--rate", default="4", help="calls a second of the simulated provider (4); 0 for none")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run until Ctrl-C; exit code 1 when something failed."""
        plan = DemoPlan(
            port=port_of(options["port"]), rate=rate_of(options["rate"]), var=env.var_dir(), secret_key=env.secret_key()
        )
        try:
            run_demo(plan, Screen())
        except DemoError as problem:
            sys.stderr.write(f"{problem}\n")
            sys.exit(1)


def port_of(text: str) -> int:
    """A TCP port, or one line."""
    if not text.isascii() or not text.isdigit() or not 0 < int(text) <= HIGHEST_PORT:
        env.stop(f"PORT={text!r} is not a port: write a number from 1 to {HIGHEST_PORT}.")
    return int(text)


def rate_of(text: str) -> float:
    """Calls a second, or one line."""
    try:
        rate = float(text)
    except ValueError:
        rate = -1
    if not 0 <= rate <= 10_000:
        env.stop(f"RATE={text!r} is not a rate: write calls a second, like 4 or 0.5; 0 plays nothing.")
    return rate
