"""Questions to a report from texts, as addresses, schedules and manifests hold them, and back again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Final, TypeVar

from common.clock import instant_text
from common.scope import Scope
from reporting.catalogue.enums import Basis, FilterName, Interval, Known
from reporting.catalogue.errors import QuestionRefused
from reporting.catalogue.selectors.named import brand_named, first_day, game_named, player_named, provider_named, today
from reporting.catalogue.types import Question, Report

Choice = TypeVar("Choice", Interval, Basis, Known)

PERIOD: Final = ("interval", "first", "last", "as_of")
_LONGEST_DAYS: Final = 366 * 11  # GLI-19 keeps ten years
_SHARED: Final = frozenset(name.value for name in FilterName)


def question_from(report: Report, data: Mapping[str, str], *, scope: Scope, now: datetime) -> Question:
    """The question that texts ask: a period (`interval`, `first`, `last`, `as_of`) and the report's filters.

    `brand`, `provider` and `game` are told by code or id, `player` by number or public id. Without `interval` the days
    are those of first to last; without any, the month to date. An empty text asks for nothing. Raises QuestionRefused
    with the `field` and the `problem`, also for a brand out of reach and for a filter that the report does not have.
    """
    told = {name: text.strip() for name, text in data.items() if text.strip()}
    known = {*PERIOD, *(name.value for name in report.filters), *report.others}
    for name in told:
        if name not in known:
            shared = "This report has no such filter." if name in _SHARED else "There is no such filter."
            raise QuestionRefused(field=name, problem=shared)
    as_of = _moment(told.get("as_of", ""), now)
    brand = brand_named(told["brand"], scope) if "brand" in told else None
    interval = _choice(Interval, "interval", told, Interval.RANGE if "first" in told else Interval.MONTH_TO_DATE)
    first, last = _days(interval, told, today(as_of, brand))
    known_when = _choice(Known, "known", told, Known.NOW)
    basis = _choice(Basis, "basis", told, Basis.SETTLED if known_when is Known.FIRST else Basis.POSTED)
    if known_when is Known.FIRST and basis is Basis.POSTED:
        raise QuestionRefused(field="known", problem="Only days of settlement were reported first: choose that basis.")
    provider = provider_named(told["provider"]) if "provider" in told else None
    return Question(
        first=last if report.as_of_only else first, last=last, as_of=as_of, scope=scope,
        interval=interval, brand_id=brand, jurisdiction=_licence(told.get("jurisdiction", ""), scope),
        currency=_currency(told.get("currency", "")), provider_id=provider,
        game_id=game_named(told["game"], provider) if "game" in told else None,
        player_id=player_named(told["player"], scope) if "player" in told else None,
        basis=basis, known=known_when,
        converted=_yes("converted", told), state=_state(report, told.get("state", "")),
        test_players=_yes("test_players", told), other={name: told[name] for name in report.others if name in told},
    )  # fmt: skip


def question_as_data(question: Question) -> dict[str, str]:
    """The question as texts that `question_from` reads again to the same figures: ids, days and moment written out.

    The reach is not among them: whoever asks again asks within his own.
    """
    found = {
        "interval": question.interval.value,
        "first": f"{question.first}",
        "last": f"{question.last}",
        "as_of": instant_text(question.as_of),
    }
    for name in ("brand", "provider", "game", "player"):
        if (key := getattr(question, f"{name}_id")) is not None:
            found[name] = f"{key}"
    for name in ("jurisdiction", "currency", "state"):
        if text := getattr(question, name):
            found[name] = text
    if question.basis is not Basis.POSTED:
        found["basis"] = question.basis.value
    if question.known is not Known.NOW:
        found["known"] = question.known.value
    for name in ("converted", "test_players"):
        if getattr(question, name):
            found[name] = "yes"
    return found | dict(question.other)


def _days(interval: Interval, told: Mapping[str, str], this_day: date) -> tuple[date, date]:
    last = _day("last", told["last"]) if "last" in told else this_day
    if interval is Interval.RANGE:
        first = _day("first", told["first"]) if "first" in told else last
    else:
        first = {
            Interval.DAY: last, Interval.MONTH_TO_DATE: last.replace(day=1),
            Interval.YEAR_TO_DATE: last.replace(month=1, day=1),
            Interval.LIFE_TO_DATE: min(first_day(last), last),
        }[interval]  # fmt: skip
    if first > last:
        raise QuestionRefused(field="first", problem="The first day lies after the last.")
    if (last - first).days > _LONGEST_DAYS:
        raise QuestionRefused(field="first", problem="A report covers eleven years at most.")
    return first, last


def _day(field: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise QuestionRefused(field=field, problem="Write the day as 2026-11-20.") from None


def _moment(text: str, now: datetime) -> datetime:
    if not text:
        return now
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise QuestionRefused(field="as_of", problem="Write the moment as 2026-11-20T10:00:00Z.") from None
    found = found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    if found > now:
        raise QuestionRefused(field="as_of", problem="This moment is yet to come.")
    return found


def _choice(choices: type[Choice], field: str, told: Mapping[str, str], default: Choice) -> Choice:
    try:
        return choices(told[field]) if field in told else default
    except ValueError:
        words = ", ".join(one.value for one in choices)
        raise QuestionRefused(field=field, problem=f"One of: {words}.") from None


def _yes(field: str, told: Mapping[str, str]) -> bool:
    text = told.get(field, "no")
    if text not in ("yes", "no", "on", "true", "false"):
        raise QuestionRefused(field=field, problem="Yes or no.")
    return text in ("yes", "on", "true")


def _state(report: Report, text: str) -> str:
    if text and text not in report.states:
        raise QuestionRefused(field="state", problem=f"One of: {', '.join(report.states)}.")
    return text


def _licence(text: str, scope: Scope) -> str:
    within = scope.jurisdictions
    if text and within is not None and text not in within:
        raise QuestionRefused(field="jurisdiction", problem="This licence is not within your reach.")
    return text


def _currency(text: str) -> str:
    if text and not (2 <= len(text) <= 5 and text.isalnum()):
        raise QuestionRefused(field="currency", problem="A code such as EUR.")
    return text.upper()
