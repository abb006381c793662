from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from compliance.staff.services.seed_roles import roles_seed


class Command(BaseCommand):
    """Bring the seeded roles into the database; `migrate` does it too. Roles changed by hand are left and told."""

    help = "Create and update the seeded roles. A role that somebody changed is left as it is, and named."

    def handle(self, *args: Any, **options: Any) -> None:
        report = roles_seed()
        for code in report.created:
            self.stdout.write(f"created {code}")
        for code in report.brought_up_to_date:
            self.stdout.write(f"brought up to date {code}")
        for code, difference in report.differs:
            self.stdout.write(f"left as changed by hand: {code}: {difference}")
        for name in report.unknown:
            self.stderr.write(f"no model declares the permission {name}")
        self.stdout.write(f"{len(report.differs)} roles differ from the seed.")
