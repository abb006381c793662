"""manage.py verify_export: verify packages of reports, or write the scripts that a regulator verifies them with."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from reporting.exports.verifying import package_verify, scripts_write
from wallet.sealing.keys import SealKeyError, public_keys_load


class Command(BaseCommand):
    """Exits with 0 when every package is whole and signed by the house; with 1 naming what is broken."""

    help = "Verify packages of reports with the stand-alone scripts and the house's public keys."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("packages", nargs="*", type=Path, metavar="PACKAGE")
        parser.add_argument("--ledger", type=Path, metavar="EXPORT_DIR", help="an export of the ledger with the blocks")
        parser.add_argument("--scripts", type=Path, metavar="DIR", help="write both scripts and the public keys here")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            keys = public_keys_load(Path(settings.SEAL_KEY_FILE))
        except SealKeyError as error:
            raise CommandError(str(error)) from error
        if options["scripts"]:
            written = scripts_write(options["scripts"])
            (options["scripts"] / "public-keys.txt").write_text("".join(f"{key.hex()}\n" for key in keys.values()))
            self.stdout.write(f"Written: {', '.join(path.name for path in written)}, public-keys.txt.")
        elif not options["packages"]:
            raise CommandError("Name a package, or a folder for --scripts.")
        if not keys and options["packages"]:
            raise CommandError("The house has no public key yet: run `manage.py seal_ledger --create-key`.")
        broken = 0
        for package in options["packages"]:
            whole, said = package_verify(package, keys.values(), ledger=options["ledger"])
            self.stdout.write(f"{package}: {said}")
            broken += not whole
        if broken:
            raise CommandError(f"{broken} of {len(options['packages'])} packages are not whole.")
