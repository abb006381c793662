"""From play to net revenue, switch by switch (affiliates.md §2.5)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal

from affiliates.engine.facts import PlayerDay, PlayerFacts
from affiliates.engine.numbers import ZERO
from affiliates.engine.terms import NetRevenue, Plan

MEASURES = (
    "stakes_real", "stakes_bonus", "wins_real", "wins_bonus", "bonus_granted", "bonus_converted", "free_spins",
    "jackpot_contribution", "jackpot_won", "deposits", "withdrawals", "payment_cost", "duty", "royalty",
    "chargebacks", "corrections",
)  # fmt: skip
Sums = dict[str, Decimal]


@dataclass(slots=True, kw_only=True)
class Bridge:
    """From stakes to net revenue of one plan, brand and product, in the statement's currency.

    `parts` are the steps in their order, each with its sign; they sum to `net`, and so do the `players`.
    """

    brand: str
    product: str
    parts: Sums = field(default_factory=dict)
    players: Sums = field(default_factory=dict)
    deposits: Decimal = ZERO

    @property
    def net(self) -> Decimal:
        """The net revenue: what a share is taken of."""
        return sum(self.players.values(), ZERO)


def bridges(plan: Plan, days: Iterable[PlayerDay], known: Mapping[str, PlayerFacts], room: Sums) -> list[Bridge]:
    """The bridges of a plan, by brand and product. `room` is what each player may still contribute; it is used up."""
    units: dict[tuple[str, str], dict[str, Sums]] = defaultdict(lambda: defaultdict(lambda: defaultdict(lambda: ZERO)))
    for day in days:
        if day.plan == plan.name and _counts(plan, day, known):
            sums = units[day.brand, day.product][day.player]
            for measure in MEASURES:
                sums[measure] += getattr(day, measure) * day.rate
    return [_bridge(plan.revenue, *unit, units[unit], known, room) for unit in sorted(units)]


def _counts(plan: Plan, day: PlayerDay, known: Mapping[str, PlayerFacts]) -> bool:
    if plan.share is None or not plan.share.starts_after_days:
        return True
    return day.day >= known[day.player].registered_on + timedelta(days=plan.share.starts_after_days)


def _bridge(
    terms: NetRevenue,
    brand: str,
    product: str,
    played: Mapping[str, Sums],
    known: Mapping[str, PlayerFacts],
    room: Sums,
) -> Bridge:
    bridge = Bridge(brand=brand, product=product)
    before: Sums = {}
    charged: Sums = {}
    for player in sorted(played):
        sums = played[player]
        steps = deductions(terms, sums)
        for name, amount in steps.items():
            bridge.parts[name] = bridge.parts.get(name, ZERO) + amount
        before[player] = sum(steps.values(), ZERO)
        charged[player] = steps["ggr"] + (steps["bonus"] if terms.admin_base == "ggr_less_bonus" else ZERO)
        bridge.deposits += sums["deposits"]
    total = sum(charged.values(), ZERO)
    rate = ZERO if terms.fee_on_positive_only and total <= ZERO else terms.admin_rate
    bridge.parts["admin_fee"] = -rate * total
    for player, amount in before.items():
        bridge.players[player] = amount - rate * charged[player]
    if terms.capped_at_deposits:
        bridge.parts["deposit_cap"] = _cap(bridge.players, known, room)
    return bridge


def deductions(terms: NetRevenue, sums: Mapping[str, Decimal]) -> Sums:
    """GGR and everything that is taken off it but the admin fee, each with its sign."""
    stakes, wins = sums["stakes_real"], sums["wins_real"]
    if terms.money == "all":
        stakes, wins = stakes + sums["stakes_bonus"], wins + sums["wins_bonus"]
    bonus = {
        "none": ZERO,
        "granted": sums["bonus_granted"],
        "converted": sums["bonus_converted"],
        "converted_and_free_spins": sums["bonus_converted"] + sums["free_spins"],
    }[terms.bonus]
    jackpot = {"none": ZERO, "less_contribution": -sums["jackpot_contribution"], "plus_pool_wins": sums["jackpot_won"]}
    payment = {
        "none": ZERO,
        "rates": terms.deposit_rate * sums["deposits"] + terms.withdrawal_rate * sums["withdrawals"],
        "actual": sums["payment_cost"],
    }[terms.payment]
    return {
        "ggr": stakes - wins,
        "bonus": -bonus,
        "jackpot": jackpot[terms.jackpot],
        "payment_fees": -payment,
        "duty": -sums["duty"] if terms.duty else ZERO,
        "royalty": -sums["royalty"] if terms.royalty else ZERO,
        "chargebacks": -sums["chargebacks"] if terms.chargebacks else ZERO,
        "corrections": -sums["corrections"] if terms.corrections else ZERO,
    }


def _cap(players: Sums, known: Mapping[str, PlayerFacts], room: Sums) -> Decimal:
    """No player contributes more than he ever deposited, and who never did contributes nothing (AFF-14)."""
    taken = ZERO
    for player in sorted(players):
        facts = known[player]
        left = room.setdefault(player, max(ZERO, facts.lifetime_deposits - facts.contributed_before))
        allowed = min(players[player], left) if facts.lifetime_deposits > ZERO else ZERO
        room[player] = left - max(ZERO, allowed)
        taken += allowed - players[player]
        players[player] = allowed
    return taken
