"""The gate's answer at every touchpoint, as staff see it on a player's page: the same reasons that `GET why` tells."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.apps import apps
from django.urls import NoReverseMatch
from django.utils.html import format_html_join

from common.backoffice.display import NOTHING, code, instant, record_link, tag
from common.backoffice.sections import Section
from common.errors import Refusal
from compliance.gate.ask import gate_ask
from compliance.gate.enums import Touchpoint
from compliance.gate.types import Evidence, Reason, Verdict
from players.models import Player

SHOWN: Final = tuple(one for one in Touchpoint if one is not Touchpoint.REGISTER)


def why_section(player: Player, now: datetime) -> Section:
    """One line for each reason, and one for each touchpoint that is open."""
    rows: list[tuple[object, ...]] = []
    for touchpoint in SHOWN:
        try:
            rows += _rows(gate_ask(player_id=player.pk, touchpoint=touchpoint, now=now))
        except Refusal as refusal:  # such as no rate of the law's currency: refused, too
            rows.append(
                (touchpoint.label, tag("Refused", "danger"), refusal.message, code(refusal.code), *[NOTHING] * 3)
            )
    return Section(
        "What the gate says",
        ("Asked for", "Answer", "Because", "Code", "Evidence", "Until", "Record"),
        rows,
        empty="",
        note="As of now. Bets are also held against stake caps, limits and the session of the game itself.",
        permission="gate.view_flag",
    )


def _rows(verdict: Verdict) -> list[tuple[object, ...]]:
    if verdict.allowed:
        return [(verdict.touchpoint.label, tag("Allowed", "success"), *[NOTHING] * 5)]
    return [
        (
            verdict.touchpoint.label,
            tag("Refused", "danger"),
            reason.title,
            code(reason.code),
            format_html_join(
                ", ",
                "{} {}",
                ((name.replace("_", " "), _plain(value)) for name, value in reason.evidence.items() if value),
            ),
            instant(reason.until) if reason.until else "not by itself",
            _record(reason),
        )
        for reason in verdict.reasons
    ]


def _plain(value: Evidence) -> str:
    """Instants as everywhere in the back office."""
    text = str(value)
    try:
        return instant(datetime.fromisoformat(text)) if "T" in text else text
    except ValueError:
        return text


def _record(reason: Reason) -> object:
    """A link to what stands against it, where that has a page."""
    model, _, key = reason.source.rpartition(":")
    if not model or not key.isdigit():
        return NOTHING
    try:
        return record_link(model, int(key), f"{apps.get_model(model)._meta.verbose_name} {key}")
    except (LookupError, NoReverseMatch):
        return reason.source
