"""Why something was decided as it was: the rows in force of a jurisdiction at an instant, all keys, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from compliance.policy.catalogue import CATALOGUE
from compliance.policy.keys import PolicyKey
from compliance.policy.models import PolicyRow
from compliance.policy.models.policy_row import FALLBACK
from compliance.policy.selectors.policies import KNOWN, policy_of
from compliance.policy.types import RowInForce


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """One key at an instant. `row` is None where nothing was in force; `next_row` is what follows it, if known."""

    key: PolicyKey
    title: str
    words: str
    row: RowInForce | None
    next_row: PolicyRow | None

    @property
    def by_fallback(self) -> bool:
        """Whether the jurisdiction itself had no row."""
        return self.row is not None and self.row.jurisdiction == FALLBACK


def policy_explain(*, jurisdiction: str, at: datetime) -> tuple[Explained, ...]:
    """Every key with the row then in force. Rows can not be made to hold since before they were known (G-96)."""
    policy = policy_of(jurisdiction=jurisdiction, now=at)
    coming: dict[str, PolicyRow] = {}
    later = PolicyRow.objects.filter(jurisdiction__in=[jurisdiction, FALLBACK], effective_from__gt=at)
    for change in later.order_by("-effective_from"):
        holds = policy.rows.get(PolicyKey(change.key)) if change.key in KNOWN else None
        if holds is None or change.jurisdiction == jurisdiction or holds.jurisdiction == FALLBACK:
            coming[change.key] = change
    return tuple(
        Explained(
            key=key,
            title=CATALOGUE[key].title,
            words=value_words(key, row.value) if (row := policy.rows.get(key)) else "no row",
            row=policy.rows.get(key),
            next_row=coming.get(key),
        )
        for key in PolicyKey
    )


def value_words(key: PolicyKey | str, value: Any) -> str:
    """A stored value for people; whatever a newer release wrote as it stands."""
    if key not in KNOWN:
        return str(value)
    facts = CATALOGUE[PolicyKey(key)]
    return facts.none if value is None else facts.shape.words(value)


def jurisdictions_known() -> list[str]:
    """Those that have rows, the fallback last."""
    found = set(PolicyRow.objects.order_by().values_list("jurisdiction", flat=True).distinct())
    return [*sorted(found - {FALLBACK}), *sorted(found & {FALLBACK})]
