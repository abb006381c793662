"""Every rule of the gate: where it applies and what it looks for, in the order in which reasons are told."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from compliance.gate.enums import Touchpoint
from compliance.gate.facts import Facts
from compliance.gate.rules import account, identity, play
from compliance.gate.types import Asked, Reason

T = Touchpoint
PLAY: Final = frozenset({T.BET, T.LAUNCH})
PAYING: Final = PLAY | {T.DEPOSIT}
GAMBLING: Final = PAYING | {T.BONUS, T.MARKETING}
EVERYWHERE: Final = GAMBLING | {T.WITHDRAWAL, T.SIGN_IN}


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule by its name. `standing`: its reasons against any bet are worked out beforehand (services/standing.py);
    the others look at the bet itself and are decided with it (casino/play/decisions/bet.py)."""

    name: str
    at: frozenset[Touchpoint]
    find: Callable[[Facts, Asked], Iterable[Reason]]
    standing: bool = True


RULES: Final = (
    Rule("account_status", EVERYWHERE, account.account_status),
    Rule("brand_state", GAMBLING, account.brand_state),
    Rule("exclusions", GAMBLING, account.exclusions),
    Rule("restrictions", GAMBLING, account.restrictions),
    Rule("register_state", GAMBLING, identity.register_state),
    Rule("kyc_required", PLAY | {T.BONUS}, identity.kyc_required),
    Rule("kyc_locked", frozenset({T.WITHDRAWAL}), identity.kyc_locked),
    Rule("flags", EVERYWHERE - {T.SIGN_IN}, account.flags),
    Rule("limits_missing", PAYING, play.limits_missing),
    Rule("limits_reached", frozenset({T.BET, T.DEPOSIT}), play.limits_reached, standing=False),
    Rule("reality_check", frozenset({T.BET}), play.reality_check),
    Rule("location", PAYING, play.location),
    Rule("idle_session", PAYING | {T.BONUS, T.WITHDRAWAL}, play.idle_session, standing=False),
    Rule("stake_cap", frozenset({T.BET}), play.stake_cap, standing=False),
)


def reasons_against(facts: Facts, asked: Asked, rules: Iterable[Rule] = RULES) -> tuple[Reason, ...]:
    """Every reason against the touchpoint that is asked for, in the order of the rules. Pure."""
    return tuple(reason for rule in rules if asked.touchpoint in rule.at for reason in rule.find(facts, asked))
