"""manage.py rebase_commit_order: after a dump was restored into another cluster, before anything is booked."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from common.clock import utc_now
from wallet.services.commit_order import commit_order_rebase


class Command(BaseCommand):
    """Raises the commit orders to come above every stored one; does nothing when none lies ahead."""

    help = "After restoring a dump into a new PostgreSQL: let new rows be numbered after the restored ones."

    def handle(self, *args: Any, **options: Any) -> None:
        rebased = commit_order_rebase(actor="command:rebase_commit_order", now=utc_now())
        if rebased.before == rebased.after:
            self.stdout.write("Nothing to do: every stored row was written by this PostgreSQL.")
        else:
            self.stdout.write(
                f"Commit orders now are transaction numbers + {rebased.after} (before: + {rebased.before})."
            )
