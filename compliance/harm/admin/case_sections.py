"""The tables below a case: why, what was done at once, what people did, and how it came about."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from common.backoffice.display import NOTHING, instant, lines, record_link, tag
from common.backoffice.sections import Section
from compliance.audit.admin.links import actor_link
from compliance.gate.enums import FlagKind
from compliance.harm.enums import Channel, MarkerGroup, ReviewOutcome, Tier
from compliance.harm.models import Assessment, Case

MOST: Final = 50
SHOWN: Final = (("deposited", "deposited"), ("staked", "staked"), ("lost", "lost"), ("hours", "hours played"))


def findings_section(assessment: Assessment) -> Section:
    """The markers that make up the score."""
    rows = [
        (
            MarkerGroup(found["group"]).label,
            found["words"],
            f"from {_number(found['from'])}"
            + (f", strong from {_number(found['strong_from'])}" if found["strong_from"] else ""),
            f"{found['points']}",
            tag("strong", "danger") if found["strong"] else "",
            record_link("policy.policyrow", found["policy_row"], f"row {found['policy_row']}"),
            ", ".join(f"{name.replace('_', ' ')} {_plain(value)}" for name, value in found["evidence"].items())
            or NOTHING,
        )
        for found in assessment.findings
    ]
    headers = ("Group", "What was found", "Counts", "Points", "", "By policy", "Evidence")
    note = f"{assessment.score} points as of {assessment.at:%Y-%m-%d %H:%M} UTC, in {assessment.jurisdiction}."
    return Section("Why", headers, rows, empty="Nothing counts any more.", note=note)


def _number(value: object) -> str:
    """A threshold as people write it: 10,000."""
    try:
        return f"{Decimal(str(value)):,f}"
    except InvalidOperation:
        return str(value)


def _plain(value: object) -> str:
    """Evidence for people: an instant to the minute, a number with its thousands."""
    try:
        at = datetime.fromisoformat(str(value))
    except ValueError:
        return _number(value)
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC" if at.tzinfo else str(value)


def steps_section(case: Case) -> Section:
    """What was done automatically."""
    rows = [
        (
            record_link("harm.step", step.pk, f"No. {step.pk}"), FlagKind(step.kind).label, instant(step.evident_at),
            instant(step.taken_at), tag("in time", "success") if step.in_time else tag("late", "danger"),
            ReviewOutcome(step.review).label if step.review else tag("waits for a person", "warning"),
        )
        for step in case.steps.order_by("-pk")[:MOST]
    ]  # fmt: skip
    headers = ("Step", "What", "Evident", "Taken", "", "Review")
    return Section("Done at once, by itself", headers, rows, empty="Nothing: no marker is strong.")


def interactions_section(case: Case) -> Section:
    """What people did, and what changed."""
    rows = [
        (
            instant(row.at), actor_link(row.by), Channel(row.channel).label, row.seen, row.done, row.answer or NOTHING,
            effect_words(row.after_7), effect_words(row.after_30),
        )
        for row in case.interactions.order_by("-pk")[:MOST]
    ]  # fmt: skip
    headers = ("When", "Who", "How", "Seen", "Done", "The player said", "After 7 days", "After 30 days")
    return Section("Interactions", headers, rows, empty="None yet. Record one above.")


def overrides_section(case: Case) -> Section:
    """Levels that people set."""
    rows = [
        (instant(row.at), actor_link(row.by), Tier(row.before).label, Tier(row.tier).label, row.reason)
        for row in case.overrides.order_by("-pk")[:MOST]
    ]
    return Section("Levels set by hand", ("When", "Who", "From", "To", "Why"), rows, empty="None.")


def assessments_section(case: Case) -> Section:
    """How the score came about."""
    rows = [
        (instant(row.at), f"{row.score}", Tier(row.tier).label, "; ".join(found["words"] for found in row.findings))
        for row in Assessment.objects.filter(player_id=case.player_id).order_by("-pk")[:MOST]
    ]
    return Section("The player's assessments", ("When", "Points", "Level", "Findings"), rows, empty="None.")


def effect_words(effect: dict[str, Any] | None) -> str:
    """What changed, figure by figure; amounts in the base currency."""
    if effect is None:
        return "not yet"
    told = [f"points {effect['score_before']} → {effect['score_after']}"]
    told += [f"{words} {effect['before'][name]} → {effect['after'][name]}" for name, words in SHOWN]
    return lines(told)
