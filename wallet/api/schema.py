"""The decorator that puts a call into the OpenAPI document."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from drf_spectacular.utils import extend_schema

from wallet.api.contract.operations import operation_of

View = TypeVar("View", bound=type)


def money_schema(name: str) -> Callable[[View], View]:
    """Describe the call `name` for drf-spectacular.

    It looks for handlers named after HTTP methods. These views have none, since their own `dispatch` answers
    everything; the one that is added here only carries the description and is never reached by a request.
    """

    def describe(view: View) -> View:
        method: str = view.method  # type: ignore[attr-defined]

        def described(self: Any, request: Any, **kwargs: str) -> Any:
            return self.dispatch(request, **kwargs)

        described.__name__ = method.lower()
        setattr(view, method.lower(), extend_schema(operation=operation_of(name, method))(described))
        return view

    return describe
