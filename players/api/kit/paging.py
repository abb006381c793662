"""Lists by pages, newest first: `?limit=50&before=<next of the page before>`. Never by offset, never unbounded."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeVar

from django.db.models import Model, QuerySet
from rest_framework import serializers
from rest_framework.request import Request

from players.api.kit.errors import InvalidRequest

Row = TypeVar("Row", bound=Model)
LIMIT: Final = 50
LIMIT_MOST: Final = 200
ID_MOST: Final = 2**63 - 1


class PageQuery(serializers.Serializer[Any]):
    """The two parameters of every list."""

    limit = serializers.IntegerField(min_value=1, max_value=LIMIT_MOST, default=LIMIT)
    before = serializers.IntegerField(min_value=1, max_value=ID_MOST, required=False)


def page_query(request: Request) -> tuple[int, int | None]:
    """Limit and `before` of a request. Raises InvalidRequest."""
    asked = PageQuery(data=request.query_params)
    if not asked.is_valid():
        raise InvalidRequest(**{name: str(problems[0]) for name, problems in asked.errors.items()})
    return asked.validated_data["limit"], asked.validated_data.get("before")


def page_of(request: Request, rows: QuerySet[Row], render: Callable[[Row], dict[str, Any]]) -> dict[str, Any]:
    """One page of `rows` by descending primary key: {"items": [...], "next": id or null}."""
    limit, before = page_query(request)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows.order_by("-pk")[: limit + 1])
    more = len(found) > limit
    return {"items": [render(row) for row in found[:limit]], "next": found[limit - 1].pk if more else None}
