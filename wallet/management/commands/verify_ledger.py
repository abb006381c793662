"""manage.py verify_ledger: prove every promise of the ledger, or name the first that is broken."""

from __future__ import annotations

import sys
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from common.clock import utc_now
from wallet.sealing.keys import SealKeyError
from wallet.services.proofs import proof_record
from wallet.verification.registry import Promise
from wallet.verification.run import Proof, UnknownSeal, ledger_verify


class Command(BaseCommand):
    """Reads one snapshot of the database beside play, and writes nothing but its result into the audit trail."""

    help = "Prove every invariant of the ledger; exits with 1 at the first broken promise, naming it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--since-seal", type=int, default=0, metavar="N", help="only what came after seal N")

    def handle(self, *args: Any, **options: Any) -> None:
        began = time.monotonic()
        try:
            proofs = ledger_verify(watcher=_Screen(self), since_seal=options["since_seal"])
        except (UnknownSeal, SealKeyError) as error:
            raise CommandError(str(error)) from error
        proof_record(proofs=proofs, since_seal=options["since_seal"], actor="command:verify_ledger", now=utc_now())
        last = proofs[-1]
        if last.breaches:
            first = last.breaches[0]
            raise CommandError(
                f"Broken promise {last.promise.name}: {first.row}: expected {first.expected}, found {first.found}.",
                returncode=1,
            )
        what = f"since seal {options['since_seal']}" if options["since_seal"] else "whole"
        self.stdout.write(f"The ledger keeps its {len(proofs)} promises ({what}, {time.monotonic() - began:.1f} s).")


class _Screen:
    """One line a promise; on a terminal it counts while it works."""

    def __init__(self, command: BaseCommand) -> None:
        self.out = command.stdout
        self.live = sys.stdout.isatty()
        self.heading = ""
        self.began = 0.0

    def begins(self, number: int, of: int, promise: Promise) -> None:
        self.heading = f"[{number:>2}/{of}] {promise.title}"
        self.began = time.monotonic()
        if self.live:
            self.out.write(f"\r{self.heading} …", ending="")
            self.out.flush()

    def checked(self, rows: int) -> None:
        if self.live:
            rate = rows / max(time.monotonic() - self.began, 0.001)
            self.out.write(f"\r{self.heading} … {rows:,} rows, {rate:,.0f}/s\x1b[K", ending="")
            self.out.flush()

    def proved(self, number: int, of: int, proof: Proof) -> None:
        word = "BROKEN" if proof.breaches else "ok"
        start = "\r\x1b[K" if self.live else ""
        rate = f", {proof.rows / proof.seconds:,.0f}/s" if proof.seconds >= 0.1 else ""
        self.out.write(f"{start}{self.heading}: {word} ({proof.rows:,} rows, {proof.seconds:.1f} s{rate})")
        for breach in proof.breaches:
            self.out.write(f"        {breach.row}: expected {breach.expected}, found {breach.found}")
