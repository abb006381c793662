"""The one function that every touchpoint asks: may this player do this now, and if not, why exactly."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from compliance.gate.enums import Touchpoint
from compliance.gate.errors import refusal_of
from compliance.gate.rules.table import reasons_against
from compliance.gate.selectors.facts import facts_of
from compliance.gate.types import Asked, Verdict

NOTHING_MORE: Final = Asked()


def gate_ask(*, player_id: int, touchpoint: Touchpoint, now: datetime, asked: Asked = NOTHING_MORE) -> Verdict:
    """Allowed, or every reason against it. Reads the facts as they are committed now; writes nothing.

    Ask inside the transaction of what is to be done, under the wallet's lock where money moves.
    """
    facts = facts_of(player_id=player_id, now=now)
    return Verdict(touchpoint=touchpoint, reasons=reasons_against(touchpoint, facts, asked))


def gate_pass(*, player_id: int, touchpoint: Touchpoint, now: datetime, asked: Asked = NOTHING_MORE) -> None:
    """Ask, and raise the first reason as its typed refusal (compliance/gate/errors.py)."""
    verdict = gate_ask(player_id=player_id, touchpoint=touchpoint, now=now, asked=asked)
    if not verdict.allowed:
        raise refusal_of(verdict.reasons[0])
