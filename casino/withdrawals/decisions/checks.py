"""The checks of a withdrawal in their order (PAY-02): each a pure rule over facts, green or red with a sentence."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Final

from casino.withdrawals.enums import Effect
from casino.withdrawals.types import Check, CheckFacts
from common.currencies import currency_get
from common.money import ZERO, amount_text, decimal_text

Rule = Callable[[CheckFacts], Check]
KYC_WORDS: Final = {0: "nothing", 1: "identity", 2: "identity and address", 3: "source of funds"}
# Reasons of the gate that documents settle.
BY_DOCUMENTS: Final = frozenset({"locked_cdd", "kyc_required"})


def money_words(amount: Decimal, currency: str) -> str:
    """ "40.00 EUR"."""
    known = currency_get(currency)
    return f"{amount_text(amount, known) if known else decimal_text(amount)} {currency}"


def _green(code: str, title: str, text: str) -> Check:
    return Check(code=code, title=title, green=True, text=text)


def _red(code: str, title: str, text: str, effect: Effect, player_text: str = "") -> Check:
    return Check(
        code=code, title=title, green=False, text=text, effect=effect,
        player_text=player_text or "We look at your withdrawal before it is paid.",
    )  # fmt: skip


def gate(facts: CheckFacts) -> Check:
    """What the gate says of withdrawals."""
    code, title = "gate", "Gate"
    if not facts.gate:
        return _green(code, title, "Nothing stands against a withdrawal.")
    text = " ".join(words for _code, words in facts.gate)
    if all(found in BY_DOCUMENTS for found, _words in facts.gate):
        return _red(code, title, text, Effect.KYC, "We need documents of you before money can leave.")
    return _red(code, title, text, Effect.FREEZE)


def withdrawable(facts: CheckFacts) -> Check:
    """No more than what may leave (compliance/withdrawable.py)."""
    code, title = "withdrawable", "Withdrawable"
    free = money_words(facts.withdrawable, facts.currency)
    if facts.amount <= facts.withdrawable:
        return _green(code, title, f"{money_words(facts.amount, facts.currency)} of {free} that may leave.")
    why = " ".join(text for _code, text in facts.withheld)
    return _red(code, title, f"Only {free} may leave. {why}".strip(), Effect.REFUSE, f"You can withdraw {free} now.")


def closed_loop(facts: CheckFacts) -> Check:
    """Back to where deposits came from; the rest to an instrument of the player's own."""
    code, title = "closed_loop", "Closed loop"
    if facts.split.unplaced > ZERO:
        rest = money_words(facts.split.unplaced, facts.currency)
        return _red(
            code, title, f"No instrument can take {rest}.", Effect.REFUSE,
            f"Name an account in your own name for {rest}: it is more than you paid in from your other instruments.",
        )  # fmt: skip
    words = ", ".join(
        f"{money_words(share.amount, facts.currency)} to {share.way.label}"
        f"{'' if share.closed_loop else ' (more than came from it)'}"
        for share in facts.split.shares
    )
    return _green(code, title, f"{words}.")


def turnover(facts: CheckFacts) -> Check:
    """Deposits were staked, with real money and after they came."""
    code, title = "turnover", "Turnover of deposits"
    times = decimal_text(facts.numbers.turnover_times)
    if facts.turnover.left <= ZERO:
        return _green(code, title, f"Deposits were staked {times} times.")
    left = money_words(facts.turnover.left, facts.currency)
    text = (
        f"{left} of {money_words(facts.turnover.required, facts.currency)} are not staked"
        f" ({times} times the deposits, real money since each)."
    )
    return _red(code, title, text, Effect.REVIEW, f"{left} of your deposits were not played with yet.")


def kyc(facts: CheckFacts) -> Check:
    """As far proved as the amount asks for."""
    code, title = "kyc_level", "Verification"
    numbers = facts.numbers
    needed = numbers.kyc_level_high if facts.base >= numbers.kyc_high_from else numbers.kyc_level
    has, asks = KYC_WORDS.get(facts.kyc_level, "?"), KYC_WORDS.get(needed, "?")
    if facts.kyc_level >= needed:
        return _green(code, title, f"Proved: {has}; needed: {asks}.")
    return _red(code, title, f"Proved: {has}; needed: {asks}.", Effect.KYC, f"We need documents of you first: {asks}.")


def ownership(facts: CheckFacts) -> Check:
    """Every instrument is the player's own."""
    code, title = "ownership", "Ownership of the instrument"
    others = [share.way.label for share in facts.split.shares if share.way.mismatch]
    if others:
        text = f"In another name: {', '.join(others)}."
        return _red(code, title, text, Effect.FREEZE, "We check whose account the money would go to.")
    unproved = [share.way.label for share in facts.split.shares if not share.way.verified]
    if unproved:
        text = f"Not verified as the player's own: {', '.join(unproved)}."
        return _red(code, title, text, Effect.REVIEW, "We check whose account the money would go to.")
    return _green(code, title, "Verified as the player's own.")


def cool_down(facts: CheckFacts) -> Check:
    """A new instrument rests before money goes to it."""
    code, title = "cool_down", "New instrument"
    hours = int(facts.numbers.cool_down.total_seconds() // 3600)
    fresh = [
        share.way.label
        for share in facts.split.shares
        if share.way.since is None or facts.now - share.way.since < facts.numbers.cool_down
    ]
    if fresh and hours:
        text = f"Known for less than {hours} hours: {', '.join(fresh)}."
        return _red(code, title, text, Effect.REVIEW, "The account is new with us; we look before we pay to it.")
    return _green(code, title, f"Known for {hours} hours or more.")


def velocity(facts: CheckFacts) -> Check:
    """Not too many and not too much in a day and a week."""
    code, title, numbers = "velocity", "How often and how much", facts.numbers
    over = []
    for words, seen, count, base in (
        ("24 hours", facts.day, numbers.day_count, numbers.day_sum),
        ("7 days", facts.week, numbers.week_count, numbers.week_sum),
    ):
        if seen.count > count:
            over.append(f"{seen.count} in {words}, {count} are usual")
        if seen.base > base:
            over.append(f"{decimal_text(seen.base.quantize(Decimal('0.01')))} in {words}, up to {decimal_text(base)}")
    if over:
        return _red(code, title, f"With this one: {'; '.join(over)} (sums in the base currency).", Effect.REVIEW)
    return _green(code, title, f"{facts.day.count} in 24 hours, {facts.week.count} in 7 days.")


def limits(facts: CheckFacts) -> Check:
    """Within what each method takes."""
    code, title = "limits", "Limits of the method"
    wrong = []
    for share in facts.split.shares:
        way = share.way
        if share.amount < way.minimum:
            wrong.append(f"{way.label} takes no less than {money_words(way.minimum, facts.currency)}")
        if way.maximum is not None and share.amount > way.maximum:
            wrong.append(f"{way.label} takes no more than {money_words(way.maximum, facts.currency)}")
    if wrong:
        text = f"{'; '.join(wrong)}."
        return _red(code, title, text, Effect.REFUSE, text)
    return _green(code, title, "Within the minimum and maximum of every method.")


def flags(facts: CheckFacts) -> Check:
    """Risks, sanctions and money laundering: what was set against the player."""
    code, title = "flags", "Sanctions, AML and risk flags"
    if facts.flags:
        return _red(code, title, " ".join(text for _kind, text in facts.flags), Effect.FREEZE)
    return _green(code, title, "No flag.")


def receivable(facts: CheckFacts) -> Check:
    """Owes nothing."""
    code, title = "receivable", "Owed to the house"
    if facts.receivable > ZERO:
        owed = money_words(facts.receivable, facts.currency)
        return _red(code, title, f"The player owes {owed}.", Effect.REVIEW, f"You owe {owed}, which comes first.")
    return _green(code, title, "Nothing is owed.")


def chargebacks(facts: CheckFacts) -> Check:
    """No deposit was taken back."""
    code, title = "chargebacks", "Chargebacks"
    if facts.chargebacks:
        return _red(code, title, f"{facts.chargebacks} in the last 180 days.", Effect.REVIEW)
    return _green(code, title, "None in the last 180 days.")


def linked(facts: CheckFacts) -> Check:
    """No other account of the same person or device."""
    code, title = "linked", "Linked accounts"
    if facts.linked:
        return _red(code, title, f"Shares a person or a device with {', '.join(facts.linked)}.", Effect.REVIEW)
    return _green(code, title, "None known.")


RULES: Final[tuple[Rule, ...]] = (
    gate, withdrawable, closed_loop, turnover, kyc, ownership, cool_down, velocity, limits, flags, receivable,
    chargebacks, linked,
)  # fmt: skip


def checks_of(facts: CheckFacts) -> tuple[Check, ...]:
    """Every rule's answer, in order."""
    return tuple(rule(facts) for rule in RULES)
