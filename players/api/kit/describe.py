"""How a handler tells the OpenAPI document what it takes, gives and refuses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeVar

from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema

Handler = TypeVar("Handler", bound=Callable[..., Any])
PAGED: Final = (
    OpenApiParameter("limit", int, description="Rows of a page, 1 to 200."),
    OpenApiParameter("before", int, description="`next` of the page before."),
)


def call(
    *,
    summary: str,
    takes: Any = None,
    gives: Any = None,
    status: int = 200,
    tag: str = "Account",
    parameters: tuple[OpenApiParameter, ...] = (),
    name: str | None = None,
) -> Callable[[Handler], Handler]:
    """Describe one handler. Refusals in the API's one form are added to every call by the document's own hook.

    `name` tells a list from one of its rows, where both are fetched by GET.
    """
    answer = {status: OpenApiResponse(gives, description="Done." if gives is None else "The answer.")}
    described: Callable[[Handler], Handler] = extend_schema(
        operation_id=name, summary=summary, request=takes, responses=answer, tags=[tag], parameters=list(parameters)
    )
    return described
