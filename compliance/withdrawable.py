"""How much of a player's money may leave now, and why not the rest. Pure: one answer for staff and for the cashier.

Everything that the player has is told off in order: each rule withholds a part of what the rules before it left, or
all of it. What is left is withdrawable, so the parts always sum to what the player has. Later issues add rules with
`withdraw_rule_register` in their AppConfig.ready().
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final

from common.currencies import currency_get
from common.money import ZERO, amount_text, decimal_text
from compliance.enums import RestrictionKind
from players.enums import PlayerStatus


@dataclass(frozen=True, slots=True)
class Standing:
    """A restriction in force: its kind, since when, until when (None: until lifted) and the reason given."""

    kind: str
    since: datetime
    until: datetime | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawFacts:
    """What the rules look at; amounts in the wallet's currency, `receivable` as what the player owes (not negative).

    `open_stake` was staked in rounds that are not settled: it has left the balance already. `gate` are the gate's
    reasons against a withdrawal, by code with their words (compliance/gate).
    """

    currency: str
    real: Decimal
    bonus: Decimal
    held: Decimal
    receivable: Decimal
    open_rounds: int
    open_stake: Decimal
    status: str
    is_test: bool
    restrictions: tuple[Standing, ...] = ()
    holds: tuple[str, ...] = ()
    gate: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why some money can not leave: its code, how much it keeps (None: all that is left), and the sentence for people.

    An amount of zero only explains, and keeps nothing.
    """

    code: str
    text: str
    keeps: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Withheld:
    """A reason with the money that it really keeps."""

    code: str
    text: str
    amount: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawable:
    """What may leave now; `amount` and the reasons' amounts sum to `of`, everything that the player has."""

    amount: Decimal
    of: Decimal
    currency: str
    reasons: tuple[Withheld, ...]


Rule = Callable[[WithdrawFacts], Reason | None]


def _held(facts: WithdrawFacts) -> Reason | None:
    if facts.held == ZERO:
        return None
    what = f": {', '.join(facts.holds)}" if facts.holds else ""
    return Reason(code="held", text=f"Set aside already{what}.", keeps=facts.held)


def _bonus(facts: WithdrawFacts) -> Reason | None:
    if facts.bonus == ZERO:
        return None
    return Reason(code="bonus", text="Bonus money leaves only once it has become real money.", keeps=facts.bonus)


def _receivable(facts: WithdrawFacts) -> Reason | None:
    if facts.receivable == ZERO:
        return None
    owed = _words(facts.receivable, facts.currency)
    text = f"The player owes {owed} (a win or deposit was taken back); it comes first."
    return Reason(code="receivable", text=text, keeps=facts.receivable)


def _test_money(facts: WithdrawFacts) -> Reason | None:
    if not facts.is_test:
        return None
    return Reason(code="test_player", text="A test player's money is mock credit: it never leaves.", keeps=None)


def _status(facts: WithdrawFacts) -> Reason | None:
    if facts.status == PlayerStatus.BLOCKED:
        return Reason(
            code="account_blocked", text="The account is blocked: unblock it, or pay out by hand.", keeps=None
        )
    if facts.status == PlayerStatus.CLOSED:
        text = "The account is closed, which stops play and not withdrawals: the money stays the player's."
        return Reason(code="account_closed", text=text, keeps=ZERO)
    return None


def _kyc(facts: WithdrawFacts) -> Reason | None:
    for standing in facts.restrictions:
        if standing.kind == RestrictionKind.KYC_REQUIRED:
            text = f"The identity check is not done (required since {standing.since:%Y-%m-%d})."
            return Reason(code=RestrictionKind.KYC_REQUIRED.value, text=text, keeps=None)
    return None


def _gate(facts: WithdrawFacts) -> Reason | None:
    """Locked for due diligence (UK-28), blocked, a risk that closes withdrawals: the first of them keeps all."""
    for code, text in facts.gate:
        if code != "player_blocked":  # told as the account's status, above
            return Reason(code=code, text=text, keeps=None)
    return None


def _excluded(facts: WithdrawFacts) -> Reason | None:
    kinds = {RestrictionKind.SELF_EXCLUDED: "self-excluded", RestrictionKind.TIME_OUT_ACTIVE: "taking a time-out"}
    for standing in facts.restrictions:
        if (word := kinds.get(RestrictionKind(standing.kind))) is not None:
            text = f"The player is {word}, which stops play and not withdrawals: the money stays the player's."
            return Reason(code=standing.kind, text=text, keeps=ZERO)
    return None


def _open_rounds(facts: WithdrawFacts) -> Reason | None:
    if facts.open_rounds == 0:
        return None
    rounds = "1 round is" if facts.open_rounds == 1 else f"{facts.open_rounds:,} rounds are"
    stakes = _words(facts.open_stake, facts.currency)
    text = f"{rounds} not settled: {stakes} of stakes have left the balance, and what they win comes later."
    return Reason(code="open_rounds", text=text, keeps=ZERO)


def _words(amount: Decimal, currency: str) -> str:
    known = currency_get(currency)
    return f"{amount_text(amount, known) if known else decimal_text(amount)} {currency}"


# What belongs to somebody else or to a purpose first, then what stops everything that is left, then explanations.
_RULES: Final[list[Rule]] = [
    _held, _bonus, _receivable, _test_money, _status, _kyc, _gate, _excluded, _open_rounds,
]  # fmt: skip


def withdraw_rule_register(rule: Rule) -> None:
    """Add a rule after those that are there; a rule that is there already is not added twice."""
    if rule not in _RULES:
        _RULES.append(rule)


def withdrawable(facts: WithdrawFacts) -> Withdrawable:
    """What may leave now, and every reason against the rest. No rule can make the result negative."""
    whole = left = facts.real + facts.bonus + facts.held
    reasons: list[Withheld] = []
    for rule in _RULES:
        reason = rule(facts)
        if reason is None:
            continue
        kept = left if reason.keeps is None else max(ZERO, min(reason.keeps, left))
        left -= kept
        reasons.append(Withheld(code=reason.code, text=reason.text, amount=kept))
    return Withdrawable(amount=left, of=whole, currency=facts.currency, reasons=tuple(reasons))
