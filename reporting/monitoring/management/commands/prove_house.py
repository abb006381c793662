"""manage.py prove_house: verify the whole house now, and keep the signed result."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from common.clock import utc_now
from reporting.monitoring.services.house_proofs import house_prove
from wallet.sealing.keys import SealKeyError
from wallet.verification.run import UnknownSeal


class Command(BaseCommand):
    """What the schedule does each night."""

    help = "Verify ledger, trail, seals and facts; sign and keep the result. Exits with 1 when something is broken."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--since-seal", type=int, default=0, metavar="N", help="only what came after seal N")
        parser.add_argument("--show", action="store_true", help="print the signed result, for verify_proof.py")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            proof = house_prove(now=utc_now(), since_seal=options["since_seal"])
        except (SealKeyError, UnknownSeal) as error:
            raise CommandError(str(error)) from error
        if options["show"]:
            self.stdout.write(f"{proof.document}\n{bytes(proof.signature).hex()}")
        else:
            self.stdout.write(f"Verification {proof.pk}: {'sound' if proof.sound else proof.broken}")
        if not proof.sound:
            raise CommandError(f"Broken: {proof.broken}", returncode=1)
