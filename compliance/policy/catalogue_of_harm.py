"""The keys of safer gambling: from when behaviour is a marker of harm, what it weighs, and what follows (UK-15, UK-16).

Amounts are in the base currency, at the rates of the bookings.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from compliance.policy.key_facts import KeyFacts
from compliance.policy.keys import PolicyKey as Key
from compliance.policy.shapes import Fields, Number, Shape, Whole, Word, Words

TIERS: Final = ("low", "medium", "high", "severe")
STEPS: Final = ("risk_harm", "deposit_blocked", "bet_blocked")
_POINTS: Final = Whole("points", 0, 100)
_MOST: Final = Decimal(1_000_000_000)


def _each(shape: Shape) -> dict[str, Shape]:
    return dict.fromkeys(TIERS, shape)


def _marker(title: str, unit: str, meaning: str) -> KeyFacts:
    number = Number(unit, Decimal(0), _MOST)
    shape = Fields({"from": number, "points": _POINTS, "strong_from": number}, frozenset({"strong_from"}))
    words = f"{meaning} It counts from the first number on; from the second on it is a strong marker and counts twice."
    return KeyFacts(title, shape, words, none="not a marker here")


CATALOGUE_OF_HARM: Final[dict[Key, KeyFacts]] = {
    Key.HARM_TIERS: KeyFacts("Harm: levels", Fields(_each(Whole("points", 1, 1000))), "From how many points each is."),
    Key.HARM_SLA_HOURS: KeyFacts(
        "Harm: time to act", Fields(_each(Whole("hours", 1, 8760))), "How soon somebody must have looked at a case."
    ),
    Key.HARM_STEPS: KeyFacts(
        "Harm: what follows",
        Fields({"case_from": Word(TIERS), "strong": Words(STEPS), "severe": Words(STEPS)}),
        "From which level a case is opened; what is done at once at a strong marker, and at the highest level.",
    ),
    Key.HARM_WINDOWS: KeyFacts(
        "Harm: how behaviour is read",
        Fields({
            "break_minutes": Whole("minutes", 1, 240), "chasing_minutes": Whole("minutes", 1, 1440),
            "night_from_hour": Whole("hours", 0, 23), "night_to_hour": Whole("hours", 0, 23),
            "least_bets": Whole("bets", 1, 100_000),
        }),
        "After how long without a bet play is broken off; how soon after losing a deposit is one after a loss; and from"
        " which hour to which it is night for the player; and how many bets make an average worth comparing.",
    ),
    Key.HARM_DEPOSITED_30D: _marker("Harm: deposits of 30 days", "in base currency", "What was deposited in 30 days."),
    Key.HARM_LOST_30D: _marker("Harm: losses of 30 days", "in base currency", "Stakes less wins of 30 days."),
    Key.HARM_DEPOSITS_24H: _marker("Harm: deposits within a day", "deposits", "How many within 24 hours."),
    Key.HARM_CHASING_7D: _marker("Harm: deposits after a loss", "deposits", "Made soon after losing, in 7 days."),
    Key.HARM_PLAYED_HOURS_24H: _marker("Harm: hours played", "hours", "On the fullest day of the last two."),
    Key.HARM_UNBROKEN_HOURS_7D: _marker("Harm: hours without a break", "hours", "The longest stretch in 7 days."),
    Key.HARM_NIGHT_BETS_7D: _marker("Harm: bets at night", "bets", "By the player's clock, in 7 days."),
    Key.HARM_STAKE_RISE: _marker(
        "Harm: rising stakes", "times", "The average stake of 7 days against that of the 28 days before."
    ),
    Key.HARM_WITHDRAWALS_REVERSED_30D: _marker(
        "Harm: withdrawals taken back", "withdrawals", "Set aside to be paid out and released to play, in 30 days."
    ),
    Key.HARM_CONTACTS_90D: _marker("Harm: words of the player", "notes", "Notes about responsible gaming, in 90 days."),
    Key.HARM_COMPLAINTS_90D: _marker("Harm: complaints", "notes", "Notes of complaints, in 90 days."),
    Key.HARM_LIMIT_RAISES_30D: _marker("Harm: limits loosened", "requests", "Asked for in 30 days."),
    Key.HARM_BREAKS_180D: _marker("Harm: breaks taken", "breaks", "Time-outs and exclusions in 180 days."),
    Key.HARM_UNDER_25: _marker("Harm: age", "yes", "Whether the player is younger than 25: 1 or 0."),
    Key.HARM_LINKED_ACCOUNTS: _marker("Harm: further accounts", "accounts", "Others that share personal data."),
}  # fmt: skip
