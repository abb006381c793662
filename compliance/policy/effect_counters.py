"""What policy counts itself: how many of the players whom a row governs are younger than a new least age."""

from __future__ import annotations

from compliance.approvals.types import Consequence
from compliance.policy.effects import Change, effect_register
from compliance.policy.keys import PolicyKey
from compliance.policy.selectors.affected import MOST_AGES, age_on, birth_dates


def effect_counters_register() -> None:
    """Called once from the app's ready()."""
    effect_register((PolicyKey.REGISTRATION_MIN_AGE,), _too_young)


def _too_young(change: Change) -> list[Consequence]:
    ids = list(change.players.order_by("-pk").values_list("pk", flat=True)[: MOST_AGES + 1])
    born = birth_dates(ids[:MOST_AGES])
    day = change.at.astimezone(change.policy.zone).date()
    ages = [age_on(date, day) for date in born.values()]
    before = sum(age < change.before for age in ages) if change.before is not None else 0
    after = sum(age < change.after for age in ages)
    whole = "" if len(ids) <= MOST_AGES else f" (of the newest {MOST_AGES})"
    unknown = len(ids[:MOST_AGES]) - len(born)
    told = f"{after}: {max(after - before, 0)} newly"
    lines = [Consequence(f"Players younger than that{whole}", f"{before}", told, after > before)]
    if unknown:
        lines.append(Consequence("Players whose age is not known", f"{unknown}", f"{unknown}"))
    return lines
