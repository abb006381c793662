"""Every rule of the gate: where it applies and what it looks for, in the order in which reasons are told."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from compliance.gate.enums import Touchpoint
from compliance.gate.facts import Facts
from compliance.gate.rules import account
from compliance.gate.types import Asked, Reason

T = Touchpoint
PLAY: Final = frozenset({T.BET, T.LAUNCH})
GAMBLING: Final = PLAY | {T.DEPOSIT, T.BONUS, T.MARKETING}


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule, by the name under which its mutation is caught."""

    name: str
    at: frozenset[Touchpoint]
    find: Callable[[Facts, Asked], Iterable[Reason]]


RULES: Final = (
    Rule("account_status", GAMBLING | {T.WITHDRAWAL, T.SIGN_IN}, account.account_status),
    Rule("brand_state", GAMBLING, account.brand_state),
    Rule("restrictions", GAMBLING, account.restrictions),
)


def reasons_against(
    touchpoint: Touchpoint, facts: Facts, asked: Asked, rules: Iterable[Rule] = RULES
) -> tuple[Reason, ...]:
    """Every reason against the touchpoint, in the order of the rules. Pure."""
    return tuple(reason for rule in rules if touchpoint in rule.at for reason in rule.find(facts, asked))
