"""manage.py services: only PostgreSQL and Valkey, until Ctrl-C."""

import signal
import sys
import time
from typing import Any

from django.core.management.base import BaseCommand

from common.services.errors import ServicesError
from common.services.stack import URLS, Stack
from config import env

POLL_SECONDS = 0.5


class Command(BaseCommand):
    """Keep the development servers running for other terminals; they find them by themselves."""

    help = "PostgreSQL and Valkey for this checkout, until Ctrl-C. Prints what to export for other programs."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        """Start or join them, print their addresses, wait."""
        stack = Stack(env.var_dir())
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        try:
            described = stack.join()
            for name in URLS:
                self.stdout.write(f"export {name}='{described[name]}'")
            self.stdout.write(f"export SECRET_KEY='{env.secret_key()}'")
            self.stdout.write(f"# PostgreSQL's programs (psql, pgbench): {described['PG_BIN']}\n# Ctrl-C stops them.")
            self.stdout.flush()
            while stack.alive():
                time.sleep(POLL_SECONDS)
        except ServicesError as problem:
            env.stop(str(problem))
        except KeyboardInterrupt:
            stopped = stack.leave()
            self.stderr.write("stopped" if stopped else "left running: another process uses them")
            sys.exit(0)
        env.stop(f"The services ended by themselves; see {stack.places.logs / 'services.log'}.")
