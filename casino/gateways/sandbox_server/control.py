"""Orders of tests and of whoever runs the demonstration: POST /control/<order>, a form each.

clock   ahead=60            move the gateway's clock forward by so many seconds
hold    on=1                keep messages back; on=0 lets them go by themselves again
flush                       send everything that waits, now; answers the statuses as JSON
event   face, reference, event=chargeback      something happens to a payment out of turn
settle  face                close a settlement batch; answers its name
mode    face, mode=outage   that face answers 503; silence: not at all; die: takes the next payment on, then ends
                            without an answer; empty ends it
die                         end at once, as kill -9 does
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Mapping
from typing import Final

from casino.gateways.sandbox_server.books import Books
from casino.gateways.sandbox_server.clock import Clock
from casino.gateways.sandbox_server.deliveries import Postman
from casino.gateways.sandbox_server.happenings import happen
from casino.gateways.sandbox_server.outcomes import Outcome
from casino.gateways.sandbox_server.payments import payment_by_reference, plan
from casino.gateways.sandbox_server.settlement import batch_close

MODES: Final = frozenset({"", "outage", "silence", "die"})
KILLED: Final = 137

Answer = tuple[int, object]


class Control:
    """Carries orders out."""

    def __init__(self, books: Books, clock: Clock, postman: Postman) -> None:
        self.books, self.clock, self.postman = books, clock, postman
        self.modes: dict[str, str] = {}

    def obey(self, order: str, form: Mapping[str, str]) -> Answer:
        """Status and answer of an order."""
        if order == "die":
            os._exit(KILLED)
        if order == "flush":
            return 200, self.postman.round(at_once=True)
        if order == "hold":
            self.postman.held = form.get("on", "1") == "1"
            return 200, self.postman.held
        if order == "clock":
            self.clock.ahead += max(0.0, float(form.get("ahead", "0")))
            self.books.setting_keep("clock_ahead", str(self.clock.ahead))
            return 200, self.clock.ahead
        if order == "mode" and form.get("mode", "") in MODES:
            self.modes[form.get("face", "")] = form.get("mode", "")
            return 200, self.modes
        with self.books.open() as db:
            return self._in_books(db, order, form)

    def _in_books(self, db: sqlite3.Connection, order: str, form: Mapping[str, str]) -> Answer:
        now, face = self.clock.now(), form.get("face", "")
        if order == "settle":
            happen(db, now)
            return 200, batch_close(db, face=face)
        payment = payment_by_reference(db, face=face, reference=form.get("reference", ""))
        if order != "event" or payment is None:
            return 404, "no such order or payment"
        sudden = Outcome(title="out of turn", answered="pending", events=((0.0, form.get("event", "")),))
        plan(db, payment=payment, outcome=sudden, now=now)
        return 200, happen(db, now)
