"""What filters name: brands, providers, games and players by what people call them. Days that reports begin with."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any, Final

from django.db import connection

from casino.games.models import Game, Provider
from common.scope import Scope
from players.models import Brand, Player
from reporting.catalogue.errors import QuestionRefused

_MOST: Final = 2**63 - 1


def brand_named(text: str, scope: Scope) -> int:
    """The brand of a code or an id. Raises QuestionRefused, with the same words for a brand that is out of reach."""
    found = Brand.objects.filter(**_named(text, "code")).values_list("pk", "jurisdiction").first()
    if found is None or not _brand_within(found[0], scope):
        raise QuestionRefused(field="brand", problem="There is no such brand within your reach.")
    return int(found[0])


def brands_within(scope: Scope) -> list[Brand]:
    """The brands that a person may ask about, by code."""
    return [brand for brand in Brand.objects.order_by("code") if _brand_within(brand.pk, scope)]


def provider_named(text: str) -> int:
    """The provider of a code or an id. Raises QuestionRefused."""
    return _key(Provider.objects.filter(**_named(text, "code")), "provider", "There is no such provider.")


def providers_all() -> list[tuple[int, str]]:
    """Number and name of every provider, by name."""
    return list(Provider.objects.order_by("name").values_list("pk", "name"))


def game_named(text: str, provider_id: int | None) -> int:
    """The game of an id, or of a code that only one game has (of the provider, where one is told)."""
    rows = Game.objects.filter(**_named(text, "code"))
    keys = list(
        (rows if provider_id is None else rows.filter(provider_id=provider_id)).values_list("pk", flat=True)[:2]
    )
    if len(keys) != 1:
        problem = "There is no such game." if not keys else "Several providers have it: choose the provider as well."
        raise QuestionRefused(field="game", problem=problem)
    return int(keys[0])


def player_named(text: str, scope: Scope) -> int:
    """The player of a number or a public id. Raises QuestionRefused, with the same words for one out of reach."""
    found = Player.objects.filter(**_named(text, "public_id")).values_list("pk", "brand_id", "jurisdiction").first()
    if found is None or not scope.admits(brand_id=found[1], jurisdiction=found[2]):
        raise QuestionRefused(field="player", problem="There is no such player within your reach.")
    return int(found[0])


def today(moment: datetime, brand_id: int | None) -> date:
    """The business day of a brand that `moment` falls on; without a brand, the day in UTC."""
    if brand_id is None:
        return moment.astimezone(UTC).date()
    with connection.cursor() as cursor:
        cursor.execute("SELECT facts_business_day(%s::timestamptz, %s)", [moment, brand_id])
        (day,) = cursor.fetchone() or (None,)
    return day or moment.astimezone(UTC).date()


def first_day(default: date) -> date:
    """The first business day on which anything was posted."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT min(posted_day) FROM facts_span")
        (day,) = cursor.fetchone() or (None,)
    return day or default


def _brand_within(brand_id: int, scope: Scope) -> bool:
    """A grant for licences alone reaches players of any brand."""
    return any(part.brands is None or brand_id in part.brands for part in scope.parts)


def _named(text: str, name: str) -> dict[str, Any]:
    if text.isascii() and text.isdigit() and int(text) <= _MOST:
        return {"pk": int(text)}
    return {name: text.replace("\0", "")}


def _key(rows: Any, field: str, problem: str) -> int:
    key = rows.values_list("pk", flat=True).first()
    if key is None:
        raise QuestionRefused(field=field, problem=problem)
    return int(key)
