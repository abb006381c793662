"""The filters above a report: plain fields of a GET form, of which it shows what the report has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from common.scope import Scope
from reporting.catalogue.asking import question_as_data
from reporting.catalogue.enums import FilterName
from reporting.catalogue.selectors.named import brands_within, providers_all
from reporting.catalogue.types import Question, Report

INTERVALS: Final = (
    ("day", "Day"), ("mtd", "Month to date"), ("ytd", "Year to date"), ("ltd", "Life to date"), ("range", "From – to"),
)  # fmt: skip
_YES_NO: Final = (("", "No"), ("yes", "Yes"))
_TEXTS: Final = {
    FilterName.JURISDICTION: ("Licence", "such as MT"), FilterName.CURRENCY: ("Currency", "such as EUR"),
    FilterName.GAME: ("Game", "code or number"), FilterName.PLAYER: ("Player", "number or public id"),
}  # fmt: skip
COMPARISONS: Final = {"previous": "Previous period", "first": "As first reported"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field. Without `choices` it is written into."""

    name: str
    title: str
    value: str = ""
    kind: str = "text"
    hint: str = ""
    choices: Sequence[tuple[str, str]] = field(default_factory=tuple)
    problem: str = ""


def fields_of(
    report: Report, question: Question | None, sent: Mapping[str, str], scope: Scope, problems: Mapping[str, str]
) -> list[Field]:
    """The fields, with what was asked, or with what was sent where that could not be asked."""
    told = question_as_data(question) if question is not None else dict(sent)

    def made(name: str, title: str, **more: object) -> Field:
        return Field(name=name, title=title, value=told.get(name, ""), problem=problems.get(name, ""), **more)  # type: ignore[arg-type]

    found: list[Field] = []
    if not report.as_of_only:
        found += [
            made("interval", "Period", choices=INTERVALS), made("first", "From", kind="date"),
            made("last", "To", kind="date"),
        ]  # fmt: skip
    asked = "" if "as_of" not in sent else told.get("as_of", "")
    found.append(Field(name="as_of", title="As of, UTC", value=asked, hint="now", problem=problems.get("as_of", "")))
    for name in FilterName:
        if name in report.filters:
            found.append(_shared(name, report, scope, made))
    found += [made(name, title) for name, title in report.others.items()]
    if not report.as_of_only:
        choices = [("", "Nothing"), ("previous", COMPARISONS["previous"])]
        if FilterName.KNOWN in report.filters:
            choices.append(("first", COMPARISONS["first"]))
        found.append(Field(name="compare", title="Compare totals", value=sent.get("compare", ""), choices=choices))
    return found


def _shared(name: FilterName, report: Report, scope: Scope, made: object) -> Field:
    assert callable(made)
    match name:
        case FilterName.BRAND:
            choices = [("", "All in reach"), *((f"{one.pk}", one.name) for one in brands_within(scope))]
            return _field(made, "brand", "Brand", choices)
        case FilterName.PROVIDER:
            return _field(made, "provider", "Provider", [("", "All"), *((f"{k}", n) for k, n in providers_all())])
        case FilterName.BASIS:
            return _field(made, "basis", "Basis", [("", "Day posted"), ("settled", "Day its round settled")])
        case FilterName.KNOWN:
            return _field(made, "known", "Known", [("", "As known now"), ("first", "As first reported")])
        case FilterName.STATE:
            return _field(made, "state", "State", [("", "All"), *report.states.items()])
        case FilterName.CONVERTED:
            return _field(made, "converted", "In base currency", _YES_NO)
        case FilterName.TEST_PLAYERS:
            return _field(made, "test_players", "Test accounts instead", _YES_NO)
    title, hint = _TEXTS[name]
    found: Field = made(name.value, title, hint=hint)
    return found


def _field(made: object, name: str, title: str, choices: Sequence[tuple[str, str]]) -> Field:
    assert callable(made)
    found: Field = made(name, title, choices=choices)
    return found
