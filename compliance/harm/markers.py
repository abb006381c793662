"""The markers of harm in their seven groups (UK-15), and the score that they make by the policy in force. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from compliance.harm.enums import MarkerGroup as Group
from compliance.harm.enums import Tier
from compliance.harm.types import Figures, Finding, Scored
from compliance.policy.keys import PolicyKey as Key
from compliance.policy.types import Policy

TWICE: Final = 2


@dataclass(frozen=True, slots=True)
class Marker:
    """What a figure says about a player, with its group; `{value}` and `{base}` stand in the words."""

    group: Group
    words: str


MARKERS: Final[dict[Key, Marker]] = {
    Key.HARM_DEPOSITED_30D: Marker(Group.SPEND, "Deposited {value} {base} in 30 days"),
    Key.HARM_LOST_30D: Marker(Group.SPEND, "Lost {value} {base} in 30 days"),
    Key.HARM_DEPOSITS_24H: Marker(Group.PATTERNS, "Deposits within 24 hours: {value}"),
    Key.HARM_CHASING_7D: Marker(Group.PATTERNS, "Deposits soon after losing, in 7 days: {value}"),
    Key.HARM_PLAYED_HOURS_24H: Marker(Group.TIME, "Hours played on one day: {value}"),
    Key.HARM_UNBROKEN_HOURS_7D: Marker(Group.TIME, "Hours without a break, in 7 days: {value}"),
    Key.HARM_NIGHT_BETS_7D: Marker(Group.TIME, "Bets at night, in 7 days: {value}"),
    Key.HARM_STAKE_RISE: Marker(Group.BEHAVIOUR, "Stakes {value} times what they were"),
    Key.HARM_WITHDRAWALS_REVERSED_30D: Marker(Group.BEHAVIOUR, "Withdrawals taken back in 30 days: {value}"),
    Key.HARM_CONTACTS_90D: Marker(Group.CONTACT, "Notes about responsible gaming in 90 days: {value}"),
    Key.HARM_COMPLAINTS_90D: Marker(Group.CONTACT, "Complaints in 90 days: {value}"),
    Key.HARM_LIMIT_RAISES_30D: Marker(Group.TOOLS, "Looser limits asked for in 30 days: {value}"),
    Key.HARM_BREAKS_180D: Marker(Group.TOOLS, "Breaks and exclusions in 180 days: {value}"),
    Key.HARM_UNDER_25: Marker(Group.ACCOUNT, "Younger than 25"),
    Key.HARM_LINKED_ACCOUNTS: Marker(Group.ACCOUNT, "Further accounts that share personal data: {value}"),
}


def scored(figures: Figures, policy: Policy, base: str) -> Scored:
    """The markers that count by `policy`, their sum and its level. `base` is the code of the base currency."""
    findings = tuple(found for key in MARKERS if (found := _finding(key, figures, policy, base)) is not None)
    score = sum(found.points for found in findings)
    return Scored(score, tier_of(score, policy), any(found.strong for found in findings), findings)


def tier_of(score: int, policy: Policy) -> Tier:
    """The level of a score: the highest whose number is reached."""
    table = policy.table(Key.HARM_TIERS)
    assert table is not None
    reached = [tier for tier in Tier if tier != Tier.NONE and score >= table[tier.value]]
    return max(reached, key=lambda tier: tier.rank, default=Tier.NONE)


def _finding(key: Key, figures: Figures, policy: Policy, base: str) -> Finding | None:
    figure, rule = figures.get(key), policy.table(key)
    if figure is None or rule is None or figure.value < rule["from"]:
        return None
    strong_from: Decimal | None = rule["strong_from"]
    strong = strong_from is not None and figure.value >= strong_from
    marker = MARKERS[key]
    return Finding(
        key=key, group=marker.group, words=marker.words.format(value=_plain(figure.value), base=base),
        value=figure.value, counts_from=rule["from"], strong_from=strong_from, strong=strong,
        points=rule["points"] * (TWICE if strong else 1), policy_row=policy.row_id(key), evidence=figure.evidence,
    )  # fmt: skip


def _plain(value: Decimal) -> str:
    rounded = value.quantize(Decimal("0.01"))
    return f"{rounded:,f}".rstrip("0").rstrip(".") if rounded != rounded.to_integral() else f"{rounded:,.0f}"
